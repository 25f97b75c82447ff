// The settings: file, environment, and the rules between them.
#include "core/base/config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.hpp"

namespace desk {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Config parse(std::string_view text, std::vector<std::string> variables = {}) {
    std::vector<char*> environment;
    for (auto& variable : variables) environment.push_back(variable.data());
    environment.push_back(nullptr);
    return Config::parse(text, text.empty() ? "" : "desk.yaml", environment.data());
}

std::string config_faults(std::string_view text, std::vector<std::string> variables = {}) {
    try {
        parse(text, std::move(variables));
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), Code::invalid);
        return error.for_user();
    }
    return "";
}

TEST(LoadConfig, TakesDefaultsThenTheFileThenTheEnvironment) {
    const Config config = parse("web:\n  threads: 3\n  session_hours: 4\nlog:\n  level: debug\n",
                                {"CLUSTERDESK_WEB_THREADS=5", "PATH=/bin", "CLUSTERDESK_PROFILES_PLATFORMS=demo, aws"});

    EXPECT_EQ(config.web.threads, 5);
    EXPECT_EQ(config.web.session_hours, 4);
    EXPECT_EQ(config.log.level, "debug");
    EXPECT_EQ(config.worker.slots, Config{}.worker.slots);
    EXPECT_EQ(config.profiles.platforms, (std::vector<std::string>{"demo", "aws"}));
}

TEST(LoadConfig, ReplacesAListThatHasADefault) {
    EXPECT_EQ(parse("profiles:\n  platforms: [aws]\n").profiles.platforms, (std::vector<std::string>{"aws"}));
}

TEST(LoadConfig, WantsWhatABucketNeeds) {
    const std::string faults = config_faults("store:\n  kind: s3\n  endpoint: s3.example.com\n  kms_key: k\n");

    for (const auto* fault : {"store.bucket: is missing", "store.endpoint: must begin with http",
                              "store.account: store.kind s3 needs store.account or store.credentials_file",
                              "store.kms_key: goes with store.encryption aws_kms"})
        EXPECT_THAT(faults, HasSubstr(fault));
    EXPECT_EQ(config_faults("store: {kind: s3, bucket: b, credentials_file: /etc/c}\n"), "");
    EXPECT_THAT(config_faults("", {"CLUSTERDESK_STORE_KIND=tape"}), HasSubstr("\"tape\" is none of: file, s3."));
}

TEST(LoadConfig, NeedsNoFile) { EXPECT_EQ(parse("").describe(), Config{}.describe()); }

TEST(LoadConfig, TellsAllFaultsAtOnce) {
    const std::string faults =
        config_faults("web:\n  thread: 3\n  session_hours: \"4\"\ndatabase:\n  connections: 0\nwokrer:\n  slots: 1\n",
                      {"CLUSTERDESK_WEB_TREADS=5", "CLUSTERDESK_WORKER_SLOTS=many"});

    EXPECT_EQ(faults,
              "desk.yaml:2: web.thread: is not a known key; did you mean \"threads\"?\n"
              "desk.yaml:3: web.session_hours: must be a whole number, without quotes.\n"
              "desk.yaml:5: database.connections: is 0; it must be 1 to 256.\n"
              "desk.yaml:6: wokrer: is not a known key; did you mean \"worker\"?\n"
              "environment: CLUSTERDESK_WEB_TREADS: is not a known variable; did you mean CLUSTERDESK_WEB_THREADS?\n"
              "environment: CLUSTERDESK_WORKER_SLOTS: must be a whole number, without quotes.");
}

TEST(LoadConfig, KnowsTheVariablesThatAreNoKeys) {
    EXPECT_EQ(
        config_faults("", {"CLUSTERDESK_CONFIG=/etc/x.yaml", "CLUSTERDESK_PROXY_USER=", "CLUSTERDESK_PROXY_GROUPS="}),
        "");
}

TEST(LoadConfig, RefusesALeaseThatEndsBeforeItsRunnerIsGone) {
    EXPECT_THAT(config_faults("worker:\n  starve_seconds: 250\n"), HasSubstr("worker.lease_seconds"));
    EXPECT_THAT(config_faults("worker:\n  heartbeat_seconds: 180\n"), HasSubstr("worker.heartbeat_seconds"));
}

TEST(LoadConfig, RefusesAddressesAndLevelsThatAreNone) {
    EXPECT_THAT(config_faults("web:\n  public_url: desk.example.com\n"), HasSubstr("web.public_url"));
    EXPECT_THAT(config_faults("web:\n  public_url: https://desk.example.com/\n"), HasSubstr("web.public_url"));
    EXPECT_THAT(config_faults("log:\n  level: verbose\n"), HasSubstr("log.level"));
}

TEST(LoadConfig, NeverTellsThePasswordOfABadUrl) {
    EXPECT_THAT(config_faults("database:\n  url: [postgresql://desk:hunter2@db/x]\n"), Not(HasSubstr("hunter2")));
}

TEST(DescribeConfig, MasksPasswords) {
    struct Case {
        const char* url;
        const char* shown;
    };
    for (const auto& [url, shown] : {
             Case{"postgresql://desk:hunter2@db/clusterdesk", "postgresql://desk:***@db/clusterdesk"},
             Case{"postgresql://desk:hun:ter2@db:5432/x?sslmode=verify-full",
                  "postgresql://desk:***@db:5432/x?sslmode=verify-full"},
             Case{"postgresql://db/x?user=desk&password=hunter2&sslmode=disable",
                  "postgresql://db/x?user=desk&password=***&sslmode=disable"},
             Case{"host=/run/pg user=desk password=hunter2 dbname=x", "host=/run/pg user=desk password=*** dbname=x"},
             Case{"host=db password = 'hunter 2\\'s' dbname=x", "host=db password = *** dbname=x"},
             Case{"postgresql:///clusterdesk", "postgresql:///clusterdesk"},
         }) {
        Config config;
        config.database.owner_url = url;
        EXPECT_THAT(config.describe(), HasSubstr(std::string("database.owner_url: ") + shown + "\n"));
    }
}

}  // namespace
}  // namespace desk
