// What a cluster's answers mean for the people who use it.
#include "worker/health.hpp"

#include <gmock/gmock.h>

namespace desk::worker {
namespace {

using testing::HasSubstr;

const std::vector<kube::Node> kNodes = {{"master-0", true, true, ""}, {"worker-0", false, true, ""}};
const std::vector<kube::Operator> kOperators = {{"dns", true, false, false, ""}};

Check find(const std::vector<Check>& checks, const std::string& id) {
    for (const auto& check : checks)
        if (check.id == id) return check;
    return {};
}

TEST(Health, OfAClusterThatIsWellPassesEveryCheck) {
    for (const auto& check : health_of(kNodes, kOperators, "4.20.3", "4.20.3"))
        EXPECT_EQ(check.level, CheckLevel::PASS) << check.detail;
}

TEST(Health, NamesTheNodesThatAreNotReady) {
    auto nodes = kNodes;
    nodes.push_back({"worker-1", false, false, "kubelet stopped"});

    const auto check = find(health_of(nodes, kOperators, "4.20.3", "4.20.3"), "nodes");

    EXPECT_EQ(check.level, CheckLevel::FAIL);
    EXPECT_THAT(check.detail, HasSubstr("1 of 3 nodes are not ready: worker-1 (kubelet stopped)"));
}

TEST(Health, WithoutNodesIsNoHealth) {
    EXPECT_EQ(find(health_of({}, kOperators, "4.20.3", "4.20.3"), "nodes").level, CheckLevel::FAIL);
    EXPECT_EQ(find(health_of(kNodes, {}, "4.20.3", "4.20.3"), "operators").level, CheckLevel::FAIL);
}

TEST(Health, TellsOperatorsThatAreDegradedFromThoseThatAreBusy) {
    const std::vector<kube::Operator> busy = {{"dns", true, false, true, "rolling out"}},
                                      degraded = {{"dns", true, true, true, "one replica is missing"}};

    EXPECT_EQ(find(health_of(kNodes, busy, "4.20.3", "4.20.3"), "operators").level, CheckLevel::WARN);
    const auto check = find(health_of(kNodes, degraded, "4.20.3", "4.20.3"), "operators");
    EXPECT_EQ(check.level, CheckLevel::FAIL);
    EXPECT_THAT(check.detail, HasSubstr("dns (one replica is missing)"));
}

TEST(Health, WarnsOfAVersionThatWasNotOrdered) {
    EXPECT_EQ(find(health_of(kNodes, kOperators, "4.20.4", "4.20.3"), "version").level, CheckLevel::WARN);
}

}  // namespace
}  // namespace desk::worker
