#include "core/cloud/sigv4.hpp"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "core/base/crypto.hpp"
#include "core/base/error.hpp"
#include "core/base/text.hpp"

namespace desk::sigv4 {
namespace {

constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";
constexpr std::string_view kUnsigned = "UNSIGNED-PAYLOAD";
constexpr std::string_view kContentHash = "x-amz-content-sha256";

/// "20150830T123600Z"; its first 8 characters are the day.
std::string stamp_of(Time at) {
    std::string text = to_rfc3339(at);
    std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
    return text;
}

struct Url {
    std::string_view origin, host, path, query;
};

Url parse_url(std::string_view url) {
    const auto scheme = url.find("://");
    if (scheme == std::string_view::npos)
        throw Error(Code::internal, "The desk made a bad request.", "an address to sign has no scheme");
    const auto begin = scheme + 3;
    const auto end = std::min(url.find_first_of("/?", begin), url.size());
    const auto query = std::min(url.find('?', end), url.size());
    const auto path = url.substr(end, query - end);
    return {.origin = url.substr(0, end),
            .host = url.substr(begin, end - begin),
            .path = path.empty() ? std::string_view("/") : path,
            .query = query == url.size() ? std::string_view() : url.substr(query + 1)};
}

/// Without empty and dot segments (RFC 3986, 5.2.4); a slash at the end stays.
std::string normal_path(std::string_view path) {
    std::vector<std::string> kept;
    for (const auto part : split(path, '/')) {
        if (part == "..") {
            if (!kept.empty()) kept.pop_back();
        } else if (!part.empty() && part != ".") {
            kept.emplace_back(part);
        }
    }
    const bool slash = path.ends_with('/') && !kept.empty();
    return cat('/', join(kept, "/"), slash ? "/" : "");
}

std::string canonical_path(std::string_view path, const Scope& scope) {
    return scope.service == "s3" ? std::string(path) : encode_path(normal_path(path));
}

std::string canonical_query(std::string_view query) {
    if (query.empty()) return {};
    std::vector<std::pair<std::string, std::string>> parameters;
    const auto encoded = [](std::string_view text) {
        return percent_encode(percent_decode(text).value_or(std::string(text)));
    };
    for (const auto part : split(query, '&')) {
        const auto equals = std::min(part.find('='), part.size());
        parameters.emplace_back(encoded(part.substr(0, equals)),
                                equals == part.size() ? "" : encoded(part.substr(equals + 1)));
    }
    std::sort(parameters.begin(), parameters.end());
    std::vector<std::string> texts;
    for (const auto& [name, value] : parameters) texts.push_back(cat(name, '=', value));
    return join(texts, "&");
}

/// Trimmed, with runs of spaces made one.
std::string canonical_value(std::string_view value) {
    std::string out;
    for (const char c : trim(value))
        if (c != ' ' || !out.ends_with(' ')) out += c;
    return out;
}

/// By name, as signed: several values of one name in the order they have.
std::map<std::string, std::string> canonical_headers(const HttpRequest& request) {
    std::map<std::string, std::string> headers;
    for (const auto& [name, value] : request.headers) {
        const auto [at, is_new] = headers.emplace(lower(name), canonical_value(value));
        if (!is_new) at->second += "," + canonical_value(value);
    }
    headers.emplace("host", parse_url(request.url).host);
    return headers;
}

std::string names_of(const std::map<std::string, std::string>& headers) {
    std::vector<std::string> names;
    for (const auto& [name, value] : headers) names.push_back(name);
    return join(names, ";");
}

std::string credential_scope(const Scope& scope, const std::string& stamp) {
    return cat(stamp.substr(0, 8), '/', scope.region, '/', scope.service, "/aws4_request");
}

std::string signature_of(const std::string& canonical, const aws::Credentials& credentials, const Scope& scope,
                         const std::string& stamp) {
    const Secret first("AWS4" + credentials.secret_access_key.reveal());
    std::string key = hmac_sha256(first.reveal(), stamp.substr(0, 8));
    for (const std::string_view part :
         {std::string_view(scope.region), std::string_view(scope.service), std::string_view("aws4_request")})
        key = hmac_sha256(key, part);
    const auto text = cat(kAlgorithm, '\n', stamp, '\n', credential_scope(scope, stamp), '\n', sha256_hex(canonical));
    return hex(hmac_sha256(key, text));
}

void add_if_missing(HttpRequest& request, std::string_view name, const std::string& value) {
    const auto has = [&](const HttpHeader& header) { return lower(header.name) == lower(name); };
    if (std::none_of(request.headers.begin(), request.headers.end(), has))
        request.headers.push_back({std::string(name), value});
}

}  // namespace

std::string encode_path(std::string_view path) {
    std::string out;
    for (const auto part : split(path, '/')) out += "/" + percent_encode(part);
    return out.substr(1);
}

std::string canonical_request(const HttpRequest& request, const Scope& scope, std::string_view payload) {
    const Url url = parse_url(request.url);
    const auto headers = canonical_headers(request);
    std::string lines;
    for (const auto& [name, value] : headers) lines += cat(name, ':', value, '\n');
    return cat(request.method, '\n', canonical_path(url.path, scope), '\n', canonical_query(url.query), '\n', lines,
               '\n', names_of(headers), '\n', payload);
}

void sign(HttpRequest& request, const aws::Credentials& credentials, const Scope& scope, Time at) {
    const std::string stamp = stamp_of(at);
    std::string payload = sha256_hex(request.body);
    add_if_missing(request, "Host", std::string(parse_url(request.url).host));
    add_if_missing(request, "X-Amz-Date", stamp);
    if (credentials.session_token) add_if_missing(request, "X-Amz-Security-Token", credentials.session_token->reveal());
    if (scope.service == "s3") add_if_missing(request, kContentHash, payload);
    const auto headers = canonical_headers(request);
    if (const auto set = headers.find(std::string(kContentHash)); set != headers.end()) payload = set->second;

    const auto signature = signature_of(canonical_request(request, scope, payload), credentials, scope, stamp);
    request.headers.push_back({"Authorization", cat(kAlgorithm, " Credential=", credentials.access_key_id, '/',
                                                    credential_scope(scope, stamp),
                                                    ", SignedHeaders=", names_of(headers), ", Signature=", signature)});
}

std::string presign(std::string_view method, std::string_view url, const aws::Credentials& credentials,
                    const Scope& scope, Time at, seconds life) {
    const Url parts = parse_url(url);
    const std::string stamp = stamp_of(at);
    const std::string credential = cat(credentials.access_key_id, '/', credential_scope(scope, stamp));
    std::string query = cat(parts.query, parts.query.empty() ? "" : "&", "X-Amz-Algorithm=", kAlgorithm,
                            "&X-Amz-Credential=", percent_encode(credential), "&X-Amz-Date=", stamp,
                            "&X-Amz-Expires=", life.count(), "&X-Amz-SignedHeaders=host");
    if (credentials.session_token)
        query += "&X-Amz-Security-Token=" + percent_encode(credentials.session_token->reveal());
    const HttpRequest request{.method = std::string(method), .url = cat(parts.origin, parts.path, '?', query)};
    const std::string payload = scope.service == "s3" ? std::string(kUnsigned) : sha256_hex("");
    const auto signature = signature_of(canonical_request(request, scope, payload), credentials, scope, stamp);
    return cat(request.url, "&X-Amz-Signature=", signature);
}

}  // namespace desk::sigv4
