// Hosts that run ticks: what the queue page and /readyz show, and whom rescue trusts.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/time.hpp"
#include "core/pg/transaction.hpp"
#include "core/store/audit.hpp"

namespace desk::workers {

struct Worker {
    std::string host = {}, boot_id = {}, version = {};
    int slots = 0;
    std::string store_id = {};
    Time first_seen = {}, last_tick = {};
    std::optional<Time> last_claim = {};
    bool draining = false;
    int leases = 0;  ///< jobs it runs now
};
/// By host.
std::vector<Worker> all(pg::Transaction& tx);

/// Says that this host's tick is alive; false when an admin drains the host: it takes no new jobs.
bool report(pg::Transaction& tx, const std::string& host, const std::string& boot_id, const std::string& version,
            int slots, const std::string& store_id);

/// By its name.
std::optional<Worker> find(pg::Transaction& tx, const std::string& host);

/// An admin's switch: a host that drains takes no new jobs and ends those it has. With its audit row; a host that is so
/// already is left as it is. Resuming wakes the ticks. Throws Error{not_found} for a host that never reported.
void set_draining(pg::Transaction& tx, const std::string& host, bool draining, const Actor& actor);

}  // namespace desk::workers
