#include "core/store/cluster_names.hpp"

namespace desk::clusters {
namespace {

const pg::Statement kTaken{"clusters_name_taken", R"sql(
    SELECT 1 FROM clusters
     WHERE name = $1 AND platform = $2 AND base_domain = $3
       AND status NOT IN ('DESTROYED', 'ABANDONED', 'REJECTED', 'WITHDRAWN', 'LAPSED', 'CANCELLED'))sql"};

}  // namespace

bool is_name_taken(pg::Transaction& tx, const std::string& name, Platform platform, const std::string& base_domain) {
    return !tx.run(kTaken, name, platform, base_domain).empty();
}

}  // namespace desk::clusters
