// GET /clusters: one table, every filter in the URL.
#include <algorithm>

#include "cgi/pages/pages.hpp"
#include "cgi/render.hpp"
#include "cgi/views/cluster_list.hpp"
#include "core/base/text.hpp"

namespace desk::pages {
namespace {

/// Filters of the query that the list knows besides `q`, `status`, `owner` and `cursor`.
struct Wanted {
    const views::StatusChoice* status = nullptr;
    clusters::Filter filter = {};
};

Wanted read(const Form& query) {
    const auto& choices = views::status_choices();
    const auto status = std::find_if(choices.begin(), choices.end(),
                                     [&](const auto& choice) { return choice.value == query["status"]; });
    if (status == choices.end()) throw Error(Code::invalid, cat("status: there is no state ", query["status"], '.'));
    std::optional<Platform> platform;
    if (!query["platform"].empty()) {
        platform = parse_enum<Platform>(query["platform"]);
        if (!platform) throw Error(Code::invalid, cat("platform: there is no platform ", query["platform"], '.'));
    }
    return {.status = &*status,
            .filter = {.status = status->states,
                       .platform = platform,
                       .owner = std::string(trim(query["owner"])),
                       .team = std::string(query["team"]),
                       .profile = std::string(query["profile"]),
                       .cost_center = std::string(query["costCenter"]),
                       .search = std::string(query["q"]),
                       .only_unfinished = status->only_unfinished,
                       .cursor = std::string(query["cursor"]),
                       .limit = 50}};
}

std::vector<views::ClusterList::Filter> filters(const Form& query, const Request& request, const App& app) {
    std::vector<views::Field::Option> states, teams = {{"", "All"}}, profiles = {{"", "All"}},
                                              platforms = {{"", "All"}};
    for (const auto& choice : views::status_choices())
        states.push_back({std::string(choice.value), std::string(choice.text)});
    for (const auto& [team, roles] : request.principal().teams) teams.push_back({team, team});
    for (const auto& [name, profile] : app.catalog.profiles()) profiles.push_back({name, name});
    for (const auto name : all_texts<Platform>())
        platforms.push_back({std::string(name), std::string(views::title(*parse_enum<Platform>(name)))});
    // What the URL asks for stays selected, also when it is not among one's own teams or today's profiles.
    const auto keep = [&](std::vector<views::Field::Option>& options, std::string_view value) {
        const bool is_known =
            std::any_of(options.begin(), options.end(), [&](const auto& o) { return o.value == value; });
        if (!is_known) options.push_back({std::string(value), std::string(value)});
    };
    keep(teams, query["team"]);
    keep(profiles, query["profile"]);
    return {{"status", "State", std::string(query["status"]), states},
            {"team", "Team", std::string(query["team"]), teams},
            {"profile", "Profile", std::string(query["profile"]), profiles},
            {"platform", "Platform", std::string(query["platform"]), platforms}};
}

std::string total_words(const clusters::Page& page) {
    if (page.total_is_floor) return cat("More than ", page.total, " match; newest first.");
    return cat(views::counted(page.total, "cluster", "clusters"), ", newest first.");
}

/// The same list from `cursor` on.
std::string older(const Form& query, const std::string& cursor) {
    if (cursor.empty()) return "";
    auto fields = query.fields();
    std::erase_if(fields, [](const auto& field) { return field.first == "cursor"; });
    fields.emplace_back("cursor", cursor);
    return "/clusters" + query_string(fields);
}

}  // namespace

Response cluster_list(const Request& request, App& app) {
    const Form& query = request.query();
    const auto wanted = read(query);

    auto tx = app.db.begin(pg::Mode::read_only);
    const auto page = clusters::list(tx, request.reach(), wanted.filter, true);

    const auto reader = views::Reader::of(request);
    views::ClusterList view{.search = wanted.filter.search,
                            .owner = wanted.filter.owner,
                            .filters = filters(query, request, app),
                            .is_filtered = !query.empty(),
                            .may_order = request.principal().may(Permission::request_create),
                            .total = total_words(page),
                            .older = older(query, page.next)};
    for (const auto& cluster : page.clusters) view.rows.push_back(views::ClusterList::row(cluster, reader));
    return render(app, request, {.file = "cluster_list.tpl", .title = "Clusters", .refresh_seconds = 5}, view);
}

}  // namespace desk::pages
