// HTTP requests to other services. What speaks a service's protocol takes an HttpTransport, so that tests can answer.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/secret.hpp"
#include "core/base/time.hpp"

namespace desk {

struct HttpHeader {
    std::string name = {}, value = {};

    bool operator==(const HttpHeader&) const = default;
};

/// Who we are to a server that asks for a certificate, and which authorities it may be signed by. PEM.
struct TlsIdentity {
    std::string authorities = {};  ///< trusted instead of the system's; "" = the system's
    std::string certificate = {};  ///< "" = none is shown
    Secret key = {};
};

struct HttpRequest {
    std::string method = "GET";
    std::string url = {};  ///< absolute, already encoded
    std::vector<HttpHeader> headers = {};
    std::string body = {};
    std::chrono::milliseconds timeout = std::chrono::seconds(30);  ///< for all of it, from the look-up of the name on
    const TlsIdentity* identity = nullptr;                         ///< not owned
    std::string ca_file = {};  ///< PEM certificates that are trusted instead of the system's; "" = the system's
};

struct HttpAnswer {
    int status = 0;
    std::vector<HttpHeader> headers = {};
    std::string body = {};

    /// The first header of this name, whatever its case.
    std::optional<std::string> find_header(std::string_view name) const;
    /// What time the server says it is (header Date), whole seconds.
    std::optional<Time> date() const;
};

class HttpTransport {
  public:
    virtual ~HttpTransport() = default;

    /// Sends it once and returns the answer, whatever its status; follows no redirects. Throws Error{unavailable} when
    /// there is no answer (no name, no connection, TLS, timeout, an answer of more than 64 MiB); the error's text names
    /// method, host and path, never a query or a header, which may hold secrets.
    virtual HttpAnswer send(const HttpRequest& request) = 0;
};

/// libcurl: https and http, TLS verified, no proxies but those of the environment. Thread-safe.
class CurlTransport : public HttpTransport {
  public:
    HttpAnswer send(const HttpRequest& request) override;
};

}  // namespace desk
