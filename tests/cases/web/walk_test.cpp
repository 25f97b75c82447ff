// The walk: every route of the desk, by everybody, generated from the table itself. Whoever lacks the permission or the
// reach is refused, sees nothing of the object, and changes nothing.
#include "cgi/router.hpp"
#include "core/base/crypto.hpp"
#include "core/store/notices.hpp"
#include "core/store/orphans.hpp"
#include "core/store/workers.hpp"
#include "tests/cases/api_desk.hpp"

namespace desk {
namespace {

/// Part of every text of the object that the walk is about: seen by an outsider, it has leaked.
constexpr const char* kMarker = "zzmarkzz";

/// Tables that a refused request may write: who was refused, how often, and when a session was last used.
constexpr const char* kNoise = "('access_denials', 'api_calls', 'sessions', 'api_tokens')";

struct Visitor {
    std::string name;
    std::optional<Principal> principal;  ///< nothing: not signed in
    bool is_outsider = false;            ///< without any role where the object is
    given::SignedIn session = {};
    std::string token = {};
};

class Walk : public ApiDesk {
  protected:
    Walk() {
        give_the_object();
        give_a_worker();  // without one /readyz says 503, and rightly so
        for (const auto& [name, id] : std::map<std::string, UserId>{{"requester", people.requester},
                                                                    {"approver", people.approver},
                                                                    {"teamlead", people.teamlead},
                                                                    {"admin", people.admin},
                                                                    {"auditor", people.auditor},
                                                                    {"stranger", people.stranger},
                                                                    {"nobody", people.nobody}})
            visitors.push_back({.name = name,
                                .principal = given::principal(db, id),
                                .is_outsider = name == "stranger" || name == "nobody",
                                .session = given::session(db, id),
                                .token = given::token(db, id)});
        visitors.push_back({.name = "anyone", .principal = {}, .is_outsider = true});
    }

    /// A READY cluster with all that may hang on one, and an open request for another.
    void give_a_worker() {
        auto tx = db.begin();
        workers::report(tx, "worker-1", "boot", "0.1.0", 4, "");
        tx.commit();
    }

    OrphanId give_an_orphan(const ClusterId& cluster) {
        auto tx = db.begin();
        orphans::open(tx, {.provider = Platform::demo,
                           .resource = {"demo-east-1", "vpc", "vpc-1", cat("vpc of ", kMarker)},
                           .infra_id = {},
                           .cluster = cluster,
                           .first_seen_at = clusters::desk_now(tx),
                           .last_seen_at = clusters::desk_now(tx)});
        const auto id = orphans::list(tx, {}).at(0).id;
        tx.commit();
        return id;
    }

    void give_the_object() {
        const auto cluster = given::cluster(db, {.name = cat("c-", kMarker), .owner = people.requester});
        const auto job = given::job(
            db, {.cluster = cluster, .type = JobType::CREATE, .status = JobStatus::SUCCEEDED, .attempts = 1});
        given::outputs(db, cluster);
        db.owner().execute(cat("INSERT INTO job_attempts (job_id, attempt, cluster_id, worker, infra_id) VALUES ('",
                               job, "', 1, '", cluster, "', 'w', 'i-", kMarker, "');",
                               "INSERT INTO job_logs (job_id, attempt, line, source, level, text) VALUES ('", job,
                               "', 1, 1, 'INSTALLER', 'INFO', 'log of ", kMarker, "')"));
        const auto wanted = given::cluster(db, {.name = cat("r-", kMarker),
                                                .owner = people.requester,
                                                .cost_center = kMarker,
                                                .status = ClusterStatus::REQUESTED});
        const auto request = given::request(db, {.cluster = wanted, .requester = people.requester});
        const auto download = DownloadId::make();
        db.owner().execute(cat("INSERT INTO downloads (id, artifact_id, cluster_id, created_by, expires_at) SELECT '",
                               download, "', kubeconfig_artifact_id, cluster_id, '", people.requester,
                               "', now() + interval '1 day' FROM cluster_outputs"));
        const auto session = given::session(db, people.requester);
        given::token(db, people.requester);
        const auto notice = NoticeId::make();
        db.owner().execute(cat("INSERT INTO notices (id, user_id, kind, cluster_id, deadline, payload) VALUES ('",
                               notice, "', '", people.requester, "', 'READY', '", cluster,
                               "', now(), '{\"cluster\": \"", kMarker, "\"}')"));
        parts = {{"cluster", cluster.str()},
                 {"notice", notice.str()},
                 {"request", request.str()},
                 {"job", job.str()},
                 {"download", download.str()},
                 {"profile", "demo-small"},
                 {"user", people.requester.str()},
                 {"team", "demo"},
                 {"host", "worker-1"},
                 {"brake", "NO_CREATES"},
                 {"feed", "no-such-token.ics"},
                 {"view", "no-such-view"},
                 {"orphan", give_an_orphan(cluster).str()},
                 {"session", hex(sha256(session.session))},
                 {"token", db.value(cat("SELECT min(id) FROM api_tokens WHERE user_id = '", people.requester, "'"))}};
    }

