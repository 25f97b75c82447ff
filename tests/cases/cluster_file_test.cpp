// cluster.yaml over the web: every cluster has one to download, and one is an order, by API and on the page.
#include <gmock/gmock.h>

#include "core/model/cluster_yaml.hpp"
#include "tests/cases/api_desk.hpp"
#include "tests/cases/openapi.hpp"

namespace desk {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kFile = R"(api_version: portal/v1
name: blue
env: demo
cost_center: cc-1
ttl_hours: 8
platform: {type: demo, region: demo-east-1}
dns: {base_domain: demo.invalid}
openshift: {version: "4.20"}
tags: {Purpose: a file}
)";

class ClusterFile : public ApiDesk {
  protected:
    const UserId me = people.requester;

    Answer send(const std::string& file, const std::string& query = "") {
        auto headers = by(me);
        headers["HTTP_IDEMPOTENCY_KEY"] = cat("file-", ++keys_used);
        headers["CONTENT_TYPE"] = "application/yaml";
        return call("POST", "/api/v1/clusters" + query, headers, file);
    }
};

TEST_F(ClusterFile, IsAnOrderByTheApi) {
    const Schemas schemas{call("GET", "/api/openapi.json", {}).json};

    const auto answer = send(kFile);

    ASSERT_EQ(answer.status, 202) << answer.body;
    EXPECT_EQ(schemas.faults("Ordered", answer.json), "");
    EXPECT_EQ(db.value("SELECT name || ' ' || version || ' ' || profile || ' ' || team FROM clusters"),
              "blue 4.20.2 demo-small demo");
}

TEST_F(ClusterFile, ComesBackAsItWentIn) {
    const auto ordered = send(kFile);
    ASSERT_EQ(ordered.status, 202) << ordered.body;
    const std::string path = cat("/clusters/", ordered.json.at("clusterId").get<std::string>(), "/cluster.yaml");

    const auto file = get(me, "/api/v1" + path);

    ASSERT_EQ(file.status, 200) << file.body;
    EXPECT_EQ(file.raw.content_type, "application/yaml");
    EXPECT_EQ(file.header("Content-Disposition"), "attachment; filename=\"cluster.yaml\"");
    const auto read = parse_cluster_yaml(file.body, "cluster.yaml");
    ASSERT_TRUE(read.ok()) << file.body << read.error().front().str();
    EXPECT_EQ(read->profile, "demo-small");
    EXPECT_EQ(read->tags.at("Purpose"), "a file");
    EXPECT_EQ(get(people.stranger, "/api/v1" + path).status, 404);

    db.owner().execute(
        "UPDATE clusters SET status = 'CANCELLED'; UPDATE jobs SET status = 'CANCELLED', ended_at = now()");
    const auto again = send(file.body);
    ASSERT_EQ(again.status, 202) << again.body;
    const auto second =
        get(me, cat("/api/v1/clusters/", again.json.at("clusterId").get<std::string>(), "/cluster.yaml"));
    EXPECT_EQ(second.body, file.body);
}

TEST_F(ClusterFile, IsRefusedWithEveryFaultByItsPointer) {
    const auto broken = send(
        "name: blue\nenv: demo\nplatform: {type: demo, region: demo-east-1}\n"
        "dns: {base_domain: demo.invalid}\nopenshift: {version: 4.20}\napi_version: portal/v1\n");
    EXPECT_EQ(broken.status, 422);
    EXPECT_THAT(broken.errors().at("/openshift/version"), HasSubstr("is a number without quotes"));

    std::string text = kFile;
    text.replace(text.find("cc-1"), 4, "cc-1\npublish: Internal");
    text.replace(text.find("ttl_hours: 8"), 12, "ttl_hours: 100");
    const auto refused = send(text, "?profile=demo-small");
    EXPECT_EQ(refused.status, 422) << refused.body;
    EXPECT_THAT(refused.errors().at("/publish"), HasSubstr("profile demo-small gives External"));
    EXPECT_THAT(refused.errors().at("/ttl_hours"), HasSubstr("exceeds the maximum"));
    EXPECT_EQ(refused.errors().size(), 2U);
    EXPECT_EQ(db.count("SELECT count(*) FROM clusters"), 0);
}

TEST_F(ClusterFile, LeavesToTheQueryWhatItDoesNotSay) {
    std::string text = kFile;
    text.erase(text.find("cost_center"), std::string("cost_center: cc-1\nttl_hours: 8\n").size());

    EXPECT_EQ(send(text).errors().count("/cost_center"), 1U);
    EXPECT_EQ(send(text, "?costCenter=cc-9&ttlHours=four").errors().count("ttlHours"), 1U);
    ASSERT_EQ(send(text, "?costCenter=cc-9&ttlHours=4").status, 202);
    EXPECT_EQ(db.value("SELECT cost_center FROM clusters"), "cc-9");
}

TEST_F(ClusterFile, AnswersARepeatedKeyWithItsFirstAnswer) {
    auto headers = by(me);
    headers["HTTP_IDEMPOTENCY_KEY"] = "once";
    headers["CONTENT_TYPE"] = "application/yaml; charset=utf-8";

    const auto first = call("POST", "/api/v1/clusters", headers, kFile);
    const auto second = call("POST", "/api/v1/clusters", headers, kFile);

    EXPECT_EQ(first.status, 202) << first.body;
    EXPECT_EQ(second.body, first.body);
    EXPECT_EQ(second.header("Idempotency-Replayed"), "true");
    EXPECT_EQ(db.count("SELECT count(*) FROM clusters"), 1);
}

}  // namespace
}  // namespace desk
