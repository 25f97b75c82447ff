// The search for orphans and the switch of machines, in an AWS that moto plays.
#include <gmock/gmock.h>

#include "core/base/error.hpp"
#include "core/base/text.hpp"
#include "tests/support/moto_server.hpp"
#include "tests/support/temp_dir.hpp"
#include "worker/platforms/orphan_search.hpp"
#include "worker/platforms/power.hpp"

namespace desk::worker {
namespace {

using testing::ElementsAre;
using testing::UnorderedElementsAre;

constexpr const char* kAccount = "123456789012";

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

    void vpc(const std::string& region, const std::string& infra_id) {
        aws.query("ec2", region, "CreateVpc", "2016-11-15",
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
    static orphans::Place place(const std::string& region) { return {Platform::aws, kAccount, region}; }

    TempDir dir;
    Config config;
    aws::Client aws = client();
};

TEST_F(AwsOrphans, AreSearchedInTheAccountsRegionsAndWhereIamLives) {
    std::vector<std::string> subjects;
    for (const auto& one : find_orphan_search(Platform::aws, config)->places()) subjects.push_back(one.subject());

    EXPECT_THAT(subjects, UnorderedElementsAre("sweep:123456789012:eu-west-1", "sweep:123456789012:us-east-1"));
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

}  // namespace
}  // namespace desk::worker
