// templates/request_new.tpl
#pragma once

#include "cgi/views/install_preview.hpp"
#include "cgi/views/parts.hpp"
#include "core/model/policy.hpp"
#include "core/model/quota.hpp"

namespace desk::views {

struct RequestNew {
    std::string profile = {}, profile_title = {}, purpose = {}, platform = {}, pace = {};
    std::string last_order = {};  ///< when; "" = there is none to repeat
    std::optional<ErrorSummary> errors = {};

    Field name = {}, version = {}, region = {}, base_domain = {}, team = {}, cost_center = {}, ttl = {}, reason = {};
    Field owner = {}, ssh_key = {}, tags = {};
    std::optional<Field> offhours = {}, failure = {}, gitops_repo = {}, gitops_ref = {};
    std::string choices = {};   ///< version, region and base domain as chosen, while they are folded
    bool choices_open = false;  ///< something is wrong with one of them
    bool more_open = false;     ///< the folded part holds something

    std::string to_expiry = {}, price_words = {};  ///< to_expiry "" = the lifetime is none
    std::string tone = {}, verdict = {}, explanation = {}, rule = {};
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
        std::string last_order = {};  ///< "3 days ago": when the reader last ordered of this profile; "" = not to offer
        std::vector<std::string> teams = {};  ///< that may be ordered for
        std::string username = {};
        std::string public_url = {};
        std::string desk = {};  ///< its id; of no use while there are errors
    };
    static RequestNew of(const Source& source);
    void fill(Dictionary& out) const;
};

}  // namespace desk::views
