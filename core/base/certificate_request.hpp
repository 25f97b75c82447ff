// What a certificate request (PKCS #10, RFC 2986) asks for.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace desk {

struct CertificateRequest {
    std::string common_name = {};
    std::vector<std::string> organizations = {};
    std::vector<std::string> dns_names = {};  ///< subject alternative names
    std::vector<std::string> addresses = {};  ///< the same, as "10.0.1.7" or "fd00::7"
    bool has_other_names = false;             ///< any alternative name that is neither

    bool operator==(const CertificateRequest&) const = default;
};

/// Reads PEM; nothing for a text that is none, or whose subject has not exactly one common name.
std::optional<CertificateRequest> parse_certificate_request(std::string_view pem);

}  // namespace desk
