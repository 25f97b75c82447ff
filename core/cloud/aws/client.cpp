#include "core/cloud/aws/client.hpp"

#include <algorithm>
#include <array>
#include <chrono>

#include "core/base/error.hpp"
#include "core/base/text.hpp"
#include "core/cloud/sigv4.hpp"

namespace desk::aws {
namespace {

constexpr int kAttempts = 5;
constexpr double kFirstPauseMillis = 500;
constexpr auto kFreshBefore = 5min;  // a call may take a while: it must not end with credentials that just expired
constexpr std::size_t kLargestJson = 64U << 20U;

constexpr std::array<std::string_view, 10> kThrottling = {
    "Throttling",       "ThrottlingException",      "ThrottledException", "RequestLimitExceeded",
    "TooManyRequests",  "TooManyRequestsException", "SlowDown",           "PriorRequestNotComplete",
    "RequestThrottled", "RequestThrottledException"};
// HTTP403: of a HEAD, whose refusal gives no reason.
constexpr std::array<std::string_view, 7> kTime = {"RequestTimeTooSkewed",
                                                   "RequestExpired",
                                                   "SignatureDoesNotMatch",
                                                   "InvalidSignatureException",
                                                   "RequestInTheFuture",
                                                   "AuthFailure",
                                                   "HTTP403"};
constexpr std::array<std::string_view, 2> kExpired = {"ExpiredToken", "ExpiredTokenException"};

template <std::size_t N>
bool is_one_of(std::string_view code, const std::array<std::string_view, N>& codes) {
    return std::find(codes.begin(), codes.end(), code) != codes.end();
}

/// "ns#Code" and "Code:http://..." are "Code".
std::string bare_code(std::string_view code) {
    code = code.substr(0, code.find(':'));
    const auto hash = code.rfind('#');
    return std::string(hash == std::string_view::npos ? code : code.substr(hash + 1));
}

std::string text_at(const Json& document, std::initializer_list<const char*> names) {
    for (const auto* name : names)
        if (document.is_object() && document.contains(name) && document[name].is_string()) return document[name];
    return {};
}

[[noreturn]] void not_understood(std::string_view what) {
    throw Error(Code::unavailable, "Another service's answer can't be understood.", std::string(what));
}

}  // namespace

bool AwsError::is_passing() const {
    return status_ == 429 || (status_ >= 500 && status_ != 501) || is_one_of(code_, kThrottling);
}

AwsError error_of(const HttpAnswer& answer) {
    std::string code, message;
    if (pugi::xml_document document; document.load_buffer(answer.body.data(), answer.body.size())) {
        const auto error =
            document.find_node([](const auto& node) { return std::string_view(node.name()) == "Error"; });
        code = error.child_value("Code");
        message = error.child_value("Message");
    } else if (const auto json = parse_json(answer.body)) {
        code = bare_code(text_at(*json, {"__type", "code", "Code"}));
        message = text_at(*json, {"message", "Message"});
    }
    if (const auto type = answer.find_header("x-amzn-errortype")) code = bare_code(*type);
    if (code.empty()) code = cat("HTTP", answer.status);
    return {code, answer.status, message.empty() ? "no reason given" : message};
}

pugi::xml_document parse_xml(const std::string& body) {
    pugi::xml_document document;
    if (const auto result = document.load_buffer(body.data(), body.size()); !result)
        not_understood(cat("its XML: ", result.description()));
    return document;
}

std::string encode_query(const Params& params) {
    std::vector<std::string> parts;
    for (const auto& [name, value] : params) parts.push_back(cat(percent_encode(name), '=', percent_encode(value)));
    return join(parts, "&");
}

Client::Client(HttpTransport& transport, Credentials credentials, Endpoints endpoints, Pace pace)
    : Client(
          transport,
          [lasting = std::make_shared<const Credentials>(std::move(credentials))] { return lasting->clone(); },
          std::move(endpoints), std::move(pace)) {}

Client::Client(HttpTransport& transport, std::function<Credentials()> source, Endpoints endpoints, Pace pace)
    : transport_(transport),
      source_(std::move(source)),
      endpoints_(std::move(endpoints)),
      pace_(std::move(pace)),
      clock_(pace_.now) {}

pugi::xml_document Client::query(const std::string& service, const std::string& region, const std::string& action,
                                 const std::string& version, const Params& params) {
    Params all = {{"Action", action}, {"Version", version}};
    all.insert(all.end(), params.begin(), params.end());
    const auto answer = send({.method = "POST",
                              .url = endpoint_of(service, region, endpoints_).url + "/",
                              .headers = {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}},
                              .body = encode_query(all)},
                             service, region);
    return parse_xml(answer.body);
}

