#include "core/store/evidence.hpp"

namespace desk::evidence {
namespace {

const pg::Statement kHistories{"evidence_histories", R"sql(
    SELECT u.id, h.orders, h.approved, h.rejected, h.failed,
           (SELECT count(*) FROM clusters c WHERE c.owner_id = u.id AND c.status NOT IN ('REQUESTED', 'DESTROYED',
             'ABANDONED', 'REJECTED', 'WITHDRAWN', 'LAPSED', 'CANCELLED')) AS clusters_now
      FROM users u
     CROSS JOIN LATERAL (
           SELECT count(*) AS orders, count(*) FILTER (WHERE r.state = 'APPROVED') AS approved,
                  count(*) FILTER (WHERE r.state = 'REJECTED') AS rejected,
                  count(*) FILTER (WHERE c.outcome = 'FAILED') AS failed
             FROM requests r JOIN clusters c ON c.id = r.cluster_id
            WHERE r.requester_id = u.id AND r.kind = 'CREATE' AND r.state <> 'OPEN') h
     WHERE u.id = ANY($1::text[]))sql"};

}  // namespace

Evidence of(pg::Transaction& tx, const std::vector<requests::Request>& requests) {
    std::vector<std::string> teams;
    std::vector<UserId> requesters, owners;
    for (const auto& request : requests) {
        teams.push_back(request.team);
        requesters.push_back(request.requester_id);
        owners.push_back(request.owner_id);
    }
    Evidence out{.requesters = {}, .quotas = quotas::uses(tx, teams, owners)};
    for (const pg::Row r : tx.run(kHistories, requesters))
        out.requesters[UserId(r["id"])] = {.orders = r["orders"],
                                           .approved = r["approved"],
                                           .rejected = r["rejected"],
                                           .failed = r["failed"],
                                           .clusters_now = r["clusters_now"]};
    return out;
}

}  // namespace desk::evidence
