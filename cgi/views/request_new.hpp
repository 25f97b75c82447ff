// templates/request_new.tpl
#pragma once

#include "cgi/views/install_preview.hpp"
#include "cgi/views/parts.hpp"
#include "core/model/policy.hpp"
#include "core/model/quota.hpp"

namespace desk::views {

struct RequestNew {
    std::string profile = {}, profile_title = {}, purpose = {}, platform = {}, pace = {};
    std::optional<ErrorSummary> errors = {};

    Field name = {}, version = {}, region = {}, base_domain = {}, team = {}, cost_center = {}, ttl = {}, reason = {};
    Field owner = {}, ssh_key = {}, tags = {};
    std::optional<Field> offhours = {}, failure = {}, gitops_repo = {}, gitops_ref = {};
    bool more_open = false;  ///< the folded part holds something

    std::string to_expiry = {}, price_words = {};
    std::string tone = {}, verdict = {}, explanation = {};
    std::vector<std::string> warnings = {};
    Facts facts = {};
    std::optional<InstallPreview> preview = {};  ///< once the order is complete
    std::string call = {};                       ///< the order as a curl command; "" until it is complete

    /// What the page is made from: the order as typed, and what policy says of it.
    struct Source {
        const Profile& profile;
        const Order& order;
        std::string ttl_hours = {}, extra_tags = {};
        const Evaluation& evaluation;
        FormErrors errors = {};    ///< all of them
        bool show_errors = false;  ///< beside the fields too: the form was sent
        std::vector<std::string> notes = {};
        const QuotaState& quota;
        std::vector<std::string> teams = {};  ///< that may be ordered for
        std::string username = {};
        std::string public_url = {};
    };
    static RequestNew of(const Source& source);
    void fill(Dictionary& out) const;
};

}  // namespace desk::views
