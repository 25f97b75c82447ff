// parts/blocked.tpl and parts/left_behind.tpl: a destroy that does not end, and what was left when somebody gave up.
#pragma once

#include "cgi/views/leftovers.hpp"
#include "core/store/clusters.hpp"

namespace desk::views {

/// Reasons for giving up and notes on orphans are not longer than this.
inline constexpr std::size_t kLongestReason = 500;

struct BlockedPanel {
    struct Warning {
        std::string href = {}, text = {};
    };
    struct GiveUp {
        std::string why_not_now = {};  ///< "" = the form is there
        std::string typed = {}, reason = {};
        bool is_name_wrong = false;
        std::string reason_fault = {};  ///< "" = none
    };
    std::string id = {}, name = {}, owner = {};
    bool is_listed = false;  ///< among others: names its cluster, and giving up is a link to its page
    std::string sentence = {};
    Facts facts = {};
    Leftovers leftovers = {};
    std::vector<Warning> warnings = {};
    std::string retry = {};  ///< what trying again does; "" = it can't be asked for
    std::optional<GiveUp> give_up = {};

    static BlockedPanel of(const blocked::Deletion& deletion, const Principal& principal, const Reader& reader);

    static constexpr const char* kFile = "parts/blocked.tpl";
    void fill(Dictionary& out) const;
};

struct LeftBehind {
    std::string sentence = {};
    Leftovers leftovers = {};
    bool may_close = false;

    static LeftBehind of(const std::vector<orphans::Orphan>& orphans, const Principal& principal, const Reader& reader);

    static constexpr const char* kFile = "parts/left_behind.tpl";
    void fill(Dictionary& out) const;
};

}  // namespace desk::views
