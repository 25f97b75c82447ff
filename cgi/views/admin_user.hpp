// templates/admin_user.tpl
#pragma once

#include "cgi/views/admin_users.hpp"

namespace desk::views {

struct AdminUser {
    struct Role {
        std::string value = {}, text = {};
        bool is_given = false;
    };
    std::string id = {}, username = {}, name = {};
    State state = {};
    Facts facts = {}, teams = {};
    Moment made = {}, seen = {};
    std::vector<Role> roles = {};  ///< on the whole desk
    bool may_write = false, is_disabled = false;
    const Secret* password = nullptr;  ///< a new one, shown in this one answer

    static AdminUser of(const users::User& user, bool may_write, const Reader& reader);
    void fill(Dictionary& out) const;
};

}  // namespace desk::views
