// The audit chain as people read it: newest first, filtered, page by page.
#pragma once

#include <string>
#include <vector>

#include "core/base/json.hpp"
#include "core/store/audit.hpp"

namespace desk {

/// Empty fields do not filter.
struct AuditFilter {
    std::string actor = {};   ///< name of who acted
    std::string action = {};  ///< "cluster.destroy", or "cluster" for everything done to clusters
    std::string target = {};  ///< id of what was acted on
    std::int64_t before = 0;  ///< only rows older than the one with this id; 0 = from the newest
    int limit = 50;
};
struct AuditEntry {
    AuditRow row;
    Json before = nullptr, after = nullptr;
};
std::vector<AuditEntry> list_audit(pg::Transaction& tx, const AuditFilter& filter);

}  // namespace desk
