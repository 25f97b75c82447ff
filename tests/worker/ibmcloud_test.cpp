// One cluster on IBM Cloud from its order to its receipt: programs as they are called there, with a cloud that answers.
#include <gmock/gmock.h>

#include "core/base/text.hpp"
#include "tests/support/ibm_cloud.hpp"
#include "tests/worker/running_desk.hpp"
#include "tests/worker/stub_programs.hpp"

namespace desk {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr const char* kMadeKey = "made-key-of-";

class IbmCluster : public testing::Test {
  protected:
    IbmCluster() {
        desk.config.ibmcloud = {
            .api_key_file = (desk.dir / "api-key").string(), .iam_url = cloud.url(), .search_url = cloud.url()};
        replace_file(desk.config.ibmcloud.api_key_file, cat(IbmCloud::kApiKey, '\n'));
        make_dir(ids());
        programs.add(
            "oc",
            "while [ $# -gt 0 ]; do case $1 in --to) to=$2;; --install-config) config=$2;; esac; shift; done\n"
            "for n in image-registry ingress storage csi; do echo 'kind: CredentialsRequest' > \"$to/$n.yaml\"; done\n"
            "annotated() { printf 'metadata:\\n  annotations:\\n    release.openshift.io/%s\\n' \"$2\" > "
            "\"$to/$1.yaml\"; }\n"
            "annotated former 'delete: \"true\"'\n"
            "[ -n \"$config\" ] && ! grep -q featureSet \"$config\" || "
            "annotated preview 'feature-gate: TechPreviewNoUpgrade'");
        programs.add(
            "ccoctl",
            cat("verb=$2\nwhile [ $# -gt 0 ]; do case $1 in --name) name=$2;; --output-dir) out=$2;; "
                "--credentials-requests-dir) requests=$2;; --enable-tech-preview) preview=yes;; esac; shift; done\n"
                "[ $verb$preview != delete-service-idyes ] || { echo unknown flag: --enable-tech-preview; exit 1; }\n"
                "for file in \"$requests\"/*.yaml; do n=$(basename \"$file\" .yaml)\n"
                "grep -q /delete: \"$file\" && continue\n"
                "[ $verb$preview = create-service-id ] && grep -q /feature-gate: \"$file\" && continue\n"
                "case $verb in\n"
                "create-service-id) mkdir -p \"$out/manifests\"; : > '",
                ids().string(), "'/\"$name-$n\"; printf 'kind: Secret\\nstringData:\\n  ibmcloud_api_key: ", kMadeKey,
                "%s\\n' \"$n\" > \"$out/manifests/$n-credentials.yaml\";;\ndelete-service-id) [ -e '",
                (desk.dir / "keep").string(), "' ] || rm -f '", ids().string(), "'/\"$name-$n\";;\nesac; done"));
    }
    fs::path ids() const { return desk.dir / "service-ids"; }
    void order(const std::string& allowed_account = IbmCloud::kAccount, const std::string& more = {}) {
        auto profile = read_file(DESK_SOURCE_DIR "/conf/profiles/ibm-minimal-test.yaml");
        profile.replace(profile.find("enabled: false"), 14, "enabled: true ");
        profile += cat("guardrail:\n  accountIds: [\"", allowed_account, "\"]\n", more);
        cluster = desk.order(profile, {.ttl_hours = 24});
        desk.start_tick();
    }
    /// In how many rows of the whole database `text` stands.
    int rows_with(const std::string& text) {
        return desk.db.count(
            cat("SELECT coalesce(sum((xpath('/row/n/text()', query_to_xml(format('SELECT count(*) AS n FROM %I t WHERE "
                "t::text LIKE %L', tablename, '%",
                text, "%'), false, true, '')))[1]::text::int), 0) FROM pg_tables WHERE schemaname = 'public'"));
    }

    RunningDesk desk;
    IbmCloud cloud{desk.dir.path()};
    StubPrograms programs{desk.dir.path(), desk.config};
    ClusterId cluster;
};

TEST_F(IbmCluster, LivesFromItsOrderToItsReceipt) {
    order();
    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::READY)) << desk.story(cluster);
    EXPECT_GT(desk.resources(), 20);
    EXPECT_EQ(desk.db.value("SELECT account FROM job_attempts WHERE infra_id IS NOT NULL"), IbmCloud::kAccount);
    EXPECT_EQ(programs.verbs(),
              "openshift-install create manifests\nopenshift-install version\noc adm release extract\n"
              "ccoctl ibmcloud create-service-id\nopenshift-install create ignition-configs\n"
              "openshift-install create cluster\n");
    const auto infra_id = desk.db.value("SELECT infra_id FROM job_attempts WHERE infra_id IS NOT NULL");
    EXPECT_EQ(desk.db.value("SELECT ccoctl_name FROM job_attempts WHERE infra_id IS NOT NULL"), infra_id);

    desk.destroy(cluster);

    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::DESTROYED)) << desk.story(cluster);
    EXPECT_EQ(desk.resources(), 0);
    EXPECT_TRUE(fs::is_empty(ids()));
    EXPECT_THAT(programs.verbs(), HasSubstr("oc adm release extract\nccoctl ibmcloud delete-service-id\n"));
    EXPECT_THAT(desk.db.value("SELECT body::text FROM receipts"), HasSubstr(cat("service ids named ", infra_id)));
}

