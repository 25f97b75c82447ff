#include "cgi/views/admin_teams.hpp"

#include "cgi/dictionary.hpp"
#include "core/base/text.hpp"
#include "keys/admin_teams.tpl.hpp"

namespace desk::views {
namespace {

std::string written(int value) { return std::to_string(value); }
std::string written(std::int64_t micros) { return amount(Money{micros}); }

template <class Number>
std::string limit_words(const std::optional<Number>& soft, const std::optional<Number>& hard) {
    std::vector<std::string> words;
    if (soft) words.push_back("approval above " + written(*soft));
    if (hard) words.push_back("at most " + written(*hard));
    return words.empty() ? "no limit" : join(words, ", ");
}

Facts limits_of(const teams::Quota& quota) {
    return {{"Clusters", limit_words(quota.soft_clusters, quota.max_clusters)},
            {"vCPUs", limit_words(quota.soft_vcpu, quota.max_vcpu)},
            {"A month", limit_words(quota.soft_monthly_micros, quota.max_monthly_micros)}};
}

void fill_roles(Dictionary& out, const Key& section, const std::set<Role>& given) {
    for (const auto name : all_texts<Role>()) {
        const auto role = *parse_enum<Role>(name);
        if (!is_team_role(role)) continue;
        auto* item = out.AddSectionDictionary(section);
        item->SetValue(kat_VALUE, name);
        item->SetValue(kat_TEXT, title(role));
        if (given.contains(role)) item->ShowSection(kat_CHECKED);
    }
}

}  // namespace

AdminTeams AdminTeams::of(const std::vector<teams::Team>& teams, const Principal& principal) {
    AdminTeams page{.may_create = principal.may(Permission::admin_write),
                    .may_see_use = principal.may(Permission::admin_read)};
    for (const auto& team : teams) {
        Team shown{.name = team.name, .title = team.title, .limits = limits_of(team.quota)};
        for (const auto& member : team.members)
            shown.members.push_back(
                {.username = member.username, .display_name = member.display_name, .roles = member.roles});
        page.teams.push_back(std::move(shown));
    }
    page.new_name = {.name = "name",
                     .label = "Name",
                     .hint = "Lower case letters, digits and '-'. It is the key in the API and never changes.",
                     .autocomplete = "off",
                     .required = true};
    page.new_title = {.name = "title", .label = "Title", .autocomplete = "off", .required = true};
    return page;
}

void AdminTeams::fill(Dictionary& out) const {
    include(out, kat_ERRORS, errors);
    for (const auto& team : teams) {
        auto* section = out.AddSectionDictionary(kat_TEAM);
        section->SetValue(kat_NAME, team.name);
        section->SetValue(kat_TITLE, team.title);
        if (team.title != team.name) section->ShowSection(kat_OTHER_NAME);
        fill_roles(*section, kat_NEW_ROLE, {Role::requester});
        fill_facts(*section, kat_LIMIT, kat_LABEL, kat_VALUE, team.limits);
        if (team.members.empty()) section->ShowSection(kat_NO_MEMBERS);
        auto* table = team.members.empty() ? nullptr : section->AddSectionDictionary(kat_HAVE_MEMBERS);
        for (const auto& member : team.members) {
            auto* item = table->AddSectionDictionary(kat_MEMBER);
            item->SetValue(kat_USERNAME, member.username);
            item->SetValue(kat_DISPLAY_NAME, member.display_name);
            fill_roles(*item, kat_ROLE, member.roles);
        }
        if (may_see_use)
            section->AddSectionDictionary(kat_MAY_SEE_USE)
                ->SetValue(kat_ACTION, may_create ? "Use, and change the limits" : "Use of the limits");
    }
    if (teams.empty()) out.ShowSection(kat_NONE);
    if (!may_create) return;
    auto* form = out.AddSectionDictionary(kat_MAY_CREATE);
    include(*form, kat_NEW_NAME, new_name);
    include(*form, kat_NEW_TITLE, new_title);
}

}  // namespace desk::views
