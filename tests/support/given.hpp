// What a test begins with: people in teams, clusters, jobs, requests. Rows are written by the superuser, so a state can
// be given without the way to it. Fields left out have a value that fits.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "core/base/id.hpp"
#include "core/base/json.hpp"
#include "core/model/access.hpp"
#include "core/model/cluster.hpp"
#include "core/model/job.hpp"
#include "core/model/request.hpp"
#include "core/store/audit.hpp"
#include "tests/support/test_db.hpp"

namespace desk::given {

/// Of everybody here who signs in.
inline constexpr const char* kPassword = "a long enough password";

/// Teams are made when they are first named.
void team(TestDb& db, const std::string& name);

struct Person {
    std::string username = {};
    std::string team = "demo";
    std::set<Role> team_roles = {};
    std::set<Role> desk_roles = {};
    bool must_change_password = false;
    std::string time_zone = "Etc/UTC";
};
UserId person(TestDb& db, const Person& person);

/// One for each role, usernames as the members: requester, approver and teamlead (team_admin) in team demo, admin and
/// auditor on the whole desk, stranger with all team roles in team other, nobody without any role.
struct People {
    UserId requester, approver, teamlead, admin, auditor, stranger, nobody;
};
People people(TestDb& db);

/// As a session would find them.
Principal principal(TestDb& db, const UserId& user);
/// For calls that want to know who acts.
Actor actor(TestDb& db, const UserId& user);
/// Everything.
Reach everywhere();

struct ClusterSpec {
    std::string name = {};  ///< "" = a name of its own
    UserId owner = {};      ///< must be there
    std::string team = "demo";
    Platform platform = Platform::demo;
    std::string profile = "demo-small";
    std::string region = "demo-east-1";
    std::string base_domain = "demo.invalid";
    std::string version = "4.20.1";
    std::string cost_center = "cc-1";
    ClusterStatus status = ClusterStatus::READY;
    std::chrono::hours lifetime{8};
    std::chrono::hours max_lifetime{72};
    std::int64_t hourly_rate_micros = 1'500'000;
};
/// With its open state interval. READY and what follows it have been ready for an hour; DESTROYED has a receipt (and
/// the DESTROY job it needs).
ClusterId cluster(TestDb& db, const ClusterSpec& spec);

struct JobSpec {
    ClusterId cluster = {};
    JobType type = JobType::CREATE;
    JobStatus status = JobStatus::PENDING;
    seconds due_in{0};
    int attempts = 0;
    Json params = Json::object();
};
JobId job(TestDb& db, const JobSpec& spec);

struct RequestSpec {
    ClusterId cluster = {};
    UserId requester = {};
    RequestKind kind = RequestKind::CREATE;
    RequestState state = RequestState::OPEN;
    std::string team = "demo";
    Json effective_order = nullptr;  ///< null = one that fits the cluster and the kind
    int approvals_needed = 1;
    std::vector<std::string> approver_teams = {};
    seconds lapses_in = std::chrono::hours(72);
};
RequestId request(TestDb& db, const RequestSpec& spec);

/// A kubeconfig artifact, a sealed password (bytes that no key opens unless `sealed_password` was made by one) and the
/// outputs that name them.
struct Outputs {
    ArtifactId kubeconfig;
    SecretId password;
};
Outputs outputs(TestDb& db, const ClusterId& cluster);

/// The value of a cookie.
struct SignedIn {
    std::string session;
    std::string csrf;
};
SignedIn session(TestDb& db, const UserId& user);

/// An API token of 30 days.
std::string token(TestDb& db, const UserId& user, bool may_write = true);

}  // namespace desk::given
