// doctor: what clouds need besides, and what is wrong with it.
#include <gmock/gmock.h>

#include "tests/worker/running_desk.hpp"

namespace desk {
namespace {

using testing::HasSubstr;
using testing::Not;

class Doctor : public testing::Test {
  protected:
    Doctor() { fs::create_directories(desk.dir / "root"); }
    std::string says() { return desk.ask({"doctor"}).out; }

    RunningDesk desk;
};

TEST_F(Doctor, SaysNothingOfWhatIsNotSet) {
    const auto report = says();

    for (const char* line : {"terraform", "AWS pull secret", "IBM Cloud"}) EXPECT_THAT(report, Not(HasSubstr(line)));
}

TEST_F(Doctor, LooksAtTerraformAndTheFilesOfTheClouds) {
    desk.config.terraform.demo_prereqs = (desk.dir / "root").string();
    desk.config.terraform.program = (desk.dir / "terraform").string();
    desk.config.ibmcloud.api_key_file = (desk.dir / "key").string();
    replace_file(desk.dir / "accounts.yaml", "accounts: []\n");
    replace_file(desk.dir / "pull-secret.json", "{}");
    desk.environment = {{"CLUSTERDESK_AWS_ACCOUNTS_FILE", (desk.dir / "accounts.yaml").string()},
                        {"CLUSTERDESK_AWS_PULL_SECRET_FILE", (desk.dir / "pull-secret.json").string()}};

    const auto faults = says();
    EXPECT_THAT(faults, HasSubstr("FAULT terraform: Terraform ("));
    EXPECT_THAT(faults, HasSubstr("FAULT AWS pull secret: The file of aws.pull_secret_file holds no pull secret"));
    EXPECT_THAT(faults, HasSubstr("FAULT IBM Cloud API key: There is no API key of IBM Cloud"));

    replace_file(desk.dir / "terraform", "#!/bin/sh\necho '{\"terraform_version\": \"1.11.4\"}'\n", 0755);
    replace_file(desk.dir / "pull-secret.json", R"({"auths":{"quay.io":{"auth":"c2VjcmV0"}}})");
    replace_file(desk.dir / "key", "a-key");
    const auto report = says();
    for (const char* line : {"ok    terraform\n", "ok    AWS pull secret\n", "ok    IBM Cloud API key\n"})
        EXPECT_THAT(report, HasSubstr(line));
}

}  // namespace
}  // namespace desk
