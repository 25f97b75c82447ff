#include "core/store/notices.hpp"

namespace desk::notices {
namespace {

const pg::Statement kTell{"notices_tell", R"sql(
    INSERT INTO notices (id, user_id, kind, cluster_id, request_id, deadline, payload)
    VALUES ($1, $2, $3, $4, $5, coalesce($6, desk_now()), $7) ON CONFLICT DO NOTHING)sql"};

const pg::Statement kPeopleOfCluster{"notices_people_of_cluster", R"sql(
    SELECT c.name, c.outcome_reason, c.destroy_wanted_at, c.owner_id AS reader FROM clusters c WHERE c.id = $1
    UNION
    SELECT c.name, c.outcome_reason, c.destroy_wanted_at, r.requester_id
      FROM clusters c JOIN requests r ON r.cluster_id = c.id AND r.kind = 'CREATE' WHERE c.id = $1
     ORDER BY reader)sql"};
const pg::Statement kPeopleOfRequest{"notices_people_of_request", R"sql(
    SELECT c.id, c.name, r.kind, people.reader
      FROM requests r JOIN clusters c ON c.id = r.cluster_id
     CROSS JOIN LATERAL (
           SELECT unnest(ARRAY[r.requester_id, c.owner_id]) AS reader WHERE NOT $2
           UNION
           SELECT k.author_id FROM request_comments k WHERE $2 AND k.request_id = r.id AND k.kind = 'QUESTION') people
     WHERE r.id = $1 ORDER BY people.reader)sql"};
const pg::Statement kOwnerOfAdopted{"notices_owner_of_adopted", R"sql(
    SELECT c.name, c.owner_id AS reader, adopter.username AS adopter
      FROM clusters c JOIN users adopter ON adopter.id = $2 AND adopter.id <> c.owner_id
     WHERE c.id = $1)sql"};
const pg::Statement kSettle{"notices_settle", R"sql(
    UPDATE notices SET read_at = desk_now() WHERE cluster_id = $1 AND kind = 'EXPIRES' AND read_at IS NULL)sql"};

const pg::Statement kList{"notices_list", R"sql(
    SELECT n.id, n.kind, n.payload, n.at, n.read_at, n.cluster_id, n.request_id, c.name, c.status, c.destroy_at,
           c.hourly_rate_micros, c.seconds_per_hour, c.max_lifetime_seconds - c.lifetime_seconds AS may_grow_by
      FROM notices n JOIN clusters c ON c.id = n.cluster_id
     WHERE n.user_id = $1 AND (NOT $2 OR n.read_at IS NULL) AND ($3::text IS NULL OR n.id < $3)
     ORDER BY n.id DESC LIMIT $4)sql"};
const pg::Statement kMark{"notices_mark", R"sql(
    UPDATE notices SET read_at = coalesce(read_at, desk_now()) WHERE user_id = $1 AND id = $2)sql"};
const pg::Statement kMarkAll{"notices_mark_all", R"sql(
    UPDATE notices SET read_at = desk_now() WHERE user_id = $1 AND id <= $2 AND read_at IS NULL)sql"};

void tell(pg::Transaction& tx, const std::string& reader, NoticeKind kind, const std::string& cluster,
          const std::optional<RequestId>& request, std::optional<Time> deadline, const Json& payload) {
    tx.execute(kTell, NoticeId::make(), reader, kind, cluster, request, deadline, payload);
}

}  // namespace

void of_cluster(pg::Transaction& tx, const ClusterId& cluster, NoticeKind kind) {
    for (const pg::Row r : tx.run(kPeopleOfCluster, cluster)) {
        Json payload{{"cluster", r["name"].as<std::string>()}};
        if (!r["outcome_reason"].is_null()) payload["reason"] = r["outcome_reason"].as<std::string>();
        std::optional<Time> trouble;
        if (kind == NoticeKind::DESTROY_FAILED) trouble = r["destroy_wanted_at"].or_null();
        tell(tx, r["reader"], kind, cluster.str(), {}, trouble, payload);
    }
}

void of_end(pg::Transaction& tx, const ClusterId& cluster, Time due, int hours, Time destroy_at) {
    for (const pg::Row r : tx.run(kPeopleOfCluster, cluster))
        tell(tx, r["reader"], NoticeKind::EXPIRES, cluster.str(), {}, due,
             {{"cluster", r["name"].as<std::string>()}, {"hours", hours}, {"destroyAt", to_rfc3339(destroy_at)}});
}

void of_request(pg::Transaction& tx, const RequestId& request, NoticeKind kind, const std::string& said) {
    for (const pg::Row r : tx.run(kPeopleOfRequest, request, kind == NoticeKind::ANSWERED)) {
        Json payload{{"cluster", r["name"].as<std::string>()}, {"request", r["kind"].as<std::string>()}};
        if (!said.empty()) payload["said"] = said;
        tell(tx, r["reader"], kind, r["id"], request, {}, payload);
    }
}

void of_adoption(pg::Transaction& tx, const ClusterId& cluster, const UserId& adopter) {
    for (const pg::Row r : tx.run(kOwnerOfAdopted, cluster, adopter))
        tell(tx, r["reader"], NoticeKind::ADOPTED, cluster.str(), {}, {},
             {{"cluster", r["name"].as<std::string>()}, {"by", r["adopter"].as<std::string>()}});
}

void settle_warnings(pg::Transaction& tx, const ClusterId& cluster) { tx.execute(kSettle, cluster); }

std::vector<Notice> list(pg::Transaction& tx, const UserId& reader, const Filter& filter) {
    return tx.all(
        kList,
        [](pg::Row r) {
            return Notice{.id = r["id"],
                          .kind = r["kind"],
                          .payload = r["payload"].as<Json>(),
                          .at = r["at"],
                          .read_at = r["read_at"].or_null(),
                          .cluster = r["cluster_id"],
                          .request = r["request_id"].or_null(),
                          .cluster_name = r["name"],
                          .status = r["status"],
                          .destroy_at = r["destroy_at"].or_null(),
                          .hourly = {r["hourly_rate_micros"]},
                          .seconds_per_hour = r["seconds_per_hour"],
                          .may_grow_by = r["may_grow_by"]};
        },
        reader, filter.only_unread, filter.before, filter.limit);
}

bool mark_read(pg::Transaction& tx, const UserId& reader, const NoticeId& notice) {
    return tx.execute(kMark, reader, notice) == 1;
}

int mark_all_read(pg::Transaction& tx, const UserId& reader, const NoticeId& newest) {
    return tx.execute(kMarkAll, reader, newest);
}

}  // namespace desk::notices
