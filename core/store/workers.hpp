// Hosts that run ticks: what the queue page and /readyz show, and whom rescue trusts.
#pragma once

#include <string>
#include <vector>

#include "core/base/time.hpp"
#include "core/pg/transaction.hpp"

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

/// An admin's switch.
void set_draining(pg::Transaction& tx, const std::string& host, bool draining);

}  // namespace desk::workers
