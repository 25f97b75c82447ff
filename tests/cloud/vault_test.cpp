// Secrets in Vault, against a small Vault of our own: what it holds, who may, and when it is away.
#include "core/cloud/vault.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.hpp"
#include "core/base/file.hpp"
#include "core/base/text.hpp"
#include "tests/support/temp_dir.hpp"

namespace desk {
namespace {

using testing::HasSubstr;

/// A KV store of version 2 at "secret", with the answers that Vault's documentation shows.
class SmallVault : public HttpTransport {
  public:
    HttpAnswer send(const HttpRequest& request) override {
        requests.push_back(request);
        if (down != 0) return refusal(down, "Vault is sealed");
        std::string path = request.url.substr(request.url.find("/v1/") + 4);
        if (path.starts_with("auth/")) return sign_in(path, Json::parse(request.body));
        if (header(request, "X-Vault-Token") != token) return refusal(403, "permission denied");
        const auto question = std::min(path.find('?'), path.size());
        const std::string query = path.substr(question);
        path.resize(question);
        if (!path.starts_with("secret/"))
            return refusal(404, "no handler for route \"other/data/x\". route entry not found.");
        const bool is_data = path.starts_with("secret/data/");
        const std::string name = path.substr(path.find('/', 7) + 1);
        if (!is_data) return versions.erase(name), HttpAnswer{.status = 204};
        if (request.method == "GET") return read(versions[name], query);
        return write(versions[name], Json::parse(request.body));
    }
    static std::string header(const HttpRequest& request, std::string_view name) {
        for (const auto& header : request.headers)
            if (header.name == name) return header.value;
        return {};
    }

    std::vector<HttpRequest> requests = {};
    std::map<std::string, std::vector<Json>> versions = {};
    std::string token = "t-1";
    int down = 0;               ///< the status that every call is answered with; 0 = it works
    bool is_overtaken = false;  ///< somebody writes the same name just before the next write

  private:
    static HttpAnswer refusal(int status, const std::string& why) {
        return {.status = status, .body = Json{{"errors", {why}}}.dump()};
    }
    HttpAnswer sign_in(const std::string& path, const Json& body) {
        const bool knows =
            (path == "auth/approle/login" && body == Json{{"role_id", "r"}, {"secret_id", "opensesame"}}) ||
            (path == "auth/k8s/login" && body == Json{{"role", "r"}, {"jwt", "j.w.t"}});
        if (!knows) return refusal(400, "invalid role or secret ID");
        return {.status = 200, .body = Json{{"auth", {{"client_token", token}, {"lease_duration", 3600}}}}.dump()};
    }
    static HttpAnswer read(const std::vector<Json>& all, const std::string& query) {
        const auto number = query.empty() ? all.size() : static_cast<std::size_t>(std::stoul(query.substr(9)));
        if (number == 0 || number > all.size()) return {.status = 404, .body = R"({"errors":[]})"};
        return {.status = 200,
                .body = Json{{"data", {{"data", all[number - 1]}, {"metadata", {{"version", number}}}}}}.dump()};
    }
    HttpAnswer write(std::vector<Json>& all, const Json& body) {
        if (std::exchange(is_overtaken, false)) all.push_back({{"value", "of somebody else"}, {"put", "x"}});
        if (body.at("options").at("cas") != all.size())
            return refusal(400, "check-and-set parameter did not match the current version");
        all.push_back(body.at("data"));
        return {.status = 200, .body = Json{{"data", {{"version", all.size()}}}}.dump()};
    }
};

struct SecretsInVault : testing::Test {
    SecretsInVault() {
        replace_file(dir / "token", "t-1\n");
        replace_file(dir / "secret-id", "opensesame\n");
        replace_file(dir / "jwt", "j.w.t", 0644);
    }
    Config::Vault settings() const {
        Config::Vault settings;
        settings.address = "https://vault.example.com:8200";
        settings.token_file = dir / "token";
        return settings;
    }
    Vault open(const Config::Vault& with) { return Vault(with, "desk", server); }
    static std::string why(const std::function<void()>& fails) {
        try {
            fails();
        } catch (const Error& error) {
            return cat(code_word(error.code()), ' ', error.what());
        }
        return "nothing failed";
    }

