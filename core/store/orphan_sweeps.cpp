#include "core/store/orphan_sweeps.hpp"

#include <algorithm>
#include <array>

#include "core/base/text.hpp"
#include "core/cloud/aws/endpoint.hpp"
#include "core/model/job.hpp"

namespace desk::orphans {
namespace {

const pg::Statement kKnown{"orphans_known_places", R"sql(
    SELECT a.account, a.region
      FROM job_attempts a JOIN clusters c ON c.id = a.cluster_id
     WHERE c.platform = $1 AND a.account IS NOT NULL AND a.region IS NOT NULL
     UNION
    SELECT account, region FROM orphans WHERE provider = $1 AND state = 'OPEN' AND region <> 'global')sql"};
const pg::Statement kSweep{"orphans_enqueue_sweep", R"sql(
    INSERT INTO jobs (id, type, subject, status, params)
    SELECT $1, 'ORPHAN_SWEEP', $2, 'PENDING', $3
     WHERE NOT EXISTS (SELECT 1 FROM jobs
                        WHERE subject = $2 AND type = 'ORPHAN_SWEEP' AND created_at > clock_timestamp() - $4::interval)
    ON CONFLICT DO NOTHING)sql"};
const pg::Statement kDestroy{"orphans_enqueue_destroy", R"sql(
    INSERT INTO jobs (id, type, subject, status, params, correlation_id)
    VALUES ($1, 'ORPHAN_SWEEP', $2, 'PENDING', $3, $4)
    ON CONFLICT DO NOTHING)sql"};
const pg::Statement kOpenSweep{"orphans_open_sweep", R"sql(
    SELECT 1 FROM jobs WHERE subject = ANY($1::text[]) AND status IN ('PENDING', 'RUNNING', 'RETRYING') LIMIT 1)sql"};
const pg::Statement kRegion{"orphans_region_of", R"sql(
    SELECT region FROM orphans
     WHERE provider = $1 AND account = $2 AND infra_id = $3 AND region <> 'global'
     ORDER BY last_seen_at DESC, id LIMIT 1)sql"};
const pg::Statement kNotify{"orphans_notify", "SELECT pg_notify('jobs', $1)"};

const pg::Statement kLive{"orphans_live_marks", R"sql(
    SELECT mark
      FROM job_attempts a JOIN clusters c ON c.id = a.cluster_id,
           LATERAL (VALUES (a.infra_id), (a.ccoctl_name)) marks (mark)
     WHERE c.platform = $1 AND NOT c.status = ANY($2::text[]) AND mark IS NOT NULL)sql"};
const pg::Statement kOwners{"orphans_owners", R"sql(
    SELECT mark, cluster_id
      FROM job_attempts a, LATERAL (VALUES (a.infra_id), (a.ccoctl_name)) marks (mark)
     WHERE cluster_id IS NOT NULL AND mark = ANY($1::text[]))sql"};
const pg::Statement kMetadata{"orphans_metadata", R"sql(
    SELECT metadata FROM job_attempts WHERE infra_id = $1 AND metadata IS NOT NULL)sql"};

const pg::Statement kSee{"orphans_see", R"sql(
    INSERT INTO orphans AS o (id, provider, account, region, type, resource_id, name, infra_id, cluster_id, owner,
                              is_ours, hourly_rate_micros, first_seen_at, last_seen_at)
    SELECT $1, $2, $3, $4, $5, $6, $7, nullif($8, ''), $9, $10, $11, $12, now, now FROM (SELECT clock_timestamp() AS now) t
     WHERE NOT EXISTS (SELECT 1 FROM job_attempts a JOIN clusters c ON c.id = a.cluster_id
                        WHERE a.infra_id = $8 AND NOT c.status = ANY($13::text[]))
    ON CONFLICT (provider, account, region, type, resource_id) DO UPDATE
       SET name = excluded.name, infra_id = excluded.infra_id, cluster_id = excluded.cluster_id,
           owner = excluded.owner, is_ours = excluded.is_ours, hourly_rate_micros = excluded.hourly_rate_micros,
           last_seen_at = greatest(o.last_seen_at, excluded.last_seen_at),
           state = CASE WHEN o.ignored THEN o.state ELSE 'OPEN' END,
           note = CASE WHEN o.ignored OR o.state = 'OPEN' THEN o.note ELSE '' END,
           adopted_as = NULL,
           closed_at = CASE WHEN o.ignored THEN o.closed_at END,
           closed_by = CASE WHEN o.ignored THEN o.closed_by END)sql"};
const pg::Statement kCloseUnseen{"orphans_close_unseen", R"sql(
    UPDATE orphans
       SET state = 'CLOSED', note = 'A sweep did not find it any more.', closed_at = clock_timestamp(),
           closed_by = 'sweep'
     WHERE provider = $1 AND account = $2 AND region = ANY($3::text[]) AND state = 'OPEN' AND type <> $4
       AND last_seen_at < (SELECT started_at FROM job_steps WHERE job_id = $5 AND attempt = $6 AND step = $7))sql"};

/// The region in which a sweep finds what belongs to none, by where else the account has something.
std::string home_of(pg::Transaction& tx, const Place& place) {
    const auto known = known_places(tx, place.provider);
    const auto there = std::ranges::find(known, place.account, &Place::account);
    return std::string(aws::partition_of(there == known.end() ? "" : there->region).home);
}

std::vector<std::string> final_states() {
    std::vector<std::string> states;
    for (const auto name : all_texts<ClusterStatus>())
        if (is_final(*parse_enum<ClusterStatus>(name))) states.emplace_back(name);
    return states;
}

}  // namespace

std::string Place::subject() const {
    return cat("sweep:", account.empty() ? std::string(text(provider)) : account, ':', region);
}

Json Place::to_json() const { return {{"provider", text(provider)}, {"account", account}, {"region", region}}; }

Place Place::from_json(const Json& params) {
    return {.provider = parse_enum<Platform>(params.at("provider").get<std::string>()).value(),
            .account = params.at("account"),
            .region = params.at("region")};
}

std::vector<Place> known_places(pg::Transaction& tx, Platform provider) {
    return tx.all(
        kKnown,
        [&](pg::Row r) {
            return Place{provider, r["account"], r["region"]};
        },
        provider);
}

std::optional<JobId> enqueue_sweep(pg::Transaction& tx, const Place& place, seconds interval) {
    const auto id = JobId::make();
    if (tx.execute(kSweep, id, place.subject(), place.to_json(), interval) == 0) return std::nullopt;
    tx.run(kNotify, id.str());
    return id;
}

Place place_of(pg::Transaction& tx, const Orphan& orphan) {
    Place place{orphan.provider, orphan.account, orphan.resource.region};
    const Json metadata = find_metadata(tx, orphan.infra_id);
    for (const auto& [key, part] : metadata.items())
        if (part.is_object() && part.contains("region")) place.region = part.at("region");
    if (place.region != "global") return place;
    const pg::Rows known = tx.run(kRegion, orphan.provider, orphan.account, orphan.infra_id);
    place.region = known.empty() ? home_of(tx, place) : known[0]["region"].as<std::string>();
    return place;
}

std::optional<std::string> why_not_ours(const Orphan& orphan) {
    if (orphan.state != OrphanState::OPEN) return "This orphan is closed.";
    if (!orphan.is_ours || orphan.infra_id.empty())
        return "The desk acts only on what carries its tags and an infraID. Delete this by hand, then close it.";
    return std::nullopt;
}

void refuse_during_sweep(pg::Transaction& tx, const Place& place) {
    auto everywhere = place;
    everywhere.region = aws::partition_of(place.region).home;
    if (!tx.run(kOpenSweep, std::vector{place.subject(), everywhere.subject()}).empty())
        throw Error(Code::conflict, cat("A sweep of ", place.region, " is under way. Try again when it is over."));
}

JobId enqueue_destroy(pg::Transaction& tx, const Orphan& found, const Actor& actor) {
    const auto orphan = find_locked(tx, found.id).value();  // nobody gives it a home meanwhile
    if (const auto why = why_not_ours(orphan)) throw Error(Code::conflict, cat("Nothing is destroyed. ", *why));
    const Place place = place_of(tx, orphan);
    Json params = place.to_json();
    params["destroy"] = orphan.infra_id;
    const auto id = JobId::make();
    if (tx.execute(kDestroy, id, place.subject(), params, actor.correlation_id) == 0)
        throw Error(Code::conflict, cat("A sweep of ", place.region, " is under way. Try again when it is over."));
    tx.run(kNotify, id.str());
    audit(tx, actor,
          {.action = "orphan.destroy",
           .target = orphan.id.str(),
           .team = orphan.team.empty() ? std::nullopt : std::optional(orphan.team),
           .before = {{"state", text(orphan.state)}},
           .after = {{"job", id.str()}, {"infraId", orphan.infra_id}, {"region", place.region}}});
    return id;
}

std::vector<std::string> live_marks(pg::Transaction& tx, Platform provider) {
    return tx.all(
        kLive, [](pg::Row r) { return r["mark"].as<std::string>(); }, provider, final_states());
}

std::map<std::string, ClusterId> owners(pg::Transaction& tx, const std::vector<std::string>& marks) {
    std::map<std::string, ClusterId> all;
    for (const auto& row : tx.run(kOwners, marks))
        all.emplace(row["mark"].as<std::string>(), row["cluster_id"].as<ClusterId>());
    return all;
}

Json find_metadata(pg::Transaction& tx, const std::string& infra_id) {
    const pg::Rows rows = tx.run(kMetadata, infra_id);
    return rows.empty() ? Json(nullptr) : rows[0]["metadata"].as<Json>();
}

void see(pg::Transaction& tx, const Place& place, const Sighting& sighting) {
    tx.execute(kSee, OrphanId::make(), place.provider, place.account, sighting.resource.region, sighting.resource.type,
               sighting.resource.id, sighting.resource.name, sighting.infra_id, sighting.cluster, sighting.owner,
               sighting.is_ours, sighting.hourly ? std::optional<std::int64_t>(sighting.hourly->micros) : std::nullopt,
               final_states());
}

int close_unseen(pg::Transaction& tx, const Place& place, const std::vector<std::string>& regions, const JobId& job,
                 int attempt, std::string_view step) {
    return static_cast<int>(
        tx.execute(kCloseUnseen, place.provider, place.account, regions, kUnknownResources, job, attempt, step));
}

}  // namespace desk::orphans
