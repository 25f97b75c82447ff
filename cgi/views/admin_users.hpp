// templates/admin_users.tpl
#pragma once

#include "cgi/views/parts.hpp"
#include "core/base/secret.hpp"
#include "core/store/users.hpp"

namespace desk::views {

/// "Platform admin; demo: requester, approver"
std::string roles_words(const users::User& user);
State state_of(const users::User& user);

struct AdminUsers {
    struct Row {
        std::string id = {}, username = {}, name = {}, roles = {};
        State state = {};
        Moment seen = {};
    };
    std::string search = {};
    bool may_write = false;
    std::vector<Row> rows = {};
    std::optional<ErrorSummary> errors = {};
    Field username = {}, display_name = {}, email = {};
    std::string created = {};          ///< user name of the account just made
    const Secret* password = nullptr;  ///< its first password, shown in this one answer

    static AdminUsers of(const std::vector<users::User>& users, std::string search, bool may_write,
                         const Reader& reader);
    void refuse(const FormErrors& faults, const Form& typed);
    void fill(Dictionary& out) const;
};

}  // namespace desk::views
