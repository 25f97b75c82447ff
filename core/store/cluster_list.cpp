// Lists of clusters: one statement for each sort and direction, so that each can go along its own index.
#include <algorithm>
#include <array>

#include "core/base/crypto.hpp"
#include "core/base/text.hpp"
#include "core/model/search_terms.hpp"
#include "core/model/status_words.hpp"
#include "core/store/cluster_row.hpp"

namespace desk::clusters {
namespace {

#define FINAL_STATES "('DESTROYED', 'ABANDONED', 'REJECTED', 'WITHDRAWN', 'LAPSED', 'CANCELLED')"
#define SEARCHED                                                                                                \
    "lower(concat_ws(' ', c.name, c.profile, c.region, u.username, c.team, c.version, c.tags::text, c.status, " \
    "($13::text[])[array_position($14::text[], c.status)]))"
#define LIST_WHERE                                                                                             \
    "WHERE ($1 OR c.team = ANY($2::text[]) OR c.owner_id = $3) "                                               \
    "AND (cardinality($4::text[]) = 0 OR c.status = ANY($4::text[])) "                                         \
    "AND ($5::text IS NULL OR c.platform = $5) AND ($6 = '' OR u.username = $6) AND ($7 = '' OR c.team = $7) " \
    "AND ($8 = '' OR c.profile = $8) AND ($9 = '' OR c.region = $9) AND ($10 = '' OR c.cost_center = $10) "    \
    "AND (cardinality($11::text[]) = 0 OR " SEARCHED                                                           \
    " LIKE ALL ($11::text[])) "                                                                                \
    "AND (cardinality($12::text[]) = 0 OR NOT " SEARCHED " LIKE ANY ($12::text[])) "
#define UNFINISHED "AND c.status NOT IN " FINAL_STATES " "

/// Behind the cursor, whose key comes as text.
#define BEHIND(key, type, than) "AND ($15::text IS NULL OR (" key ", c.id) " than " ($15::text::" type ", $16::text)) "
/// The same in a form that an index on (created_at, id) can begin at, whatever the plan knows of the parameters.
#define BEHIND_CREATED(than, bound) \
    "AND (c.created_at, c.id) " than " (coalesce($15::text::timestamptz, '" bound "'), coalesce($16::text, '')) "

#define LIST(name, key, behind, direction, which)                                                            \
    pg::Statement {                                                                                          \
        "clusters_by_" name,                                                                                 \
            "SELECT " CLUSTER_COLUMNS ", (" key ")::text AS sort_key " FROM_CLUSTERS LIST_WHERE which behind \
            "ORDER BY " key direction ", c.id" direction " LIMIT $17 OFFSET $18"                             \
    }

/// All four ways through one sort.
struct Sorted {
    pg::Statement all_up, all_down, open_up, open_down;

