// A profile in words: what the catalog, the page of a profile and the order form say of it.
#pragma once

#include <string>

#include "cgi/views/parts.hpp"
#include "core/model/profile.hpp"
#include "core/store/history.hpp"

namespace desk::views {

/// "3 control plane (m6i.xlarge), 3 to 6 workers (m6i.large)"
std::string nodes_words(const Profile& profile);
/// "8 h, up to 72 h"
std::string lifetime_words(const Profile& profile);
/// "At once up to 8 h; above that 1 approval by team platform."
std::string approval_words(const Profile& profile);
/// "about 38 min (95 % within 51 min, from 30 installs)", or that there is no history yet and the limit.
std::string install_time_words(const std::optional<history::Estimate>& estimate, const Profile& profile);

/// parts/results.tpl: the last results of a profile as marks, newest first, with a sentence for whom marks tell
/// nothing.
struct Results {
    struct Mark {
        std::string tone = {}, mark = {}, word = {};
    };
    std::vector<Mark> marks = {};
    std::string summary = {};

    static Results of(const std::vector<bool>& newest_first);

    static constexpr const char* kFile = "parts/results.tpl";
    void fill(Dictionary& out) const;
};

}  // namespace desk::views
