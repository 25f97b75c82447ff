// The install group of a profile, existing VPCs, zones and FIPS: what is refused before the installer would.
#include "core/model/install_rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/text.hpp"
#include "core/model/aws_zones.hpp"
#include "core/model/install_config.hpp"
#include "tests/unit/model/samples.hpp"

namespace desk {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view kTrusted =
    "-----BEGIN CERTIFICATE-----\nMIIBhTCCASugAwIBAgIQIRi6zePL6mKj\n"
    "-----END CERTIFICATE-----\n";

/// Every fault of a group on aws, one a line.
std::string rule_faults(const Install& install, Platform platform = Platform::aws) {
    std::string all;
    for (const auto& fault : install_faults(install, platform, {"4.18.30", "4.20.3"}))
        all += cat(fault.path, ": ", fault.message, '\n');
    return all;
}

TEST(InstallRules, TakeWhatTheInstallerTakes) {
    const Install install{
        .capabilities = Capabilities{"None", {"Ingress", "MachineAPI", "CloudCredential", "CloudControllerManager"}},
        .feature_set = "TechPreviewNoUpgrade",
        .proxy = Proxy{"http://proxy.example.com:3128", "https://proxy.example.com", ".example.com,10.0.0.0/8"},
        .trust_bundle = std::string(kTrusted) + std::string(kTrusted),
        .trust_bundle_policy = "Always",
        .image_digest_sources = {{"quay.io/openshift-release-dev/ocp-release", {"mirror.example.com:5000/ocp"}}}};

    EXPECT_EQ(rule_faults(install), "");
    EXPECT_EQ(rule_faults({.capabilities = Capabilities{"v4.18", {}}}), "");
    EXPECT_EQ(rule_faults({.capabilities = Capabilities{"", {"Console"}}}), "");
}

TEST(InstallRules, RefuseCapabilitiesThatNoClusterCanDoWithout) {
    EXPECT_EQ(rule_faults({.capabilities = Capabilities{"None", {"Ingress", "MachineAPI"}}}),
              "capabilities.additionalEnabledCapabilities: needs CloudCredential: the installer makes the machines.\n"
              "capabilities.additionalEnabledCapabilities: needs CloudControllerManager: the installer makes the "
              "machines.\n");
    EXPECT_EQ(rule_faults({.capabilities = Capabilities{"None", {"Ingress"}}}, Platform::none), "");
    EXPECT_THAT(rule_faults({.capabilities = Capabilities{"None", {"Ingress", "marketplace"}}}, Platform::none),
                HasSubstr("needs OperatorLifecycleManager: marketplace builds on it."));
}

TEST(InstallRules, RefuseCapabilitiesThatThereAreNot) {
    EXPECT_THAT(rule_faults({.capabilities = Capabilities{"v4.20", {}}}),
                HasSubstr("baselineCapabilitySet: is not known to version 4.18.30."));
    for (const char* set : {"all", "v4", "v4.7", "v4.020", "4.18"})
        EXPECT_THAT(rule_faults({.capabilities = Capabilities{set, {}}}), HasSubstr("must be None, vCurrent")) << set;
    EXPECT_THAT(rule_faults({.capabilities = Capabilities{"vCurrent", {"Consoel", "Build", "Build"}}}),
                AllOf(HasSubstr("\"Consoel\" is no capability"), HasSubstr("[2]: stands twice")));
}

TEST(InstallRules, RefuseFeatureSetsThatCrashTheInstaller) {
    for (const char* set : {"TechPreview", "CustomNoUpgrade", "techpreviewnoupgrade"})
        EXPECT_THAT(rule_faults({.feature_set = set}), HasSubstr("featureSet: must be TechPreviewNoUpgrade")) << set;
}

TEST(InstallRules, RefuseProxiesThatAreNoneOrTellAPassword) {
    struct Row {
        Proxy proxy;
        const char* fault;
    };
    const Row rows[] = {
        {{}, "proxy: needs httpProxy or httpsProxy."},
        {{.http = "https://p.example.com"}, "proxy.httpProxy: must begin with http://."},
        {{.http = "http://eve:secret@p.example.com"}, "proxy.httpProxy: must not hold a user or a password"},
        {{.https = "socks://p"}, "proxy.httpsProxy: must begin with http:// or https://."},
        {{.https = "http://p.example.com:99999"}, "proxy.httpsProxy: must be an address such as"},
        {{.http = "http://p.example.com/pac"}, "proxy.httpProxy: must be an address such as"},
        {{.http = "http://p", .no_proxy = "a, b"}, "proxy.noProxy: \" b\" is no domain"},
    };
    for (const auto& row : rows) EXPECT_THAT(rule_faults({.proxy = row.proxy}), HasSubstr(row.fault));
}

TEST(InstallRules, RefuseCertificatesThatAreNoneOrWouldNotBeUsed) {
    const std::string good(kTrusted);
    for (const auto& text : {std::string("secret"), good + "x",
                             std::string("-----BEGIN PRIVATE KEY-----\nMII=\n-----END PRIVATE KEY-----"),
                             std::string("-----BEGIN CERTIFICATE-----\n@@\n-----END CERTIFICATE-----")})
        EXPECT_THAT(rule_faults({.trust_bundle = text, .trust_bundle_policy = "Always"}),
                    HasSubstr("additionalTrustBundle: must hold certificates in PEM and nothing else."));
    EXPECT_THAT(rule_faults({.trust_bundle = good}), HasSubstr("must be Always: without a proxy"));
    EXPECT_THAT(rule_faults({.trust_bundle_policy = "Always"}),
                HasSubstr("additionalTrustBundle is used, which is missing"));
    EXPECT_THAT(rule_faults({.trust_bundle = good, .trust_bundle_policy = "always"}),
                HasSubstr("must be Proxyonly or Always."));
}

TEST(InstallRules, RefuseImageSourcesThatAreNoRepositories) {
    for (const char* name :
         {"https://quay.io/a", "quay.io/a:4.20", "quay/a", "quay.io/A", "quay.io//a", "quay.io/a@sha256:0"})
        EXPECT_THAT(rule_faults({.image_digest_sources = {{name, {"m.example.com"}}}}),
                    HasSubstr("must be a repository"))
            << name;
    EXPECT_THAT(rule_faults({.image_digest_sources = {{"quay.io/a", {"m.io"}}, {"quay.io/a", {"n.io"}}}}),
                HasSubstr("stands twice"));
}

TEST(ProfileOfAws, NamesZonesThatThereAreInEachOfItsRegions) {
    const auto with_zones = [](const char* zones) {
        return samples::faults_of(samples::aws_profile() + "zones: {allowlist: [" + zones +
                                  "], default: us-east-1a}\n");
    };

    EXPECT_EQ(with_zones("us-east-1a, us-east-1f, us-west-2d"), "");
    EXPECT_THAT(with_zones("us-east-1a, us-west-2e"), HasSubstr("Region us-west-2 has no zone us-west-2e."));
    EXPECT_THAT(with_zones("us-east-1a"), HasSubstr("zones.allowlist: has no zone of region us-west-2."));
    EXPECT_FALSE(zones_of("us-west-1").same_for_all);
}

TEST(ProfileOfAws, KeepsSubnetsToOneRegion) {
    EXPECT_THAT(samples::faults_of(samples::aws_profile() + "    subnets: [subnet-1]\n"),
                HasSubstr("platformConfig.aws.subnets: are of one region; this profile allows several."));
}

TEST(ProfileOfIbmcloud, NamesAVpcWithItsSubnetsOrNeither) {
    std::string text(samples::kProfile);
    text.replace(text.find("demo-lab"), 8, "ibm-lab").replace(text.find("platform: demo"), 14, "platform: ibmcloud");
    text.replace(text.find("[demo-east-1, demo-west-1]"), 26, "[demo-east-1]");
    const std::string vpc = "platformConfig:\n  ibmcloud:\n    vpcName: net\n";
    const std::string rest =
        "    networkResourceGroupName: group\n    controlPlaneSubnets: [a]\n    computeSubnets: [b]\n";

    EXPECT_THAT(samples::faults_of(text + vpc), HasSubstr("platformConfig.ibmcloud.computeSubnets: is missing"));
    EXPECT_THAT(samples::faults_of(text + "platformConfig:\n  ibmcloud:\n" + rest),
                HasSubstr("platformConfig.ibmcloud.vpcName: is missing"));
    const Profile profile = samples::profile(text + vpc + rest, {Platform::ibmcloud});
    EXPECT_EQ(profile.unavailable_reason(), std::nullopt);
    const auto config = install_config_of(samples::effective(samples::order(profile), profile), {});
    EXPECT_THAT(emit(config), HasSubstr(R"(  ibmcloud:
    region: "demo-east-1"
    networkResourceGroupName: "group"
    vpcName: "net"
    controlPlaneSubnets:
      - "a"
    computeSubnets:
      - "b"
)"));
}

TEST(ProfileInFipsMode, TakesNoKeysThatFipsDoesNotKnow) {
    const Profile profile = samples::profile(samples::profile_with("offHoursScaling: true", "fipsMode: true"));

    const auto evaluation = evaluate(samples::order(profile), &profile, {}, samples::requester());

    const auto error = std::ranges::find(evaluation.errors, "sshPublicKey", &FieldError::field);
    ASSERT_NE(error, evaluation.errors.end());
    EXPECT_THAT(error->error, HasSubstr("takes keys of type rsa and ecdsa only"));
}

}  // namespace
}  // namespace desk
