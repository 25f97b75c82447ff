// templates/profile_show.tpl
#pragma once

#include "cgi/views/profile_words.hpp"

namespace desk::views {

struct ProfileShow {
    struct Group {
        std::string title = {};
        Facts facts = {};
    };
    std::string name = {}, title = {}, description = {};
    std::string unavailable = {};  ///< why it can't be ordered now; "" = it can
    std::string pace = {}, price = {}, warning = {}, install_time = {}, approval = {};
    std::vector<Group> groups = {};
    Facts price_facts = {};
    Results results = {};
    bool may_order = false, may_simulate = false;

    static ProfileShow of(const Profile& profile, const history::Profile& past, const Principal& principal);
    void fill(Dictionary& out) const;
};

}  // namespace desk::views
