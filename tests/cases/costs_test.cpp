// What clusters cost, as page, table and API.
#include <gmock/gmock.h>

#include "tests/cases/api_desk.hpp"
#include "tests/cases/openapi.hpp"

namespace desk {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class CostsPage : public ApiDesk {
  protected:
    CostsPage() {
        // in the middle of a month: an hour ago is in it too
        db.owner().execute("UPDATE test_clock SET ahead = date_trunc('month', now()) + interval '14 days' - now()");
        // ready for an hour at $1.50, seven hours to go
        given::cluster(db, {.name = "mine", .owner = people.requester, .profile = "small"});
        given::cluster(db, {.name = "theirs", .owner = people.stranger, .team = "other", .profile = "large"});
        db.owner().execute("UPDATE state_intervals SET from_at = desk_now() - interval '1 hour'");
        db.owner().execute("UPDATE clusters SET destroy_at = desk_now() + interval '7 hours'");
    }
    Answer page(const UserId& user, const std::string& target) {
        return call("GET", target, {{"HTTP_COOKIE", "desk_session=" + given::session(db, user).session}});
    }
    void give_budget(const std::string& team, int dollars) {
        db.owner().execute(
            cat("INSERT INTO quotas (team, soft_monthly_micros) VALUES ('", team, "', ", dollars, "000000)"));
    }

    const Schemas schemas{get(people.admin, "/api/openapi.json").json};
};

TEST_F(CostsPage, ShowsTheTeamsOfTheReaderAndNoOthers) {
    const auto mine = page(people.requester, "/costs?by=cluster");
    const auto all = page(people.auditor, "/costs?by=cluster");

    EXPECT_EQ(mine.status, 200);
    EXPECT_THAT(mine.body, HasSubstr(">mine</a>"));
    EXPECT_THAT(mine.body, Not(HasSubstr("theirs")));
    EXPECT_THAT(all.body, HasSubstr("theirs"));
    EXPECT_THAT(all.body, HasSubstr("Not a bill"));
    EXPECT_EQ(page(people.nobody, "/costs").status, 403);
}

TEST_F(CostsPage, LeadsFromATeamToItsOwnersAndFromThereToItsClusters) {
    const auto teams = page(people.auditor, "/costs?from=2020-01&to=2020-02");
    EXPECT_THAT(teams.body, HasSubstr("Nothing cost anything in these months"));

    const auto by_team = page(people.auditor, "/costs");
    EXPECT_THAT(by_team.body, HasSubstr("by=owner&amp;from="));
    EXPECT_THAT(by_team.body, HasSubstr("&amp;team=demo"));
    const auto of_team = page(people.auditor, "/costs?by=owner&team=demo");
    EXPECT_THAT(of_team.body, HasSubstr("Team: demo"));
    EXPECT_THAT(of_team.body, HasSubstr("by=cluster&amp;"));
    EXPECT_THAT(of_team.body, Not(HasSubstr(">stranger</a>")));
}

TEST_F(CostsPage, WarnsWhereABudgetWillBePassed) {
    give_budget("demo", 5);  // 1.50 spent, 12 expected, at least where the month does not end within hours
    give_budget("other", 1);

    const auto answer = page(people.auditor, "/costs");
    const auto mine = page(people.requester, "/costs?team=demo");

    EXPECT_THAT(answer.body, HasSubstr("Over budget"));
    EXPECT_THAT(answer.body, HasSubstr("Budgets of "));
    EXPECT_THAT(mine.body, HasSubstr("budget $5.00 a month"));
    EXPECT_THAT(mine.body, Not(HasSubstr(">other</a>")));
}

TEST_F(CostsPage, KeepsWhatIsNoQueryOut) {
    for (const char* query : {"by=colour", "from=2026", "to=yesterday", "from=2000-01&to=2020-01", "platform=moon"})
        EXPECT_EQ(page(people.requester, cat("/costs?", query)).status, 422) << query;
    EXPECT_EQ(page(people.requester, "/costs?from=2026-05&to=2026-01").status, 200) << "the other way round is meant";
}

TEST_F(CostsPage, IsATableForSpreadsheets) {
    db.owner().execute("UPDATE clusters SET cost_center = '=1+1' WHERE name = 'mine'");

    const auto answer = page(people.requester, "/costs/table.csv?by=costCenter");

    EXPECT_EQ(answer.status, 200);
    EXPECT_THAT(answer.header("Content-Disposition"), HasSubstr("costs-by-costCenter-"));
    EXPECT_THAT(answer.body, HasSubstr("costCenter,name,month,hours,accruedUsd,hibernatedUsd,projectedUsd\r\n"));
    EXPECT_THAT(answer.body, HasSubstr("\r\n\"'=1+1\",\"'=1+1\",20"));
}

TEST_F(CostsPage, IsInTheApi) {
    const auto answer =
        get(people.requester, "/api/v1/reports/usage?groupBy=profile&startDate=2020-01-01&endDate=2021-12-31");
    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_TRUE(answer.json.at("data").empty());
    EXPECT_EQ(answer.json.at("months").size(), 24U);

    const auto now = get(people.requester, "/api/v1/reports/usage?groupBy=profile&startDate=2026-01-01");
    EXPECT_EQ(schemas.faults("UsageReport", now.json), "");
    ASSERT_EQ(now.json.at("data").size(), 1U) << now.body;
    EXPECT_EQ(now.json.at("data").at(0).at("key"), "small");
    EXPECT_EQ(now.json.at("data").at(0).at("clusterCount"), 1);
    EXPECT_TRUE(now.json.at("estimatedCost").get<std::string>().starts_with("1.5"));
}

TEST_F(CostsPage, RefusesPeriodsThatAreNone) {
    const auto path = [](const std::string& query) { return "/api/v1/reports/usage?" + query; };

    EXPECT_TRUE(get(people.requester, path("startDate=2026-02-31")).errors().contains("startDate"));
    EXPECT_TRUE(get(people.requester, path("startDate=2026-02-02&endDate=2026-02-01")).errors().contains("endDate"));
    EXPECT_TRUE(get(people.requester, path("startDate=2000-01-01")).errors().contains("startDate"));
    EXPECT_TRUE(get(people.requester, path("groupBy=colour")).errors().contains("groupBy"));
    EXPECT_EQ(get(people.nobody, path("")).status, 403);
}

}  // namespace
}  // namespace desk
