// The cluster's API as it is spoken on the wire: who is let in, pages, versions.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.hpp"
#include "tests/support/kube_server.hpp"

namespace desk {
namespace {

constexpr const char* kNodes = "/api/v1/nodes?limit=1";

class LiveApi : public testing::Test {
  protected:
    KubeServer server;
    CurlTransport transport;

    bool is_let_in(const TlsIdentity& identity) {
        try {
            return transport.send({.url = server.url() + kNodes, .identity = &identity}).status == 200;
        } catch (const Error& error) {
            EXPECT_EQ(error.code(), Code::unavailable);
            EXPECT_EQ(std::string(error.what()).find("PRIVATE KEY"), std::string::npos);
            return false;
        }
    }
};

TEST_F(LiveApi, LetsInWhoShowsACertificateOfItsOwnAuthority) { EXPECT_TRUE(is_let_in(server.access().identity)); }

TEST_F(LiveApi, RefusesWhoShowsNoneOrAForeignOne) {
    const auto known = server.access().identity;
    const TlsIdentity nobody{.authorities = known.authorities};

    EXPECT_FALSE(is_let_in(nobody));
    EXPECT_FALSE(is_let_in(server.stranger()));
}

TEST_F(LiveApi, IsNotTrustedWithoutItsAuthority) {
    auto identity = server.access().identity;
    identity.authorities = server.stranger().certificate;

    EXPECT_FALSE(is_let_in(identity));
}

TEST_F(LiveApi, IsReadPageByPage) {
    for (const char* name : {"a", "b", "c", "d", "e"}) server.add_node(name, true);
    kube::Api api(transport, server.access());

    EXPECT_EQ(api.nodes().size(), 5U);
}

TEST_F(LiveApi, TellsHowItIs) {
    server.set_version("4.20.3");
    server.add_operator("dns");
    server.add_operator("ingress", true);
    kube::Api api(transport, server.access());

    EXPECT_EQ(api.version(), "4.20.3");
    const auto operators = api.operators();
    ASSERT_EQ(operators.size(), 2U);
    EXPECT_FALSE(operators[0].is_degraded);
    EXPECT_TRUE(operators[1].is_degraded);
}

TEST_F(LiveApi, GivesANodeBothItsCertificates) {
    server.add_machine_set("x-worker-a", 1);
    server.add_node("x-worker-a-0", false);
    server.add_request_of("x-worker-a-0");
    kube::Api api(transport, server.access());

    EXPECT_EQ(api.approve_kubelets(), 1) << "the one of its bootstrap";
    EXPECT_EQ(api.approve_kubelets(), 1) << "the one that it serves with";
    EXPECT_EQ(api.approve_kubelets(), 0);
    EXPECT_TRUE(api.nodes().at(0).is_ready);
}

TEST_F(LiveApi, ChangesAMachineSetOnlyAsItWasRead) {
    server.add_machine_set("x-worker-a", 1);
    server.add_machine_set("x-worker-b", 1);
    server.add_machine_set("x-gpu-a", 1);
    kube::Api api(transport, server.access());

    auto sets = api.machine_sets("x-worker-");
    ASSERT_EQ(sets.size(), 2U);
    EXPECT_TRUE(sets[0].is_settled());
    server.interfere();
    EXPECT_THROW(api.set_replicas(sets[0], 3), Error);
    EXPECT_EQ(server.replicas("x-worker-a"), 1);

    sets = api.machine_sets("x-worker-");
    api.set_replicas(sets[0], 3);
    EXPECT_EQ(server.replicas("x-worker-a"), 3);
    EXPECT_FALSE(api.machine_sets("x-worker-").at(0).is_settled());
}

}  // namespace
}  // namespace desk
