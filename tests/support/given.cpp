#include "tests/support/given.hpp"

#include "core/base/crypto.hpp"
#include "core/base/text.hpp"
#include "core/model/order.hpp"

namespace desk::given {
namespace {

// Named given_* so that the test of the desk's own statements leaves them out.
const pg::Statement kTeam{"given_team", "INSERT INTO teams (name, title) VALUES ($1, $1) ON CONFLICT DO NOTHING"};
const pg::Statement kUser{"given_user", R"sql(
    INSERT INTO users (id, username, display_name, email, password_hash, must_change_password, time_zone)
    VALUES ($1, $2, $3, $4, $5, $6, $7))sql"};
const pg::Statement kDeskRole{"given_desk_role", "INSERT INTO user_roles (user_id, role) VALUES ($1, $2)"};
const pg::Statement kTeamRole{"given_team_role", "INSERT INTO team_members (user_id, team, role) VALUES ($1, $2, $3)"};
const pg::Statement kPrincipal{"given_principal", R"sql(
    SELECT username, display_name, time_zone, must_change_password,
           ARRAY(SELECT role FROM user_roles WHERE user_id = u.id ORDER BY role) AS desk_roles,
           ARRAY(SELECT team || ':' || role FROM team_members WHERE user_id = u.id ORDER BY 1) AS team_roles
      FROM users u WHERE id = $1)sql"};
const pg::Statement kCluster{"given_cluster", R"sql(
    INSERT INTO clusters (id, name, platform, profile, region, base_domain, version, team, owner_id, cost_center, status,
                          lifetime_seconds, max_lifetime_seconds, hourly_rate_micros, vcpu, ready_at, destroy_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 8,
            CASE WHEN $15 THEN desk_now() - interval '1 hour' END,
            CASE WHEN $15 OR $11 = 'ADOPTED' THEN desk_now() - interval '1 hour' + $12::bigint * interval '1 second' END))sql"};
const pg::Statement kInterval{"given_interval", R"sql(
    INSERT INTO state_intervals (cluster_id, status, from_at, hourly_rate_micros)
    VALUES ($1, $2, desk_now() - interval '1 hour', $3))sql"};
const pg::Statement kJob{"given_job", R"sql(
    INSERT INTO jobs (id, type, subject, cluster_id, status, run_after, attempts, params, started_at, ended_at)
    VALUES ($1, $2, $3, $3, $4, clock_timestamp() + $5 * interval '1 second', $6, $7,
            CASE WHEN $6 > 0 THEN clock_timestamp() END,
            CASE WHEN $4 IN ('SUCCEEDED', 'FAILED', 'CANCELLED') THEN clock_timestamp() END))sql"};
const pg::Statement kReceipt{"given_receipt", R"sql(
    INSERT INTO receipts (id, cluster_id, job_id, body, sha256, clean_at)
    VALUES ($1, $2, $3, '{"clean": true}', $4, desk_now()))sql"};
const pg::Statement kDestroyed{"given_destroyed", R"sql(
    UPDATE clusters SET status = 'DESTROYED', destroyed_at = desk_now(), receipt_id = $2 WHERE id = $1)sql"};
const pg::Statement kRequest{"given_request", R"sql(
    INSERT INTO requests (id, kind, cluster_id, team, requester_id, submitted_order, effective_order, digest, reason,
                          rule, explanation, state, approvals_needed, approver_teams, lapses_at, decided_at)
    VALUES ($1, $2, $3, $4, $5, $6, $6, $7, 'because', 'approvals:1', 'An approver decides.', $8, $9, $10,
            desk_now() + $11 * interval '1 second', CASE WHEN $8 <> 'OPEN' THEN desk_now() END))sql"};
const pg::Statement kArtifact{"given_artifact", R"sql(
    INSERT INTO cluster_artifacts (id, cluster_id, type, object_key, bytes, sha256, is_public, file_name)
    VALUES ($1, $2, 'KUBECONFIG', $3, 9, $4, true, 'kubeconfig'))sql"};
const pg::Statement kSecret{"given_secret", R"sql(
    INSERT INTO secrets (id, owner, purpose, key_id, sealed) VALUES ($1, $2, 'kubeadmin-password', 'k1', $3))sql"};
const pg::Statement kOutputs{"given_outputs", R"sql(
    INSERT INTO cluster_outputs (cluster_id, api_url, console_url, kubeconfig_artifact_id, kubeadmin_secret_id, infra_id)
    VALUES ($1, $2, $3, $4, $5, $6))sql"};
const pg::Statement kSession{"given_session", R"sql(
    INSERT INTO sessions (token_hash, user_id, csrf_token, expires_at)
    VALUES ($1, $2, $3, clock_timestamp() + interval '12 hours'))sql"};
const pg::Statement kToken{"given_token", R"sql(
    INSERT INTO api_tokens (id, user_id, name, token_hash, scope, expires_at)
    VALUES ($1, $2, 'given', $3, $4, clock_timestamp() + interval '30 days'))sql"};

template <class... Args>
pg::Rows run(TestDb& db, const pg::Statement& statement, const Args&... args) {
    return db.owner().execute(statement, {pg::to_param(args)...});
}

/// Hashing is slow on purpose; everybody here has the same password.
const std::string& password_hash() {
    static const std::string hash = hash_password(Secret(kPassword));
    return hash;
}

const pg::Statement kOrdered{"given_ordered", R"sql(
    SELECT name, platform, version, profile, region, base_domain, team, cost_center, lifetime_seconds, max_lifetime_seconds,
           hourly_rate_micros, vcpu
      FROM clusters WHERE id = $1)sql"};

/// What is stored of a wish for this cluster.
Json order_of(TestDb& db, const RequestSpec& spec) {
    if (spec.kind == RequestKind::EXTEND) return {{"hours", 1}, {"seconds", 3600}, {"cluster", spec.cluster.str()}};
    const pg::Rows rows = run(db, kOrdered, spec.cluster);
    const pg::Row r = rows[0];
    const auto hours = [](seconds life) { return static_cast<int>(life / std::chrono::hours(1)); };
    return EffectiveOrder{.name = r["name"],
                          .platform = r["platform"],
                          .version = r["version"],
                          .profile = r["profile"],
                          .region = r["region"],
                          .base_domain = r["base_domain"],
                          .owner = given::principal(db, spec.requester).username,
                          .team = r["team"],
                          .cost_center = r["cost_center"],
                          .environment = "test",
                          .ttl_hours = hours(r["lifetime_seconds"]),
                          .max_ttl_hours = hours(r["max_lifetime_seconds"]),
                          .rates = {.running = {r["hourly_rate_micros"]}, .hibernated = {}},
                          .vcpus = r["vcpu"]}
        .to_json();
}

std::string own_name() { return "c-" + lower(new_ulid().substr(14)); }

bool was_ready(ClusterStatus status) {
    using enum ClusterStatus;
    return status == READY || status == HIBERNATING || status == HIBERNATED || status == RESUMING ||
           status == DESTROYING || status == DESTROY_VERIFYING || status == DESTROY_FAILED || status == DESTROYED;
}

}  // namespace

void team(TestDb& db, const std::string& name) { run(db, kTeam, name); }

UserId person(TestDb& db, const Person& person) {
    const auto id = UserId::make();
    run(db, kUser, id, person.username, "The " + person.username, person.username + "@example.invalid", password_hash(),
        person.must_change_password, person.time_zone);
    for (const Role role : person.desk_roles) run(db, kDeskRole, id, role);
    if (!person.team_roles.empty()) team(db, person.team);
    for (const Role role : person.team_roles) run(db, kTeamRole, id, person.team, role);
    return id;
}

People people(TestDb& db) {
    using enum Role;
    return {.requester = person(db, {.username = "requester", .team_roles = {requester}}),
            .approver = person(db, {.username = "approver", .team_roles = {approver}}),
            .teamlead = person(db, {.username = "teamlead", .team_roles = {team_admin}}),
            .admin = person(db, {.username = "admin", .desk_roles = {platform_admin}}),
            .auditor = person(db, {.username = "auditor", .desk_roles = {auditor}}),
            .stranger =
                person(db, {.username = "stranger", .team = "other", .team_roles = {requester, approver, team_admin}}),
            .nobody = person(db, {.username = "nobody"})};
}

Principal principal(TestDb& db, const UserId& user) {
    const pg::Rows rows = run(db, kPrincipal, user);
    const pg::Row r = rows[0];
    Principal found{.user = user,
                    .username = r["username"],
                    .display_name = r["display_name"],
                    .time_zone = r["time_zone"],
                    .desk_roles = {},
                    .teams = {},
                    .must_change_password = r["must_change_password"]};
    const std::vector<Role> desk_roles = r["desk_roles"];
    found.desk_roles = {desk_roles.begin(), desk_roles.end()};
    const std::vector<std::string> team_roles = r["team_roles"];
    for (const auto& both : team_roles) {
        const auto parts = split(both, ':');
        found.teams[std::string(parts[0])].insert(*parse_enum<Role>(parts[1]));
    }
    return found;
}

Actor actor(TestDb& db, const UserId& user) { return Actor::of(principal(db, user), "192.0.2.1", "given"); }

Reach everywhere() { return {.all = true, .teams = {}, .user = {}}; }

ClusterId cluster(TestDb& db, const ClusterSpec& spec) {
    const auto id = ClusterId::make();
    const bool destroyed = spec.status == ClusterStatus::DESTROYED;
    team(db, spec.team);
    run(db, kCluster, id, spec.name.empty() ? own_name() : spec.name, spec.platform, spec.profile, spec.region,
        spec.base_domain, spec.version, spec.team, spec.owner, spec.cost_center,
        destroyed ? ClusterStatus::DESTROY_VERIFYING : spec.status, seconds(spec.lifetime), seconds(spec.max_lifetime),
        spec.hourly_rate_micros, was_ready(spec.status));
    run(db, kInterval, id, spec.status, may_exist(spec.status) ? spec.hourly_rate_micros : 0);
    if (destroyed) {
        const auto destroy =
            job(db, {.cluster = id, .type = JobType::DESTROY, .status = JobStatus::SUCCEEDED, .attempts = 1});
        const auto receipt = ReceiptId::make();
        run(db, kReceipt, receipt, id, destroy, sha256_hex("{\"clean\":true}"));
        run(db, kDestroyed, id, receipt);
    }
    return id;
}

JobId job(TestDb& db, const JobSpec& spec) {
    const auto id = JobId::make();
    run(db, kJob, id, spec.type, spec.cluster, spec.status, spec.due_in, spec.attempts, spec.params);
    return id;
}

RequestId request(TestDb& db, const RequestSpec& spec) {
    const auto id = RequestId::make();
    const Json order = spec.effective_order.is_null() ? order_of(db, spec) : spec.effective_order;
    run(db, kRequest, id, spec.kind, spec.cluster, spec.team, spec.requester, order, sha256_hex(canonical(order)),
        spec.state, spec.approvals_needed, spec.approver_teams, spec.lapses_in);
    return id;
}

Outputs outputs(TestDb& db, const ClusterId& cluster) {
    const Outputs made{.kubeconfig = ArtifactId::make(), .password = SecretId::make()};
    const std::string name = db.value("SELECT name FROM clusters WHERE id = '" + cluster.str() + "'");
    run(db, kArtifact, made.kubeconfig, cluster, "clusters/" + cluster.str() + "/kubeconfig", sha256_hex("kubeconfig"));
    run(db, kSecret, made.password, cluster.str(), pg::Bytes{random_bytes(48)});
    run(db, kOutputs, cluster, "https://api." + name + ".demo.invalid:6443",
        "https://console-openshift-console.apps." + name + ".demo.invalid", made.kubeconfig, made.password,
        name + "-x7k2p");
    return made;
}

SignedIn session(TestDb& db, const UserId& user) {
    SignedIn made{.session = random_token(), .csrf = random_token()};
    run(db, kSession, pg::Bytes{sha256(made.session)}, user, made.csrf);
    return made;
}

std::string token(TestDb& db, const UserId& user, bool may_write) {
    std::string made = "cldesk_" + random_token();
    run(db, kToken, TokenId::make(), user, pg::Bytes{sha256(made)}, std::string(may_write ? "WRITE" : "READ"));
    return made;
}

}  // namespace desk::given
