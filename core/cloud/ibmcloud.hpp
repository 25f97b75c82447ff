// IBM Cloud, as far as the desk speaks to it: whose an API key is, and what exists. Tokens by IAM's exchange; lists by
// Global Search and IAM.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/http_client.hpp"
#include "core/base/json.hpp"
#include "core/base/secret.hpp"

namespace desk::ibm {

/// One thing of an account, by its CRN ("crn:v1:bluemix:public:is:us-south-2:a/<account>::instance:<id>").
struct Resource {
    std::string crn = {}, name = {};

    std::string region() const;  ///< "us-south-2"; "global" where the CRN names none
    std::string type() const;    ///< "instance"; the service where the CRN names none
    std::string account() const;

    bool operator==(const Resource&) const = default;
};

/// Calls throw Error{forbidden} when the key is refused and Error{unavailable} for every other answer that is not what
/// was asked for; texts of errors hold nothing of the key or its tokens. Everything is paged to its end.
class Client {
  public:
    /// `iam_url` and `search_url` without a slash at the end.
    Client(HttpTransport& transport, Secret api_key, std::string iam_url, std::string search_url);

    /// The account that the key belongs to.
    std::string account();
    /// Everything of `account` whose name is `name` or begins with it and a hyphen.
    std::vector<Resource> named(const std::string& account, const std::string& name);
    /// Service ids of `account` with such names: they are not resources, and IAM lists them.
    std::vector<Resource> service_ids(const std::string& account, const std::string& name);

  private:
    const Secret& token();
    Json ask(HttpRequest request, std::string_view what);

    HttpTransport& transport_;
    Secret api_key_;
    std::string iam_url_, search_url_;
    std::optional<Secret> token_ = {};
};

}  // namespace desk::ibm