    std::string path_of(const Route& route) const {
        std::string path(route.path);
        for (const auto& [name, value] : parts)
            if (const auto at = path.find('{' + name + '}'); at != std::string::npos)
                path.replace(at, name.size() + 2, value);
        return path;
    }

    static bool is_api(const Route& route) { return route.path.starts_with("/api/"); }
    static bool is_open(const Route& route) { return route.access.permission == Permission::everyone; }
    /// Whose object {cluster}, {request}, {job}... is, so that reach decides and not the permission alone.
    static bool has_object(const Route& route) {
        return route.path.find("{cluster}") != std::string_view::npos ||
               route.path.find("{request}") != std::string_view::npos ||
               route.path.find("{job}") != std::string_view::npos ||
               route.path.find("{team}") != std::string_view::npos;
    }
    static bool is_refused(const Visitor& visitor, const Route& route) {
        return !is_open(route) && (!visitor.principal || !visitor.principal->may(route.access.permission));
    }

    /// What an API call needs to be understood, so that a refusal is about who asks.
    static std::string body_of(const Route& route) {
        if (route.path.ends_with("/extend")) return R"({"hours":1})";
        if (route.path.ends_with("/scale-workers")) return R"({"replicas":1})";
        if (route.path.ends_with("/close")) return R"({"note":"gone"})";
        if (route.path.ends_with("/questions") || route.path.ends_with("/answers")) return R"({"text":"why"})";
        if (route.path.ends_with("/decision")) return R"({"verdict":"APPROVE"})";
        return "{}";
    }
    static constexpr const char* kFields =
        "hours=1&verdict=APPROVE&comment=why&note=gone&reason=why&confirm=zzmarkzz&what=link&action=enable&csrf=";

    /// As the visitor's browser or program would send it.
    Answer visit(const Visitor& visitor, const Route& route, bool with_csrf = true) {
        Headers headers;
        std::string body;
        if (visitor.principal && is_api(route)) headers["HTTP_AUTHORIZATION"] = "Bearer " + visitor.token;
        if (visitor.principal && !is_api(route)) headers["HTTP_COOKIE"] = "desk_session=" + visitor.session.session;
        if (route.method == Method::post) {
            headers["HTTP_IDEMPOTENCY_KEY"] = cat("key-", ++keys_used);
            headers["CONTENT_TYPE"] = is_api(route) ? "application/json" : "application/x-www-form-urlencoded";
            body = is_api(route) ? body_of(route) : kFields + (with_csrf ? visitor.session.csrf : "");
        }
        return call(std::string(text(route.method)), path_of(route), headers, body);
    }

    /// Every row of every table that a refused request has no business with.
    std::string fingerprint() {
        std::string all;
        for (const pg::Row row :
             db.owner().execute(cat("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN ",
                                    kNoise, " ORDER BY 1"))) {
            const std::string table = row["tablename"];
            all += table + ' ' +
                   db.value(
                       "SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') FROM " +
                       table + " t") +
                   '\n';
        }
        return all;
    }

