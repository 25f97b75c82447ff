// From a cluster.yaml to an order and back.
#include "core/model/cluster_order.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/model/samples.hpp"

namespace desk {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::string_view kFirstOrder = R"(name: signet
env: lab
platform: {type: aws, account_id: "153526447089", region: us-east-1, zones: [us-east-1c, us-east-1b, us-east-1a]}
dns: {base_domain: demo.example.com}
openshift:
  version: "4.20"
  control_plane_replicas: 3
  compute_replicas: 3
  instance_type_control_plane: m6i.xlarge
  instance_type_compute: m6i.2xlarge
credentials: {aws_profile: signet-admin, cco_mode: mint}
gitops: {repo_url: "https://github.com/bitiq-io/gitops.git", repo_ref: main, env: prod}
)";

std::string aws_text() {
    return samples::aws_profile() + R"(guardrail: {accountIds: ["153526447089"]}
gitops:
  repoUrl: https://github.com/bitiq-io/gitops.git
  repoRef: main
  env: prod
  allowedRepos: [{repoUrl: "https://github.com/bitiq-io/gitops.git", refs: [v1.4.0]}]
)";
}

Catalog catalog_of(const std::vector<std::string>& texts) {
    std::vector<ProfileFile> files;
    for (const auto& text : texts) files.push_back({std::to_string(files.size()) + ".yaml", text});
    return Catalog::of(files, {Platform::demo, Platform::aws, Platform::ibmcloud, Platform::none});
}

std::string with(std::string text, std::string_view from, std::string_view to) {
    const auto at = text.find(from);
    if (at == std::string::npos) throw std::logic_error("not in the text: " + std::string(from));
    return text.replace(at, from.size(), to);
}

FileOrder read(const Catalog& catalog, const std::string& text, const BesideFile& beside = {}) {
    const auto file = parse_cluster_yaml(text, "c.yaml");
    if (!file) throw std::logic_error(pointer_line(file.error().front()));
    return order_of(*file, beside, catalog, samples::requester());
}

std::vector<std::string> errors_of(const FileOrder& found) {
    std::vector<std::string> lines;
    for (const auto& error : found.errors) lines.push_back(error.field + ": " + error.error);
    return lines;
}

TEST(OrderOfAFile, FindsTheProfileThatFitsAFileOfTheFirstVersion) {
    const Catalog catalog = catalog_of({std::string(samples::kProfile), aws_text()});

    const auto found = read(catalog, std::string(kFirstOrder),
                            {.team = "search", .cost_center = "cc-1", .reason = "tests", .ttl_hours = 12});

    ASSERT_THAT(errors_of(found), IsEmpty());
    EXPECT_EQ(found.profile, catalog.find("aws-lab"));
    EXPECT_EQ(found.order.version, "4.20.4") << "the newest of the minor version";
    EXPECT_EQ(found.order.ttl_hours, 12);
    EXPECT_EQ(found.order.team, "search");
    EXPECT_EQ(found.order.reason, "tests");
    EXPECT_EQ(found.order.gitops_repo_url, "") << "it is the profile's own";
    EXPECT_THAT(found.notes, ElementsAre(HasSubstr("credentials.aws_profile is not taken over")));
}

TEST(OrderOfAFile, SaysOfEachProfileWhyItDoesNotFit) {
    const Catalog catalog = catalog_of({std::string(samples::kProfile), aws_text()});

    const auto found = read(catalog, with(std::string(kFirstOrder), "compute_replicas: 3", "compute_replicas: 5"));

    EXPECT_EQ(found.profile, nullptr);
    EXPECT_THAT(errors_of(found),
                ElementsAre("/profile: No profile fits.",
                            "/profile: aws-lab: /openshift/compute_replicas is 5; profile aws-lab gives 3.",
                            "/profile: demo-lab: /platform/type is aws; profile demo-lab is for platform demo."));
}

TEST(OrderOfAFile, AsksWhichOneWhenSeveralFit) {
    const Catalog catalog = catalog_of({aws_text(), with(aws_text(), "aws-lab", "aws-other")});

    EXPECT_THAT(errors_of(read(catalog, std::string(kFirstOrder))),
                ElementsAre("/profile: Several profiles fit: aws-lab, aws-other. Name one of them."));
    EXPECT_EQ(read(catalog, std::string(kFirstOrder), {.profile = "aws-other"}).order.profile, "aws-other");
}

TEST(OrderOfAFile, TellsEverythingThatANamedProfileDoesNotGive) {
    const Catalog catalog = catalog_of({aws_text()});
    std::string text = with(std::string(kFirstOrder), "version: \"4.20\"", "version: \"4.18.1\"");
    text = with(text, "us-east-1a]", "us-east-1d]");
    text = with(text, "153526447089", "111111111111");
    text = with(text, "cco_mode: mint", "cco_mode: manual-sts");
    text = with(text, "env: lab", "env: live");

    EXPECT_THAT(errors_of(read(catalog, text, {.profile = "aws-lab"})),
                ElementsAre("/openshift/version: is 4.18.1; profile aws-lab offers version 4.20.3, 4.20.4.",
                            "/env: is live; profile aws-lab gives lab.",
                            "/platform/account_id: is 111111111111; profile aws-lab gives 153526447089.",
                            "/platform/zones: is us-east-1b, us-east-1c, us-east-1d; profile aws-lab gives us-east-1a, "
                            "us-east-1b, us-east-1c.",
                            "/credentials/cco_mode: is manual-sts; profile aws-lab sets nothing here."));
}

