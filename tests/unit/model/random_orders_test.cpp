// Every order that policy accepts, whatever its profile asks for, renders to an install-config that reads back as it
// was meant, and to a cluster.yaml that orders the same again. Random profiles and orders; a failure names its seed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "core/base/text.hpp"
#include "core/model/cluster_order.hpp"
#include "core/model/install_config.hpp"
#include "tests/unit/model/samples.hpp"

namespace desk {
namespace {

constexpr const char* kCertificate = R"(-----BEGIN CERTIFICATE-----
MIIBhTCCASugAwIBAgIQIRi6zePL6mKjOipn+dNuaTAKBggqhkjOPQQDAjASMRAw
-----END CERTIFICATE-----
)";

class RandomOrders {
  public:
    explicit RandomOrders(unsigned seed) : random_(seed) {}

    bool maybe(unsigned one_in = 2) { return random_() % one_in == 0; }
    int number(int least, int most) {
        return least + static_cast<int>(random_() % static_cast<unsigned>(most - least + 1));
    }
    std::string one_of(std::initializer_list<const char*> texts) {
        return *(texts.begin() + static_cast<std::ptrdiff_t>(random_() % texts.size()));
    }
    std::string word(std::string_view letters, int least, int most) {
        std::string out;
        for (int left = number(least, most); left > 0; --left) out += letters[random_() % letters.size()];
        return out;
    }

    /// A profile with every kind of wish; some are refused, and those are none of ours here.
    std::string profile_text() {
        const std::string platform = one_of({"aws", "ibmcloud", "none", "demo"});
        const bool has_one_region = maybe();
        const std::string region = platform == "aws" ? one_of({"us-east-1", "us-west-1", "eu-central-1"}) : "place-1";
        const int masters = std::stoi(one_of({"1", "3", "5"}));
        const int workers = masters == 1 ? 0 : number(0, 6);
        std::string text = cat("name: ", platform, "-x\ndisplayName: X\ndescription: X\nplatform: ", platform, '\n');
        text += "openshiftVersions: {allowlist: [\"4.18.30\", \"4.20.3\"], default: \"4.20.3\"}\n";
        text +=
            cat("regions: {allowlist: [", region, has_one_region ? "" : ", us-east-2", "], default: ", region, "}\n");
        const std::string zone = platform == "aws" ? region : region + "-";
        if (maybe(3)) text += cat("zones: {allowlist: [", zone, "a, ", zone, "b], default: ", zone, "a}\n");
        text += "baseDomains: {allowlist: [labs.example.com], default: labs.example.com}\n";
        text += cat("compute:\n  controlPlane: {replicas: ", masters, ", instanceType: ", size_for(platform),
                    ", schedulable: ", workers == 0 ? "true" : "false", "}\n  workers: {replicas: ", workers,
                    ", minReplicas: 0, maxReplicas: 10", maybe() ? ", instanceType: " + size_for(platform) : "", "}\n");
        text += "lifecycle: {maxTTLHours: 72, defaultTTLHours: 8, allowCustomTTL: true, warnBeforeDestroyHours: 1}\n";
        text += cat("features: {offHoursScaling: true, privateCluster: ", maybe() ? "true" : "false", "}\n");
        text +=
            "costControls: {estimatedHourlyCost: 1}\ntags: {required: {A: b}, defaults: {C: d}, allowUserTags: true}\n";
        if (maybe()) text += "credentialsMode: " + one_of({"Mint", "Passthrough", "Manual", "Auto"}) + "\n";
        if (maybe()) text += "networking: {machineNetwork: [{cidr: 10.1.0.0/16}, {cidr: 10.2.0.0/16}]}\n";
        if (maybe()) text += "guardrail: {accountIds: [\"153526447089\"]}\n";
        if (maybe()) text += gitops();
        text += platform_config(platform);
        if (maybe()) text += install();
        return text;
    }

    Order order(const Profile& profile) {
        constexpr std::string_view kNames = "abcdefghijklmnopqrstuvwxyz0123456789-";
        constexpr std::string_view kAny = "abcXYZ019 _.:/=+-@'\"\\#,é";
        Order out = Order::defaults_of(profile);
        out.name = word("abcxyz", 1, 1) + word(kNames, 1, 24);
        out.version = profile.versions().allowlist[random_() % 2];
        out.region = profile.regions.allowlist[random_() % profile.regions.allowlist.size()];
        out.team = "payments";
        out.owner = "ada";
        out.cost_center = word(kNames, 1, 20);
        out.ttl_hours = number(0, 80);
        if (maybe()) out.ssh_public_key = samples::kSshKey;
        for (int left = number(0, 4); left > 0; --left) out.extra_tags[word(kAny, 1, 10)] = word(kAny, 1, 12);
        out.offhours_opt_in = maybe();
        if (profile.platform == Platform::demo && maybe()) out.failure = DemoFailure::QUOTA;
        return out;
    }

