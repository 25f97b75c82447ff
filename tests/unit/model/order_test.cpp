// Orders: as bodies of the API, and as the document that is approved.
#include "core/model/order.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "core/base/error.hpp"
#include "tests/unit/model/samples.hpp"

namespace desk {
namespace {

using ::testing::HasSubstr;

/// An order in which no field has its default.
EffectiveOrder full_order() {
    const Profile profile = samples::profile(samples::aws_profile());
    Order order = samples::order(profile);
    order.extra_tags = {{"Project", "x=1"}};
    order.offhours_opt_in = true;
    EffectiveOrder out = samples::effective(order, profile);
    out.failure = DemoFailure::OPERATORS;
    out.pace = {10};
    out.ibmcloud = IbmcloudConfig{"group", "vpc", true, "dal10"};
    out.approval.auto_approve = AutoApprove{8, Money::dollars(20), {"payments"}};
    out.guardrail.account_ids = {"012345678901"};
    out.gitops = Gitops{"https://git.example.com/r", "main", "lab", {{"https://git.example.com/o", {"main", "v1"}}}};
    out.networking.vpc_cidr = "10.0.0.0/8";
    return out;
}

TEST(OrderAsJson, ReadsTheBodyOfTheApi) {
    const auto order =
        Order::from_json(Json::parse(R"({"name": "team-a-test-01", "platform": "aws", "version": "4.20.3",
        "profile": "aws-minimal-test", "region": "us-east-1", "baseDomain": "labs.example.com", "owner": "user@example.com",
        "team": "team-a", "costCenter": "sandbox", "ttlHours": 24, "extraTags": {"Project": "x"}, "offhoursOptIn": true,
        "sshPublicKey": null, "failure": "DESTROY_STUCK"})"));

    ASSERT_TRUE(order.ok());
    EXPECT_EQ(order->name, "team-a-test-01");
    EXPECT_EQ(order->ttl_hours, 24);
    EXPECT_EQ(order->extra_tags.at("Project"), "x");
    EXPECT_TRUE(order->offhours_opt_in);
    EXPECT_EQ(order->failure, DemoFailure::DESTROY_STUCK);
}

TEST(OrderAsJson, NamesEveryFieldThatIsUnknownOrOfAnotherType) {
    const auto order = Order::from_json(Json::parse(
        R"({"nmae": "x", "ttlHours": "24", "offhoursOptIn": 1, "extraTags": {"a": 1}, "team": [], "failure": "BOOM"})"));

    ASSERT_FALSE(order.ok());
    std::map<std::string, std::string> errors;
    for (const auto& error : order.error()) errors[error.field] = error.error;
    EXPECT_EQ(errors.size(), 6U);
    EXPECT_THAT(errors["nmae"], HasSubstr("did you mean \"name\""));
    EXPECT_EQ(errors["ttlHours"], "ttlHours must be a whole number.");
    EXPECT_EQ(errors["offhoursOptIn"], "offhoursOptIn must be true or false.");
    EXPECT_THAT(errors["extraTags"], HasSubstr("\"a\" is none"));
    EXPECT_EQ(errors["team"], "team must be a text.");
    EXPECT_THAT(errors["failure"], HasSubstr("NONE, CREDS"));
}

TEST(OrderAsJson, RefusesNumbersThatAreNoLifetime) {
    for (const char* number : {"1.5", "99999999999", "-99999999999", "18446744073709551615"})
        EXPECT_FALSE(Order::from_json(Json::parse(std::string(R"({"ttlHours": )") + number + "}")).ok()) << number;
    EXPECT_FALSE(Order::from_json(Json::array()).ok());
}

TEST(OrderAsJson, ComesBackAsItWas) {
    Order order = samples::order(samples::profile());
    order.extra_tags = {{"a", "b"}};
    order.reason = "because\nof \"that\"";
    order.failure = DemoFailure::HANG;

    EXPECT_EQ(*Order::from_json(order.to_json()), order);
    EXPECT_EQ(Order{}.to_json().dump(), "{}");
}

TEST(EffectiveOrder, ComesBackFromJsonExactly) {
    const EffectiveOrder order = full_order();

    const Json stored = Json::parse(order.to_json().dump());

    EXPECT_EQ(EffectiveOrder::from_json(stored), order);
    EXPECT_EQ(EffectiveOrder::from_json(stored).digest(), order.digest());
}

TEST(EffectiveOrder, RefusesADocumentThatIsNotOne) {
    const Json good = full_order().to_json();
    for (const auto& [key, value] : good.items()) {
        Json missing = good;
        missing.erase(key);
        EXPECT_THROW(EffectiveOrder::from_json(missing), Error) << key;
        Json wrong = good;
        wrong[key] = Json::array({Json::array()});
        EXPECT_THROW(EffectiveOrder::from_json(wrong), Error) << key;
    }
    Json more = good;
    more["extra"] = 1;
    EXPECT_THROW(EffectiveOrder::from_json(more), Error);
}

TEST(Digest, ChangesWithEveryField) {
    const EffectiveOrder order = full_order();
    std::set<std::string> digests = {order.digest()};
    std::size_t changes = 0;
    const auto change = [&](auto apply) {
        EffectiveOrder other = order;
        apply(other);
        digests.insert(other.digest());
        ++changes;
    };
    change([](auto& o) { o.name += "x"; });
    change([](auto& o) { o.ttl_hours += 1; });
    change([](auto& o) { o.ssh_public_key.clear(); });
    change([](auto& o) { o.tags["Project"] = "y"; });
    change([](auto& o) { o.workers.replicas += 1; });
    change([](auto& o) { o.aws->root_volume->size += 1; });
    change([](auto& o) { o.rates.running += Money{1}; });
    change([](auto& o) { o.gitops->repo_ref = "other"; });
    change([](auto& o) { o.pace.seconds_per_hour = 11; });

    EXPECT_EQ(digests.size(), changes + 1);
    EXPECT_EQ(order.digest().size(), 64U);
}

TEST(Digest, IsTheSameOnEveryMachine) {
    // A change of this value means that stored approvals no longer match their orders.
    EXPECT_EQ(EffectiveOrder{}.digest(), "d6d10286a8751815da595726db38a83899199ca5a659ac11b637340f07fd0f3a");
}

TEST(EffectiveOrder, KnowsItsAddresses) {
    const EffectiveOrder order = full_order();

    EXPECT_EQ(order.api_url(), "https://api.ada-test.demo.example.com:6443");
    EXPECT_EQ(order.console_url(), "https://console-openshift-console.apps.ada-test.demo.example.com");
}

TEST(WallRates, AreHigherWhereAnHourIsShort) {
    EffectiveOrder order = full_order();
    order.rates = {Money::dollars(2), Money::dollars(1)};
    order.pace = {10};

    EXPECT_EQ(cost_over(order.wall_rates().running, 20s), Money::dollars(4));
    order.pace = {};
    EXPECT_EQ(order.wall_rates(), order.rates);
}

TEST(DemoFailures, AreWrittenAsDemoInstallReadsThem) {
    EXPECT_EQ(demo_fail_mode(DemoFailure::NONE), "");
    EXPECT_EQ(demo_fail_mode(DemoFailure::DNSRECORDS), "dnsrecords");
    EXPECT_EQ(demo_fail_mode(DemoFailure::OPERATORS), "operators:1");
    EXPECT_EQ(demo_fail_mode(DemoFailure::DESTROY_STUCK), "destroy-stuck");
    EXPECT_FALSE(describe(DemoFailure::HANG).empty());
}

TEST(EffectiveOrder, KeepsTheDigestsOfDocumentsFromBeforeItsLaterKeys) {
    const Profile profile = samples::profile(samples::aws_profile());
    const EffectiveOrder order = samples::effective(samples::order(profile), profile);

    const Json document = order.to_json();

    EXPECT_FALSE(document.contains("install"));
    EXPECT_FALSE(document.at("aws").contains("propagateUserTags"));
    EXPECT_EQ(EffectiveOrder::from_json(document), order);

    EffectiveOrder later = order;
    later.install = Install{.feature_set = "TechPreviewNoUpgrade"};
    later.aws->propagate_user_tags = false;
    EXPECT_NE(later.digest(), order.digest());
    EXPECT_EQ(EffectiveOrder::from_json(later.to_json()), later);
}

}  // namespace
}  // namespace desk