    std::map<std::string, std::string> parts;
    std::vector<Visitor> visitors;
};

TEST_F(Walk, MeetsEveryPart) {
    for (const Route& route : kAllRoutes) EXPECT_EQ(path_of(route).find('{'), std::string::npos) << route.path;
    EXPECT_GE(kAllRoutes.size(), 60U);
}

TEST_F(Walk, RefusesWhoLacksThePermission) {
    const auto before = fingerprint();
    for (const Route& route : kAllRoutes)
        for (const auto& visitor : visitors) {
            if (!is_refused(visitor, route)) continue;
            const auto answer = visit(visitor, route);
            const std::string where = cat(text(route.method), ' ', route.path, " by ", visitor.name);

            if (visitor.principal) {
                EXPECT_EQ(answer.status, 403) << where;
            } else if (is_api(route) || route.method == Method::post) {
                EXPECT_EQ(answer.status, 401) << where;
            } else {
                EXPECT_EQ(answer.status, 303) << where;
                EXPECT_TRUE(answer.header("Location").starts_with("/sign-in?next=")) << where;
            }
            EXPECT_EQ(answer.body.find(kMarker), std::string::npos) << where;
        }
    EXPECT_EQ(fingerprint(), before);
}

TEST_F(Walk, HidesTheObjectFromWhoIsElsewhere) {
    const auto before = fingerprint();
    for (const Route& route : kAllRoutes)
        for (const auto& visitor : visitors) {
            if (!visitor.is_outsider || is_refused(visitor, route) || is_open(route) || !has_object(route)) continue;
            const auto answer = visit(visitor, route);

            const std::string where = cat(text(route.method), ' ', route.path, " by ", visitor.name);
            EXPECT_EQ(answer.status, 404) << where << '\n' << answer.body.substr(0, 500);
            EXPECT_EQ(answer.body.find(kMarker), std::string::npos) << where;
        }
    EXPECT_EQ(fingerprint(), before);
}

TEST_F(Walk, ShowsNothingOfTheObjectOnAnyPageOfAnOutsider) {
    for (const Route& route : kAllRoutes)
        for (const auto& visitor : visitors) {
            if (!visitor.is_outsider || route.method != Method::get) continue;
            const auto answer = visit(visitor, route);
            EXPECT_EQ(answer.body.find(kMarker), std::string::npos) << route.path << " by " << visitor.name;
            EXPECT_LT(answer.status, 500) << route.path << " by " << visitor.name;
        }
}

TEST_F(Walk, ShowsTheObjectToWhoMaySeeIt) {
    // that the marker is found at all is what gives its absence elsewhere a meaning
    std::map<std::string_view, int> seen;
    for (const Route& route : kAllRoutes)
        for (const auto& visitor : visitors)
            if (!visitor.is_outsider && route.method == Method::get &&
                visit(visitor, route).body.find(kMarker) != std::string::npos)
                ++seen[route.path];

    for (const char* path :
         {"/clusters", "/clusters/{cluster}", "/clusters/{cluster}/logs", "/clusters/{cluster}/logs/raw",
          "/clusters/{cluster}/outputs", "/requests", "/requests/{request}", "/approvals", "/api/v1/clusters",
          "/api/v1/clusters/{cluster}", "/api/v1/clusters/{cluster}/logs", "/admin/orphans", "/api/v1/orphans"})
        EXPECT_GE(seen[path], 1) << path;
}

TEST_F(Walk, ChangesNothingByLooking) {
    const auto before = fingerprint();
    for (const Route& route : kAllRoutes)
        for (const auto& visitor : visitors) {
            if (route.method != Method::get || has(route.flags, Flags::writes)) continue;
            EXPECT_LT(visit(visitor, route).status, 500) << route.path << " by " << visitor.name;
        }
    EXPECT_EQ(fingerprint(), before);
}

TEST_F(Walk, ChangesNothingByHead) {
    const auto before = fingerprint();
    for (const Route& route : kAllRoutes)
        for (const auto& visitor : visitors) {
            if (route.method != Method::get) continue;
            Headers headers;
            if (visitor.principal && is_api(route)) headers["HTTP_AUTHORIZATION"] = "Bearer " + visitor.token;
            if (visitor.principal && !is_api(route)) headers["HTTP_COOKIE"] = "desk_session=" + visitor.session.session;
            EXPECT_EQ(call("HEAD", path_of(route), headers).body, "") << route.path;
        }
    EXPECT_EQ(fingerprint(), before);
}

TEST_F(Walk, TakesNoPostWithoutItsToken) {
    const auto before = fingerprint();
    for (const Route& route : kAllRoutes)
        for (const auto& visitor : visitors) {
            if (route.method != Method::post || is_api(route) || !visitor.principal) continue;
            EXPECT_EQ(visit(visitor, route, false).status, 403) << route.path << " by " << visitor.name;
        }
    EXPECT_EQ(fingerprint(), before);
}

TEST_F(Walk, KnowsNoSuchObjectForAnybody) {
    for (const char* name : {"cluster", "request", "job", "user", "download", "token", "orphan", "notice"}) {
        auto& part = parts[name];
        part = part.substr(0, part.find('_') + 1) + "01JD0000000000000000000000";
    }
    parts["team"] = parts["profile"] = parts["host"] = parts["brake"] = "no-such-thing";
    parts["session"] = std::string(64, '0');
    for (const Route& route : kAllRoutes)
        for (const auto& visitor : visitors) {
            if (route.path.find('{') == std::string_view::npos || is_refused(visitor, route)) continue;
            const auto answer = visit(visitor, route);
            EXPECT_TRUE(answer.status == 404 || (answer.status == 422 && route.method == Method::post))
                << text(route.method) << ' ' << route.path << " by " << visitor.name << ": " << answer.status;
        }
}

TEST_F(Walk, AnswersEveryFormWithoutBreaking) {
    for (const Route& route : kAllRoutes)
        for (const auto& visitor : visitors) {
            if (route.method != Method::post) continue;
            const auto answer = visit(visitor, route);
            EXPECT_LT(answer.status, 500) << route.path << " by " << visitor.name << '\n' << answer.body.substr(0, 500);
        }
}

}  // namespace
}  // namespace desk
