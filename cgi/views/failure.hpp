// templates/parts/failure.tpl: why an attempt failed, whose turn it is, what shows it, and how it went other times.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cgi/views/order_again.hpp"
#include "cgi/views/parts.hpp"
#include "core/store/failures.hpp"

namespace desk::views {

struct FailurePanel {
    struct Evidence {
        std::string href = {}, number = {}, text = {};  ///< href "" = the log does not hold it
    };
    struct Earlier {
        std::string href = {}, number = {}, reason = {};
        Moment when = {};
    };
    std::string title = {}, reason = {}, hint = {}, turn = {}, kind = {}, code = {};
    std::optional<Moment> next_try = {};
    std::string log = {};          ///< "" = this is the page of the log
    std::string log_attempt = {};  ///< whose log that is
    std::vector<Evidence> evidence = {};
    std::vector<Earlier> earlier = {};
    std::vector<failures::Sequel> last_times = {};
    std::optional<OrderAgain> again = {};  ///< set by whoever knows the order

    /// The newest trouble of `job`, for the page of its cluster. Every link names the attempt it leads to.
    static FailurePanel of(const jobs::Job& job, const failures::Story& story, const Reader& reader);
    /// For the page of the log of `attempt`; nothing when that attempt did not fail. `story` ends with it.
    static std::optional<FailurePanel> of_attempt(const jobs::Job& job, int attempt, const failures::Story& story,
                                                  const Reader& reader);

    static constexpr const char* kFile = "parts/failure.tpl";
    void fill(Dictionary& out) const;
};

/// "6 worked at the next try, 3 were given up, 1 is still open."
std::string summary_of(const std::vector<failures::Sequel>& last_times);

}  // namespace desk::views
