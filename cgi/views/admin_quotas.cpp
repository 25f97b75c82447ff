#include "cgi/views/admin_quotas.hpp"

#include "cgi/dictionary.hpp"
#include "cgi/views/quota_words.hpp"
#include "core/base/text.hpp"
#include "keys/admin_quotas.tpl.hpp"

namespace desk::views {
namespace {

std::string number(int value) { return std::to_string(value); }
std::string money(Money value) { return amount(value); }

template <class Amount>
bool is_over(const Allowance<Amount>& allowance, const std::optional<Amount>& line) {
    return line && allowance.used > *line;
}

Phrase phrase(const QuotaUse& use) {
    if (is_over(use.clusters, use.clusters.hard) || is_over(use.vcpus, use.vcpus.hard) ||
        is_over(use.month, use.month.hard))
        return {"bad", "Over a hard limit"};
    if (is_over(use.clusters, use.clusters.soft) || is_over(use.vcpus, use.vcpus.soft) ||
        is_over(use.month, use.month.soft))
        return {"wait", "Over a soft limit"};
    return {"good", "Within its limits"};
}

std::string typed(const std::optional<int>& value) { return value ? std::to_string(*value) : ""; }
std::string typed(const std::optional<std::int64_t>& micros) { return micros ? Money{*micros}.decimal() : ""; }

std::vector<AdminQuotas::Line> lines_of(const teams::Quota& quota) {
    return {{"Clusters", "Clusters", typed(quota.soft_clusters), typed(quota.max_clusters)},
            {"Vcpu", "vCPUs", typed(quota.soft_vcpu), typed(quota.max_vcpu)},
            {"Monthly", "$ a month", typed(quota.soft_monthly_micros), typed(quota.max_monthly_micros)}};
}

void fill_lines(Dictionary& out, const std::vector<AdminQuotas::Line>& lines, const std::string& id) {
    for (const auto& line : lines) {
        auto* item = out.AddSectionDictionary(kaq_LINE);
        item->SetValue(kaq_FIELD, line.name);
        item->SetValue(kaq_TEXT, line.label);
        item->SetValue(kaq_SOFT, line.soft);
        item->SetValue(kaq_HARD, line.hard);
        item->SetValue(kaq_ROW, id);
    }
}

void fill_rows(Dictionary& out, const Key& section, const std::vector<AdminQuotas::Row>& rows, bool may_write) {
    for (const auto& row : rows) {
        auto* item = out.AddSectionDictionary(section);
        item->SetValue(kaq_NAME, row.name);
        item->SetValue(kaq_CLUSTERS, row.clusters);
        item->SetValue(kaq_VCPUS, row.vcpus);
        item->SetValue(kaq_MONTH, row.month);
        include(*item, kaq_STATE, row.state);
        if (!may_write) continue;
        auto* form = item->AddSectionDictionary(kaq_EDIT);
        form->SetValue(kaq_NAME, row.name);
        form->SetValue(kaq_HOLDER, row.holder);
        form->SetValue(kaq_VERSION, row.version);
        if (row.is_open) form->ShowSection(kaq_OPEN);
        fill_lines(*form, row.lines, row.id);
    }
}

void type_again(std::vector<AdminQuotas::Line>& lines, const Form& form) {
    for (auto& line : lines) {
        line.soft = form["soft" + line.name];
        line.hard = form["max" + line.name];
    }
}

}  // namespace

AdminQuotas AdminQuotas::of(const std::vector<quotas::Lines>& lines, const quotas::Uses& uses, bool may_write) {
    AdminQuotas page{.may_write = may_write, .blank = lines_of({}), .blank_version = quotas::Lines{}.version()};
    for (const auto& one : lines) {
        const bool is_team = one.holder == quotas::Holder::TEAM;
        const QuotaUse& use = is_team ? uses.teams.at(one.name) : uses.users.at(one.user);
        (is_team ? page.teams : page.people)
            .push_back({.id = cat(text(one.holder), '-', one.name),
                        .holder = std::string(text(one.holder)),
                        .name = one.name,
                        .version = one.version(),
                        .clusters = now_words(use.clusters, number),
                        .vcpus = now_words(use.vcpus, number),
                        .month = now_words(use.month, money),
                        .state = {phrase(use)},
                        .lines = lines_of(one.quota)});
    }
    return page;
}

void AdminQuotas::refuse(const FormErrors& faults, const Form& form) {
    errors = ErrorSummary::of(faults, "The limits were not changed", {});
    const auto holder = form["holder"];
    for (auto& row : holder == text(quotas::Holder::TEAM) ? teams : people) {
        if (row.name != form["name"]) continue;
        row.is_open = true;
        return type_again(row.lines, form);
    }
    new_name = form["name"];
    type_again(blank, form);
}

void AdminQuotas::fill(Dictionary& out) const {
    include(out, kaq_ERRORS, errors);
    if (!teams.empty()) fill_rows(*out.AddSectionDictionary(kaq_TEAMS), kaq_TEAM, teams, may_write);
    if (teams.empty()) out.ShowSection(kaq_NO_TEAMS);
    if (!people.empty()) fill_rows(*out.AddSectionDictionary(kaq_PEOPLE), kaq_PERSON, people, may_write);
    if (people.empty()) out.ShowSection(kaq_NO_PEOPLE);
    if (!may_write) return;
    auto* form = out.AddSectionDictionary(kaq_NEW);
    form->SetValue(kaq_NAME, new_name);
    form->SetValue(kaq_VERSION, blank_version);
    fill_lines(*form, blank, "new");
}

}  // namespace desk::views