    TempDir dir = {};
    SmallVault server = {};
};

TEST_F(SecretsInVault, AreKeptByVersion) {
    auto vault = open(settings());

    const auto first = vault.put("clu_1/kubeadmin-password", Secret("swordfish"), "put-1");
    const auto second = vault.put("clu_1/kubeadmin-password", Secret("opensesame"), "put-2");

    EXPECT_EQ(first, "1");
    EXPECT_EQ(second, "2");
    EXPECT_EQ(vault.get("clu_1/kubeadmin-password", first).reveal(), "swordfish");
    EXPECT_EQ(vault.get("clu_1/kubeadmin-password", second).reveal(), "opensesame");
    EXPECT_TRUE(server.versions.contains("desk/clu_1/kubeadmin-password"));
}

TEST_F(SecretsInVault, AreNotWrittenTwiceByOnePut) {
    auto vault = open(settings());

    EXPECT_EQ(vault.put("a", Secret("swordfish"), "put-1"), "1");
    EXPECT_EQ(vault.put("a", Secret("swordfish"), "put-1"), "1");

    EXPECT_EQ(server.versions["desk/a"].size(), 1U);
}

TEST_F(SecretsInVault, NeverReplaceWhatSomebodyElseWroteUnseen) {
    auto vault = open(settings());
    server.is_overtaken = true;

    EXPECT_EQ(vault.put("a", Secret("swordfish"), "put-1"), "2");

    EXPECT_EQ(vault.get("a", "2").reveal(), "swordfish");
}

TEST_F(SecretsInVault, AreGoneWhenTheyAreRemoved) {
    auto vault = open(settings());
    vault.put("a", Secret("swordfish"), "put-1");

    vault.remove("a");
    vault.remove("a");

    EXPECT_THAT(why([&] { vault.get("a", "1"); }), HasSubstr("NOT_FOUND"));
    EXPECT_NO_THROW(vault.check());
}

TEST_F(SecretsInVault, AreReachedByAppRoleAndByKubernetes) {
    auto approle = settings(), kubernetes = settings();
    approle.auth = VaultAuth::approle;
    approle.role = kubernetes.role = "r";
    approle.secret_id_file = dir / "secret-id";
    kubernetes.auth = VaultAuth::kubernetes;
    kubernetes.auth_mount = "k8s";
    kubernetes.jwt_file = dir / "jwt";

    EXPECT_EQ(open(approle).put("a", Secret("swordfish"), "1"), "1");
    EXPECT_EQ(open(kubernetes).get("a", "1").reveal(), "swordfish");

    replace_file(dir / "secret-id", "wrong");
    EXPECT_THAT(why([&] { open(approle).check(); }), HasSubstr("auth/approle/login: HTTP 400 (invalid role or secret"));
}

TEST_F(SecretsInVault, SignInAgainWhenTheTokenHasEnded) {
    auto vault = open(settings());
    vault.put("a", Secret("swordfish"), "1");
    server.token = "t-2";
    EXPECT_THAT(why([&] { vault.get("a", "1"); }), HasSubstr("HTTP 403 (permission denied); the policy"));

    replace_file(dir / "token", "t-2\n");  // as an agent does

    EXPECT_EQ(vault.get("a", "1").reveal(), "swordfish");
}

TEST_F(SecretsInVault, GoToTheirNamespaceWithTheirAuthority) {
    auto enterprise = settings();
    enterprise.vault_namespace = "team/desk";
    enterprise.ca_file = "/etc/clusterdesk/vault-ca.pem";

    open(enterprise).check();

    EXPECT_EQ(SmallVault::header(server.requests.at(0), "X-Vault-Namespace"), "team/desk");
    EXPECT_EQ(server.requests.at(0).ca_file, "/etc/clusterdesk/vault-ca.pem");
    EXPECT_EQ(server.requests.at(0).url, "https://vault.example.com:8200/v1/secret/data/desk/doctor/never-written");
}

TEST_F(SecretsInVault, SayWhatToDoWhenVaultIsNotThereForThem) {
    const auto of_status = [&](int status) {
        server.down = status;
        return why([&] { open(settings()).put("a", Secret("swordfish"), "1"); });
    };
    EXPECT_THAT(of_status(503), HasSubstr("UNAVAILABLE"));
    EXPECT_THAT(of_status(503), HasSubstr("(Vault is sealed); it is sealed, or under maintenance; an operator"));
    EXPECT_THAT(of_status(429), HasSubstr("this is a standby; point vault.address at the active node"));
    EXPECT_THAT(of_status(500), HasSubstr("INTERNAL"));
    server.down = 0;
    auto other = settings();
    other.mount = "other";
    EXPECT_THAT(why([&] { open(other).check(); }), HasSubstr("no handler for route"));
    EXPECT_THAT(of_status(500), Not(HasSubstr("swordfish")));
}

TEST_F(SecretsInVault, AreNotReachedByATokenThatOthersCouldRead) {
    replace_file(dir / "token", "t-1\n", 0644);

    EXPECT_THAT(why([&] { open(settings()).check(); }), HasSubstr("others than its owner may use it; chmod 600"));

    auto none = settings();
    none.token_file = dir / "none";
    EXPECT_THAT(why([&] { open(none).check(); }), HasSubstr("is not there"));
}

}  // namespace
}  // namespace desk
