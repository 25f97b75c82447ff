// The hosted zone that Terraform made for a cluster: it stays, unless somebody typed its name. A script plays
// terraform.
#include <gmock/gmock.h>

#include "core/base/text.hpp"
#include "core/store/prereqs.hpp"
#include "tests/worker/running_desk.hpp"

namespace desk {
namespace {

using testing::HasSubstr;

constexpr const char* kZone = "demo.example.com";

class HostedZone : public testing::Test {
  protected:
    HostedZone() {
        const auto at = [&](const char* name) { return cat('\'', (desk.dir / name).string(), '\''); };
        make_dir(desk.dir / "root");
        replace_file(desk.dir / "root/main.tf", "");
        desk.config.terraform.demo_prereqs = (desk.dir / "root").string();
        desk.config.terraform.program = (desk.dir / "terraform").string();
        replace_file(desk.config.terraform.program,
                     cat("#!/bin/sh\necho \"$*\" >> ", at("calls"), "\ncase \"$1 $2\" in\n",
                         "plan*) case \"$*\" in *-destroy*) : > ", at("destroying"), ";; esac;;\n",
                         "show*) echo '{\"format_version\":\"1.2\",\"resource_changes\":[]}';;\n",
                         "output*) echo '{}';;\n", "apply*) if [ ! -e ", at("destroying"), " ]; then : > ", at("zone"),
                         "; echo 'aws_route53_zone.primary[0]' > ", at("state"), "\n", "elif [ -s ", at("state"),
                         " ]; then rm ", at("zone"), "; : > ", at("state"), "; fi;;\n", "'state list') cat ",
                         at("state"), " 2>/dev/null;;\n'state rm') : > ", at("state"), ";;\nesac\nexit 0\n"),
                     0755);
        cluster = desk.order({.ttl_hours = 24});
        desk.start_tick();
    }
    bool is_ready() {
        if (!desk.reaches(cluster, ClusterStatus::READY)) return false;
        // as on AWS, where the zone is what the variables ask for
        desk.db.owner().execute(
            cat(R"(UPDATE prereqs SET variables = '{"hosted_zone_id": "", "base_domain": ")", kZone, "\"}'"));
        return true;
    }
    /// As the cluster's owner would type it; the words of a refusal, or "".
    std::string type(const std::string& zone) {
        auto tx = desk.db.begin();
        const auto fault = prereqs::confirm_zone(tx, clusters::lock(tx, cluster), zone, Actor::desk("test"));
        if (!fault) tx.commit();
        return fault.value_or("");
    }
    bool is_gone() {
        desk.destroy(cluster);
        return desk.reaches(cluster, ClusterStatus::DESTROYED);
    }
    bool has_zone() const { return fs::exists(desk.dir / "zone"); }

    RunningDesk desk;
    ClusterId cluster;
};

TEST_F(HostedZone, StaysWhenItsClusterGoes) {
    ASSERT_TRUE(is_ready()) << desk.story(cluster);

    ASSERT_TRUE(is_gone()) << desk.story(cluster);

    EXPECT_TRUE(has_zone());
    EXPECT_THAT(read_file(desk.dir / "calls"), HasSubstr("state rm"));
}

TEST_F(HostedZone, GoesWithItsClusterWhenItsNameWasTyped) {
    ASSERT_TRUE(is_ready()) << desk.story(cluster);

    ASSERT_EQ(type(kZone), "");
    ASSERT_TRUE(is_gone()) << desk.story(cluster);

    EXPECT_FALSE(has_zone());
    EXPECT_EQ(desk.db.count("SELECT count(*) FROM audit_events WHERE action = 'cluster.delete_zone'"), 1);
}

TEST_F(HostedZone, StaysByAnyOtherName) {
    ASSERT_TRUE(is_ready()) << desk.story(cluster);

    for (const char* typed : {"example.com", "demo.example.com.", "Demo.example.com", "alpha"})
        EXPECT_THAT(type(typed), HasSubstr("Type demo.example.com")) << typed;
    ASSERT_TRUE(is_gone()) << desk.story(cluster);

    EXPECT_TRUE(has_zone());
}

TEST_F(HostedZone, StaysWhileOtherClustersStandInIt) {
    ASSERT_TRUE(is_ready()) << desk.story(cluster);
    given::cluster(desk.db, {.name = "beta", .owner = desk.people.requester, .base_domain = kZone});

    EXPECT_THAT(type(kZone), HasSubstr("Other clusters stand in the zone demo.example.com: beta"));
}

}  // namespace
}  // namespace desk
