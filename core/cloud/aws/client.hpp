// AWS's APIs: signed requests, retries, errors. What is asked stands in the files beside this one, one per service.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <pugixml.hpp>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/http_client.hpp"
#include "core/base/json.hpp"
#include "core/base/secret.hpp"

namespace desk::aws {

struct Credentials {
    std::string access_key_id = {};
    Secret secret_access_key = {};
    std::optional<Secret> session_token = {};  ///< temporary credentials have one
};

/// The answer was an error of AWS's: `code()` is its code ("UnauthorizedOperation", "NoSuchBucket").
class AwsError : public std::runtime_error {
  public:
    AwsError(std::string code, int status, const std::string& message)
        : std::runtime_error(code + ": " + message), code_(std::move(code)), status_(status) {}
    const std::string& code() const { return code_; }
    int status() const { return status_; }

  private:
    std::string code_;
    int status_;
};

/// Where services are asked: AWS's own addresses, unless one is set.
struct Endpoints {
    std::string all = {};  ///< one address for every service (a stand-in): "http://127.0.0.1:5000"
    std::map<std::string, std::string> service = {};  ///< of one service, by its signing name; before `all`
};

/// Parameters of a Query API in the order they are given: {"Filter.1.Name", "tag:x"}.
using Params = std::vector<std::pair<std::string, std::string>>;

/// One account's credentials at work. Every call is signed (SigV4), sent, and tried again up to 5 times in all with
/// full jitter when the answer is throttling (Throttling, ThrottlingException, RequestLimitExceeded, TooManyRequests,
/// SlowDown, PriorRequestNotComplete) or 5xx, or there was no answer. Throws AwsError for an error of AWS's and
/// Error{unavailable} when no answer came. Thread-safe.
class Client {
  public:
    Client(HttpTransport& transport, Credentials credentials, Endpoints endpoints = {});
    virtual ~Client() = default;

    /// A Query API (EC2 "2016-11-15", STS, IAM, ELB): POST of a form with Action and Version. The XML document.
    pugi::xml_document query(const std::string& service, const std::string& region, const std::string& action,
                             const std::string& version, const Params& params = {});
    /// A JSON API: `target` is the value of X-Amz-Target ("ResourceGroupsTaggingAPI_20170126.GetResources").
    Json json(const std::string& service, const std::string& region, const std::string& target, const Json& body);
    /// A REST-XML API (Route53, S3 control calls): path and query as given, encoded here. An empty document for an
    /// empty body.
    pugi::xml_document rest(const std::string& service, const std::string& region, const std::string& method,
                            const std::string& path, const Params& query = {}, const std::string& body = {});
};

}  // namespace desk::aws
