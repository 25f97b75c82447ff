// The search for orphans and the switch of machines, in an AWS that moto plays.
#include <gmock/gmock.h>

#include "core/base/error.hpp"
#include "core/base/text.hpp"
#include "core/cloud/aws/credentials_file.hpp"
#include "core/cloud/aws/sts.hpp"
#include "tests/support/moto_server.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/worker/running_desk.hpp"
#include "worker/platforms/orphan_search.hpp"
#include "worker/platforms/power.hpp"

namespace desk::worker {
namespace {

using testing::ElementsAre;
using testing::UnorderedElementsAre;

constexpr const char* kAccount = "123456789012";
constexpr const char* kRoleElsewhere = "arn:aws:iam::210987654321:role/desk";

class AwsOrphans : public MotoTest {
  protected:
    void SetUp() override {
        MotoTest::SetUp();
        if (IsSkipped()) return;
        replace_file(dir / "keys", "[default]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = not-checked\n");
        replace_file(dir / "accounts.yaml",
                     cat("accounts:\n  - id: \"", kAccount, "\"\n    keys: {file: ", (dir / "keys").string(),
                         "}\n    endpoints: ", url(), "\n    regions: [eu-west-1]\n"));
        config.aws.accounts_file = dir / "accounts.yaml";
    }

    void vpc(const std::string& region, const std::string& infra_id) { vpc(aws, region, infra_id); }
    static void vpc(aws::Client& owner, const std::string& region, const std::string& infra_id) {
        owner.query("ec2", region, "CreateVpc", "2016-11-15",
                    {{"CidrBlock", "10.0.0.0/16"},
                     {"TagSpecification.1.ResourceType", "vpc"},
                     {"TagSpecification.1.Tag.1.Key", "kubernetes.io/cluster/" + infra_id},
                     {"TagSpecification.1.Tag.1.Value", "owned"},
                     {"TagSpecification.1.Tag.2.Key", "ManagedBy"},
                     {"TagSpecification.1.Tag.2.Value", "clusterdesk"}});
    }
    void role(const std::string& name) {
        aws.query("iam", "us-east-1", "CreateRole", "2010-05-08",
                  {{"RoleName", name}, {"AssumeRolePolicyDocument", "{}"}});
    }
    void instance(const std::string& region, const std::string& infra_id) {
        aws.query("ec2", region, "RunInstances", "2016-11-15",
                  {{"ImageId", "ami-12c6146b"},
                   {"MinCount", "1"},
                   {"MaxCount", "1"},
                   {"TagSpecification.1.ResourceType", "instance"},
                   {"TagSpecification.1.Tag.1.Key", "kubernetes.io/cluster/" + infra_id},
                   {"TagSpecification.1.Tag.1.Value", "owned"}});
    }
    std::vector<std::string> marks(const orphans::Place& place, const Marks& leave_out = {}) {
        std::vector<std::string> found;
        for (const auto& one : find_orphan_search(Platform::aws, config)->look(place, leave_out))
            found.push_back(cat(one.resource.region, ' ', one.resource.type, ' ', one.mark));
        return found;
    }
    /// From now on the account's file holds keys of another one, which these are.
    aws::Credentials take_keys_of_another_account() {
        auto theirs = aws::assume_role(aws, {.arn = kRoleElsewhere});
        aws::write_credentials_file(dir / "keys", theirs);
        return theirs;
    }
    static orphans::Place place(const std::string& region) { return {Platform::aws, kAccount, region}; }

