#include "worker/demo/kubeconfig.hpp"

#include <ctime>

#include "core/base/text.hpp"
#include "core/base/yaml.hpp"

namespace desk::demo {
namespace {

constexpr int kClientDays = 3650;
constexpr int kTwoYears = 730;
constexpr std::string_view kRouterAuthority = "ingress-operator@";

/// The scalar at the end of `path`; list steps take the first item.
std::optional<std::string> find_scalar(const Yaml& document, std::initializer_list<std::string_view> path) {
    const Yaml* node = &document;
    for (const auto key : path) {
        node = node->find(key);
        if (node != nullptr && node->kind == Yaml::Kind::list) node = node->items.empty() ? nullptr : &node->items[0];
        if (node == nullptr) return std::nullopt;
    }
    if (node->kind != Yaml::Kind::scalar) return std::nullopt;
    return node->scalar;
}

/// A cluster may be called "1e3" or "null": YAML must not read a number or a nothing.
std::string plain_or_quoted(const std::string& name) {
    const bool is_number_like = name.find_first_not_of("0123456789.e") == std::string::npos;
    for (const auto* word : {"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
        if (name == word) return "\"" + name + "\"";
    return is_number_like ? "\"" + name + "\"" : name;
}

std::optional<std::string> find_pem(const Yaml& document, std::initializer_list<std::string_view> path) {
    const auto text = find_scalar(document, path);
    return text ? from_base64(*text) : std::nullopt;
}

}  // namespace

Kubeconfig Kubeconfig::make(const std::string& cluster, const std::string& server, const KeyPair& signer) {
    const KeyPair client =
        make_client({.common_name = "system:admin", .organization = "system:masters"}, kClientDays, signer);
    Kubeconfig config{.cluster = cluster,
                      .server = server,
                      .authorities = {},
                      .client_certificate = client.certificate,
                      .client_key = client.key};
    for (const auto* name :
         {"kube-apiserver-localhost-signer", "kube-apiserver-service-network-signer", "kube-apiserver-lb-signer"}) {
        config.authorities +=
            make_authority({.common_name = name, .organization = "openshift"}, kClientDays).certificate;
    }
    return config;
}

std::optional<Kubeconfig> Kubeconfig::parse(const std::string& yaml) {
    const auto document = parse_yaml(yaml, "kubeconfig");
    if (!document) return std::nullopt;
    const auto cluster = find_scalar(*document, {"clusters", "name"});
    const auto server = find_scalar(*document, {"clusters", "cluster", "server"});
    const auto authorities = find_pem(*document, {"clusters", "cluster", "certificate-authority-data"});
    const auto certificate = find_pem(*document, {"users", "user", "client-certificate-data"});
    const auto key = find_pem(*document, {"users", "user", "client-key-data"});
    if (!cluster || !server || !authorities || !certificate || !key) return std::nullopt;
    return Kubeconfig{.cluster = *cluster,
                      .server = *server,
                      .authorities = *authorities,
                      .client_certificate = *certificate,
                      .client_key = *key};
}

std::string Kubeconfig::yaml() const {
    const std::string name = plain_or_quoted(cluster);
    return cat("clusters:\n- cluster:\n    certificate-authority-data: ", base64(authorities), "\n    server: ", server,
               "\n  name: ", name, "\ncontexts:\n- context:\n    cluster: ", name,
               "\n    user: admin\n  name: admin\ncurrent-context: admin\npreferences: {}\nusers:\n- name: admin\n"
               "  user:\n    client-certificate-data: ",
               base64(client_certificate), "\n    client-key-data: ", base64(client_key), "\n");
}

void Kubeconfig::trust_router() {
    if (first_common_name(authorities).starts_with(kRouterAuthority)) return;
    authorities =
        make_authority({.common_name = cat(kRouterAuthority, std::time(nullptr))}, kTwoYears).certificate + authorities;
}

std::string Kubeconfig::domain() const {
    constexpr std::string_view kBefore = "https://api.";
    if (!server.starts_with(kBefore)) return "";
    const std::string host = server.substr(kBefore.size());
    return host.substr(0, host.find(':'));
}

}  // namespace desk::demo