  private:
    std::string size_for(const std::string& platform) {
        if (platform == "aws") return one_of({"m6i.xlarge", "m6i.2xlarge"});
        return platform == "ibmcloud" ? "bx2-4x16" : "demo-4x16";
    }
    std::string gitops() {
        return cat("gitops: {repoUrl: \"https://git.example.com/a.git\", repoRef: main, env: ",
                   one_of({"local", "sno", "prod", "lab"}), "}\n");
    }
    std::string platform_config(const std::string& platform) {
        if (platform == "aws" && maybe())
            return cat("platformConfig:\n  aws:\n    rootVolume: {type: ", one_of({"gp3", "gp2", "io1"}),
                       ", size: 120, iops: ", one_of({"0", "3000"}),
                       "}\n    propagateUserTags: ", maybe() ? "true" : "false",
                       "\n    instanceMetadataService: ", one_of({"required", "optional"}),
                       maybe() ? "\n    subnets: [subnet-1, subnet-2]\n" : "\n");
        if (platform == "ibmcloud" && maybe())
            return cat("platformConfig:\n  ibmcloud:\n    resourceGroup: labs\n",
                       maybe() ? "    vpcName: v\n    networkResourceGroupName: net\n    controlPlaneSubnets: [a, b]\n"
                                 "    computeSubnets: [c]\n"
                               : "");
        return "";
    }
    std::string install() {
        std::string text = "install:\n";
        if (maybe())
            text += "  capabilities:\n    baselineCapabilitySet: " + one_of({"None", "v4.18", "v4.16", "vCurrent"}) +
                    "\n    additionalEnabledCapabilities: " +
                    one_of({"[]", "[Ingress, MachineAPI, CloudCredential, CloudControllerManager]", "[Console]"}) +
                    "\n";
        if (maybe()) text += "  featureSet: " + one_of({"TechPreviewNoUpgrade", "DevPreviewNoUpgrade"}) + "\n";
        const bool has_proxy = maybe();
        if (has_proxy)
            text += "  proxy: {httpProxy: \"http://proxy.example.com:3128\", noProxy: \".example.com,10.0.0.0/8\"}\n";
        if (maybe()) {
            std::string pem;
            for (const auto line : split(kCertificate, '\n')) pem += cat("    ", line, '\n');
            text += cat("  additionalTrustBundlePolicy: ", has_proxy ? "Proxyonly" : "Always",
                        "\n  additionalTrustBundle: |\n", pem);
        }
        if (maybe()) text += "  imageDigestSources: [{source: quay.io/ocp, mirrors: [\"m.example.com:5000/ocp\"]}]\n";
        return text == "install:\n" ? "" : text;
    }

    std::mt19937 random_;
};

/// What the installer would refuse, or take and fail on an hour later (its types.InstallConfig, and what it forgets).
void expect_installable(const InstallConfig& config) {
    EXPECT_EQ(config.name.find('.'), std::string::npos);
    EXPECT_LE(config.user_tags.size(), 25U);
    for (const auto& [key, value] : config.user_tags) EXPECT_NE(lower(key), "name");
    for (const auto& zone : config.control_plane.zones) EXPECT_TRUE(zone.starts_with(config.region)) << zone;
    EXPECT_TRUE(config.subnets.empty() || config.control_plane.zones.empty());
    EXPECT_EQ(config.vpc_name.empty(), config.control_plane_subnets.empty() || config.compute_subnets.empty());
    if (config.platform == Platform::ibmcloud) {
        EXPECT_EQ(config.credentials_mode, "Manual");
    }
    if (config.platform != Platform::none) return;
    EXPECT_EQ(config.credentials_mode, "");
    EXPECT_EQ(config.publish, "External");
    EXPECT_EQ(config.control_plane.instance_type + config.compute.instance_type, "");
}

TEST(RandomOrders, RenderToWhatReadsBackAndOrdersTheSameAgain) {
    const auto seed = static_cast<unsigned>(::testing::UnitTest::GetInstance()->random_seed());
    SCOPED_TRACE(cat("repeat with --gtest_random_seed=", seed));
    RandomOrders random(seed);
    const Platforms all = {Platform::aws, Platform::ibmcloud, Platform::none, Platform::demo};
    int accepted = 0;
    std::map<Platform, int> by_platform;
    for (int round = 0; round < 1500; ++round) {
        const std::string text = random.profile_text();
        const Catalog catalog = Catalog::of({{"x.yaml", text}}, all);
        if (catalog.profiles().empty()) continue;
        const Profile& profile = catalog.profiles().begin()->second;
        const auto evaluation = evaluate(random.order(profile), &profile, {}, samples::requester());
        if (!evaluation.order) continue;
        const EffectiveOrder& order = *evaluation.order;
        ++accepted;
        ++by_platform[order.platform];

        const auto config = install_config_of(order, effective_tags(order, "clu_1", "req_1", Time{}));
        const std::string file = emit(config);
        const auto read = parse_install_config(file);
        ASSERT_TRUE(read.ok()) << read.error().front().str() << '\n' << file;
        ASSERT_EQ(*read, config) << file;
        ASSERT_EQ(emit(*read), file);
        expect_installable(config);

        ASSERT_EQ(EffectiveOrder::from_json(order.to_json()), order);
        const std::string wish = emit(cluster_yaml_of(order));
        const auto parsed = parse_cluster_yaml(wish, "cluster.yaml");
        ASSERT_TRUE(parsed.ok()) << pointer_line(parsed.error().front()) << '\n' << wish;
        const auto again = order_of(*parsed, {}, catalog, samples::requester());
        ASSERT_TRUE(again.errors.empty()) << again.errors.front().field << again.errors.front().error << '\n' << wish;
        ASSERT_EQ(resolve(again.order, profile, "ada"), order) << wish;
        ASSERT_EQ(emit(cluster_yaml_of(resolve(again.order, profile, "ada"))), wish);
    }
    EXPECT_GT(accepted, 30) << "too few to prove anything";
    EXPECT_EQ(by_platform.size(), 4U);
}

}  // namespace
}  // namespace desk
