// auth/kubeconfig: made for system:admin, read back, and given the router's authority at the end of an installation.
#pragma once

#include <optional>
#include <string>

#include "worker/demo/x509.hpp"

namespace desk::demo {

struct Kubeconfig {
    std::string cluster = {};             ///< name of the cluster
    std::string server = {};              ///< https://api.<name>.<base>:6443
    std::string authorities = {};         ///< PEM: who signs the server's certificates
    std::string client_certificate = {};  ///< PEM: CN=system:admin, O=system:masters, ten years
    std::string client_key = {};          ///< PEM

    /// With a new client certificate of `signer`, and three new authorities for the server.
    static Kubeconfig make(const std::string& cluster, const std::string& server, const KeyPair& signer);

    /// Nothing when `yaml` is not a kubeconfig of one cluster and one user.
    static std::optional<Kubeconfig> parse(const std::string& yaml);

    std::string yaml() const;

    /// Puts a new authority of the ingress operator in front of the others, unless one is there.
    void trust_router();

    /// "demo1.example.com": the server's host without "api.".
    std::string domain() const;
};

}  // namespace desk::demo
