// What terraform made for a cluster before its installer ran.
#pragma once

#include <optional>
#include <string>

#include "core/base/id.hpp"
#include "core/base/json.hpp"
#include "core/base/time.hpp"
#include "core/pg/transaction.hpp"

namespace desk::prereqs {

struct Prereqs {
    std::string state_key = {};
    Json variables = Json::object();
    Json planned = Json::array();   ///< [{"address", "action"}]
    Json outputs = Json::object();  ///< name -> value
    std::optional<Time> applied_at = {}, destroyed_at = {};
};
std::optional<Prereqs> find(pg::Transaction& tx, const ClusterId& cluster);

/// Before anything is created: the state's key, for the attempt too, and the variables. Those that stand already are
/// kept, and returned. The writers expect the caller's fence, as runs:: does.
Prereqs begin(pg::Transaction& tx, const ClusterId& cluster, const JobId& job, int attempt,
              const std::string& state_key, const Json& variables);
void set_planned(pg::Transaction& tx, const ClusterId& cluster, const Json& planned);
void set_applied(pg::Transaction& tx, const ClusterId& cluster, const Json& outputs);
void set_destroyed(pg::Transaction& tx, const ClusterId& cluster);

}  // namespace desk::prereqs
