#include "core/store/cluster_names.hpp"

#include "core/base/text.hpp"

namespace desk::clusters {
namespace {

const pg::Statement kHolder{"clusters_name_holder", R"sql(
    SELECT c.name_held,
           (SELECT count(*) FROM orphans o WHERE o.cluster_id = c.id AND o.state = 'OPEN') AS left_over
      FROM clusters c
     WHERE c.name = $1 AND c.platform = $2 AND c.base_domain = $3
       AND (c.name_held OR c.status NOT IN ('DESTROYED', 'ABANDONED', 'REJECTED', 'WITHDRAWN', 'LAPSED', 'CANCELLED')))sql"};

}  // namespace

std::string taken_words(const std::string& name, Platform platform, const std::string& base_domain) {
    return cat(name, '.', base_domain, " is taken on platform ", text(platform),
               ". Choose another name, or wait until the other cluster is destroyed.");
}

std::optional<std::string> why_name_taken(pg::Transaction& tx, const std::string& name, Platform platform,
                                          const std::string& base_domain) {
    const pg::Rows holder = tx.run(kHolder, name, platform, base_domain);
    if (holder.empty()) return std::nullopt;
    if (!holder[0]["name_held"].as<bool>()) return taken_words(name, platform, base_domain);
    const int left = holder[0]["left_over"];
    return cat("The name is held by what is left of a cluster ", name, '.', base_domain, " that was given up (", left,
               left == 1 ? " orphan is open" : " orphans are open",
               "). Choose another name; an administrator frees this one by closing them.");
}

}  // namespace desk::clusters