    const pg::Statement& statement(bool only_unfinished, bool descending) const {
        if (only_unfinished) return descending ? open_down : open_up;
        return descending ? all_down : all_up;
    }
};
#define SORTED(name, key, type)                                                           \
    Sorted {                                                                              \
        LIST(name "_up", key, BEHIND(key, type, ">"), "", ""),                            \
            LIST(name "_down", key, BEHIND(key, type, "<"), " DESC", ""),                 \
            LIST("open_" name "_up", key, BEHIND(key, type, ">"), "", UNFINISHED),        \
            LIST("open_" name "_down", key, BEHIND(key, type, "<"), " DESC", UNFINISHED), \
    }

const std::array<Sorted, all_texts<Sort>().size()> kSorted = {{
    Sorted{LIST("created_up", "c.created_at", BEHIND_CREATED(">", "-infinity"), "", ""),
           LIST("created_down", "c.created_at", BEHIND_CREATED("<", "infinity"), " DESC", ""),
           LIST("open_created_up", "c.created_at", BEHIND_CREATED(">", "-infinity"), "", UNFINISHED),
           LIST("open_created_down", "c.created_at", BEHIND_CREATED("<", "infinity"), " DESC", UNFINISHED)},
    SORTED("name", "c.name", "text"),
    SORTED("status", "array_position($14::text[], c.status)", "integer"),
    SORTED("owner", "u.username", "text"),
    SORTED("team", "c.team", "text"),
    SORTED("profile", "c.profile", "text"),
    SORTED("region", "c.region", "text"),
    SORTED("version", "c.version", "text"),
    SORTED("ends", "coalesce(c.destroyed_at, c.destroy_at, 'infinity')", "timestamptz"),
    SORTED("rate",
           "(CASE WHEN c.status IN ('REQUESTED', 'PENDING') OR c.status IN " FINAL_STATES
           " THEN 0 WHEN c.status = 'HIBERNATED' THEN c.hibernated_rate_micros ELSE c.hourly_rate_micros END"
           " * c.seconds_per_hour)",
           "bigint"),
}};

const pg::Statement kCount{"clusters_count", "SELECT count(*) AS total FROM (SELECT 1 " FROM_CLUSTERS LIST_WHERE
                                             "AND (NOT $15 OR c.status NOT IN " FINAL_STATES ") LIMIT 10001) counted"};

/// Where a page ends: what it was sorted by, and the key and id of its last row.
struct Cursor {
    std::string sort = {}, key = {}, id = {};
};

std::string sort_of(const Filter& filter) { return cat(filter.descending ? "-" : "", text(filter.sort)); }

std::string to_cursor(const Cursor& cursor) { return base64url(Json{cursor.sort, cursor.key, cursor.id}.dump()); }

/// Whether PostgreSQL would read `key` as what this sort goes by.
bool is_key_of(Sort sort, const std::string& key) {
    switch (sort) {
        case Sort::created:
            return parse_time(key).has_value();
        case Sort::ends:
            return key == "infinity" || parse_time(key);
        case Sort::status:
        case Sort::rate:
            return parse_int(key).has_value();
        default:
            return true;
    }
}

Cursor parse_cursor(const Filter& filter) {
    const Json parts = Json::parse(from_base64(filter.cursor).value_or(""), nullptr, false);
    const bool is_ours = parts.is_array() && parts.size() == 3 &&
                         std::all_of(parts.begin(), parts.end(), [](const Json& part) { return part.is_string(); }) &&
                         parts[0] == sort_of(filter) && is_key_of(filter.sort, parts[1]) &&
                         ClusterId::parse(parts[2].get<std::string>());
    if (!is_ours)
        throw Error(Code::invalid,
                    "cursor: use the value of `next` of the page before, unchanged, with the same sort.");
    return {parts[0], parts[1], parts[2]};
}

/// Calls `ask` with the parameters that all statements begin with.
template <class Ask>
std::size_t ask_for(const Reach& reach, const Filter& filter, Ask ask) {
    static constexpr auto kStates = all_texts<ClusterStatus>();
    static const std::vector<std::string> states(kStates.begin(), kStates.end());
    static const std::vector<std::string> words(kStatusWords.begin(), kStatusWords.end());
    const auto terms = SearchTerms::parse(filter.search);
    return ask(reach.all, reach.teams, reach.user, filter.status, filter.platform, filter.owner, filter.team,
               filter.profile, filter.region, filter.cost_center, like_patterns(terms.wanted),
               like_patterns(terms.unwanted), words, states);
}

/// One row more than `limit` says that another page follows.
Page page_of(const pg::Rows& rows, const std::string& sort, int limit) {
    Page page;
    const int shown = std::min(rows.size(), limit);
    page.clusters.reserve(static_cast<std::size_t>(shown));
    for (int i = 0; i < shown; ++i) page.clusters.push_back(read(rows[i]));
    if (rows.size() > limit) page.next = to_cursor({sort, rows[limit - 1]["sort_key"], page.clusters.back().id.str()});
    return page;
}

}  // namespace

pg::Later<Page> list(pg::Transaction::Batch& batch, const Reach& reach, const Filter& filter) {
    std::optional<std::string> after_key, after_id;
    if (!filter.cursor.empty()) {
        const Cursor cursor = parse_cursor(filter);
        after_key = cursor.key;
        after_id = cursor.id;
    }
    const int limit = std::clamp(filter.limit, 1, kMostListed);
    const auto& statement =
        kSorted[static_cast<std::size_t>(filter.sort)].statement(filter.only_unfinished, filter.descending);
    const auto call = ask_for(reach, filter, [&](const auto&... parameters) {
        return batch.add(statement, parameters..., after_key, after_id, limit + 1,
                         std::clamp(filter.offset, 0, kMostListed));
    });
    return {call, [limit, sort = sort_of(filter)](const pg::Rows& rows) { return page_of(rows, sort, limit); }};
}

Page list(pg::Transaction& tx, const Reach& reach, const Filter& filter, bool count) {
    auto batch = tx.batch();
    const auto listed = list(batch, reach, filter);
    if (count)
        ask_for(reach, filter,
                [&](const auto&... parameters) { return batch.add(kCount, parameters..., filter.only_unfinished); });
    const auto results = batch.run();

    Page page = listed.of(results);
    if (count) {
        const int total = results.back()[0]["total"];
        page.total = std::min(total, kMostListed);
        page.total_is_floor = total > kMostListed;
    }
    return page;
}
}  // namespace desk::clusters
