// GET /clusters and /clusters.csv: one table, all that it shows in the URL. POST /clusters/views: views that people
// keep.
#include <algorithm>
#include <set>

#include "cgi/csv.hpp"
#include "cgi/list_query.hpp"
#include "cgi/notice.hpp"
#include "cgi/pages/pages.hpp"
#include "cgi/render.hpp"
#include "cgi/views/cluster_list.hpp"
#include "core/base/text.hpp"
#include "core/store/saved_views.hpp"

namespace desk::pages {
namespace {

constexpr int kRowsShown = 50;

using Fields = std::vector<std::pair<std::string, std::string>>;

/// The same list with other `fields`; from its first page on, unless `cursor` is among them.
std::string with(const Form& query, const Fields& changed) {
    auto fields = query.fields();
    std::erase_if(fields, [&](const auto& field) {
        return field.first == "cursor" ||
               std::ranges::find(changed, field.first, &Fields::value_type::first) != changed.end();
    });
    fields.insert(fields.end(), changed.begin(), changed.end());
    return "/clusters" + query_string(fields);
}

views::Field choice_of_state(const ListQuery& wanted) {
    views::Field filter{.name = "status", .label = "State", .value = wanted.status, .kind = views::Field::Kind::select};
    for (const auto& choice : status_choices())
        filter.options.push_back({std::string(choice.value), std::string(choice.text)});
    return filter;
}

/// `known` and what the URL asks for, which stays selected also when it is not among one's own teams or today's
/// profiles.
views::Field choice_of(std::string name, std::string label, std::string value, const std::set<std::string>& known) {
    views::Field filter{
        .name = std::move(name), .label = std::move(label), .value = value, .kind = views::Field::Kind::select};
    filter.options.push_back({"", "All"});
    for (const auto& each : known) filter.options.push_back({each, each});
    if (!value.empty() && !known.contains(value)) filter.options.push_back({value, value});
    return filter;
}

std::vector<views::Field> filters_of(const ListQuery& wanted, const Request& request, const App& app) {
    std::set<std::string> teams, profiles, regions;
    for (const auto& [team, roles] : request.principal().teams) teams.insert(team);
    for (const auto& [name, profile] : app.catalog.profiles()) {
        profiles.insert(name);
        regions.insert(profile.regions.allowlist.begin(), profile.regions.allowlist.end());
    }
    return {choice_of("team", "Team", wanted.filter.team, teams),
            choice_of("profile", "Profile", wanted.filter.profile, profiles),
            choice_of("region", "Region", wanted.filter.region, regions),
            {.name = "owner", .label = "Owner", .value = wanted.filter.owner, .autocomplete = "off"}};
}

std::vector<views::ClusterList::Tab> tabs_of(const ListQuery& wanted, const Request& request) {
    struct Known {
        Whose whose;
        std::string_view text;
    };
    static constexpr std::array kKnown = {Known{Whose::mine, "Mine"}, Known{Whose::teams, "My teams"},
                                          Known{Whose::all, "All"}};
    std::vector<views::ClusterList::Tab> tabs;
    for (const auto& [whose, words] : kKnown)
        tabs.push_back({.text = std::string(words),
                        .href = with(request.query(), {{"whose", std::string(text(whose))}}),
                        .is_current = whose == wanted.whose});
    return tabs;
}

/// A click sorts by it; the next one the other way round. New ones and costly ones are wanted first.
views::ClusterList::Sort sort_by(clusters::Sort sort, std::string_view label, const ListQuery& wanted,
                                 const Form& query) {
    const bool is_current = wanted.filter.sort == sort;
    const bool falls_first = sort == clusters::Sort::created || sort == clusters::Sort::rate;
    const bool descending = is_current ? !wanted.filter.descending : falls_first;
    return {.label = std::string(label),
            .href = with(query, {{"sort", cat(descending ? "-" : "", text(sort))}}),
            .order = !is_current                ? ""
                     : wanted.filter.descending ? "descending"
                                                : "ascending"};
}

std::vector<views::ClusterList::Column> columns_of(const ListQuery& wanted, const Form& query) {
    using enum clusters::Sort;
    struct Known {
        clusters::Sort sort;
        std::string_view label;
        bool is_below = false;  ///< of the one before, in the same column
    };
    static constexpr std::array kKnown = {Known{name, "Name"},           Known{status, "State"},
                                          Known{owner, "Owner"},         Known{team, "Team", true},
                                          Known{profile, "Profile"},     Known{version, "Version", true},
                                          Known{region, "Region", true}, Known{created, "Age"},
                                          Known{ends, "Time left"},      Known{rate, "Cost per hour"}};
    std::vector<views::ClusterList::Column> columns;
    for (const auto& [sort, label, is_below] : kKnown) {
        if (!is_below) columns.emplace_back();
        columns.back().push_back(sort_by(sort, label, wanted, query));
    }
    return columns;
}

/// Counting all rows would cost more than showing the first ones.
std::string total_words(const clusters::Page& page, bool is_first) {
    const auto shown = static_cast<int>(page.clusters.size());
    if (page.next.empty() && is_first) return views::counted(shown, "cluster", "clusters");
    if (page.next.empty()) return cat("The last ", shown);
    return cat(is_first ? "The first " : "The next ", shown, "; more follow");
}

std::vector<ClusterId> ids_of(const std::vector<clusters::Cluster>& clusters) {
    std::vector<ClusterId> ids;
    for (const auto& cluster : clusters) ids.push_back(cluster.id);
    return ids;
}

/// As a query string without the question mark, and without what belongs to a moment: the place in the list.
std::string query_to_keep(const Form& query) {
    auto fields = query.fields();
    std::erase_if(fields, [](const auto& field) { return field.first == "cursor"; });
    const auto text = query_string(fields);
    return text.empty() ? text : text.substr(1);
}

std::string list_path(const std::string& query) { return query.empty() ? "/clusters" : cat("/clusters?", query); }

struct Loaded {
    clusters::Page page;
    std::vector<saved_views::View> saved;
    std::map<ClusterId, Money> costs;
};
/// The connection is free again before the page is rendered.
Loaded load(App& app, const ListQuery& wanted, const UserId& user) {
    auto tx = app.db.begin(pg::Mode::read_only);
    auto batch = tx.batch();
    const auto listed = clusters::list(batch, wanted.reach, wanted.filter);
    const auto saved = saved_views::list(batch, user);
    const auto results = batch.run();
    Loaded loaded{.page = listed.of(results), .saved = saved.of(results), .costs = {}};
    loaded.costs = clusters::costs_so_far(tx, ids_of(loaded.page.clusters));
    return loaded;
}

}  // namespace

Response cluster_list(const Request& request, App& app) {
    const Form& query = request.query();
    auto wanted = ListQuery::of(request);
    wanted.filter.limit = kRowsShown;

    const auto [page, saved, costs] = load(app, wanted, request.principal().user);
    const auto reader = views::Reader::of(request);
    const auto& principal = request.principal();
    const std::string kept = query_to_keep(query);
    views::ClusterList view{.search = wanted.filter.search,
                            .state = choice_of_state(wanted),
                            .filters = filters_of(wanted, request, app),
                            .tabs = tabs_of(wanted, request),
                            .columns = columns_of(wanted, query),
                            .query = kept,
                            .whose = std::string(query["whose"]),
                            .sort = std::string(query["sort"]),
                            .is_filtered = !query.empty(),
                            .is_mine = wanted.whose == Whose::mine,
                            .may_order = principal.may(Permission::request_create),
                            .may_extend = principal.may(Permission::cluster_extend),
                            .may_destroy = principal.may(Permission::cluster_destroy),
                            .total = total_words(page, wanted.filter.cursor.empty()),
                            .csv = cat("/clusters.csv", kept.empty() ? "" : "?", kept),
                            .next = page.next.empty() ? "" : with(query, {{"cursor", page.next}}),
                            .first = wanted.filter.cursor.empty() ? "" : with(query, {})};
    for (const auto& each : saved)
        view.saved.push_back({.name = each.name, .href = list_path(each.query), .is_current = each.query == kept});
    for (const auto& cluster : page.clusters)
        view.rows.push_back(views::ClusterList::row(cluster, costs.at(cluster.id), reader));
    return render(app, request, {.file = "cluster_list.tpl", .title = "Clusters", .refresh_seconds = kRefreshSeconds},
                  view);
}

Response cluster_csv(const Request& request, App& app) {
    auto wanted = ListQuery::of(request);
    wanted.filter.limit = clusters::kMostListed;

    auto tx = app.db.begin(pg::Mode::read_only);
    const auto time = [](const std::optional<Time>& at) { return at ? to_rfc3339(*at) : std::string(); };
    Csv csv({"id", "name", "state", "owner", "team", "cost centre", "profile", "platform", "region", "version",
             "created", "ready", "ends", "gone", "cost so far", "cost per hour"});
    do {
        const auto page = clusters::list(tx, wanted.reach, wanted.filter, false);
        const auto costs = clusters::costs_so_far(tx, ids_of(page.clusters));
        for (const auto& c : page.clusters)
            csv.add({c.id.str(), c.name, std::string(text(c.status)), c.owner_name, c.team, c.cost_center, c.profile,
                     std::string(text(c.platform)), c.region, c.version, to_rfc3339(c.created_at), time(c.ready_at),
                     time(c.destroy_at), time(c.destroyed_at), costs.at(c.id).decimal(), views::hourly(c).decimal()});
        wanted.filter.cursor = page.next;
    } while (!wanted.filter.cursor.empty() && !csv.is_cut());
    return std::move(csv).answer("clusters.csv");
}

Response view_save(const Request& request, App& app) {
    const saved_views::View view{.name = std::string(trim(request.form()["name"])),
                                 .query = query_to_keep(Form::parse(request.form()["query"]))};
    auto tx = app.db.begin();
    saved_views::save(tx, request.principal().user, view);
    tx.commit();
    return see_other(app, list_path(view.query), Notice::VIEW_SAVED);
}

Response view_delete(const Request& request, App& app) {
    auto tx = app.db.begin();
    saved_views::remove(tx, request.principal().user, std::string(request.form()["name"]));
    tx.commit();
    return see_other(app, list_path(query_to_keep(Form::parse(request.form()["query"]))), Notice::VIEW_DELETED);
}

}  // namespace desk::pages
