// cluster.yaml: what is read, what is refused, and that what is written reads back. tests/contract has the corpus.
#include "core/model/cluster_yaml.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace desk {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr std::string_view kFirst = R"(name: signet
env: prod
platform:
  type: aws
  account_id: "153526447089"
  region: us-east-1
  zones: [us-east-1a, us-east-1b]
dns: {base_domain: labs.example.com}
openshift:
  version: "4.20"
  control_plane_replicas: 3
  compute_replicas: 2
  instance_type_control_plane: m6i.xlarge
  instance_type_compute: m6i.2xlarge
credentials: {cco_mode: mint}
gitops: {repo_url: "https://github.com/bitiq-io/gitops.git", repo_ref: main, env: prod}
)";

std::string with(std::string_view from, std::string_view to) {
    std::string text(kFirst);
    const auto at = text.find(from);
    if (at == std::string::npos) throw std::logic_error("not in the sample: " + std::string(from));
    return text.replace(at, from.size(), to);
}

std::vector<std::string> lines_of(std::string_view text) {
    const auto read = parse_cluster_yaml(text, "c.yaml");
    std::vector<std::string> lines;
    if (!read)
        for (const auto& fault : read.error()) lines.push_back(pointer_line(fault));
    return lines;
}

TEST(ReadClusterYaml, ReadsAFileOfTheFirstVersion) {
    const auto read = parse_cluster_yaml(kFirst, "c.yaml");

    ASSERT_TRUE(read.ok()) << lines_of(kFirst).front();
    EXPECT_EQ(read->api_version, "");
    EXPECT_EQ(read->platform.account_id, "153526447089");
    EXPECT_THAT(read->platform.zones, ElementsAre("us-east-1a", "us-east-1b"));
    EXPECT_EQ(read->openshift.version, "4.20");
    EXPECT_EQ(read->openshift.compute_replicas, 2);
    EXPECT_EQ(read->credentials->cco_mode, "mint");
    EXPECT_EQ(read->gitops->env, "prod");
}

TEST(ReadClusterYaml, CatchesUnquotedTextsAsWhatTheyAre) {
    EXPECT_THAT(lines_of(with("\"153526447089\"", "153526447089")),
                ElementsAre("/platform/account_id: is a number without quotes; write \"153526447089\" in quotes."));
    EXPECT_THAT(
        lines_of(with("\"4.20\"", "4.20")),
        ElementsAre("/openshift/version: is a number without quotes (YAML reads 4.20 as 4.2); write \"4.20\" in "
                    "quotes."));
    EXPECT_THAT(lines_of(with("env: prod\n", "env: on\n")),
                ElementsAre("/env: is a boolean without quotes; write \"on\" in quotes."));
}

TEST(ReadClusterYaml, TellsEveryFaultAtOnceInTheOrderOfTheFile) {
    auto text = with("\"153526447089\"", "153526447089");
    text.replace(text.find("us-east-1b"), 10, "eu-west-1b");
    text += "colour: blue\n";

    EXPECT_THAT(lines_of(text), ElementsAre(HasSubstr("/platform/account_id: "), HasSubstr("/platform/zones/1: "),
                                            HasSubstr("/colour: is not a known key.")));
}

TEST(ReadClusterYaml, SaysNothingTwice) {
    EXPECT_THAT(lines_of(with("platform:\n  type: aws\n", "platform:\n  type: azure\n")),
                ElementsAre(HasSubstr("/platform/type: must be aws, ibmcloud, none or demo")));
    EXPECT_THAT(lines_of("env: x\n"),
                ElementsAre("/name: is missing.", "/platform: is missing.", "/dns: is missing.",
                            "/openshift: is missing.", "/credentials: is missing.", "/gitops: is missing."));
}

TEST(ReadClusterYaml, NamesTheVersionThatAnAdditionNeeds) {
    EXPECT_THAT(lines_of(std::string(kFirst) + "team: payments\n"),
                ElementsAre("/team: is an addition of the desk; begin the file with api_version: portal/v1."));
    EXPECT_THAT(lines_of("api_version: portal/v1\n" + std::string(kFirst) + "team: payments\n"), ElementsAre());
}

TEST(ReadClusterYaml, RefusesWhatIsNoDocument) {
    EXPECT_THAT(lines_of("- a\n"), ElementsAre("must be a group of keys."));
    EXPECT_THAT(lines_of(""), ElementsAre("The file is empty."));
    EXPECT_THAT(lines_of("name: a\nname: b\n"), ElementsAre(HasSubstr("The key \"name\" stands twice")));
}

TEST(WriteClusterYaml, ReadsBackAsItWas) {
    ClusterYaml file = *parse_cluster_yaml(kFirst, "c.yaml");
    file.api_version = kPortalVersion;
    file.owner = "ada \"the first\": yes\n";
    file.owner.pop_back();
    file.ttl_hours = 12;
    file.fips = false;
    file.networking = ClusterYaml::Networking{.network_type = "OVNKubernetes",
                                              .machine_cidr = "10.0.0.0/16",
                                              .cluster_network = {{"10.128.0.0/14", 23}},
                                              .service_network = {"172.30.0.0/16"}};
    file.tags = {{"cost/owner", "4.20"}, {"yes", "no"}};

    const auto read = parse_cluster_yaml(emit(file), "c.yaml");

    ASSERT_TRUE(read.ok()) << emit(file) << lines_of(emit(file)).front();
    EXPECT_EQ(*read, file);
    EXPECT_EQ(emit(*read), emit(file));
}

}  // namespace
}  // namespace desk