TEST(OrderOfAFile, RefusesSpotWorkersAndAProfileThatIsNotThere) {
    const Catalog catalog = catalog_of({aws_text()});

    EXPECT_THAT(errors_of(read(catalog,
                               with(std::string(kFirstOrder), "control_plane_replicas: 3",
                                    "compute_market: spot\n  control_plane_replicas: 3"),
                               {.profile = "aws-lab"})),
                ElementsAre(HasSubstr("/openshift/compute_market: is spot; spot workers are not supported yet")));
    EXPECT_THAT(errors_of(read(catalog, std::string(kFirstOrder), {.profile = "aws-best"})),
                ElementsAre("/profile: There is no profile \"aws-best\"; there are: aws-lab."));
}

TEST(OrderOfAFile, SaysWhereFileAndCallContradictEachOther) {
    const Catalog catalog = catalog_of({aws_text()});
    const std::string text = "api_version: portal/v1\nteam: payments\nttl_hours: 8\n" + std::string(kFirstOrder);

    const auto found = read(catalog, text, {.team = "search", .ttl_hours = 8});

    EXPECT_THAT(errors_of(found),
                ElementsAre("/team: is another one in the file than beside it; leave one of them out."));
    EXPECT_EQ(found.order.team, "payments");
}

TEST(OrderOfAFile, TakesARepositoryOnlyIfTheProfileAllowsIt) {
    const Catalog catalog = catalog_of({aws_text()});
    const Profile& profile = *catalog.find("aws-lab");
    const BesideFile beside{.team = "payments", .cost_center = "cc-1"};

    const auto allowed = read(catalog, with(std::string(kFirstOrder), "repo_ref: main", "repo_ref: v1.4.0"), beside);
    const auto foreign = read(catalog, with(std::string(kFirstOrder), "repo_ref: main", "repo_ref: mine"), beside);

    const auto good = evaluate(allowed.order, &profile, {}, samples::requester());
    ASSERT_THAT(good.errors, IsEmpty());
    EXPECT_EQ(good.order->gitops->repo_ref, "v1.4.0");
    const auto bad = under_pointers(evaluate(foreign.order, &profile, {}, samples::requester()).errors);
    ASSERT_EQ(bad.size(), 1U);
    EXPECT_EQ(bad.front().field, "/gitops/repo_url");
    EXPECT_THAT(bad.front().error, HasSubstr("does not allow this repository and ref"));
}

TEST(ClusterYamlOfAnOrder, OrdersTheSameAgain) {
    const Catalog catalog = catalog_of({std::string(samples::kProfile), aws_text()});
    for (const auto& [name, profile] : catalog.profiles()) {
        Order order = samples::order(profile);
        order.owner = "ada";
        order.extra_tags = {{"Purpose", "load"}, {"cost/owner", "me"}};
        order.offhours_opt_in = true;
        if (name == "demo-lab") order.failure = DemoFailure::OPERATORS;
        if (name == "aws-lab") {
            order.gitops_repo_url = "https://github.com/bitiq-io/gitops.git";
            order.gitops_repo_ref = "v1.4.0";
        }
        const EffectiveOrder ordered = samples::effective(order, profile);

        const std::string text = emit(cluster_yaml_of(ordered));
        const auto again = read(catalog, text);

        ASSERT_THAT(errors_of(again), IsEmpty()) << text;
        EXPECT_EQ(samples::effective(again.order, profile), ordered) << text;
        EXPECT_EQ(emit(cluster_yaml_of(samples::effective(again.order, profile))), text);
    }
}

TEST(ClusterYamlOfAnOrder, KeepsWhatAFileOfTheFirstVersionSaid) {
    const Catalog catalog = catalog_of({aws_text()});
    const auto said = *parse_cluster_yaml(kFirstOrder, "c.yaml");
    const auto found = read(catalog, std::string(kFirstOrder), {.team = "payments", .cost_center = "cc-1"});

    const auto out = cluster_yaml_of(samples::effective(found.order, *found.profile));

    EXPECT_EQ(out.name, said.name);
    EXPECT_EQ(out.env, said.env);
    EXPECT_EQ(out.platform.account_id, said.platform.account_id);
    EXPECT_THAT(out.platform.zones, ::testing::UnorderedElementsAreArray(said.platform.zones));
    EXPECT_EQ(out.dns, said.dns);
    EXPECT_EQ(out.openshift.version, "4.20.4");
    EXPECT_EQ(out.openshift.compute_replicas, said.openshift.compute_replicas);
    EXPECT_EQ(out.openshift.instance_type_compute, said.openshift.instance_type_compute);
    EXPECT_EQ(out.gitops, said.gitops);
}

}  // namespace
}  // namespace desk
