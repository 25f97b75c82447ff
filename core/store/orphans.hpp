// Orphans: cloud resources that no live cluster owns. Open ones of a cluster that was given up hold its name (a trigger
// of the table keeps clusters.name_held).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/id.hpp"
#include "core/base/time.hpp"
#include "core/model/cluster.hpp"
#include "core/model/cost.hpp"
#include "core/model/orphan.hpp"
#include "core/pg/transaction.hpp"
#include "core/store/audit.hpp"

namespace desk::orphans {

struct Orphan {
    OrphanId id = {};
    Platform provider = Platform::demo;
    std::string account = {};  ///< "" where the desk knows one account only
    CloudResource resource = {};
    std::string infra_id = {};  ///< "" = not known
    std::optional<ClusterId> cluster_id = {};
    std::string cluster_name = {}, base_domain = {}, team = {};  ///< of that cluster
    std::string owner = {};                                      ///< a guess, from its tags
    bool is_ours = false;  ///< of an infraID that a desk has made: it may be destroyed by it
    Time first_seen_at = {}, last_seen_at = {};
    std::optional<Money> hourly = {};  ///< a guess; nothing = nobody knows
    OrphanState state = OrphanState::OPEN;
    bool ignored = false;  ///< closed for good: it stays so though sweeps go on to see it
    std::string note = {};
    std::optional<Time> closed_at = {};
    std::string closed_by = {};  ///< a user's name, or the word of a part of the desk
    std::optional<ClusterId> adopted_as = {};
};

struct Filter {
    std::optional<OrphanState> state = {};
    std::optional<ClusterId> cluster = {};
    int limit = 100;  ///< 1..500
    int offset = 0;   ///< 0..10000
};
/// Newest first.
std::vector<Orphan> list(pg::Transaction& tx, const Filter& filter);
/// How many are open; counted up to 1,000.
int count_open(pg::Transaction& tx);
std::optional<Orphan> find(pg::Transaction& tx, const OrphanId& id);
/// The same, locked until the transaction ends.
std::optional<Orphan> find_locked(pg::Transaction& tx, const OrphanId& id);

/// What was seen of a cluster: written as OPEN, also over one that was closed before.
struct Seen {
    Platform provider = Platform::demo;
    std::string account = {};
    CloudResource resource = {};
    std::string infra_id = {};
    ClusterId cluster = {};
    Time first_seen_at = {}, last_seen_at = {};
};
void open(pg::Transaction& tx, const Seen& seen);

/// An administrator says that it is gone. With its audit row. The name of its cluster is free when the
/// last one closes. Throws Error{not_found}, and Error{conflict} when it is closed already.
Orphan close(pg::Transaction& tx, const OrphanId& id, const std::string& note, const Actor& actor);
/// The same for good: sweeps that go on to see it change nothing.
Orphan ignore(pg::Transaction& tx, const OrphanId& id, const std::string& reason, const Actor& actor);

}  // namespace desk::orphans