    TempDir dir;
    Config config;
    aws::Client aws = client();
};

TEST_F(AwsOrphans, AreSearchedInTheAccountsRegionsAndWhereIamLives) {
    std::vector<std::string> subjects;
    const std::vector<orphans::Place> known = {place("ap-south-1"), {Platform::aws, "999999999999", "eu-north-1"}};
    for (const auto& one : find_orphan_search(Platform::aws, config)->places(known)) subjects.push_back(one.subject());

    EXPECT_THAT(subjects, UnorderedElementsAre("sweep:123456789012:eu-west-1", "sweep:123456789012:us-east-1",
                                               "sweep:123456789012:ap-south-1"))
        << "nobody has keys of the other account any more";
}

TEST_F(AwsOrphans, OfGovCloudAreSearchedWhereItsOwnIamLives) {
    replace_file(config.aws.accounts_file, cat("accounts:\n  - id: \"", kAccount, "\"\n    keys: {file: ",
                                               (dir / "keys").string(), "}\n    regions: [us-gov-east-1]\n"));
    const auto search = find_orphan_search(Platform::aws, config);
    std::vector<std::string> regions;
    for (const auto& one : search->places({})) regions.push_back(one.region);

    EXPECT_THAT(regions, UnorderedElementsAre("us-gov-east-1", "us-gov-west-1"));
    EXPECT_THAT(search->regions(place("us-gov-west-1")), ElementsAre("us-gov-west-1", "global"));
    EXPECT_THAT(search->regions(place("us-gov-east-1")), ElementsAre("us-gov-east-1"));
}

TEST_F(AwsOrphans, AreFoundOnceEachInTheirOwnPlace) {
    vpc("eu-west-1", "blue-x7f2k");
    role("blue-x7f2k-worker-role");

    EXPECT_THAT(marks(place("eu-west-1")), ElementsAre("eu-west-1 vpc blue-x7f2k"));
    EXPECT_THAT(marks(place("us-east-1")), ElementsAre("global iam-role blue-x7f2k"));
}

TEST_F(AwsOrphans, AreNotWhatLives) {
    vpc("eu-west-1", "blue-x7f2k");
    vpc("eu-west-1", "green-abcde");

    EXPECT_THAT(marks(place("eu-west-1"), {"blue-x7f2k"}), ElementsAre("eu-west-1 vpc green-abcde"));
}

TEST_F(AwsOrphans, AreNotKnownWhenAwsDoesNotAnswer) {
    replace_file(dir / "accounts.yaml", cat("accounts:\n  - id: \"", kAccount, "\"\n    keys: {file: ",
                                            (dir / "keys").string(), "}\n    endpoints: ", url(), "/nowhere\n"));

    EXPECT_THROW(marks(place("eu-west-1")), Error);
}

TEST_F(AwsOrphans, AreNotAskedOfAnotherAccount) {
    vpc("eu-west-1", "blue-x7f2k");
    take_keys_of_another_account();

    try {
        marks(place("eu-west-1"));
        FAIL() << "another account was believed";
    } catch (const Error& error) {
        EXPECT_EQ(error.for_user(), "AWS account mismatch: expected 123456789012, got 210987654321.");
    }
}

TEST_F(AwsOrphans, MachinesAreNotSwitchedInAnotherAccount) {
    instance("eu-west-1", "blue-x7f2k");
    take_keys_of_another_account();

    EXPECT_THROW(find_power_switch(Platform::aws, kAccount, config), Error);
}

TEST_F(AwsOrphans, MachinesOfAClusterStopAndStartAndOthersDoNot) {
    instance("eu-west-1", "blue-x7f2k");
    instance("eu-west-1", "green-abcde");
    const auto power = find_power_switch(Platform::aws, kAccount, config);
    const auto blue = [&] { return power->machines({"blue-x7f2k"}, {"eu-west-1"}).at(0); };
    const auto green = [&] { return power->machines({"green-abcde"}, {"eu-west-1"}).at(0); };
    ASSERT_TRUE(blue().is_on());

    power->stop({blue()});

    EXPECT_TRUE(blue().is_off());
    EXPECT_TRUE(green().is_on());
    power->start({blue()});
    EXPECT_TRUE(blue().is_on());
}

/// A whole desk that searches that account.
class AwsOrphanSweep : public AwsOrphans {
  protected:
    void SetUp() override {
        AwsOrphans::SetUp();
        if (IsSkipped()) return;
        desk.config.worker.orphan_hours = 6;
        desk.environment["CLUSTERDESK_AWS_ACCOUNTS_FILE"] = config.aws.accounts_file;
    }

    RunningDesk desk;
};

TEST_F(AwsOrphanSweep, LooksWhereClustersHaveBeenThoughTheAccountsFileNamesNoRegion) {
    replace_file(config.aws.accounts_file, cat("accounts:\n  - id: \"", kAccount, "\"\n    keys: {file: ",
                                               (dir / "keys").string(), "}\n    endpoints: ", url(), '\n'));
    const auto cluster = given::cluster(
        desk.db, {.owner = desk.people.requester, .platform = Platform::aws, .status = ClusterStatus::DESTROYED});
    const auto create = given::job(desk.db, {.cluster = cluster, .status = JobStatus::SUCCEEDED, .attempts = 1});
    desk.db.owner().execute(
        cat("INSERT INTO job_attempts (job_id, attempt, cluster_id, worker, ended_at, region, account) VALUES ('",
            create, "', 1, '", cluster, "', 'w', clock_timestamp(), 'ap-south-1', '", kAccount, "')"));
    vpc("ap-south-1", "blue-x7f2k");

    desk.start_tick();

    EXPECT_TRUE(desk.comes_true("SELECT string_agg(region || ' ' || infra_id, ', ') FROM orphans WHERE state = 'OPEN'",
                                "ap-south-1 blue-x7f2k"));
}

TEST_F(AwsOrphanSweep, FailsAndChangesNothingWithTheKeysOfAnotherAccount) {
    constexpr const char* kOrphans = "SELECT string_agg(infra_id || ' ' || state, ', ') FROM orphans";
    vpc("eu-west-1", "blue-x7f2k");
    desk.start_tick();
    ASSERT_TRUE(desk.comes_true(kOrphans, "blue-x7f2k OPEN"));
    ASSERT_TRUE(desk.comes_true("SELECT bool_and(status = 'SUCCEEDED') FROM jobs", "true"));

    aws::Client elsewhere(transport, take_keys_of_another_account(), {.all = url()});
    vpc(elsewhere, "eu-west-1", "green-abcde");
    desk.db.owner().execute("UPDATE jobs SET created_at = created_at - interval '7 hours'");

    EXPECT_TRUE(
        desk.comes_true("SELECT count(*) FROM jobs WHERE status = 'FAILED' AND error_message LIKE "
                        "'AWS account mismatch: expected 123456789012, got 210987654321.%'",
                        "2"));
    EXPECT_EQ(desk.db.value(kOrphans), "blue-x7f2k OPEN");
}

}  // namespace
}  // namespace desk::worker
