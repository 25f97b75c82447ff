#include "core/store/adoption.hpp"

#include <algorithm>
#include <array>

#include "core/base/text.hpp"
#include "core/model/names.hpp"
#include "core/model/policy.hpp"
#include "core/model/version.hpp"
#include "core/store/logs.hpp"
#include "core/store/notices.hpp"
#include "core/store/orphan_sweeps.hpp"
#include "core/store/requests.hpp"
#include "core/store/runs.hpp"
#include "core/store/teams.hpp"

namespace desk::orphans {
namespace {

const pg::Statement kLockAll{"adoption_lock_orphans", R"sql(
    SELECT id FROM orphans
     WHERE state = 'OPEN' AND ((provider = $1 AND account = $2 AND infra_id = $3) OR cluster_id = $4)
     ORDER BY id FOR UPDATE)sql"};
const pg::Statement kCloseAdopted{"adoption_close_orphans", R"sql(
    UPDATE orphans SET state = 'CLOSED', note = $2, closed_at = clock_timestamp(), closed_by = $3, adopted_as = $4
     WHERE id = ANY($1::text[]) AND state = 'OPEN')sql"};
// What its orphans hold for the cluster that ended is free when they are closed.
const pg::Statement kNameTaken{"adoption_name_taken", R"sql(
    SELECT 1 FROM clusters
     WHERE name = $1 AND platform = $2 AND base_domain = $3 AND id IS DISTINCT FROM $4
       AND (name_held OR status NOT IN ('DESTROYED', 'ABANDONED', 'REJECTED', 'WITHDRAWN', 'LAPSED', 'CANCELLED')))sql"};

const pg::Statement kCluster{"adoption_cluster", R"sql(
    INSERT INTO clusters (id, name, platform, profile, region, base_domain, version, team, owner_id, cost_center, tags,
                          status, lifetime_seconds, max_lifetime_seconds, hourly_rate_micros, hibernated_rate_micros,
                          vcpu, seconds_per_hour, destroy_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'ADOPTED', $12::bigint, $13, $14, $15, $16, $17,
            desk_now() + $12::bigint * interval '1 second')
    RETURNING destroy_at)sql"};
const pg::Statement kInterval{"adoption_interval", R"sql(
    INSERT INTO state_intervals (cluster_id, status, from_at, hourly_rate_micros)
    VALUES ($1, 'ADOPTED', desk_now(), $2))sql"};
// The worker goes by an approved order, also for a destroy.
const pg::Statement kRequest{"adoption_request", R"sql(
    INSERT INTO requests (id, kind, cluster_id, team, requester_id, submitted_order, effective_order, digest, rule,
                          explanation, cost_micros, state, correlation_id, decided_at)
    VALUES ($1, 'CREATE', $2, $3, $4, $5, $6, $7, 'adopted', $8, $9, 'APPROVED', $10, desk_now()))sql"};

const pg::Statement kMoveKeys{"adoption_move_keys", R"sql(
    UPDATE job_attempts SET cluster_id = $2, clean_at = NULL
     WHERE cluster_id = $1
       AND (infra_id = $3 OR (clean_at IS NULL AND num_nonnulls(infra_id, tf_state_key, ccoctl_name) > 0)))sql"};
const pg::Statement kMovePrereqs{"adoption_move_prereqs", "UPDATE prereqs SET cluster_id = $2 WHERE cluster_id = $1"};
const pg::Statement kJob{"adoption_job", R"sql(
    INSERT INTO jobs (id, type, subject, cluster_id, status, attempts, correlation_id, started_at, ended_at)
    SELECT $1, 'ADOPT', $2, $2, 'SUCCEEDED', 1, $3, now, now FROM (SELECT clock_timestamp() AS now) t)sql"};
// What ccoctl makes is called after the infraID; a bucket or an identity provider of that name says that it was there.
const pg::Statement kAttempt{"adoption_attempt", R"sql(
    INSERT INTO job_attempts (job_id, attempt, cluster_id, worker, region, account, infra_id, metadata, ccoctl_name,
                              phase, outcome, started_at, ended_at)
    SELECT $1, 1, $2, $3, $4, nullif($5, ''), $6::text, $7,
           CASE WHEN EXISTS (SELECT 1 FROM orphans
                              WHERE adopted_as = $2 AND type IN ('s3-bucket', 'oidc-provider')
                                AND (name = $6::text || '-oidc' OR starts_with(name, $6::text || '-oidc.')))
                THEN $6::text END,
           'cloud', 'SUCCEEDED', now, now
      FROM (SELECT clock_timestamp() AS now) t)sql"};

/// `profile` may be null.
Order order_of(const Adoptable& found, const Home& home, const Profile* profile) {
    const auto& old = found.made_for;
    const auto or_default = [](const std::string& typed, const Choice& choice) {
        return typed.empty() ? choice.default_value : typed;
    };
    const auto versions = profile ? profile->versions() : Choice();
    const auto base_domains = profile ? profile->base_domains.value_or(Choice()) : Choice();
    return {.name = found.name,
            .platform = std::string(text(found.orphan.provider)),
            .version = old ? old->version : or_default(home.version, versions),
            .profile = home.profile,
            .region = found.region,
            .base_domain = old ? old->base_domain : or_default(home.base_domain, base_domains),
            .owner = home.owner,
            .team = home.team,
            .cost_center = home.cost_center,
            .ttl_hours = home.ttl_hours,
            .reason = cat("Adopted: ", found.orphan.infra_id)};
}

Broken profile_fault(const Adoptable& found, const Profile* profile, const std::string& name) {
    if (profile == nullptr)
        return name.empty() ? std::string("Choose a profile.")
                            : cat("There is no profile \"", name, "\"; choose one from the catalog.");
    if (profile->platform != found.orphan.provider)
        return cat("Profile ", name, " is for platform ", text(profile->platform), ", and this is on ",
                   text(found.orphan.provider), ". Choose another profile.");
    const auto& allowed = profile->guardrail.account_ids;
    if (!allowed.empty() && std::ranges::find(allowed, found.orphan.account) == allowed.end())
        return cat("Profile ", name, " is for the accounts ", join(allowed, ", "), ", and this is in ",
                   found.orphan.account, ". Choose another profile.");
    return std::nullopt;
}

/// What is so, and what stays as it was: known already, or to be told.
void check_facts(FormErrors& faults, const Adoptable& found, const Home& home) {
    struct Told {
        const char* field;
        const std::string& typed;
        std::string known;
        Broken fault;
    };
    const auto& old = found.made_for;
    const std::array all = {
        Told{"baseDomain", home.base_domain, old ? old->base_domain : "", base_domain_fault(home.base_domain)},
        Told{"version", home.version, old ? old->version : "",
             Version::parse(home.version) ? Broken() : Broken("Use a full version such as 4.20.3.")}};
    for (const auto& one : all) {
        if (one.typed.empty()) continue;
        if (!one.known.empty() && one.typed != one.known)
            faults.push_back({one.field, cat("It was made with ", one.known, ", which stays. Leave it empty.")});
        else if (one.fault)
            faults.push_back({one.field, *one.fault});
    }
}

/// Whose it is from now on.
void check_people(FormErrors& faults, pg::Transaction& tx, const Principal& principal, const Order& order) {
    std::vector<std::string> names;
    for (const auto& team : teams::list(tx, {.all = true, .teams = {}, .user = principal.user}))
        names.push_back(team.name);
    const bool is_team = std::ranges::find(names, order.team) != names.end();
    if (!is_team) faults.push_back({"team", cat("Choose a team: ", join(names, ", "), '.')});
    if (order.owner.empty())
        faults.push_back({"owner", "Name who answers for it and is warned before it ends."});
    else if (is_team && !requests::find_owner(tx, principal, order))
        faults.push_back({"owner", cat("There is no such member of team ", order.team, ". Name one, or yourself.")});
}

/// The rules of an order; as far as there are any without a profile (null).
void check_terms(FormErrors& faults, const Principal& principal, const Order& order, const Profile* profile) {
    static constexpr std::array<std::string_view, 2> kOfProfile = {"profile", "ttlHours"};
    if (const auto fault = cost_center_fault(order.cost_center)) faults.push_back({"costCenter", *fault});
    if (profile) {
        for (auto& error : desk::evaluate(order, profile, {}, {.username = principal.username, .teams = {}}).errors)
            if (std::ranges::find(kOfProfile, error.field) != kOfProfile.end()) faults.push_back(std::move(error));
    } else if (order.ttl_hours < 1 || order.ttl_hours > kMaxTtlHours) {
        faults.push_back({"ttlHours", cat("Use 1 to ", kMaxTtlHours, " hours.")});
    }
}

void check_name(FormErrors& faults, pg::Transaction& tx, const Adoptable& found, const Order& order) {
    const auto platform = found.orphan.provider;
    if (const auto fault = cluster_name_fault(platform, found.name))
        faults.push_back({"name", cat("\"", found.name, "\" can't be the name of a cluster. ", *fault)});
    const auto old = found.made_for ? std::optional(found.made_for->id) : std::nullopt;
    if (!tx.run(kNameTaken, found.name, platform, order.base_domain, old).empty())
        faults.push_back({"name", cat("Another cluster is called ", found.name, '.', order.base_domain,
                                      " now. Wait until that one is gone, or destroy this by its infraID.")});
}

/// The keys by which the new cluster is destroyed. Those that attempts stored are the better ones.
void hand_over_keys(pg::Transaction& tx, const Adoptable& found, const ClusterId& cluster, const Actor& actor) {
    bool has_key = false;
    if (found.made_for) {
        has_key = tx.execute(kMoveKeys, found.made_for->id, cluster, found.orphan.infra_id) > 0;
        tx.execute(kMovePrereqs, found.made_for->id, cluster);
    }
    const auto job = JobId::make();
    tx.execute(kJob, job, cluster, actor.correlation_id);
    const auto& infra_id = found.orphan.infra_id;
    tx.execute(kAttempt, job, cluster, cat("adopted by ", actor.name), found.region, found.orphan.account,
               has_key ? std::nullopt : std::optional(infra_id),
               has_key ? std::nullopt : std::optional(rebuilt_metadata(infra_id, found.region)));
    constexpr const char* kStep = "adopt";
    runs::begin_step(tx, job, 1, kStep, 1);
    runs::end_step(tx, job, 1, kStep, StepOutcome::DONE, infra_id);
    logs::append(tx, job, 1, 1,
                 {{.step = kStep,
                   .source = "DESK",
                   .level = "INFO",
                   .text = has_key ? cat("The keys of the cluster ", found.made_for->id, " are this one's now.")
                                   : cat("No row knew ", infra_id, ": its key was made from the infraID and ",
                                         found.region, '.')}});
}

Adopted write(pg::Transaction& tx, const Principal& principal, const Adoptable& found,
              const std::vector<std::string>& orphans, const Order& order, const EffectiveOrder& effective,
              const Actor& actor) {
    Adopted done{.cluster = ClusterId::make(), .name = found.name, .orphans = static_cast<int>(orphans.size())};
    tx.execute(kCloseAdopted, orphans, cat("Adopted as cluster ", found.name, " of team ", effective.team, '.'),
               actor.id, done.cluster);
    const Rates rates = effective.wall_rates();
    const auto lifetime = effective.pace.wall(effective.ttl_hours);
    const auto owner = requests::find_owner(tx, principal, order).value();
    const pg::Rows made =
        tx.run(kCluster, done.cluster, effective.name, effective.platform, effective.profile, effective.region,
               effective.base_domain, effective.version, effective.team, owner, effective.cost_center,
               Json(effective.tags), lifetime, effective.pace.wall(effective.max_ttl_hours), rates.running.micros,
               rates.hibernated.micros, effective.vcpus, effective.pace.seconds_per_hour);
    done.destroy_at = made[0]["destroy_at"];
    const Rates both{rates.running, rates.hibernated};
    tx.execute(kInterval, done.cluster, hourly_rate(ClusterStatus::ADOPTED, both).micros);
    tx.execute(kRequest, RequestId::make(), done.cluster, effective.team, principal.user, order.to_json(),
               effective.to_json(), effective.digest(),
               "An administrator gave a home to what was left in the cloud. Nothing was created for it.",
               cost_over(rates.running, lifetime).micros, actor.correlation_id);
    hand_over_keys(tx, found, done.cluster, actor);
    notices::of_adoption(tx, done.cluster, principal.user);
    return done;
}

}  // namespace

Adoptable get_adoptable(pg::Transaction& tx, const Orphan& orphan) {
    if (const auto why = why_not_ours(orphan)) throw Error(Code::conflict, cat("It can't be adopted. ", *why));
    Adoptable found{.orphan = orphan, .name = cluster_name_of(orphan.infra_id), .region = place_of(tx, orphan).region};
    if (!orphan.cluster_id) return found;
    found.made_for = clusters::get(tx, *orphan.cluster_id);
    if (!is_final(found.made_for->status))
        throw Error(Code::conflict, cat("It can't be adopted. It is of cluster ", found.made_for->name, ", which is ",
                                        lower(text(found.made_for->status)), "."));
    found.name = found.made_for->name;
    return found;
}

Result<Adopted, FormErrors> adopt(pg::Transaction& tx, const Catalog& catalog, const Principal& principal,
                                  const OrphanId& id, const Home& home, const Actor& actor) {
    const auto seen = find(tx, id);
    if (!seen) throw Error(Code::not_found, "There is no such orphan.", id.str());
    if (seen->cluster_id) clusters::lock(tx, *seen->cluster_id);  // before orphans, as everywhere
    const auto orphans = tx.all(
        kLockAll, [](pg::Row r) { return r["id"].as<std::string>(); }, seen->provider, seen->account, seen->infra_id,
        seen->cluster_id);
    const auto found = get_adoptable(tx, find(tx, id).value());
    refuse_during_sweep(tx, {found.orphan.provider, found.orphan.account, found.region});

    FormErrors faults;
    const Profile* profile = catalog.find(home.profile);
    const auto unfit = profile_fault(found, profile, home.profile);
    if (unfit) profile = nullptr;
    const auto order = order_of(found, home, profile);
    check_people(faults, tx, principal, order);
    if (unfit) faults.push_back({"profile", *unfit});
    check_terms(faults, principal, order, profile);
    check_facts(faults, found, home);
    check_name(faults, tx, found, order);
    if (!faults.empty()) return Failure{std::move(faults)};

    const auto effective = resolve(order, *profile, principal.username);
    const auto done = write(tx, principal, found, orphans, order, effective, actor);
    audit(tx, actor,
          {.action = "orphan.adopt",
           .target = id.str(),
           .team = effective.team,
           .before = {{"state", text(OrphanState::OPEN)},
                      {"cluster", found.made_for ? Json(found.made_for->id.str()) : Json(nullptr)}},
           .after = {{"state", text(OrphanState::CLOSED)},
                     {"adoptedAs", done.cluster.str()},
                     {"name", effective.name},
                     {"infraId", found.orphan.infra_id},
                     {"orphans", done.orphans},
                     {"owner", effective.owner},
                     {"profile", effective.profile},
                     {"destroyAt", to_rfc3339(done.destroy_at)}}});
    return done;
}

}  // namespace desk::orphans
