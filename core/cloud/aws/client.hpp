// AWS's APIs: signed requests, retries, errors. What is asked stands in the files beside this one, one per service.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <pugixml.hpp>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/http_client.hpp"
#include "core/base/json.hpp"
#include "core/cloud/aws/credentials.hpp"
#include "core/cloud/aws/endpoint.hpp"
#include "core/cloud/aws/pace.hpp"

namespace desk::aws {

/// The answer was an error of AWS's: `code()` is its code ("UnauthorizedOperation", "NoSuchBucket"), or "HTTP404" for
/// an answer without one.
class AwsError : public std::runtime_error {
  public:
    AwsError(std::string code, int status, const std::string& message)
        : std::runtime_error(code + ": " + message), code_(std::move(code)), status_(status) {}
    const std::string& code() const { return code_; }
    int status() const { return status_; }
    /// What was asked about does not exist (any more): "NoSuchEntity", "InvalidVpcID.NotFound", "LoadBalancerNotFound".
    bool is_not_found() const { return code_.starts_with("NoSuch") || code_.find("NotFound") != std::string::npos; }
    /// The same question may well be answered later: AWS is throttling, or has trouble of its own.
    bool is_passing() const;

  private:
    std::string code_;
    int status_;
};

/// What `ask` returns; none when AWS says that what it asks about does not exist (any more): between a list and a
/// question about one of its things, that thing may go.
template <class Ask>
auto if_there(Ask&& ask) -> std::optional<decltype(ask())> {
    try {
        return ask();
    } catch (const AwsError& error) {
        if (error.is_not_found()) return std::nullopt;
        throw;
    }
}

/// Of an answer that is no success: from the XML of the Query APIs, EC2's, S3's, or the JSON APIs.
AwsError error_of(const HttpAnswer& answer);

/// The document in an answer's body; throws Error{unavailable} when it is none.
pugi::xml_document parse_xml(const std::string& body);

/// Parameters of a Query API in the order they are given: {"Filter.1.Name", "tag:x"}.
using Params = std::vector<std::pair<std::string, std::string>>;

/// "name=value&..." with both encoded; "" for none.
std::string encode_query(const Params& params);

/// One account's credentials at work. Every call is signed (SigV4), sent, and tried again up to 5 times in all with
/// full jitter (at most 0.5, 1, 2 and 4 s) when the answer is throttling (Throttling, ThrottlingException,
/// RequestLimitExceeded, TooManyRequests, SlowDown, PriorRequestNotComplete) or 5xx, or there was no answer. A refusal
/// because of the time is tried once more by the server's clock, one because of expired credentials with fresh ones.
/// Throws AwsError for an error of AWS's and Error{unavailable} when no answer came. Thread-safe.
class Client {
  public:
    Client(HttpTransport& transport, Credentials credentials, Endpoints endpoints = {}, Pace pace = {});
    /// With credentials that end: `source` is asked at the first call and again 5 minutes before they do.
    Client(HttpTransport& transport, std::function<Credentials()> source, Endpoints endpoints = {}, Pace pace = {});

    /// A Query API (EC2 "2016-11-15", STS, IAM, ELB): POST of a form with Action and Version. The XML document.
    pugi::xml_document query(const std::string& service, const std::string& region, const std::string& action,
                             const std::string& version, const Params& params = {});
    /// A JSON API: `target` is the value of X-Amz-Target ("ResourceGroupsTaggingAPI_20170126.GetResources").
    Json json(const std::string& service, const std::string& region, const std::string& target, const Json& body);
    /// A REST-XML API (Route53, S3 control calls): path and query as given, encoded here. An empty document for an
    /// empty body.
    pugi::xml_document rest(const std::string& service, const std::string& region, const std::string& method,
                            const std::string& path, const Params& query = {}, const std::string& body = {});

    /// The region in which the account's partition tells of what belongs to none; also what calls mean by no region.
    const std::string& home() const { return endpoints_.home; }

    /// Any other request, finished but for its signature. The answer, which is a success (2xx).
    HttpAnswer send(HttpRequest request, const std::string& service, const std::string& region);
    /// A URL that lets whoever has it send GET for `life` from now on.
    std::string presign(const std::string& url, const std::string& service, const std::string& region, seconds life);

  private:
    std::shared_ptr<const Credentials> credentials(bool anew = false);
    HttpAnswer send_signed(const HttpRequest& request, const std::string& service, const std::string& region);
    /// Whether the same request, signed anew, may be accepted. Each reason counts once.
    struct Excuses;
    bool may_sign_anew(const HttpAnswer& answer, const std::string& code, Excuses& used);

    HttpTransport& transport_;
    std::function<Credentials()> source_;
    Endpoints endpoints_;
    Pace pace_;
    SigningClock clock_;
    std::mutex mutex_;
    std::shared_ptr<const Credentials> current_;
};

}  // namespace desk::aws
