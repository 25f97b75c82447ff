// What speaks for and against a request, beside the request itself: who asks, and what the quotas come to.
#pragma once

#include <map>
#include <vector>

#include "core/store/quota_use.hpp"
#include "core/store/requests.hpp"

namespace desk::evidence {

/// What became of somebody's earlier orders of clusters.
struct History {
    int orders = 0;  ///< that are decided
    int approved = 0, rejected = 0;
    int failed = 0;        ///< of the approved: never became ready
    int clusters_now = 0;  ///< theirs that may exist
};

struct Evidence {
    std::map<UserId, History> requesters = {};
    quotas::Uses quotas = {};  ///< of the requests' teams and owners; what they order counts in them already
};
/// For all of `requests` at once: three queries.
Evidence of(pg::Transaction& tx, const std::vector<requests::Request>& requests);

}  // namespace desk::evidence
