// Platform none: the desk hands over what machines start from, and has nothing anywhere to take away.
#include <gmock/gmock.h>

#include "core/base/crypto.hpp"
#include "core/base/text.hpp"
#include "core/cloud/object_store.hpp"
#include "tests/worker/running_desk.hpp"
#include "tests/worker/stub_programs.hpp"

namespace desk {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class Handover : public testing::Test {
  protected:
    Handover() {
        auto profile = read_file(DESK_SOURCE_DIR "/conf/profiles/none-upi.yaml");
        profile.replace(profile.find("enabled: false"), 14, "enabled: true ");
        cluster = desk.order(profile, {.ttl_hours = 24});
        desk.start_tick();
    }
    bool is_ready() { return desk.reaches(cluster, ClusterStatus::READY); }
    std::string steps_of(const char* type) {
        return desk.db.value(
            cat("SELECT string_agg(step, ' ' ORDER BY position) FROM job_steps s JOIN jobs j ON j.id = s.job_id "
                "WHERE s.outcome = 'DONE' AND j.type = '",
                type, "'"));
    }

    RunningDesk desk;
    StubPrograms programs{desk.dir.path(), desk.config};
    ClusterId cluster;
};

TEST_F(Handover, IsReadyWhenEveryFileCanBeReadBack) {
    ASSERT_TRUE(is_ready()) << desk.story(cluster);

    EXPECT_EQ(steps_of("CREATE"), "preflight prereqs render manifests ignition snapshot outputs verify");
    EXPECT_EQ(programs.verbs(), "openshift-install create manifests\nopenshift-install create ignition-configs\n");
    EXPECT_THAT(desk.leftovers(), IsEmpty()) << "nothing was created";
    EXPECT_EQ(desk.db.value("SELECT string_agg(file_name, ' ' ORDER BY file_name) FROM cluster_artifacts "
                            "WHERE type = 'IGNITION' AND is_public"),
              "alpha-bootstrap.ign alpha-master.ign alpha-worker.ign");
    const auto bootstrap =
        FileStore(desk.dir / "store")
            .get(desk.db.value("SELECT object_key FROM cluster_artifacts WHERE file_name = 'alpha-bootstrap.ign'"),
                 Visibility::public_);
    EXPECT_EQ(sha256_hex(bootstrap),
              desk.db.value("SELECT sha256 FROM cluster_artifacts WHERE file_name = 'alpha-bootstrap.ign'"));
    EXPECT_THAT(bootstrap, HasSubstr("\"ignition\""));
}

TEST_F(Handover, GivesItsProgramsNoSecretAndNothingToReadFrom) {
    ASSERT_TRUE(is_ready()) << desk.story(cluster);

    for (const auto& call : programs.calls()) {
        EXPECT_THAT(call.argv + call.env, Not(HasSubstr("c3dvcmRmaXNo"))) << "the pull secret";
        EXPECT_EQ(call.stdin_text, "");
    }
    EXPECT_EQ(desk.db.count("SELECT count(*) FROM job_logs WHERE text LIKE '%c3dvcmRmaXNo%'"), 0);
}

TEST_F(Handover, EndsWithAReceiptThatSaysThatNothingWasCreated) {
    ASSERT_TRUE(is_ready()) << desk.story(cluster);

    desk.destroy(cluster);

    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::DESTROYED)) << desk.story(cluster);
    EXPECT_THAT(programs.verbs(), Not(HasSubstr("destroy")));
    EXPECT_EQ(steps_of("DESTROY"), "restore credentials-delete prereqs-destroy sweep sweep-again confirm");
    EXPECT_THAT(desk.db.value("SELECT body::text FROM receipts"), HasSubstr("it only wrote files"));
}

}  // namespace
}  // namespace desk
