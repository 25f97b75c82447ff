#include "cgi/views/adoption.hpp"

#include <algorithm>

#include "cgi/dictionary.hpp"
#include "core/base/text.hpp"
#include "keys/admin_adopt.tpl.hpp"

namespace desk::views {
namespace {

constexpr const char* kRefused = "It was not adopted";

/// The name has no field: nobody chooses it.
const ErrorSummary::Labels& labels() {
    static const ErrorSummary::Labels kLabels = {{"team", "Team"},
                                                 {"owner", "Owner"},
                                                 {"profile", "Profile"},
                                                 {"costCenter", "Cost centre"},
                                                 {"ttlHours", "Lifetime"},
                                                 {"baseDomain", "Base domain"},
                                                 {"version", "OpenShift version"}};
    return kLabels;
}

/// Those of the platform, with what an hour costs.
std::vector<Field::Option> profiles_for(const Catalog& catalog, Platform platform) {
    std::vector<Field::Option> options;
    for (const auto* profile : catalog.orderable())
        if (profile->platform == platform)
            options.push_back({profile->name, cat(profile->name, ", ", amount(profile->rates().running),
                                                  " an hour, at most ", profile->lifecycle.max_ttl_hours, " h")});
    return options;
}

Field select(const char* name, const char* label, const std::string& typed, std::vector<Field::Option> options) {
    if (std::ranges::find(options, typed, &Field::Option::value) == options.end())
        options.insert(options.begin(), {typed, typed.empty() ? "Choose one" : typed});
    return {.name = name, .label = label, .value = typed, .kind = Field::Kind::select, .options = std::move(options)};
}

Facts facts_of(const orphans::Adoptable& found) {
    const auto& orphan = found.orphan;
    Facts facts = {{"Name", found.name},
                   {"InfraID", orphan.infra_id},
                   {"Where", join({std::string(title(orphan.provider)), orphan.account, found.region}, " ")}};
    if (!orphan.owner.empty()) facts.push_back({"Perhaps of", orphan.owner});
    if (found.made_for) {
        facts.push_back({"Base domain", found.made_for->base_domain});
        facts.push_back({"Version", found.made_for->version});
    }
    return facts;
}

}  // namespace

orphans::Home Adoption::first_guess(const orphans::Adoptable& found) {
    if (!found.made_for) return {};
    const auto& old = *found.made_for;
    return {.owner = old.owner_name, .team = old.team, .profile = old.profile, .cost_center = old.cost_center};
}

Adoption Adoption::of(const Source& in) {
    const auto& home = in.home;
    Adoption page{.id = in.found.orphan.id.str(),
                  .infra_id = in.found.orphan.infra_id,
                  .name = in.found.name,
                  .made_for = in.found.made_for ? in.found.made_for->id.str() : "",
                  .facts = facts_of(in.found)};
    page.owner = {.name = "owner",
                  .label = "Owner",
                  .value = home.owner,
                  .hint = "A member of the team, or yourself: is warned before it ends.",
                  .autocomplete = "off",
                  .required = true};
    std::vector<Field::Option> teams;
    for (const auto& team : in.teams) teams.push_back({team, team});
    page.team = select("team", "Team", home.team, std::move(teams));
    page.profile = select("profile", "Profile", home.profile, profiles_for(in.catalog, in.found.orphan.provider));
    page.profile.hint = "Its price is counted, and its limits hold from now on.";
    page.cost_center = {.name = "costCenter", .label = "Cost centre", .value = home.cost_center, .required = true};
    page.ttl = {.name = "ttlHours",
                .label = "Lifetime in hours",
                .value = in.ttl_hours,
                .hint = "From now on. Then it is destroyed; it can be extended.",
                .type = "number",
                .required = true,
                .minimum = 1,
                .maximum = kMaxTtlHours};
    if (!in.found.made_for) {
        page.base_domain =
            Field{.name = "baseDomain",
                  .label = "Base domain",
                  .value = home.base_domain,
                  .hint = "Where its names are looked for before it counts as gone. Empty: the profile’s.",
                  .optional = true};
        page.version = Field{.name = "version",
                             .label = "OpenShift version",
                             .value = home.version,
                             .hint = "As far as you know: its installer destroys it. Empty: the profile’s.",
                             .optional = true};
    }
    for (Field* field : {&page.owner, &page.team, &page.profile, &page.cost_center, &page.ttl})
        field->error = error_of(in.errors, field->name);
    for (auto* field : {&page.base_domain, &page.version})
        if (*field) (*field)->error = error_of(in.errors, (*field)->name);
    if (!in.errors.empty()) page.errors = ErrorSummary::of(in.errors, kRefused, labels());
    return page;
}

void Adoption::fill(Dictionary& out) const {
    include(out, kaa_ERRORS, errors);
    out.SetValue(kaa_ID, id);
    out.SetValue(kaa_INFRA_ID, infra_id);
    out.SetValue(kaa_NAME, name);
    if (made_for.empty()) {
        out.ShowSection(kaa_UNKNOWN);
    } else {
        auto* known = out.AddSectionDictionary(kaa_KNOWN);
        known->SetValue(kaa_CLUSTER, made_for);
    }
    fill_facts(out, kaa_FACT, kaa_LABEL, kaa_VALUE, facts);
    include(out, kaa_OWNER, owner);
    include(out, kaa_TEAM, team);
    include(out, kaa_PROFILE, profile);
    include(out, kaa_COST_CENTER, cost_center);
    include(out, kaa_TTL, ttl);
    if (!base_domain) return;
    auto* asked = out.AddSectionDictionary(kaa_ASKED);
    include(*asked, kaa_BASE_DOMAIN, base_domain);
    include(*asked, kaa_VERSION, version);
}

}  // namespace desk::views
