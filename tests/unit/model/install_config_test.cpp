// install-config.yaml: what is written, and that nothing typed can become structure.
#include "core/model/install_config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "tests/unit/model/samples.hpp"

namespace desk {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

InstallConfig config_of(const std::string& profile_text, const Tags& tags = {{"Team", "payments"}}) {
    const Profile profile =
        samples::profile(profile_text, {Platform::demo, Platform::aws, Platform::ibmcloud, Platform::none});
    return install_config_of(samples::effective(samples::order(profile), profile), tags);
}

void expect_same_when_read_back(const InstallConfig& config) {
    const auto read = parse_install_config(emit(config));
    ASSERT_TRUE(read.ok()) << read.error().front().str() << "\n" << emit(config);
    EXPECT_EQ(*read, config) << emit(config);
}

TEST(InstallConfig, IsTheFileThatTheInstallerExpects) {
    EXPECT_EQ(emit(config_of(samples::aws_profile())), R"(apiVersion: "v1"
baseDomain: "demo.example.com"
compute:
  - name: "worker"
    replicas: 3
    platform:
      aws:
        type: "m6i.2xlarge"
        zones:
          - "us-east-1a"
          - "us-east-1b"
          - "us-east-1c"
        rootVolume:
          type: "gp3"
          size: 120
          iops: 3000
        metadataService:
          authentication: "Required"
controlPlane:
  name: "master"
  replicas: 3
  platform:
    aws:
      type: "m6i.xlarge"
      zones:
        - "us-east-1a"
        - "us-east-1b"
        - "us-east-1c"
      rootVolume:
        type: "gp3"
        size: 120
        iops: 3000
      metadataService:
        authentication: "Required"
metadata:
  name: "ada-test"
networking:
  networkType: "OVNKubernetes"
  clusterNetwork:
    - cidr: "10.128.0.0/14"
      hostPrefix: 23
  machineNetwork:
    - cidr: "10.0.0.0/16"
  serviceNetwork:
    - "172.30.0.0/16"
platform:
  aws:
    region: "us-east-1"
    userTags:
      "Team": "payments"
    propagateUserTags: true
publish: "External"
sshKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIL4gI2+erKxJfn1JNvCFrZ2FNPXRj4DpT8PUjVxBB2zG ada@example.com"
)");
}

TEST(InstallConfig, ReadsBackAsItWasOnEveryPlatform) {
    std::string none(samples::kProfile);
    none.replace(none.find("demo-lab"), 8, "none-lab").replace(none.find("platform: demo"), 14, "platform: none");
    std::string ibm(samples::kProfile);
    ibm.replace(ibm.find("demo-lab"), 8, "ibmcloud-lab").replace(ibm.find("platform: demo"), 14, "platform: ibmcloud");
    for (const auto& text : {std::string(samples::kProfile), samples::aws_profile(), none,
                             ibm + "platformConfig: {ibmcloud: {resourceGroup: labs}}\n"})
        expect_same_when_read_back(config_of(text));
}

TEST(InstallConfig, SaysOnlyWhatThePlatformTakes) {
    std::string none(samples::kProfile);
    none.replace(none.find("demo-lab"), 8, "none-lab").replace(none.find("platform: demo"), 14, "platform: none");
    std::string ibm(samples::kProfile);
    ibm.replace(ibm.find("demo-lab"), 8, "ibm-lab").replace(ibm.find("platform: demo"), 14, "platform: ibmcloud");

    EXPECT_THAT(emit(config_of(none)),
                AllOf(HasSubstr("platform:\n  none:\n    {}\n"), Not(HasSubstr("credentialsMode")),
                      Not(HasSubstr("region")), Not(HasSubstr("type:"))));
    EXPECT_THAT(emit(config_of(ibm)), AllOf(HasSubstr("credentialsMode: \"Manual\""), Not(HasSubstr("userTags"))));
    EXPECT_THAT(
        emit(config_of(std::string(samples::kProfile))),
        AllOf(HasSubstr("  demo:\n    region: \"demo-east-1\"\n    userTags:\n"), Not(HasSubstr("credentialsMode"))));
}

TEST(InstallConfig, PublishesInternallyOnlyForPrivateClusters) {
    EXPECT_THAT(emit(config_of(samples::profile_with("offHoursScaling: true", "privateCluster: true"))),
                HasSubstr("publish: \"Internal\""));
    EXPECT_THAT(emit(config_of(samples::aws_profile())), HasSubstr("publish: \"External\""));
}

TEST(InstallConfig, LeavesOutAKeyThatWasNotGiven) {
    InstallConfig config = config_of(samples::aws_profile());
    config.ssh_key.clear();

    EXPECT_THAT(emit(config), Not(HasSubstr("sshKey")));
}

TEST(InstallConfig, SaysWhatTheProfileAsksTheInstallerFor) {
    const std::string text = samples::aws_profile() + R"(    propagateUserTags: false
install:
  capabilities: {baselineCapabilitySet: v4.18, additionalEnabledCapabilities: [Console]}
  featureSet: TechPreviewNoUpgrade
  proxy: {httpProxy: "http://proxy.example.com:3128", noProxy: .example.com}
  additionalTrustBundle: |
    -----BEGIN CERTIFICATE-----
    MIIBhTCCASugAwIBAgIQIRi6zePL6mKj
    -----END CERTIFICATE-----
  imageDigestSources:
    - {source: quay.io/ocp, mirrors: ["mirror.example.com:5000/ocp"]}
)";
    InstallConfig config = config_of(text);
    config.fips = true;

