// A cluster's API: kubeconfigs, and what its answers mean.
#include "core/cloud/kubernetes.hpp"

#include <gmock/gmock.h>

#include <map>

#include "core/base/error.hpp"
#include "core/base/text.hpp"
#include "tests/support/certificate_requests.hpp"

namespace desk::kube {
namespace {

using testing::ElementsAre;

std::string kubeconfig(const std::string& server = "https://api.demo1.example.com:6443") {
    return cat("apiVersion: v1\nkind: Config\nclusters:\n- name: other\n  cluster: {server: 'https://other:6443'}\n",
               "- name: demo1\n  cluster:\n    certificate-authority-data: ", base64("AUTHORITIES"),
               "\n    server: ", server,
               "\ncontexts:\n- name: admin\n  context: {cluster: demo1, user: admin}\n"
               "current-context: admin\nusers:\n- name: admin\n  user:\n    client-certificate-data: ",
               base64("CERTIFICATE"), "\n    client-key-data: ", base64("KEY"), "\n");
}

/// Answers by path, and remembers what was asked.
class FakeApi : public HttpTransport {
  public:
    std::map<std::string, HttpAnswer> answers = {};
    std::vector<std::string> asked = {};
    bool knew_us = true;

    HttpAnswer send(const HttpRequest& request) override {
        asked.push_back(request.url);
        knew_us = knew_us && request.identity != nullptr && request.identity->certificate == "CERTIFICATE";
        const auto found = answers.find(request.url);
        return found == answers.end() ? HttpAnswer{.status = 404, .headers = {}, .body = "{}"} : found->second;
    }
    void answer(const std::string& path, const Json& body) {
        answers["https://api.demo1.example.com:6443" + path] = {.status = 200, .headers = {}, .body = body.dump()};
    }
};

Json conditions(const std::vector<std::array<std::string, 3>>& all) {
    Json list = Json::array();
    for (const auto& [type, status, message] : all)
        list.push_back({{"type", type}, {"status", status}, {"message", message}});
    return {{"conditions", list}};
}

TEST(Kubeconfig, GivesTheAccessOfItsCurrentContext) {
    const auto access = parse_kubeconfig(kubeconfig());

    EXPECT_EQ(access.server, "https://api.demo1.example.com:6443");
    EXPECT_EQ(access.identity.authorities, "AUTHORITIES");
    EXPECT_EQ(access.identity.certificate, "CERTIFICATE");
    EXPECT_EQ(access.identity.key.reveal(), "KEY");
}

TEST(Kubeconfig, ThatIsNoneIsRefusedWithoutBeingShown) {
    for (const auto& text : {std::string("]["), std::string("kind: Config"), kubeconfig("http://plain:6443")}) {
        try {
            parse_kubeconfig(text);
            ADD_FAILURE() << "was taken: " << text;
        } catch (const Error& error) {
            EXPECT_EQ(error.code(), Code::invalid);
            EXPECT_EQ(cat(error.for_user(), error.for_log()).find("plain"), std::string::npos);
        }
    }
}

TEST(ClusterApi, ReadsNodesPageByPage) {
    FakeApi transport;
    const auto node = [](const char* name, const char* role, const Json& status) -> Json {
        return {{"metadata", {{"name", name}, {"labels", {{cat("node-role.kubernetes.io/", role), ""}}}}},
                {"status", status}};
    };
    transport.answer("/api/v1/nodes?limit=500",
                     {{"metadata", {{"continue", "a/b"}}},
                      {"items", {node("master-0", "control-plane", conditions({{"Ready", "True", ""}}))}}});
    transport.answer("/api/v1/nodes?limit=500&continue=a%2Fb",
                     {{"metadata", Json::object()},
                      {"items", {node("worker-0", "worker", conditions({{"Ready", "False", "kubelet stopped"}}))}}});
    Api api(transport, parse_kubeconfig(kubeconfig()));

    EXPECT_THAT(api.nodes(),
                ElementsAre(Node{"master-0", true, true, ""}, Node{"worker-0", false, false, "kubelet stopped"}));
    EXPECT_TRUE(transport.knew_us);
}

TEST(ClusterApi, TellsWhenANodeWasLastHeardOf) {
    FakeApi transport;
    transport.answer(
        "/api/v1/nodes?limit=500",
        {{"items",
          {{{"metadata", {{"name", "master-0"}}},
            {"status",
             {{"conditions",
               {{{"type", "Ready"}, {"status", "True"}, {"lastHeartbeatTime", "2026-11-21T10:00:00Z"}}}}}}},
           {{"metadata", {{"name", "master-1"}}}}}}});
    Api api(transport, parse_kubeconfig(kubeconfig()));

    const auto nodes = api.nodes();

    EXPECT_EQ(nodes.at(0).heard_of, parse_time("2026-11-21T10:00:00Z"));
    EXPECT_EQ(nodes.at(1).heard_of, std::nullopt);
}

TEST(ClusterApi, ReadsOperatorsWithWhatIsWrong) {
    FakeApi transport;
    const auto one = [](const char* name, const Json& status) -> Json {
        return {{"metadata", {{"name", name}}}, {"status", status}};
    };
    transport.answer("/apis/config.openshift.io/v1/clusteroperators?limit=500",
                     {{"items",
                       {one("dns", conditions({{"Available", "True", ""}, {"Degraded", "False", ""}})),
                        one("console", conditions({{"Available", "False", "no route"}, {"Degraded", "True", "later"}})),
                        one("ingress", Json::object())}}});
    Api api(transport, parse_kubeconfig(kubeconfig()));

    EXPECT_THAT(api.operators(), ElementsAre(Operator{"dns", true, false, false, ""},
                                             Operator{"console", false, true, false, "no route"},
                                             Operator{"ingress", false, false, false, ""}));
}

TEST(ClusterApi, ApprovesWhatKubeletsAskForAndNothingElse) {
    FakeApi transport;
    const std::string path = "/apis/certificates.k8s.io/v1/certificatesigningrequests";
    constexpr const char* kServing = "kubernetes.io/kubelet-serving";
    constexpr const char* kClient = "kubernetes.io/kube-apiserver-client-kubelet";
    constexpr const char* kBootstrapper = "system:serviceaccount:openshift-machine-config-operator:node-bootstrapper";
    const std::string node = "system:node:worker-0", other = "system:node:worker-1";
    const auto request = [](const char* name, const char* signer, const std::string& user,
                            const WantedCertificate& wanted, const Json& status = Json::object()) {
        return Json{
            {"metadata", {{"name", name}}},
            {"spec",
             {{"signerName", signer}, {"username", user}, {"request", base64(make_certificate_request(wanted))}}},
            {"status", status}};
    };
    const auto known = [](const char* name, const char* address) {
        return Json{{"metadata", {{"name", name}}},
                    {"status", {{"addresses", {{{"type", "InternalIP"}, {"address", address}}}}}}};
    };
    const Json good = {request("first-client", kClient, kBootstrapper, {.common_name = node}),
                       request("next-client", kClient, node, {.common_name = node}),
                       request("serving", kServing, node, {.common_name = node, .names = "IP:10.0.1.7"})};
    const Json bad = {
        request("unknown-node", kClient, kBootstrapper, {.common_name = "system:node:intruder"}),
        request("unknown-serving", kServing, "system:node:intruder",
                {.common_name = "system:node:intruder", .names = "IP:10.0.1.7"}),
        request("of-another", kClient, other, {.common_name = node}),
        request("serving-of-another", kServing, other, {.common_name = node, .names = "IP:10.0.1.7"}),
        request("serving-by-bootstrap", kServing, kBootstrapper, {.common_name = node, .names = "IP:10.0.1.7"}),
        request("foreign-address", kServing, node, {.common_name = node, .names = "IP:10.0.1.7,IP:10.0.1.8"}),
        request("foreign-name", kServing, node, {.common_name = node, .names = "DNS:api.demo1.example.com"}),
        request("no-address", kServing, node, {.common_name = node}),
        request("other-kind-of-name", kServing, node, {.common_name = node, .names = "IP:10.0.1.7,URI:spiffe://a"}),
        request("client-with-names", kClient, node, {.common_name = node, .names = "IP:10.0.1.7"}),
        request("administrator", kClient, kBootstrapper, {.common_name = node, .organization = "system:masters"}),
        request("person", kClient, "system:admin", {.common_name = node}),
        request("other-signer", "kubernetes.io/kube-apiserver-client", kBootstrapper, {.common_name = node}),
        request("decided", kClient, kBootstrapper, {.common_name = node}, conditions({{"Denied", "True", ""}}))};
    Json all = bad;
    for (const auto& one : good) all.push_back(one);
    transport.answer("/api/v1/nodes?limit=500",
                     {{"items", {known("worker-0", "10.0.1.7"), known("worker-1", "10.0.1.8")}}});
    transport.answer(path + "?limit=500", {{"items", all}});
    for (const auto& one : all)
        transport.answer(cat(path, '/', one.at("metadata").at("name").get<std::string>(), "/approval"), Json::object());
    Api api(transport, parse_kubeconfig(kubeconfig()));

    EXPECT_EQ(api.approve_kubelets(), 3);

    const std::string server = "https://api.demo1.example.com:6443";
    EXPECT_THAT(transport.asked,
                ElementsAre(testing::_, testing::_, cat(server, path, "/first-client/approval"),
                            cat(server, path, "/next-client/approval"), cat(server, path, "/serving/approval")));
}

TEST(ClusterApi, ThatAnswersSomethingElseIsUnavailable) {
    FakeApi transport;
    Api api(transport, parse_kubeconfig(kubeconfig()));

    EXPECT_THROW(api.version(), Error);
}

}  // namespace
}  // namespace desk::kube
