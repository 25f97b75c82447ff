// Limits and the audit, as pages and API.
#include <gmock/gmock.h>

#include "tests/cases/api_desk.hpp"
#include "tests/cases/openapi.hpp"

namespace desk {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class AdminPages : public ApiDesk {
  protected:
    Answer page(const UserId& user, const std::string& target) { return open(given::session(db, user), target); }
    Answer send(const UserId& user, const std::string& target, const std::string& fields) {
        return submit(given::session(db, user), target, fields);
    }
    Json quota(const std::string& name) {
        const auto list = get(people.auditor, "/api/v1/quotas");
        for (const auto& one : list.json.at("quotas"))
            if (one.at("name") == name) return one;
        return nullptr;
    }

    const Schemas schemas{get(people.admin, "/api/openapi.json").json};
};

TEST_F(AdminPages, ShowWhatIsUsedBesideTheLimits) {
    given::cluster(db, {.name = "blue", .owner = people.requester});
    db.owner().execute("INSERT INTO quotas (team, max_clusters, soft_clusters) VALUES ('demo', 5, 0)");

    const auto answer = page(people.auditor, "/admin/quotas");

    EXPECT_THAT(answer.body, HasSubstr("1 of 5"));
    EXPECT_THAT(answer.body, HasSubstr("Over a soft limit"));
    EXPECT_THAT(answer.body, Not(HasSubstr("action=\"/admin/quotas\""))) << "an auditor changes nothing";
    EXPECT_EQ(page(people.teamlead, "/admin/quotas").status, 403);
}

TEST_F(AdminPages, SetLimitsOnceAndNotOverThoseOfSomebodyElse) {
    const std::string version = quota("demo").at("version");
    const auto fields = cat("holder=TEAM&name=demo&softClusters=2&maxClusters=4&maxMonthly=499.50&version=", version);

    EXPECT_EQ(send(people.admin, "/admin/quotas", fields).status, 303);
    const auto late = send(people.admin, "/admin/quotas", fields + "&softVcpu=7");

    EXPECT_EQ(late.status, 422);
    EXPECT_THAT(late.body, HasSubstr("Somebody changed the limits of demo"));
    EXPECT_THAT(late.body, HasSubstr("value=\"7\"")) << "what was typed is still there";
    EXPECT_EQ(quota("demo").at("maxMonthly"), "499.5");
    EXPECT_EQ(quota("demo").at("softVcpu"), nullptr);
    EXPECT_EQ(db.count("SELECT count(*) FROM audit_events WHERE action = 'team.quota'"), 1);
}

TEST_F(AdminPages, GiveAPersonLimitsAndTakeThemAway) {
    const std::string none = quota("demo").at("version");
    EXPECT_EQ(
        send(people.admin, "/admin/quotas", cat("holder=USER&name=requester&maxClusters=1&version=", none)).status,
        303);
    EXPECT_EQ(quota("requester").at("maxClusters"), 1);

    const std::string version = quota("requester").at("version");
    EXPECT_EQ(send(people.admin, "/admin/quotas", cat("holder=USER&name=requester&version=", version)).status, 303);
    EXPECT_EQ(quota("requester"), nullptr);
    EXPECT_EQ(db.count("SELECT count(*) FROM quotas"), 0);
    EXPECT_EQ(db.count("SELECT count(*) FROM audit_events WHERE action = 'user.quota'"), 2);

    const auto stranger = send(people.admin, "/admin/quotas", cat("holder=USER&name=who&maxClusters=1&version=", none));
    EXPECT_EQ(stranger.status, 422);
    EXPECT_THAT(stranger.body, HasSubstr("nobody called who"));
    EXPECT_EQ(send(people.admin, "/admin/quotas", cat("holder=TEAM&name=demo&maxClusters=many&version=", none)).status,
              422);
    const auto crossed =
        send(people.admin, "/admin/quotas", cat("holder=TEAM&name=demo&softVcpu=9&maxVcpu=3&version=", none));
    EXPECT_EQ(crossed.status, 422);
    EXPECT_THAT(crossed.body, HasSubstr("vCPUs: the soft limit is above the hard one."));
}

TEST_F(AdminPages, SetLimitsByApi) {
    const auto list = get(people.auditor, "/api/v1/quotas");
    EXPECT_EQ(schemas.faults("QuotaList", list.json), "");
    const Json wish{{"holder", "TEAM"},
                    {"name", "demo"},
                    {"version", quota("demo").at("version")},
                    {"maxClusters", 3},
                    {"softMonthly", "12.50"}};

    EXPECT_EQ(post(people.auditor, "/api/v1/quotas", wish).status, 403);
    const auto set = post(people.admin, "/api/v1/quotas", wish);
    EXPECT_EQ(set.status, 200) << set.body;
    EXPECT_EQ(schemas.faults("QuotaList", set.json), "");
    EXPECT_EQ(quota("demo").at("softMonthly"), "12.5");
    EXPECT_EQ(post(people.admin, "/api/v1/quotas", wish).status, 409);
    EXPECT_EQ(post(people.admin, "/api/v1/quotas", Json{{"softMonthly", "much"}}).errors().size(), 4U);
}

TEST_F(AdminPages, ListTheAuditAndCheckItsChainByApi) {
    send(people.admin, "/admin/teams", "name=new&title=New");

    const auto list = get(people.auditor, "/api/v1/audit?action=team&actor=admin");
    EXPECT_EQ(schemas.faults("AuditList", list.json), "");
    ASSERT_EQ(list.json.at("events").size(), 1U) << list.body;
    EXPECT_EQ(list.json.at("events").at(0).at("target"), "new");
    EXPECT_EQ(get(people.auditor, cat("/api/v1/audit?before=", list.json.at("events").at(0).at("id").dump()))
                  .json.at("events")
                  .size(),
              0U);

    const auto chain = get(people.auditor, "/api/v1/audit/chain");
    EXPECT_EQ(schemas.faults("AuditChain", chain.json), "");
    EXPECT_EQ(chain.json.at("holds"), true);
    EXPECT_EQ(get(people.requester, "/api/v1/audit").status, 403);
}

TEST_F(AdminPages, SayWhenTheChainWasCheckedAndHowFarItFits) {
    send(people.admin, "/admin/teams", "name=one&title=One");
    send(people.admin, "/admin/teams", "name=two&title=Two");
    EXPECT_THAT(page(people.auditor, "/audit?verify=yes").body, HasSubstr("Every one of its 2 rows fits"));

    db.owner().execute(
        "ALTER TABLE audit_events DISABLE TRIGGER USER; UPDATE audit_events SET target = 'x' WHERE id = "
        "(SELECT max(id) FROM audit_events)");
    const auto broken = page(people.auditor, "/audit?verify=yes");
    EXPECT_THAT(broken.body, HasSubstr("The first 1 rows fit."));
    EXPECT_THAT(broken.body, HasSubstr("Checked"));
}

TEST_F(AdminPages, MakeATableOfTheAuditThatIsFiltered) {
    send(people.admin, "/admin/teams", "name=one&title=%3DOne");
    send(people.admin, "/admin/teams", "name=two&title=Two");

    const auto answer = page(people.auditor, "/audit/table.csv?target=one");

    EXPECT_EQ(answer.status, 200);
    EXPECT_THAT(answer.body, HasSubstr("id,at,who,action,target"));
    EXPECT_THAT(answer.body, HasSubstr("team.create,one"));
    EXPECT_THAT(answer.body, Not(HasSubstr("team.create,two")));
}

}  // namespace
}  // namespace desk
