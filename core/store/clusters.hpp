// Clusters: rows, lists, and the one way a status is written.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/id.hpp"
#include "core/base/time.hpp"
#include "core/model/access.hpp"
#include "core/model/cluster.hpp"
#include "core/model/cost.hpp"
#include "core/pg/transaction.hpp"

namespace desk::clusters {

/// One row of `clusters` with its owner's name; every column has the name of its member.
struct Cluster {
    ClusterId id = {};
    std::string name = {};
    Platform platform = Platform::demo;
    std::string profile = {}, region = {}, base_domain = {}, version = {}, team = {};
    UserId owner_id = {};
    std::string owner_name = {}, cost_center = {};
    Json tags = {};
    ClusterStatus status = ClusterStatus::REQUESTED;
    Time status_since = {};
    std::optional<ClusterOutcome> outcome = {};
    std::optional<std::string> outcome_reason = {};
    seconds lifetime{};  ///< from READY on, extensions included
    seconds max_lifetime{};
    std::int64_t hourly_rate_micros = 0;
    std::int64_t hibernated_rate_micros = 0;
    int vcpu = 0;
    std::optional<int> workers = {};  ///< as last recorded; nothing: as ordered
    int seconds_per_hour = 3600;      ///< under 3600: time is scaled (platform demo)
    Time created_at = {};
    std::optional<Time> ready_at = {}, destroy_at = {}, destroyed_at = {}, destroy_wanted_at = {};
    std::optional<std::string> destroy_wanted_by = {}, destroy_why = {};
    std::optional<ReceiptId> receipt_id = {};

    /// When its lifetime began to count: READY for the first time, or adopted.
    std::optional<Time> began_at() const { return status == ClusterStatus::ADOPTED ? created_at : ready_at; }
};

/// Nothing if it is not there or out of reach.
std::optional<Cluster> find(pg::Transaction& tx, const ClusterId& id, const Reach& reach);
pg::Later<std::optional<Cluster>> find(pg::Transaction::Batch& batch, const ClusterId& id, const Reach& reach);
/// Throws Error{not_found}. For the worker, which reaches everything.
Cluster get(pg::Transaction& tx, const ClusterId& id);
/// The same, locked FOR UPDATE until the transaction ends.
std::optional<Cluster> find_locked(pg::Transaction& tx, const ClusterId& id, const Reach& reach);
Cluster lock(pg::Transaction& tx, const ClusterId& id);

/// What a list is sorted by; `status` goes along the life of a cluster.
DESK_ENUM(Sort, created, name, status, owner, team, profile, region, version, ends, rate)

/// What a list shows. Empty fields do not filter; `search` is terms, quotes and -terms (core/model/search_terms) over
/// name, profile, region, owner, team, version, tags and the word of the state.
struct Filter {
    std::vector<ClusterStatus> status = {};
    std::optional<Platform> platform = {};
    std::string owner = {}, team = {}, profile = {}, region = {}, cost_center = {}, search = {};  // owner = username
    bool only_unfinished = false;  ///< leaves final states out
    Sort sort = Sort::created;
    bool descending = true;
    std::string cursor = {};  ///< `next` of the page before; "" = from the first
    int limit = 50;           ///< 1..kMostListed
    int offset = 0;           ///< 0..10000; only without cursor
};
inline constexpr int kMostListed = 10'000;

struct Page {
    std::vector<Cluster> clusters = {};
    std::string next = {};  ///< cursor of the next page; "" = this is the last
    int total = 0;          ///< counted up to 10,000
    bool total_is_floor = false;
};
/// One page; the id decides between equals, so that pages have neither gaps nor repeats. Throws Error{invalid} for a
/// cursor that is not one of ours, or of another sort. `count` false leaves total 0: counting reads every row.
Page list(pg::Transaction& tx, const Reach& reach, const Filter& filter, bool count);
/// Without the total.
pg::Later<Page> list(pg::Transaction::Batch& batch, const Reach& reach, const Filter& filter);

/// Those of `ids` that are within reach, by name.
std::vector<Cluster> find_some(pg::Transaction& tx, const std::vector<ClusterId>& ids, const Reach& reach);

/// Columns that change together with a status.
struct Change {
    std::optional<ClusterOutcome> outcome = {};
    std::optional<std::string> outcome_reason = {};
    std::optional<ReceiptId> receipt_id = {};
};
/// The only statement that writes a status: compare-and-set by the transition table; closes and opens the state
/// interval, and stamps ready_at/destroy_at (MAKE_READY) or destroyed_at (CONFIRM_GONE). Nothing if the world changed:
/// look again.
std::optional<ClusterStatus> advance(pg::Transaction& tx, const ClusterId& id, ClusterEvent event,
                                     const Change& change = {});

/// Cost so far, from state intervals alone.
Money cost_so_far(pg::Transaction& tx, const ClusterId& id);
/// The same for each of `ids`, in one query.
std::map<ClusterId, Money> costs_so_far(pg::Transaction& tx, const std::vector<ClusterId>& ids);

struct Interval {
    ClusterStatus status;
    Time from;
    std::optional<Time> to;
    Money hourly;
};
/// Oldest first: the timeline. A stay whose price changed is there once for each price.
std::vector<Interval> timeline(pg::Transaction& tx, const ClusterId& id);

/// The database's business time.
Time desk_now(pg::Transaction& tx);

/// Numbers of the home page.
struct Counts {
    int running = 0;      ///< READY
    int in_progress = 0;  ///< being created or ended
    int failed = 0;       ///< FAILED or DESTROY_FAILED
};
Counts counts(pg::Transaction& tx, const Reach& reach);
/// READY, HIBERNATED and ADOPTED clusters within reach that end within `horizon`, soonest first.
std::vector<Cluster> ending_soon(pg::Transaction& tx, const Reach& reach, seconds horizon, int limit);

}  // namespace desk::clusters