    EXPECT_THAT(emit(config), AllOf(HasSubstr("propagateUserTags: false"), HasSubstr(R"(capabilities:
  baselineCapabilitySet: "v4.18"
  additionalEnabledCapabilities:
    - "Console"
)"),
                                    HasSubstr("featureSet: \"TechPreviewNoUpgrade\"\nfips: true\n"), HasSubstr(R"(proxy:
  httpProxy: "http://proxy.example.com:3128"
  noProxy: ".example.com"
)"),
                                    HasSubstr(R"(imageDigestSources:
  - source: "quay.io/ocp"
    mirrors:
      - "mirror.example.com:5000/ocp"
)"),
                                    HasSubstr("additionalTrustBundle: \"-----BEGIN CERTIFICATE-----\\nMII")));
    expect_same_when_read_back(config);
}

TEST(InstallConfig, NamesTheArchitectureThatTheInstallerDoesNotTakeForGranted) {
    std::string graviton = samples::aws_profile();
    for (const std::string_view size : {"m6i.xlarge", "m6i.2xlarge"}) graviton[graviton.find(size) + 2] = 'g';
    const auto config = config_of(graviton);

    EXPECT_THAT(emit(config),
                AllOf(HasSubstr("compute:\n  - name: \"worker\"\n    architecture: \"arm64\"\n    replicas: 3\n"),
                      HasSubstr("controlPlane:\n  name: \"master\"\n  architecture: \"arm64\"\n  replicas: 3\n")));
    expect_same_when_read_back(config);
}

TEST(InstallConfig, IsShownToPeopleWithoutItsSecretAndBeforeItHasIds) {
    const Profile profile = samples::profile(samples::aws_profile());
    const EffectiveOrder order = samples::effective(samples::order(profile), profile);

    const std::string text = preview(order, {.desk = "01DESK", .request = "req_1"});

    EXPECT_THAT(text,
                AllOf(HasSubstr("pullSecret: \"(not shown)\""), HasSubstr("\"ClusterId\": \"known-when-ordered\""),
                      HasSubstr("\"ManagedBy\": \"clusterdesk/01DESK\""), HasSubstr("\"RequestId\": \"req_1\""),
                      HasSubstr("\"TTLExpiry\": \"known-when-rendered\"")));
    EXPECT_TRUE(parse_install_config(text).ok());
}

