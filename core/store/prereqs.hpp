// What terraform made for a cluster before its installer ran.
#pragma once

#include <optional>
#include <string>

#include "core/base/id.hpp"
#include "core/base/json.hpp"
#include "core/base/time.hpp"
#include "core/pg/transaction.hpp"
#include "core/store/audit.hpp"
#include "core/store/clusters.hpp"

namespace desk::prereqs {

struct Prereqs {
    std::string state_key = {};
    Json variables = Json::object();
    Json planned = Json::array();   ///< [{"address", "action"}]
    Json outputs = Json::object();  ///< name -> value
    std::optional<Time> applied_at = {}, destroyed_at = {};
    std::string delete_zone = {};  ///< as somebody typed it; "" = the zone stays

    /// The hosted zone that terraform made for this cluster; "" = it made none, or it is gone.
    std::string own_zone() const;
};
std::optional<Prereqs> find(pg::Transaction& tx, const ClusterId& cluster);

/// Before anything is created: the state's key, for the attempt too, and the variables. Those that stand already are
/// kept, and returned. The writers expect the caller's fence, as runs:: does.
Prereqs begin(pg::Transaction& tx, const ClusterId& cluster, const JobId& job, int attempt,
              const std::string& state_key, const Json& variables);
void set_planned(pg::Transaction& tx, const ClusterId& cluster, const Json& planned);
void set_applied(pg::Transaction& tx, const ClusterId& cluster, const Json& outputs);
void set_destroyed(pg::Transaction& tx, const ClusterId& cluster);

/// Lets the destroy of `cluster` delete the zone that terraform made for it, `typed` being its exact name; audit row
/// included. A sentence, and nothing is written, for another name, where there is no such zone, and while other
/// clusters stand below the same domain. `cluster` must be locked by this transaction.
std::optional<std::string> confirm_zone(pg::Transaction& tx, const clusters::Cluster& cluster, const std::string& typed,
                                        const Actor& actor);

}  // namespace desk::prereqs
