#include "cgi/views/admin_teams.hpp"

#include <ctemplate/template.h>

#include "core/base/text.hpp"
#include "keys/admin_teams.tpl.hpp"

namespace desk::views {
namespace {

std::string number_or_empty(const std::optional<int>& value) { return value ? std::to_string(*value) : ""; }
std::string dollars_or_empty(const std::optional<std::int64_t>& micros) {
    return micros ? Money{*micros}.decimal() : "";
}

std::string limit_words(const QuotaLine& line) {
    std::vector<std::string> words;
    if (!line.soft_value.empty()) words.push_back("approval above " + line.soft_value);
    if (!line.hard_value.empty()) words.push_back("at most " + line.hard_value);
    return words.empty() ? "no limit" : join(words, ", ");
}

void fill_roles(Dictionary& out, const Key& section, const std::set<Role>& given) {
    for (const auto name : all_texts<Role>()) {
        const auto role = *parse_enum<Role>(name);
        if (!is_team_role(role)) continue;
        auto* item = out.AddSectionDictionary(section);
        item->SetValue(kat_VALUE, std::string(name));
        item->SetValue(kat_TEXT, std::string(title(role)));
        if (given.contains(role)) item->ShowSection(kat_CHECKED);
    }
}

}  // namespace

std::vector<QuotaLine> quota_lines(const teams::Quota& quota) {
    return {{"Clusters", "softClusters", "maxClusters", number_or_empty(quota.soft_clusters),
             number_or_empty(quota.max_clusters)},
            {"vCPUs", "softVcpu", "maxVcpu", number_or_empty(quota.soft_vcpu), number_or_empty(quota.max_vcpu)},
            {"$ a month", "softMonthly", "maxMonthly", dollars_or_empty(quota.soft_monthly_micros),
             dollars_or_empty(quota.max_monthly_micros)}};
}

AdminTeams AdminTeams::of(const std::vector<teams::Team>& teams, const Principal& principal) {
    AdminTeams page{.may_create = principal.may(Permission::admin_write),
                    .may_set_quota = principal.may(Permission::admin_write)};
    for (const auto& team : teams) {
        Team shown{.name = team.name, .title = team.title, .lines = quota_lines(team.quota)};
        for (const auto& member : team.members)
            shown.members.push_back(
                {.username = member.username, .display_name = member.display_name, .roles = member.roles});
        for (const auto& line : shown.lines) shown.limits.push_back({line.text, limit_words(line)});
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
        if (!may_set_quota) continue;
        auto* quota = section->AddSectionDictionary(kat_MAY_SET_QUOTA);
        for (const auto& line : team.lines) {
            auto* item = quota->AddSectionDictionary(kat_LINE);
            item->SetValue(kat_TEXT, line.text);
            item->SetValue(kat_SOFT, line.soft);
            item->SetValue(kat_HARD, line.hard);
            item->SetValue(kat_SOFT_VALUE, line.soft_value);
            item->SetValue(kat_HARD_VALUE, line.hard_value);
        }
    }
    if (teams.empty()) out.ShowSection(kat_NONE);
    if (!may_create) return;
    auto* form = out.AddSectionDictionary(kat_MAY_CREATE);
    include(*form, kat_NEW_NAME, new_name);
    include(*form, kat_NEW_TITLE, new_title);
}

}  // namespace desk::views
