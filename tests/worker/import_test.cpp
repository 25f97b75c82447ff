// The verb `import`: a cluster.yaml as an order of a user, by the same policy as everywhere.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/file.hpp"
#include "core/base/json.hpp"
#include "core/base/process.hpp"
#include "tests/support/given.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/support/test_db.hpp"

namespace desk {
namespace {

using ::testing::HasSubstr;

constexpr const char* kImported = R"(api_version: portal/v1
name: blue
env: demo
ttl_hours: 8
platform: {type: demo, region: demo-east-1}
dns: {base_domain: demo.example.com}
openshift: {version: "4.20.3", control_plane_replicas: 3, compute_replicas: 3}
)";

class ImportVerb : public ::testing::Test {
  protected:
    Captured import(const std::string& text, std::vector<std::string> options) {
        replace_file(dir / "cluster.yaml", text);
        std::vector<std::string> args = {"import", (dir / "cluster.yaml").string()};
        args.insert(args.end(), options.begin(), options.end());
        SystemProcessRunner runner;
        return capture(runner, {.program = DESK_BINARY_DIR "/clusterdesk-worker",
                                .args = std::move(args),
                                .env = {{"CLUSTERDESK_DATABASE_URL", db.url()},
                                        {"CLUSTERDESK_PROFILES_DIR", DESK_SOURCE_DIR "/conf/profiles"}},
                                .timeout = 60s});
    }

    TestDb db;
    TempDir dir;
    const given::People people = given::people(db);
};

TEST_F(ImportVerb, OrdersAsTheUserWhoIsNamed) {
    const auto said = import(kImported, {"--user", "requester", "--cost-center", "cc-9", "--json"});

    ASSERT_TRUE(said.exit.ok()) << said.err;
    const Json answer = Json::parse(said.out);
    EXPECT_EQ(answer.at("status"), "PENDING");
    EXPECT_EQ(db.value("SELECT name || ' ' || profile || ' ' || team || ' ' || cost_center FROM clusters WHERE id = '" +
                       answer.at("clusterId").get<std::string>() + "'"),
              "blue demo-standard demo cc-9");
    EXPECT_EQ(db.value("SELECT actor_name || ' ' || action FROM audit_events ORDER BY id DESC LIMIT 1"),
              "requester request.submit");
}

TEST_F(ImportVerb, TellsEveryFaultAndOrdersNothing) {
    std::string text = kImported;
    text.replace(text.find("\"4.20.3\""), 8, "4.20");
    EXPECT_THAT(import(text, {"--user", "requester"}).err, HasSubstr("/openshift/version: is a number without quotes"));

    const auto said = import(kImported, {"--user", "auditor", "--profile", "demo-minimal"});
    EXPECT_EQ(said.exit.code, 1);
    EXPECT_THAT(said.err, AllOf(HasSubstr("/openshift/compute_replicas: is 3; profile demo-minimal gives 0."),
                                HasSubstr("/team: You are in no team that may request clusters."),
                                HasSubstr("/cost_center: A cost centre is needed.")));
    EXPECT_EQ(db.count("SELECT count(*) FROM clusters"), 0);
}

TEST_F(ImportVerb, KeepsToBrakesAndToPeopleThatThereAre) {
    EXPECT_EQ(import(kImported, {}).exit.code, 2);
    EXPECT_EQ(import(kImported, {"--user", "requester", "--ttl-hours", "0"}).exit.code, 2);
    EXPECT_THAT(import(kImported, {"--user", "ghost"}).err, HasSubstr("There is no user ghost."));

    db.owner().execute(
        "INSERT INTO brakes (name, reason, by_id, since) SELECT 'NO_CREATES', 'moving', id, now() FROM "
        "users WHERE username = 'admin'");
    const auto said = import(kImported, {"--user", "requester", "--cost-center", "cc-9"});
    EXPECT_EQ(said.exit.code, 1);
    EXPECT_THAT(said.err, HasSubstr("NO_CREATES: moving"));
    EXPECT_EQ(db.count("SELECT count(*) FROM clusters"), 0);
}

}  // namespace
}  // namespace desk
