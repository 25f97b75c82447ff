// templates/account.tpl
#pragma once

#include "cgi/views/parts.hpp"
#include "core/base/secret.hpp"
#include "core/store/sessions.hpp"
#include "core/store/tokens.hpp"

namespace desk::views {

struct Account {
    struct Session {
        std::string id = {}, browser = {}, address = {};
        Moment used = {};
        bool is_here = false;
    };
    struct TokenRow {
        std::string id = {}, name = {}, scope = {};
        State state = {};
        Moment expires = {}, used = {};
        bool is_live = false;
    };
    std::string username = {}, roles = {};
    bool must_change = false;
    std::optional<ErrorSummary> errors = {};
    Field display_name = {}, time_zone = {}, theme = {};
    Field token_name = {}, token_scope = {}, token_days = {};
    Field current = {}, new_password = {}, repeated = {};
    std::vector<Session> sessions = {};
    std::vector<TokenRow> tokens = {};
    std::string new_token_name = {};
    const Secret* new_token = nullptr;  ///< shown in this one answer

    static Account of(const Principal& principal, Theme theme, const std::vector<sessions::Session>& sessions,
                      const std::vector<tokens::Token>& tokens, const Reader& reader);
    /// Puts what was typed back, with what is wrong with it.
    void refuse(const FormErrors& faults, const Form& typed, std::string title);
    void fill(Dictionary& out) const;
};

}  // namespace desk::views