Json Client::json(const std::string& service, const std::string& region, const std::string& target, const Json& body) {
    const auto answer = send({.method = "POST",
                              .url = endpoint_of(service, region, endpoints_).url + "/",
                              .headers = {{"Content-Type", "application/x-amz-json-1.1"}, {"X-Amz-Target", target}},
                              .body = body.dump()},
                             service, region);
    if (answer.body.empty()) return Json::object();
    auto document = parse_json(answer.body, kLargestJson);
    if (!document) not_understood(cat(target, ": ", document.error()));
    return std::move(document).value();
}

pugi::xml_document Client::rest(const std::string& service, const std::string& region, const std::string& method,
                                const std::string& path, const Params& query, const std::string& body) {
    HttpRequest request{.method = method,
                        .url = cat(endpoint_of(service, region, endpoints_).url, sigv4::encode_path(path),
                                   query.empty() ? "" : "?", encode_query(query)),
                        .body = body};
    if (!body.empty()) request.headers.push_back({"Content-Type", "application/xml"});
    const auto answer = send(std::move(request), service, region);
    return answer.body.empty() ? pugi::xml_document() : parse_xml(answer.body);
}

std::string Client::presign(const std::string& url, const std::string& service, const std::string& region,
                            seconds life) {
    return sigv4::presign("GET", url, *credentials(), {endpoint_of(service, region, endpoints_).region, service},
                          clock_.now(), life);
}

std::shared_ptr<const Credentials> Client::credentials(bool anew) {
    const std::lock_guard lock(mutex_);
    const bool ending = current_ && current_->expires_at && clock_.now() + kFreshBefore >= *current_->expires_at;
    if (!current_ || ending || anew) current_ = std::make_shared<const Credentials>(source_());
    return current_;
}

HttpAnswer Client::send_signed(const HttpRequest& request, const std::string& service, const std::string& region) {
    HttpRequest copy = request;
    sigv4::sign(copy, *credentials(), {endpoint_of(service, region, endpoints_).region, service}, clock_.now());
    return transport_.send(copy);
}

struct Client::Excuses {
    bool time = false, expired = false;
};

bool Client::may_sign_anew(const HttpAnswer& answer, const std::string& code, Excuses& used) {
    if (!used.time && is_one_of(code, kTime)) {
        used.time = true;
        return clock_.learn(answer);
    }
    if (!used.expired && is_one_of(code, kExpired)) {
        used.expired = true;
        credentials(true);
        return true;
    }
    return false;
}

HttpAnswer Client::send(HttpRequest request, const std::string& service, const std::string& region) {
    Excuses used;
    double pause = kFirstPauseMillis;
    for (int attempt = 1;; ++attempt) {
        try {
            auto answer = send_signed(request, service, region);
            if (answer.status / 100 == 2) return answer;
            const auto error = error_of(answer);
            if (may_sign_anew(answer, error.code(), used)) continue;
            if (attempt >= kAttempts || !error.is_passing()) throw error;
        } catch (const Error& error) {
            if (attempt >= kAttempts || error.code() != Code::unavailable) throw;
        }
        pace_.sleep(std::chrono::milliseconds(static_cast<long>(pace_.random() * pause)));
        pause *= 2;
    }
}

}  // namespace desk::aws
