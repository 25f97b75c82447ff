#include "core/cloud/ibmcloud.hpp"

#include "core/base/error.hpp"
#include "core/base/text.hpp"

namespace desk::ibm {
namespace {

constexpr int kPage = 100;  // the most that both lists give at once

/// Part `index` of a CRN: crn:version:cloud:scope:service:location:account:instance:type:id.
std::string part(const std::string& crn, std::size_t index) {
    const auto parts = split(crn, ':');
    return index < parts.size() ? std::string(parts[index]) : "";
}

bool is_of(const std::string& name, const std::string& wanted) {
    return name == wanted || name.starts_with(wanted + "-");
}

std::string bearer(const Secret& token) { return "Bearer " + token.reveal(); }

}  // namespace

std::string Resource::region() const {
    const auto location = part(crn, 5);
    return location.empty() ? "global" : location;
}

std::string Resource::type() const {
    const auto type = part(crn, 8);
    return type.empty() ? part(crn, 4) : type;
}

std::string Resource::account() const {
    constexpr std::string_view kScope = "a/";
    const auto scope = part(crn, 6);
    return scope.starts_with(kScope) ? scope.substr(kScope.size()) : "";
}

Client::Client(HttpTransport& transport, Secret api_key, std::string iam_url, std::string search_url)
    : transport_(transport),
      api_key_(std::move(api_key)),
      iam_url_(std::move(iam_url)),
      search_url_(std::move(search_url)) {}

Json Client::ask(HttpRequest request, std::string_view what) {
    const auto answer = transport_.send(request);
    constexpr int kUnknownKey = 400;  // of IAM, when it is asked for a token
    const bool is_refused = answer.status == 401 || answer.status == 403 || (answer.status == kUnknownKey && !token_);
    if (is_refused) throw Error(Code::forbidden, cat("IBM Cloud refused the desk's API key (", what, ")."));
    auto document = parse_json(answer.body);
    if (answer.status != 200 || !document)
        throw Error(Code::unavailable, cat("IBM Cloud answered ", answer.status, " (", what, ")."));
    return std::move(*document);
}

const Secret& Client::token() {
    if (!token_) {
        const auto grant =
            ask({.method = "POST",
                 .url = iam_url_ + "/identity/token",
                 .headers = {{"Content-Type", "application/x-www-form-urlencoded"}, {"Accept", "application/json"}},
                 .body = cat("grant_type=", percent_encode("urn:ibm:params:oauth:grant-type:apikey"),
                             "&apikey=", percent_encode(api_key_.reveal()))},
                "a token");
        token_.emplace(grant.at("access_token").get<std::string>());
    }
    return *token_;
}

std::string Client::account() {
    return ask({.url = iam_url_ + "/v1/apikeys/details",
                .headers = {{"Authorization", bearer(token())}, {"IAM-Apikey", api_key_.reveal()}}},
               "whose the key is")
        .at("account_id");
}

std::vector<Resource> Client::named(const std::string& account, const std::string& name) {
    std::vector<Resource> found;
    Json query = {{"query", cat("name:", name, "*")}, {"fields", {"name", "crn"}}};
    for (;;) {
        const Json page = ask({.method = "POST",
                               .url = cat(search_url_, "/v3/resources/search?account_id=", account, "&limit=", kPage),
                               .headers = {{"Authorization", bearer(token())}, {"Content-Type", "application/json"}},
                               .body = query.dump()},
                              "what exists");
        const auto& items = page.at("items");
        for (const auto& item : items)
            if (is_of(item.at("name"), name)) found.push_back({.crn = item.at("crn"), .name = item.at("name")});
        const std::string cursor = page.value("search_cursor", "");
        if (items.empty() || cursor.empty()) return found;
        query["search_cursor"] = cursor;
    }
}

std::vector<Resource> Client::service_ids(const std::string& account, const std::string& name) {
    std::vector<Resource> found;
    std::string next;
    do {
        const Json page = ask({.url = cat(iam_url_, "/v1/serviceids?account_id=", account, "&pagesize=", kPage,
                                          next.empty() ? "" : "&pagetoken=" + percent_encode(next)),
                               .headers = {{"Authorization", bearer(token())}}},
                              "service ids");
        for (const auto& item : page.at("serviceids"))
            if (is_of(item.at("name"), name)) found.push_back({.crn = item.at("crn"), .name = item.at("name")});
        // the next page is an address; what it needs of us is its token
        const std::string address = page.value("next", "");
        const auto at = address.find("pagetoken=");
        const auto value = at == std::string::npos ? "" : address.substr(at + sizeof("pagetoken=") - 1);
        next = percent_decode(value.substr(0, value.find('&'))).value_or("");
    } while (!next.empty());
    return found;
}

}  // namespace desk::ibm