TEST(InstallConfig, NamesSubnetsAsTheVersionReadsThem) {
    std::string text = samples::aws_profile() + "    subnets: [subnet-1, subnet-2]\n";
    text.replace(text.find("[us-east-1, us-west-2]"), 22, "[us-east-1]");
    const Profile profile = samples::profile(text);
    EffectiveOrder order = samples::effective(samples::order(profile), profile);
    order.zones = {};

    order.version = "4.18.35";
    EXPECT_THAT(emit(install_config_of(order, {})), HasSubstr("    subnets:\n      - \"subnet-1\""));
    order.version = "4.19.0-rc.1";
    EXPECT_THAT(emit(install_config_of(order, {})), HasSubstr("    vpc:\n      subnets:\n        - id: \"subnet-1\""));
    for (const char* version : {"4.18.35", "4.20.3"}) {
        order.version = version;
        expect_same_when_read_back(install_config_of(order, {}));
    }
}

TEST(InstallConfig, HoldsThePullSecretOnlyWhenItIsGiven) {
    const InstallConfig config = config_of(samples::aws_profile());
    const std::string secret = R"({"auths":{"quay.io":{"auth":"dTpw\n"}}})";

    const Secret text = emit(config, Secret(secret + "\n"));

    EXPECT_THAT(emit(config), Not(HasSubstr("pullSecret")));
    EXPECT_EQ(parse_yaml(text.reveal(), "x")->find("pullSecret")->scalar, secret);
    EXPECT_EQ(*parse_install_config(text.reveal()), config);
}

TEST(InstallConfig, IsTheSameBytesEachTime) {
    const InstallConfig config = config_of(samples::aws_profile(), {{"b", "1"}, {"a", "2"}});

    EXPECT_EQ(emit(config), emit(config));
}

TEST(InstallConfig, LetsNoTextBecomeStructure) {
    // Texts that break out of a template, or that YAML reads as something else.
    const std::string nasty[] = {"x\ncontrolPlane:\n  replicas: 99",
                                 "'",
                                 "\"",
                                 "\\",
                                 "\"}\n- !!x &y *y",
                                 "yes",
                                 "1e3",
                                 "~",
                                 "null",
                                 "",
                                 " lead",
                                 "trail ",
                                 "\t",
                                 "\r\n",
                                 "# no comment",
                                 "a: b",
                                 "\xc2\x85",
                                 "\xe2\x80\xa8",
                                 "\x01\x7f",
                                 "---",
                                 "...",
                                 "%YAML 1.2",
                                 "\xf0\x9f\x91\x8b",
                                 "@`|>"};
    for (const auto& text : nasty) {
        InstallConfig config = config_of(samples::aws_profile());
        config.user_tags = {{"Key " + text, text}, {"Team", "x"}};
        config.ssh_key = "ssh-ed25519 " + text;
        config.control_plane.instance_type = "m" + text;
        config.subnets = {"subnet-" + text};
        expect_same_when_read_back(config);
    }
}

TEST(InstallConfig, SurvivesRandomTexts) {
    std::mt19937 random(20261121);  // NOLINT: the same texts each time
    const std::string_view pieces[] = {
        "\n", "\"", "'", "\\", ":", " ",    "- ",           "#", "&", "*", "{", "}", "[", "]", "!", "%",
        "\t", "a",  "Z", "0",  "é", "\x7f", "\xe2\x80\xa9", ",", "?", "|", ">", "\r"};
    const auto text = [&] {
        std::string out;
        for (auto length = random() % 12; length > 0; --length) out += pieces[random() % std::size(pieces)];
        return out;
    };
    const InstallConfig plain = config_of(std::string(samples::kProfile));
    for (int round = 0; round < 1000; ++round) {
        InstallConfig config = plain;
        config.user_tags.clear();
        for (auto count = random() % 4; count > 0; --count) config.user_tags["k" + text()] = text();
        config.ssh_key = text();
        config.region = "r" + text();
        const auto read = parse_install_config(emit(config));
        ASSERT_TRUE(read.ok()) << read.error().front().str() << "\n" << emit(config);
        ASSERT_EQ(*read, config) << emit(config);
    }
}

}  // namespace
}  // namespace desk
