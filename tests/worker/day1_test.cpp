// What operators do by hand: the verbs of a cluster's first and last day, on a cluster.yaml and on a cluster.
#include <gmock/gmock.h>
#include <sys/stat.h>

#include "core/base/process.hpp"
#include "tests/worker/running_desk.hpp"

namespace desk {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr const char* kFile = R"(api_version: portal/v1
name: blue
env: demo
ttl_hours: 8
cost_center: cc-9
profile: demo-minimal
platform: {type: demo, region: demo-east-1}
dns: {base_domain: demo.example.com}
openshift: {version: "4.20.3", control_plane_replicas: 3, compute_replicas: 0}
)";

class ByHand : public testing::Test {
  protected:
    void SetUp() override {
        make_dir(desk.dir / "clusters" / "blue");
        replace_file(desk.dir / "clusters" / "blue" / "cluster.yaml", kFile);
        desk.environment["CLUSTERDESK_PROFILES_DIR"] = profiles();
        desk.environment["CLUSTERDESK_LOG_LEVEL"] = "error";
    }
    /// The profiles of the desk, whose hour lasts a second here.
    std::string profiles() {
        const auto dir = desk.dir / "profiles";
        make_dir(dir);
        auto text = read_file(DESK_SOURCE_DIR "/conf/profiles/demo-minimal.yaml");
        const std::string pace = "secondsPerHour: 10";
        text.replace(text.find(pace), pace.size(), "secondsPerHour: 1");
        replace_file(dir / "demo-minimal.yaml", text);
        return dir;
    }
    Captured verb(std::vector<std::string> args) { return desk.ask(std::move(args)); }
    fs::path work(const std::string& name) { return desk.dir / "clusters" / "blue" / ".work" / name; }
    std::string id() { return desk.db.value("SELECT id FROM clusters"); }

    RunningDesk desk;
};

TEST_F(ByHand, AClusterIsMadeAndDestroyedByItsFileWithoutATick) {
    const auto made = verb({"cluster-create", "blue", "--user", "requester", "--team", "demo"});

    ASSERT_TRUE(made.exit.ok()) << made.err;
    EXPECT_THAT(made.out, HasSubstr(id() + " job_"));
    EXPECT_THAT(made.out, HasSubstr("READY"));
    EXPECT_THAT(made.err, HasSubstr("install: Install complete!")) << "its log is told";
    EXPECT_THAT(read_file(work("kubeconfig")), HasSubstr("https://api.blue.demo.example.com:6443"));
    EXPECT_EQ(Json::parse(read_file(work("metadata.json"))).at("clusterName"), "blue");
    EXPECT_THAT(read_file(work("install-config.yaml")), HasSubstr(id())) << "with the tags of the cluster";
    EXPECT_EQ(read_file(work("create-status.txt")), "READY\n");
    struct stat status {};
    ASSERT_EQ(::stat(work("install-config.yaml").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600U);

    EXPECT_THAT(verb({"cluster-destroy", "blue"}).err, HasSubstr("needs --confirm blue"));
    EXPECT_THAT(verb({"cluster-destroy", "blue", "--confirm", "green"}).err, HasSubstr("This is blue, not green"));
    EXPECT_EQ(desk.db.value("SELECT status FROM clusters"), "READY");
    const auto gone = verb({"cluster-destroy", "blue", "--confirm", "blue"});

    ASSERT_TRUE(gone.exit.ok()) << gone.err;
    EXPECT_THAT(gone.out, HasSubstr("DESTROYED"));
    EXPECT_EQ(Json::parse(read_file(work("receipt.json"))).at("sweeps").size(), 2U);
    EXPECT_FALSE(fs::exists(work("kubeconfig")));
    EXPECT_THAT(desk.leftovers(), IsEmpty());
    EXPECT_FALSE(fs::exists(work("cluster-id"))) << "the file can be ordered anew";
}

TEST_F(ByHand, APreparedClusterWaitsForTheOperatorWhoeverWorksOnIt) {
    const auto prepared = verb({"tf-apply", "blue", "--user", "requester", "--team", "demo", "--json"});

    ASSERT_TRUE(prepared.exit.ok()) << prepared.err;
    EXPECT_EQ(Json::parse(prepared.out).at("isHeld"), true);
    EXPECT_EQ(desk.db.value("SELECT string_agg(step || ' ' || outcome, ', ' ORDER BY position) FROM job_steps"),
              "preflight DONE, prereqs DONE, render WAITING");
    desk.db.owner().execute("UPDATE jobs SET run_after = clock_timestamp()");
    EXPECT_EQ(desk.run({"run-job", desk.db.value("SELECT id FROM jobs")}), 0);
    EXPECT_EQ(desk.db.value("SELECT status FROM clusters"), "CREATING") << "a tick does not lead it on";

    EXPECT_TRUE(verb({"cluster-create", id()}).exit.ok());

    EXPECT_EQ(desk.db.value("SELECT status FROM clusters"), "READY");
}

TEST_F(ByHand, RenderWritesWhatWouldBeInstalledAndShowsNoSecret) {
    const auto before = verb({"render", "blue", "--user", "requester", "--team", "demo"});

    ASSERT_TRUE(before.exit.ok()) << before.err;
    EXPECT_EQ(before.out, work("install-config.yaml").string() + "\n");
    EXPECT_THAT(read_file(work("install-config.yaml")), AllOf(HasSubstr("known-when-ordered"), HasSubstr("auths")));
    EXPECT_THAT(before.err, Not(HasSubstr("auths")));
    EXPECT_EQ(desk.db.count("SELECT count(*) FROM clusters"), 0) << "nothing was ordered";
}

TEST_F(ByHand, AFileThatMayNotBeOrderedIsRefusedWithEveryReason) {
    const auto refused = verb({"cluster-create", "blue", "--user", "auditor"});

    EXPECT_EQ(refused.exit.code, 1);
    EXPECT_THAT(refused.err, HasSubstr("/team: You are in no team that may request clusters."));
    EXPECT_THAT(verb({"cluster-create", "blue"}).err, HasSubstr("needs --user"));
    EXPECT_THAT(verb({"cluster-create", "green"}).err,
                HasSubstr("green is neither the id of a cluster nor a cluster.yaml"));
}

TEST_F(ByHand, ChecksTakeAFileToo) {
    const auto checked = verb({"preflight", "blue", "--user", "requester", "--team", "demo"});

    EXPECT_TRUE(checked.exit.ok()) << checked.err;
    EXPECT_THAT(checked.out, HasSubstr("PASS installer"));
    EXPECT_THAT(verb({"verify", "blue"}).err, HasSubstr("was not ordered yet"));
}

TEST_F(ByHand, OrphansAreLookedForAndListed) {
    make_dir(desk.dir / "cloud" / "demo-east-1" / "lost-abcde");
    replace_file(desk.dir / "cloud" / "demo-east-1" / "lost-abcde" / "vpc.json",
                 R"({"id":"vpc-1","type":"vpc","tags":{"ManagedBy":"clusterdesk","Owner":"ada"}})");

    const auto listed = verb({"orphans", "--sweep", "--json"});

    ASSERT_TRUE(listed.exit.ok()) << listed.err;
    const auto orphans = Json::parse(listed.out);
    ASSERT_EQ(orphans.size(), 1U);
    EXPECT_EQ(orphans[0].at("infraId"), "lost-abcde");
    EXPECT_EQ(orphans[0].at("owner"), "ada");
}

}  // namespace
}  // namespace desk
