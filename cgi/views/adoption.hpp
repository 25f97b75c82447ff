// templates/admin_adopt.tpl
#pragma once

#include "cgi/views/parts.hpp"
#include "core/model/profile_catalog.hpp"
#include "core/store/adoption.hpp"

namespace desk::views {

struct Adoption {
    std::string id = {}, infra_id = {}, name = {};
    std::string made_for = {};  ///< id of the ended cluster that it was made for; "" = nobody knows
    std::optional<ErrorSummary> errors = {};
    Facts facts = {};
    Field owner = {}, team = {}, profile = {}, cost_center = {}, ttl = {};
    std::optional<Field> base_domain = {}, version = {};  ///< asked for where no row tells

    /// What the page is made from.
    struct Source {
        const orphans::Adoptable& found;
        const Catalog& catalog;
        std::vector<std::string> teams = {};
        orphans::Home home = {};     ///< as typed, or what to begin with
        std::string ttl_hours = {};  ///< as typed
        FormErrors errors = {};
    };
    static Adoption of(const Source& source);
    /// What a blank form begins with: as it was, where that is known.
    static orphans::Home first_guess(const orphans::Adoptable& found);
    void fill(Dictionary& out) const;
};

}  // namespace desk::views
