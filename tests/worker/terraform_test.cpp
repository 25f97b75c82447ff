// What terraform makes before the installer runs, with the real program on a root that needs no provider.
#include "worker/terraform.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>

#include "tests/worker/running_desk.hpp"

namespace desk {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using worker::TerraformPlan;

Json change(const std::string& address, const Json& actions) {
    return {{"address", address}, {"change", {{"actions", actions}}}};
}

TEST(TerraformPlan, ListsWhatChangesAndCountsAsTerraformDoes) {
    const auto plan = TerraformPlan::of(
        {{"format_version", "1.2"},
         {"resource_changes",
          {change("a.made", {"create"}), change("a.kept", {"no-op"}), change("data.a.read", {"read"}),
           change("a.changed", {"update"}), change("a.gone", {"delete"}), change("a.anew", {"delete", "create"})}}});

    EXPECT_EQ(plan.words(), "2 to add, 1 to change, 2 to destroy");
    EXPECT_EQ(plan.to_json().dump(),
              R"([{"action":"create","address":"a.made"},{"action":"update","address":"a.changed"},)"
              R"({"action":"delete","address":"a.gone"},{"action":"replace","address":"a.anew"}])");
}

TEST(TerraformPlan, OfAFormatThatIsNotKnownIsRefused) {
    EXPECT_THROW(TerraformPlan::of({{"format_version", "2.0"}}), Error);
}

/// A terraform that does nothing but what `lines` of its script say.
class ScriptedTerraform : public testing::Test {
  protected:
    void script(const std::string& lines) {
        make_dir(desk.dir / "root");
        replace_file(desk.dir / "root/main.tf", "");
        desk.config.terraform.demo_prereqs = (desk.dir / "root").string();
        desk.config.terraform.program = (desk.dir / "terraform").string();
        replace_file(desk.config.terraform.program, "#!/bin/sh\n" + lines + "\n", 0755);
    }

    RunningDesk desk;
};

TEST_F(ScriptedTerraform, ThatWroteNoStateLeavesNothingToDestroy) {
    script(R"sh(case "$1 $2" in
init*) exit 0;;
'state list') printf 'No state file was found!\n\nState management commands require a state file.\n' >&2;;
*) echo 'Error: UnrecognizedClientException: the fixture has no credentials: ExpiredToken' >&2;;
esac
exit 1)sh");
    const auto cluster = desk.order();

    desk.start_tick();

    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::DESTROYED)) << desk.story(cluster);
    EXPECT_EQ(desk.db.value("SELECT count(*) FROM job_attempts WHERE tf_state_key IS NOT NULL AND clean_at IS NULL"),
              "0");
    EXPECT_THAT(desk.db.value("SELECT body::text FROM receipts"), HasSubstr("terraform state list of clusters/"));
}

TEST_F(ScriptedTerraform, WhoseStateCanNotBeListedProvesNothing) {
    script(R"sh(case "$1 $2" in
init*) exit 0;;
'state list') echo 'Error: Failed to load state: AccessDenied' >&2;;
*) echo 'Error: ExpiredToken: the fixture has no credentials' >&2;;
esac
exit 1)sh");
    const auto cluster = desk.order();

    desk.start_tick();

    EXPECT_TRUE(desk.reaches(cluster, ClusterStatus::DESTROY_FAILED)) << desk.story(cluster);
}

struct OtherTerraform {
    const char* says;
    const char* fault;
};
class TerraformFault : public testing::TestWithParam<OtherTerraform> {};

TEST_P(TerraformFault, IsTold) {
    const TempDir dir;
    replace_file(dir / "terraform", std::string("#!/bin/sh\n") + GetParam().says + "\n", 0755);

    EXPECT_THAT(worker::terraform_fault(dir / "terraform").value_or(""), HasSubstr(GetParam().fault));
}

INSTANTIATE_TEST_SUITE_P(All, TerraformFault,
                         testing::Values(OtherTerraform{R"(echo '{"terraform_version":"1.9.8"}')",
                                                        "Terraform 1.9.8 is too old"},
                                         OtherTerraform{R"(echo '{"terraform_version":"1.10.0"}')", ""},
                                         OtherTerraform{"echo 'Terraform v1.11.4'", "does not say its version"},
                                         OtherTerraform{"exit 3", "can't be run"}));

