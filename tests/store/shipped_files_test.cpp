// The files that ship with the desk: profiles that load, and a settings file that says what the code does.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/config.hpp"
#include "core/base/error.hpp"
#include "core/base/file.hpp"
#include "core/base/yaml.hpp"
#include "core/cloud/aws/accounts.hpp"
#include "core/model/failure_rules.hpp"
#include "core/model/order_again.hpp"
#include "core/model/policy.hpp"
#include "core/store/profile_files.hpp"
#include "tests/support/temp_dir.hpp"

namespace desk {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const fs::path kConf = fs::path(DESK_SOURCE_DIR) / "conf";

TEST(ShippedAwsAccounts, ShowEveryWayIntoAnAccount) {
    const auto accounts = aws::Accounts::load(kConf / "aws-accounts.yaml").all();

    ASSERT_EQ(accounts.size(), 3U);
    EXPECT_TRUE(accounts[0].role);
    EXPECT_EQ(accounts[1].profile, "production");
    EXPECT_TRUE(accounts[2].keys);
}

TEST(ShippedProfiles, AllLoad) {
    const Catalog catalog = load_profiles(kConf / "profiles", {Platform::demo});

    for (const auto& [file, faults] : catalog.faults())
        for (const auto& fault : faults) ADD_FAILURE() << fault.str();
    std::vector<std::string> names;
    for (const auto& [name, profile] : catalog.profiles()) names.push_back(name);
    EXPECT_THAT(names, ElementsAre("aws-minimal-test", "aws-standard", "demo-minimal", "demo-needs-approval",
                                   "demo-standard", "ibm-minimal-test", "ibm-standard", "none-upi"));
}

TEST(ShippedProfiles, OfferTheDemoCloudAtOnceAndTheOthersWithAReason) {
    const Catalog catalog = load_profiles(kConf / "profiles", {Platform::demo});

    std::vector<std::string> orderable;
    for (const auto* profile : catalog.orderable()) orderable.push_back(profile->name);
    EXPECT_THAT(orderable, ElementsAre("demo-minimal", "demo-needs-approval", "demo-standard"));
    EXPECT_EQ(catalog.find("aws-standard")->unavailable_reason(), "Platform aws is not configured on this desk.");
    EXPECT_THAT(*catalog.find("ibm-standard")->unavailable_reason(), HasSubstr("switched off"));
    EXPECT_EQ(load_profiles(kConf / "profiles", {Platform::aws}).find("aws-standard")->unavailable_reason(),
              std::nullopt);
}

TEST(ShippedProfiles, AreOrderedWithTheirDefaultsAndDecidedAsTheySay) {
    const Catalog catalog = load_profiles(kConf / "profiles", {Platform::demo, Platform::aws});
    const auto verdict = [&](const char* name, int ttl_hours = 0) {
        const Profile& profile = *catalog.find(name);
        Order order = Order::defaults_of(profile);
        order.name = "first-one";
        order.team = "demo";
        order.cost_center = "cc-1";
        if (ttl_hours > 0) order.ttl_hours = ttl_hours;
        const auto result = evaluate(order, &profile, {}, {"ada", {"demo"}});
        for (const auto& error : result.errors) ADD_FAILURE() << name << ": " << error.field << ": " << error.error;
        return text(result.verdict.kind);
    };

    EXPECT_EQ(verdict("demo-minimal"), "AUTO_APPROVED");
    EXPECT_EQ(verdict("demo-minimal", 24), "AUTO_APPROVED");
    EXPECT_EQ(verdict("demo-standard"), "AUTO_APPROVED");
    EXPECT_EQ(verdict("demo-standard", 9), "NEEDS_APPROVAL");
    EXPECT_EQ(verdict("demo-needs-approval", 1), "NEEDS_APPROVAL");
    EXPECT_EQ(verdict("aws-minimal-test"), "AUTO_APPROVED");
    EXPECT_EQ(verdict("aws-standard"), "NEEDS_APPROVAL");
}

TEST(ShippedFailureRules, KnowEachOfTheirSamples) {
    const auto rules = FailureRules::parse(read_file(kConf / "failure-rules.yaml"), "failure-rules.yaml");
    if (!rules) FAIL() << rules.error().front().str();

    for (const auto& rule : rules->rules()) EXPECT_FALSE(rule.samples.empty()) << rule.name << " has no sample";
    for (const auto& misfit : rules->misfits())
        ADD_FAILURE() << misfit.taken_by << " takes the sample of " << misfit.rule << ": " << misfit.sample;
}

TEST(LoadProfiles, ReadsTheYamlFilesOfADirectoryOnly) {
    const TempDir dir;
    replace_file(dir.path() / "b.yaml", "name: [\n");
    replace_file(dir.path() / "a.yaml", std::string(70000, '#'));
    replace_file(dir.path() / "notes.txt", "not a profile");
    make_dir(dir.path() / "c.yaml");

    const Catalog catalog = load_profiles(dir.path(), {});

    EXPECT_THAT(catalog.profiles(), IsEmpty());
    ASSERT_EQ(catalog.faults().size(), 3U);
    EXPECT_THAT(catalog.faults().at("a.yaml").front().message, HasSubstr("larger than"));
    EXPECT_THAT(catalog.faults().at("b.yaml").front().message, HasSubstr("Not valid YAML"));
    EXPECT_THAT(catalog.faults().at("c.yaml").front().message, HasSubstr("can't be read"));
}

TEST(LoadProfiles, FailsWithoutTheDirectory) {
    const TempDir dir;
    EXPECT_THROW(load_profiles(dir.path() / "nowhere", {}), Error);
}

/// "section.key" of every line of a description, or of every key of a file.
std::vector<std::string> keys_of(const std::string& description) {
    std::vector<std::string> keys;
    for (std::size_t at = 0; at < description.size(); at = description.find('\n', at) + 1)
        keys.push_back(description.substr(at, description.find(':', at) - at));
    return keys;
}
std::vector<std::string> keys_of(const Yaml& file) {
    std::vector<std::string> keys;
    for (const auto& [section, group] : file.members)
        for (const auto& [key, value] : group.members) keys.push_back(section + "." + key);
    return keys;
}

TEST(ShippedSettings, NameEveryKeyWithItsDefault) {
    const fs::path file = kConf / "clusterdesk.yaml";
    const auto tree = parse_yaml(read_file(file), "clusterdesk.yaml");

    ASSERT_TRUE(tree.ok());
    EXPECT_EQ(keys_of(*tree), keys_of(Config{}.describe()));
    EXPECT_EQ(Config::load(file, nullptr).describe(), Config{}.describe());
}

TEST(ShippedSettings, ExplainEveryKey) {
    const std::string text = read_file(kConf / "clusterdesk.yaml");
    std::vector<std::string> silent;
    for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) {
        const std::string line = text.substr(at, text.find('\n', at) - at);
        if (line.starts_with("  ") && line.find("  # ") == std::string::npos) silent.push_back(line);
    }
    EXPECT_THAT(silent, IsEmpty());
}

TEST(LoadConfig, SaysWhichFileCanNotBeRead) {
    const TempDir dir;
    try {
        Config::load(dir.path() / "none.yaml", nullptr);
        FAIL() << "read a file that is not there";
    } catch (const Error& error) {
        EXPECT_THAT(error.for_user(), HasSubstr("none.yaml: The file can't be read."));
    }
}

TEST(ShippedFailureRules, AreThereForEveryChangeThatIsSuggested) {
    const std::string rules = read_file(kConf / "failure-rules.yaml");

    for (const auto code : codes_with_a_change()) EXPECT_THAT(rules, HasSubstr("name: " + std::string(code) + "\n"));
}

}  // namespace
}  // namespace desk