TEST_F(IbmCluster, ShowsItsKeysToNobodyWhoDoesNotNeedThem) {
    order();
    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::READY)) << desk.story(cluster);

    for (const auto& call : programs.calls()) {
        const bool acts = call.program == "ccoctl" || call.argv.find(" create ") != std::string::npos;
        EXPECT_EQ(call.env.find(IbmCloud::kApiKey) != std::string::npos, acts) << call.argv;
        EXPECT_THAT(call.argv, Not(HasSubstr(IbmCloud::kApiKey)));
        EXPECT_EQ(call.stdin_text, "");
    }
    EXPECT_EQ(rows_with(IbmCloud::kApiKey), 0);
    EXPECT_EQ(rows_with(kMadeKey), 0);
    EXPECT_GT(rows_with("ibm.example.com"), 0) << "else nothing was searched";
    EXPECT_TRUE(comes_true([&] { return desk.job_directories() == 0; }));
}

TEST_F(IbmCluster, MayBeATechPreviewWhoseOperatorsAskForMore) {
    order(IbmCloud::kAccount, "install:\n  featureSet: TechPreviewNoUpgrade\n");
    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::READY)) << desk.story(cluster);
    const auto infra_id = desk.db.value("SELECT infra_id FROM job_attempts WHERE infra_id IS NOT NULL");
    EXPECT_TRUE(fs::exists(ids() / cat(infra_id, "-preview")));
    EXPECT_FALSE(fs::exists(ids() / cat(infra_id, "-former"))) << "nobody asks for it any more";

    desk.destroy(cluster);

    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::DESTROYED)) << desk.story(cluster);
    EXPECT_TRUE(fs::is_empty(ids()));
}

TEST_F(IbmCluster, HandsTheWayOutToItsProgramsAndNothingElseOfTheWorkersEnvironment) {
    desk.environment["HTTPS_PROXY"] = "http://proxy.example.com:3128";
    desk.environment["no_proxy"] = "127.0.0.1";
    desk.environment["SSL_CERT_DIR"] = "/etc/ssl/certs";
    desk.environment["AWS_SECRET_ACCESS_KEY"] = "of-somebody-else";
    order();
    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::READY)) << desk.story(cluster);

    for (const auto& call : programs.calls()) {
        for (const char* wanted :
             {"HTTPS_PROXY=http://proxy.example.com:3128\n", "no_proxy=127.0.0.1\n", "SSL_CERT_DIR=/etc/ssl/certs\n"})
            EXPECT_THAT(call.env, HasSubstr(wanted)) << call.argv;
        EXPECT_THAT(call.env, Not(HasSubstr("AWS_SECRET_ACCESS_KEY"))) << call.argv;
        EXPECT_THAT(call.env, Not(HasSubstr("CLUSTERDESK_LEASE"))) << "it never leaves the process that holds it";
    }
}

TEST_F(IbmCluster, IsRefusedBeforeAnythingRunsWhenTheKeyIsOfAnotherAccount) {
    order("ffffffffffffffffffffffffffffffff");

    ASSERT_TRUE(desk.comes_true("SELECT status FROM jobs WHERE type = 'CREATE'", "FAILED")) << desk.story(cluster);
    EXPECT_THAT(desk.db.value("SELECT error_message FROM jobs WHERE type = 'CREATE'"), HasSubstr("account mismatch"));
    EXPECT_TRUE(desk.reaches(cluster, ClusterStatus::DESTROYED)) << desk.story(cluster);
    EXPECT_THAT(programs.verbs(), IsEmpty());
}

TEST_F(IbmCluster, IsNotGoneWhileAServiceIdIsLeft) {
    order();
    ASSERT_TRUE(desk.reaches(cluster, ClusterStatus::READY)) << desk.story(cluster);
    replace_file(desk.dir / "keep", "");

    desk.destroy(cluster);

    ASSERT_TRUE(desk.comes_true("SELECT error_code FROM jobs WHERE type = 'DESTROY'", "credentials-left"))
        << desk.story(cluster);
    EXPECT_THAT(desk.db.value("SELECT error_message FROM jobs WHERE type = 'DESTROY'"), HasSubstr("serviceid"));
    EXPECT_EQ(desk.resources(), 0) << "its machines are";
}

}  // namespace
}  // namespace desk