bool has_terraform() {
    for (const char* dir : {"/usr/local/bin", "/usr/bin"})
        if (fs::exists(fs::path(dir) / "terraform")) return true;
    return false;
}

class Prereqs : public testing::Test {
  protected:
    void SetUp() override {
        if (!has_terraform()) GTEST_SKIP() << "there is no terraform on this machine";
        root = desk.dir / "root";
        fs::copy(DESK_SOURCE_DIR "/tests/fixtures/terraform", root);
        desk.config.terraform.demo_prereqs = root.string();
    }
    void fail_from_now_on() {
        const auto file = root / "main.tf";
        auto text = read_file(file);
        text.replace(text.find("default = false"), 15, "default = true ");
        replace_file(file, text);
    }
    fs::path state(const ClusterId& cluster) const {
        return desk.dir / "cloud-terraform" / "clusters" / cluster.str() / "prereqs.tfstate";
    }
    std::size_t resources(const ClusterId& cluster) const {
        return Json::parse(read_file(state(cluster))).at("resources").size();
    }

    RunningDesk desk;
    fs::path root;
};

TEST_F(Prereqs, AreMadeAsPlannedAndTakenAwayAgain) {
    const auto cluster = desk.order({.ttl_hours = 24});
    desk.start_tick();
    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::READY)) << desk.story(cluster);
    EXPECT_EQ(resources(cluster), 2U);
    EXPECT_EQ(desk.db.value("SELECT detail FROM job_steps WHERE step = 'prereqs'"),
              "2 to add, 0 to change, 0 to destroy");
    EXPECT_EQ(desk.db.value("SELECT string_agg(p->>'address', ' ') FROM prereqs, jsonb_array_elements(planned) p"),
              "terraform_data.role terraform_data.zone");
    EXPECT_EQ(desk.db.value("SELECT outputs FROM prereqs"),
              R"({"name_servers": ["ns-1.alpha.demo.invalid", "ns-2.alpha.demo.invalid"]})");
    EXPECT_EQ(desk.db.value("SELECT a.tf_state_key = p.state_key FROM job_attempts a, prereqs p"), "true");

    desk.destroy(cluster);

    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::DESTROYED)) << desk.story(cluster);
    EXPECT_EQ(resources(cluster), 0U);
    EXPECT_EQ(desk.db.value("SELECT destroyed_at IS NOT NULL FROM prereqs"), "true");
}

TEST_F(Prereqs, ThatFailAreExplainedAndNothingIsInstalled) {
    fail_from_now_on();
    const auto cluster = desk.order();

    desk.start_tick();

    ASSERT_TRUE(desk.comes_true("SELECT error_code FROM job_attempts WHERE attempt = 1", "vpc-limit"))
        << desk.story(cluster);
    EXPECT_EQ(desk.db.value("SELECT phase FROM job_attempts WHERE attempt = 1"), "local");
    EXPECT_THAT(desk.db.value("SELECT evidence FROM job_attempts WHERE attempt = 1"), HasSubstr("was told to fail"));
    EXPECT_THAT(desk.leftovers(), IsEmpty());
    EXPECT_FALSE(fs::exists(state(cluster)));

    desk.destroy(cluster);

    EXPECT_TRUE(desk.reaches(cluster, ClusterStatus::DESTROYED)) << desk.story(cluster);
}

TEST_F(Prereqs, WhoseStateIsLockedAreTriedAgainAndNeverForced) {
    const auto cluster = desk.order();
    make_dir(state(cluster).parent_path());
    const auto lock = state(cluster).parent_path() / ".prereqs.tfstate.lock.info";
    // as terraform's local backend locks: with a lock of the operating system on the state file
    const UniqueFd held(::open(state(cluster).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    struct flock whole {};
    whole.l_type = F_WRLCK;
    ASSERT_EQ(::fcntl(held.get(), F_SETLK, &whole), 0);
    replace_file(lock, R"({"ID":"1","Operation":"OperationTypeApply","Who":"somebody","Version":"1.11.4"})");

    desk.start_tick();

    ASSERT_TRUE(
        desk.comes_true("SELECT error_code FROM job_attempts WHERE attempt = 1", "terraform-state-locked", 180s))
        << desk.story(cluster);
    EXPECT_TRUE(fs::exists(lock));
}

}  // namespace
}  // namespace desk
