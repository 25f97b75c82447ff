// Profiles: what is read, what is a fault, what only can't be ordered.
#include "core/model/profile.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/text.hpp"
#include "core/model/profile_catalog.hpp"
#include "tests/unit/model/samples.hpp"

namespace desk {
namespace {

using samples::faults_of;
using samples::profile_with;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(Profile, IsReadWithItsDefaults) {
    const Profile p = samples::profile();

    EXPECT_EQ(p.name, "demo-lab");
    EXPECT_EQ(p.platform, Platform::demo);
    EXPECT_EQ(p.cluster_type, ClusterType::openshift);
    EXPECT_TRUE(p.enabled);
    EXPECT_EQ(p.versions().default_value, "4.20.3");
    EXPECT_EQ(p.control_plane().replicas, 3);
    EXPECT_EQ(p.workers().most(), 10);
    EXPECT_EQ(p.vcpus(), 3 * 4 + 3 * 8);
    EXPECT_EQ(p.rates().running, *Money::parse("2.5"));
    EXPECT_EQ(p.rates().hibernated, *Money::parse("0.25"));
    EXPECT_EQ(p.approval.auto_approve->max_ttl_hours, 8);
    EXPECT_EQ(p.deadlines.install, 90min);
    EXPECT_EQ(p.pace().seconds_per_hour, 3600);
    EXPECT_EQ(p.networking.network_type, "OVNKubernetes");
    ASSERT_EQ(p.networking.cluster_networks.size(), 1U);
    EXPECT_EQ(p.networking.cluster_networks[0].cidr, "10.128.0.0/14");
    EXPECT_EQ(p.unavailable_reason(), std::nullopt);
}

TEST(Profile, WithoutAWordOnApprovalNeedsOne) {
    std::string text(samples::kProfile);
    const Profile p = samples::profile(text.substr(0, text.find("approval:")));

    EXPECT_EQ(p.approval.approvals, 1);
    EXPECT_FALSE(p.approval.auto_approve);
}

/// A rule: what is changed in a good profile, and what the fault then says.
struct Breakage {
    const char* from;
    const char* to;
    const char* fault;
};
void PrintTo(const Breakage& broken, std::ostream* out) { *out << broken.to; }

class BrokenProfile : public ::testing::TestWithParam<Breakage> {};

TEST_P(BrokenProfile, IsRefusedWithLineKeyAndWayOut) {
    EXPECT_THAT(faults_of(profile_with(GetParam().from, GetParam().to)), HasSubstr(GetParam().fault));
}

INSTANTIATE_TEST_SUITE_P(
    Keys, BrokenProfile,
    ::testing::Values(
        Breakage{"displayName: Lab", "dispalyName: Lab",
                 "p.yaml:2: dispalyName: is not a known key; did you mean \"displayName\"?"},
        Breakage{"displayName: Lab", "dispalyName: Lab", "displayName: is missing."},
        Breakage{"    minReplicas: 2", "    minReplica: 2",
                 "p.yaml:21: compute.workers.minReplica: is not a known key; did you mean \"minReplicas\"?"},
        Breakage{"description: For tests.", "description:", "description: is empty; it needs a value."},
        Breakage{"platform: demo", "platform: amazon",
                 "platform: \"amazon\" is none of: aws, ibmcloud, gcp, azure, none, doks, demo."},
        Breakage{"replicas: 3\n    minReplicas", "replicas: \"3\"\n    minReplicas",
                 "must be a whole number, without quotes."},
        Breakage{"schedulable: false", "schedulable: no", "must be true or false, without quotes."},
        Breakage{"estimatedHourlyCost: 2.50", "estimatedHourlyCost: cheap", "\"cheap\" is not an amount in dollars"},
        Breakage{"estimatedHourlyCost: 2.50", "estimatedHourlyCost: -1", "is not an amount in dollars"},
        Breakage{"demo-west-1]\n", "demo-west-1, demo-east-1]\n",
                 "regions.allowlist[2]: \"demo-east-1\" stands twice."},
        Breakage{"maxTTLHours: 72", "maxTTLHours: 721", "lifecycle.maxTTLHours: is 721; it must be 1 to 720."},
        Breakage{"  lapseHours: 48", "  lapseHours: 48\ndeadlines: {install: 90}",
                 "deadlines.install: \"90\" is not a duration such as 90m"}));

INSTANTIATE_TEST_SUITE_P(
    Versions, BrokenProfile,
    ::testing::Values(Breakage{"default: \"4.20.3\"", "default: 4.20",
                               "openshiftVersions.default: is a number without quotes (YAML reads 4.20 as 4.2); write "
                               "\"4.20\" in quotes."},
                      Breakage{"\"4.20.4\"]", "4.20]", "openshiftVersions.allowlist[1]: is a number without quotes"},
                      Breakage{"default: \"4.20.3\"", "default: \"4.19.1\"",
                               "p.yaml:7: openshiftVersions.default: \"4.19.1\" is not in the allowlist."},
                      Breakage{"[\"4.20.3\", \"4.20.4\"]", "[]", "openshiftVersions.allowlist: must not be empty."},
                      Breakage{"openshiftVersions", "kubernetesVersions", "openshiftVersions: is missing."},
                      Breakage{"openshiftVersions", "kubernetesVersions",
                               "kubernetesVersions: is not for cluster type openshift; use openshiftVersions."}));

INSTANTIATE_TEST_SUITE_P(
    Rules, BrokenProfile,
    ::testing::Values(
        Breakage{"name: demo-lab", "name: aws-lab", "p.yaml:1: name: must begin with \"demo-\"."},
        Breakage{"name: demo-lab", "name: demo-Lab", "name: must be of lower-case letters"},
        Breakage{"platform: demo", "platform: demo\nclusterType: rosa",
                 "clusterType: rosa runs on platform aws, not on demo."},
        Breakage{"replicas: 3\n    instanceType: demo-4x16", "replicas: 4\n    instanceType: demo-4x16",
                 "p.yaml:16: compute.controlPlane.replicas: is 4; it must be 1, 3 or 5"},
        Breakage{"minReplicas: 2", "minReplicas: 4", "compute.workers.replicas: is 3; it must be from minReplicas (4)"},
        Breakage{"maxReplicas: 10", "maxReplicas: 2", "to maxReplicas (2)."},
        Breakage{"instanceType: demo-4x16", "instanceType: big", "\"big\" is no size whose vCPUs are known"},
        Breakage{"    instanceType: demo-4x16\n", "", "compute.controlPlane.instanceType: is missing."},
        Breakage{"replicas: 3\n    minReplicas: 2", "replicas: 0\n    minReplicas: 0",
                 "must be true when there are no workers"},
        Breakage{"    maxReplicas: 10", "    maxReplicas: 10\n    machineType: e2",
                 "is for managed cluster types only."},
        Breakage{"defaultTTLHours: 8", "defaultTTLHours: 73",
                 "p.yaml:26: lifecycle.defaultTTLHours: is 73; it must be at most maxTTLHours (72)."},
        Breakage{"allowlist: [demo.example.com]", "allowlist: [Demo.example.com, demo.example.com]",
                 "baseDomains.allowlist[0]: Use a lower-case DNS name"},
        Breakage{"{Purpose: testing}", "{Owner: me}", "tags.defaults.Owner: The tag Owner is reserved"},
        Breakage{"{Purpose: testing}", "{Purpose: \"a,b\"}",
                 "tags.defaults.Purpose: The value of tag Purpose may have"},
        Breakage{"{Purpose: testing}",
                 "{a: 1, b: 1, c: 1, d: 1, e: 1, f: 1, g: 1, h: 1, i: 1, j: 1, k: 1, l: 1, m: 1, n: 1, o: 1}",
                 "tags: has 15 tags; platform demo takes 25 in all and the desk sets 11, so 14 are left."},
        Breakage{"offHoursScaling: true", "oidcProvider: true",
                 "features.oidcProvider: is for managed cluster types only."},
        Breakage{"estimatedHourlyCost: 2.50",
                 "estimatedHourlyCost: 2.50\n  maxMonthlyCost: 9\n  budgetAlertThreshold: 1.5",
                 "budgetAlertThreshold: is 1.5; it must be 0 to 1."},
        Breakage{"estimatedHourlyCost: 2.50", "estimatedHourlyCost: 2.50\n  hibernatedHourlyCost: 3",
                 "hibernatedHourlyCost: must be at most estimatedHourlyCost."},
        Breakage{"platform: demo", "platform: demo\ncredentialsMode: Mint",
                 "credentialsMode: Mint is not possible on platform demo"},
        Breakage{"approvals: 1", "approvals: 0", "has no meaning with approvals: 0"},
        Breakage{"{maxTTLHours: 8}", "{}", "approval.autoApprove: needs a limit"},
        Breakage{"  lapseHours: 48", "  lapseHours: 48\nplatformConfig: {aws: {}}",
                 "platformConfig.aws: is for platform aws; this profile is for demo."},
        Breakage{"  lapseHours: 48", "  lapseHours: 48\nplatformConfig: {gke: {nodePools: [{nodeCout: 1}]}}",
                 "platformConfig.gke.nodePools[0].nodeCout: is not a known key; did you mean \"nodeCount\"?"},
        Breakage{"  lapseHours: 48", "  lapseHours: 48\nplatformConfig: {rosa: {stsEnabled: \"true\"}}",
                 "platformConfig.rosa.stsEnabled: must be true or false"},
        Breakage{"  lapseHours: 48", "  lapseHours: 48\ndemo: {secondsPerHour: 0}",
                 "demo.secondsPerHour: is 0; it must be 1 to 3600."},
        Breakage{"  lapseHours: 48",
                 "  lapseHours: 48\ngitops: {repoUrl: \"https://token@git.example.com/r\", repoRef: main, env: lab}",
                 "gitops.repoUrl: must not hold a user or a token"}));

INSTANTIATE_TEST_SUITE_P(
    Networks, BrokenProfile,
    ::testing::Values(
        Breakage{"lifecycle:", "networking: {machineNetwork: [{cidr: 10.0.0.1/16}]}\nlifecycle:",
                 "networking.machineNetwork[0].cidr: 10.0.0.1/16 has bits behind its prefix; write 10.0.0.0/16."},
        Breakage{"lifecycle:", "networking: {machineNetwork: [{cidr: 10.130.0.0/16}]}\nlifecycle:",
                 "10.128.0.0/14 overlaps the machine network 10.130.0.0/16."},
        Breakage{"lifecycle:", "networking: {machineNetwork: [{cidr: 100.64.0.0/20}]}\nlifecycle:",
                 "100.64.0.0/20 overlaps 100.64.0.0/16, which OVN-Kubernetes uses itself."},
        Breakage{"lifecycle:", "networking: {machineNetwork: [{cidr: everywhere}]}\nlifecycle:",
                 "\"everywhere\" is not an IPv4 network"},
        Breakage{"lifecycle:", "networking: {serviceNetwork: [172.30.0.0/16, 172.31.0.0/16]}\nlifecycle:",
                 "networking.serviceNetwork: must have exactly one network."},
        Breakage{"lifecycle:", "networking: {serviceNetwork: [172.0.0.0/8]}\nlifecycle:", "must be /12 or smaller."},
        Breakage{"lifecycle:", "networking: {clusterNetworks: [{cidr: 10.128.0.0/14, hostPrefix: 13}]}\nlifecycle:",
                 "hostPrefix: is 13; it must be from the network's own prefix (14) to 28."},
        Breakage{"lifecycle:", "networking: {clusterNetworks: [{cidr: 10.128.0.0/14, hostPrefix: 33}]}\nlifecycle:",
                 "hostPrefix: is 33;"},
        Breakage{"lifecycle:", "networking: {clusterNetworks: [{cidr: 10.128.0.0/20, hostPrefix: 23}]}\nlifecycle:",
                 "hostPrefix: leaves room for 8 nodes; this cluster may have 13."},
        Breakage{"lifecycle:", "networking: {networkType: OpenShiftSDN}\nlifecycle:", "must be OVNKubernetes"}));

TEST(ProfileFaults, AreAllToldAtOnceByLine) {
    std::string text = profile_with("name: demo-lab", "name: lab");
    text.replace(text.find("defaultTTLHours: 8"), 18, "defaultTTLHours: 99");
    text += "colour: blue\n";

    const auto profile = parse_profile(text, "p.yaml");

    ASSERT_FALSE(profile.ok());
    ASSERT_EQ(profile.error().size(), 3U);
    EXPECT_EQ(profile.error()[0].where, "name");
    EXPECT_EQ(profile.error()[1].where, "lifecycle.defaultTTLHours");
    EXPECT_EQ(profile.error()[2].where, "colour");
}

TEST(ProfileFaults, AreNotRepeatedByTheRulesOfWhatCouldNotBeRead) {
    EXPECT_EQ(faults_of(profile_with("maxTTLHours: 72", "maxTTLHours: long")),
              "p.yaml:25: lifecycle.maxTTLHours: must be a whole number, without quotes.\n");
    EXPECT_THAT(faults_of("[]"), HasSubstr("p.yaml:1: must be a group of keys."));
    EXPECT_THAT(faults_of("a: 1"), HasSubstr("compute: is missing."));
}

TEST(ProfileFaults, OfAwsFollowTheInstaller) {
    const std::string good = samples::aws_profile();
    const auto with = [&](std::string_view from, std::string_view to) {
        std::string text = good;
        return faults_of(text.replace(text.find(from), from.size(), to));
    };

    EXPECT_EQ(faults_of(good), "");
    EXPECT_THAT(with("required\n", "sometimes\n"), HasSubstr("instanceMetadataService: must be required or optional."));
    EXPECT_THAT(
        with("instanceType: m6i.2xlarge", "instanceType: m6g.2xlarge"),
        HasSubstr("compute.workers.instanceType: \"m6g.2xlarge\" is arm64, and the control plane's \"m6i.xlarge\" "
                  "is amd64: a cluster is of one architecture. Choose both sizes of the same."));
    EXPECT_THAT(with("us-west-2", "cn-north-1"), HasSubstr("regions.allowlist[1]: is in China, where"));
    EXPECT_EQ(with("us-west-2", "us-gov-west-1"), "");
    EXPECT_THAT(with("iops: 3000", "iops: 99999"), HasSubstr("must be 0 to 16000 for gp3."));
    EXPECT_THAT(with("type: gp3", "type: gp2"), HasSubstr("is not for volumes of type \"gp2\"."));
    EXPECT_THAT(with("type: gp3", "type: gp9"), HasSubstr("rootVolume.type: must be gp3"));
    EXPECT_THAT(with("    rootVolume", "    subnets: [subnet-1, subnet-1, vpc-1]\n    rootVolume"),
                AllOf(HasSubstr("subnets[0]: stands twice."), HasSubstr("subnets[2]: must be the id of a subnet")));
    EXPECT_THAT(good + "demo: {secondsPerHour: 10}\n", HasSubstr("demo"));
    EXPECT_THAT(faults_of(good + "demo: {secondsPerHour: 10}\n"), HasSubstr("demo: is for platform demo only"));
    EXPECT_THAT(faults_of(good + "guardrail: {accountIds: [12345]}\n"), HasSubstr("the 12 digits of an AWS account"));
    EXPECT_EQ(faults_of(good + "guardrail: {accountIds: [012345678901]}\n"), "");
    EXPECT_THAT(faults_of(good + "zones: {allowlist: [us-east-1a, eu-west-1a], default: us-east-1a}\n"),
                HasSubstr("zones.allowlist[1]: \"eu-west-1a\" is in none of the regions."));
}

TEST(ProfileOfAnotherControlPlane, LoadsUnchanged) {
    // The reserved keys that such profiles carry: Environment gives the system tag its value, ManagedBy is overridden.
    EXPECT_EQ(faults_of(profile_with("{Purpose: testing}", "{Purpose: testing, ManagedBy: cluster-control-plane}")),
              "");
    EXPECT_EQ(faults_of(profile_with("platform: demo", "platform: demo\ntrack: ga\nenabled: true")), "");
    EXPECT_EQ(faults_of(std::string(samples::kProfile) + R"(
postDeployment:
  enabled: true
  timeout: 30m
  operators:
    - {name: o, namespace: n, source: s, channel: c,
       customResource: {apiVersion: v1, kind: K, name: x, spec: {any: [thing, 1]}}}
  scripts:
    - {name: s, path: p, description: d, env: {A: b}}
  manifests:
    - {name: m, url: "https://example.com/m.yaml", namespace: n}
  helmCharts:
    - {name: h, repo: "https://example.com", chart: c, values: {a: {b: 1}}}
defaultAddons:
  - {addonID: odf, version: "1"}
metadata:
  capabilities: [bare-metal]
  capacity: {nodes: 6, vcpu: "40 vCPU"}
  notes: [one]
)"),
              "");
}

TEST(ProfileOfAnotherControlPlane, MayBeOfAManagedType) {
    const std::string text = R"(name: gke-standard
displayName: GKE
description: Managed.
platform: gcp
clusterType: gke
track: kube
kubernetesVersions: {allowlist: ["1.35", "1.34"], default: "1.34"}
regions: {allowlist: [us-central1], default: us-central1}
compute:
  workers: {replicas: 3, minReplicas: 1, maxReplicas: 10, machineType: e2-medium, autoscaling: true}
lifecycle: {maxTTLHours: 168, defaultTTLHours: 48, allowCustomTTL: true, warnBeforeDestroyHours: 4}
tags:
  required: {Environment: development}
  defaults: {ManagedBy: x, ClusterType: gke}
  allowUserTags: true
features: {offHoursScaling: true}
costControls: {estimatedHourlyCost: 0.05, maxMonthlyCost: 40, budgetAlertThreshold: 0.8}
platformConfig:
  gke:
    enabledClusterLogTypes: [SYSTEM_COMPONENTS]
    publicAccess: true
    releaseChannel: regular
    nodePools:
      - {name: pool, machineType: e2-medium, diskType: pd-standard, diskSizeGB: 100, nodeCount: 3, enableAutoScale: true}
)";
    EXPECT_EQ(faults_of(text), "");
    EXPECT_THAT(*samples::profile(text).unavailable_reason(), HasSubstr("type gke are not supported yet"));
}

TEST(UnavailableReason, SaysWhyAGoodProfileCanNotBeOrdered) {
    const auto reason = [](const std::string& text, const Platforms& configured = {Platform::demo}) {
        return samples::profile(text, configured).unavailable_reason().value_or("");
    };

    EXPECT_EQ(reason(samples::aws_profile()), "Platform aws is not configured on this desk.");
    EXPECT_EQ(reason(samples::aws_profile(), {Platform::aws}), "");
    EXPECT_EQ(reason(profile_with("platform: demo", "platform: demo\nenabled: false")),
              "This profile is switched off (enabled: false).");
    EXPECT_THAT(reason(profile_with("maxReplicas: 10", "maxReplicas: 10\n    autoscaling: true")),
                HasSubstr("Autoscaling"));
    EXPECT_THAT(reason(profile_with("schedulable: false", "schedulable: true")),
                HasSubstr("schedulable control plane"));
    EXPECT_THAT(reason(profile_with("offHoursScaling: true", "fipsMode: true")), HasSubstr("FIPS"));
    EXPECT_THAT(reason(profile_with("[\"4.20.3\", \"4.20.4\"]", "[\"4.20.3\", \"4.20\"]")),
                HasSubstr("not an exact release"));
}

TEST(Catalog, KeepsFaultsByFileAndRefusesTwoOfOneName) {
    const std::string good(samples::kProfile);
    const Catalog catalog = Catalog::of({{"a.yaml", profile_with("demo-lab", "demo-a")},
                                         {"b.yaml", good},
                                         {"c.yaml", good},
                                         {"d.yaml", "name: [\n"},
                                         {"e.yaml", samples::aws_profile()}},
                                        {Platform::demo});

    EXPECT_NE(catalog.find("demo-a"), nullptr);
    EXPECT_EQ(catalog.find("demo-lab"), nullptr);
    EXPECT_NE(catalog.find("aws-lab"), nullptr);
    EXPECT_THAT(catalog.orderable(), ElementsAre(catalog.find("demo-a")));
    ASSERT_EQ(catalog.faults().size(), 3U);
    EXPECT_THAT(catalog.faults().at("b.yaml").front().message, HasSubstr("b.yaml, c.yaml"));
    EXPECT_EQ(catalog.faults().at("d.yaml").front().file, "d.yaml");
}

}  // namespace
}  // namespace desk
