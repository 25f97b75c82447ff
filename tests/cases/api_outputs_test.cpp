// /api/v1/clusters/{cluster}: outputs, the links to them, the receipt.
#include "tests/cases/cluster_api.hpp"

namespace desk {
namespace {

TEST_F(ClusterApi, OutputsMakeALinkAndAnAuditRowAndHoldNoSecret) {
    const auto id = given_cluster({.name = "blue"});
    const auto outputs = given::outputs(db, id);

    const auto answer = get(me, "/api/v1/clusters/" + id.str() + "/outputs");

    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(schemas.faults("Outputs", answer.json), "");
    EXPECT_EQ(answer.json.at("kubeadminPasswordRef"), outputs.password.str());
    EXPECT_EQ(answer.json.at("metadata").at("infraId"), "blue-x7k2p");
    EXPECT_EQ(answer.json.at("metadata").at("kubeconfigSha256"), db.value("SELECT sha256 FROM cluster_artifacts"));
    EXPECT_TRUE(
        answer.json.at("kubeconfigDownloadUrl").get<std::string>().starts_with(config.web.public_url + "/d/dl_"));
    EXPECT_EQ(db.value("SELECT action || ' ' || target FROM audit_events"), "link.create " + id.str());
    EXPECT_EQ(db.count("SELECT count(*) FROM downloads"), 1);
    EXPECT_EQ(answer.header("Cache-Control"), "no-store");
}

TEST_F(ClusterApi, OutputsAreThereWhileTheClusterIs) {
    const auto expected = [](ClusterStatus status) {
        using S = ClusterStatus;
        return status == S::READY || status == S::HIBERNATING || status == S::HIBERNATED || status == S::RESUMING ? 200
                                                                                                                  : 409;
    };
    for (const auto word : all_texts<ClusterStatus>()) {
        const auto status = *parse_enum<ClusterStatus>(word);
        const auto id = given_cluster({.status = status});
        given::outputs(db, id);

        EXPECT_EQ(get(me, "/api/v1/clusters/" + id.str() + "/outputs").status, expected(status)) << word;
    }
    EXPECT_EQ(db.count("SELECT count(*) FROM downloads"), 4);
}

TEST_F(ClusterApi, OutputsAreForWhoMayReadThemAndTokensThatMayWrite) {
    const auto id = given_cluster({.name = "blue"});
    given::outputs(db, id);
    const std::string target = "/api/v1/clusters/" + id.str() + "/outputs";

    EXPECT_EQ(get(people.auditor, target).status, 403);
    EXPECT_EQ(get(people.approver, target).status, 403);
    EXPECT_EQ(call("GET", target, {{"HTTP_AUTHORIZATION", "Bearer " + given::token(db, me, false)}}).status, 403);
    EXPECT_EQ(db.count("SELECT count(*) FROM downloads"), 0);
}

TEST_F(ClusterApi, LinksAreListedWithoutTheirSecretAndCanBeEnded) {
    const auto id = given_cluster({.name = "blue"});
    given::outputs(db, id);
    const std::string target = "/api/v1/clusters/" + id.str() + "/outputs";
    const std::string url = get(me, target).json.at("kubeconfigDownloadUrl");

    const auto before = get(me, target + "/links");
    const auto& link = before.json.at("links").at(0);
    const auto revoke = cat(target, "/links/", link.at("id").get<std::string>(), "/revoke");
    const auto by_stranger = post(people.stranger, revoke);
    const auto of_another =
        post(me, cat("/api/v1/clusters/", given_cluster({.name = "green"}), revoke.substr(revoke.find("/outputs"))));
    const auto ended = post(me, revoke);
    const auto after = get(me, target + "/links");

    EXPECT_EQ(schemas.faults("LinkList", before.json), "");
    EXPECT_EQ(link.at("createdBy"), "requester");
    EXPECT_EQ(link.at("isLive"), true);
    expect_not_in(before.body, url.substr(url.rfind('.')));
    EXPECT_EQ(by_stranger.status, 404);
    EXPECT_EQ(of_another.status, 404);
    EXPECT_EQ(ended.status, 200) << ended.body;
    EXPECT_EQ(schemas.faults("Ended", ended.json), "");
    EXPECT_EQ(schemas.faults("LinkList", after.json), "");
    EXPECT_EQ(after.json.at("links").at(0).at("isLive"), false);
    EXPECT_EQ(after.json.at("links").at(0).at("revokedBy"), "requester");
    EXPECT_EQ(call("GET", url.substr(url.find("/d/")), {}).status, 410);
    EXPECT_EQ(get(people.auditor, target + "/links").status, 403);
    EXPECT_EQ(get(people.stranger, target + "/links").status, 404);
}

TEST_F(ClusterApi, TheReceiptIsThereAtTheEnd) {
    const auto alive = given_cluster({});
    const auto gone = given_cluster({.status = ClusterStatus::DESTROYED});

    EXPECT_EQ(get(me, "/api/v1/clusters/" + alive.str() + "/receipt").status, 409);
    const auto answer = get(people.auditor, "/api/v1/clusters/" + gone.str() + "/receipt");

    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(schemas.faults("Receipt", answer.json), "");
    EXPECT_EQ(answer.json.at("body").at("clean"), true);
}

}  // namespace
}  // namespace desk
