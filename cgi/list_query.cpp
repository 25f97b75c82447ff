#include "cgi/list_query.hpp"

#include <algorithm>

#include "core/base/text.hpp"
#include "core/model/status_words.hpp"

namespace desk {
namespace {

Whose whose_of(const Request& request) {
    const Form& query = request.query();
    if (const auto text = query["whose"]; !text.empty()) {
        const auto whose = parse_enum<Whose>(text);
        if (!whose) throw Error(Code::invalid, cat("whose: one of mine, teams and all, not ", text, '.'));
        return *whose;
    }
    const bool names_somebody = !query["team"].empty() || !query["owner"].empty();
    return names_somebody || !request.principal().may(Permission::request_create) ? Whose::all : Whose::mine;
}

/// Only narrower than `reach`, never wider.
Reach narrowed(const Reach& reach, Whose whose, const Principal& principal) {
    if (whose == Whose::all) return reach;
    Reach narrow{.all = false, .teams = {}, .user = principal.user};
    if (whose == Whose::teams)
        for (const auto& [team, roles] : principal.teams)
            if (reach.all || std::ranges::find(reach.teams, team) != reach.teams.end()) narrow.teams.push_back(team);
    return narrow;
}

const StatusChoice& choice_of(std::string_view status) {
    const auto& choices = status_choices();
    const auto choice = std::ranges::find(choices, status, &StatusChoice::value);
    if (choice == choices.end()) throw Error(Code::invalid, cat("status: there is no state ", status, '.'));
    return *choice;
}

}  // namespace

const std::vector<StatusChoice>& status_choices() {
    using S = ClusterStatus;
    static const auto choices = [] {
        std::vector<StatusChoice> all = {
            {"", "Not ended", {}, true},
            {"ALL", "All, ended ones too"},
            {"BUSY",
             "In progress",
             {S::PENDING, S::CREATING, S::HIBERNATING, S::RESUMING, S::DESTROYING, S::DESTROY_VERIFYING}},
            {"TROUBLE", "Needs attention", {S::FAILED, S::DESTROY_FAILED}},
        };
        for (const auto name : all_texts<S>()) {
            const S status = *parse_enum<S>(name);
            all.push_back({name, word_of(status), {status}});
        }
        return all;
    }();
    return choices;
}

bool read_sort(std::string_view text, clusters::Filter& filter) {
    if (text.empty()) return true;
    const bool descending = text.front() == '-';
    const auto sort = parse_enum<clusters::Sort>(descending ? text.substr(1) : text);
    if (!sort) return false;
    filter.sort = *sort;
    filter.descending = descending;
    return true;
}

ListQuery ListQuery::of(const Request& request) {
    const Form& query = request.query();
    const auto& choice = choice_of(query["status"]);
    ListQuery wanted{.whose = whose_of(request),
                     .filter = {.status = choice.states,
                                .owner = std::string(trim(query["owner"])),
                                .team = std::string(query["team"]),
                                .profile = std::string(query["profile"]),
                                .region = std::string(query["region"]),
                                .search = std::string(query["q"]),
                                .only_unfinished = choice.only_unfinished,
                                .cursor = std::string(query["cursor"])},
                     .status = std::string(choice.value)};
    wanted.reach = narrowed(request.reach(), wanted.whose, request.principal());
    if (!read_sort(query["sort"], wanted.filter))
        throw Error(Code::invalid, cat("sort: the list can't be sorted by ", query["sort"], '.'));
    return wanted;
}

}  // namespace desk
