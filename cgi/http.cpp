#include "cgi/http.hpp"

#include <algorithm>

#include "cgi/router.hpp"
#include "core/base/crypto.hpp"
#include "core/base/text.hpp"
#include "core/cloud/object_store.hpp"

namespace desk {
namespace {

constexpr std::size_t kMostPathPart = 255;

/// An id that the web server gave (nginx: 32 hex digits), or one of our own.
std::string request_id(std::string_view given) {
    const bool fits = given.size() >= 8 && given.size() <= 64 && std::all_of(given.begin(), given.end(), [](char c) {
                          return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
                      });
    return fits ? std::string(given) : hex(random_bytes(16));
}

/// "application/json; charset=utf-8" -> "application/json"
std::string media_type(std::string_view content_type) {
    return lower(trim(content_type.substr(0, content_type.find(';'))));
}

}  // namespace

std::string_view Incoming::param(std::string_view name) const {
    const auto found = params.find(name);
    return found == params.end() ? std::string_view() : std::string_view(found->second);
}

Request::Request(Incoming incoming) : incoming_(std::move(incoming)), id_(request_id(incoming_.param("REQUEST_ID"))) {
    // as it came, so that an escaped '/' is no separator; plain CGI of some servers has no such parameter
    std::string_view target = incoming_.param("REQUEST_URI");
    if (target.empty()) {
        path_ = cat(incoming_.param("SCRIPT_NAME"), incoming_.param("PATH_INFO"));
        raw_query_ = incoming_.param("QUERY_STRING");
        return;
    }
    const auto question = target.find('?');
    path_ = target.substr(0, question);
    if (question != std::string_view::npos) raw_query_ = target.substr(question + 1);
}

std::string Request::target() const { return raw_query_.empty() ? path_ : path_ + '?' + raw_query_; }

bool Request::is_api() const { return path_.starts_with("/api/"); }

bool Request::wants_json() const {
    return is_api() || header("Accept").find("application/json") != std::string_view::npos;
}

std::string_view Request::header(std::string_view name) const {
    std::string key = "HTTP_";
    for (const char c : name) key += c == '-' ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    // the two that CGI keeps under names of their own
    if (key == "HTTP_CONTENT_TYPE" || key == "HTTP_CONTENT_LENGTH") key.erase(0, 5);
    return incoming_.param(key);
}

std::string_view Request::cookie(std::string_view name) const {
    for (const auto part : split(header("Cookie"), ';')) {
        const auto pair = trim(part);
        const auto equals = pair.find('=');
        if (equals != std::string_view::npos && pair.substr(0, equals) == name) return pair.substr(equals + 1);
    }
    return {};
}

const Form& Request::query() const {
    if (!query_) query_ = Form::parse(raw_query_);
    return *query_;
}

const Form& Request::form() const {
    if (!form_) {
        if (media_type(param("CONTENT_TYPE")) != "application/x-www-form-urlencoded")
            throw Error(Code::unsupported_media, "Send this as a form (application/x-www-form-urlencoded).");
        form_ = Form::parse(incoming_.body);
    }
    return *form_;
}

bool Request::has_yaml() const { return media_type(param("CONTENT_TYPE")) == "application/yaml"; }

const Json& Request::json() const {
    if (!json_) {
        if (media_type(param("CONTENT_TYPE")) != "application/json")
            throw Error(Code::unsupported_media, "Send the body as application/json.");
        auto parsed = parse_json(incoming_.body);
        if (!parsed) throw Error(Code::malformed, parsed.error());
        if (!parsed->is_object()) throw Error(Code::malformed, "The body must be a JSON object.");
        json_ = std::move(parsed).value();
    }
    return *json_;
}

const std::string& Request::path_text(std::string_view name) const {
    const auto found = path_parts_.find(name);
    if (found == path_parts_.end())
        throw Error(Code::internal, "Something went wrong inside the desk.", cat("the route has no {", name, "}"));
    if (found->second.size() > kMostPathPart) throw_not_found();
    return found->second;
}

const Principal& Request::principal() const {
    if (!identity_) throw Error(Code::unauthenticated, "Sign in first.");
    return identity_->principal;
}

Reach Request::reach() const {
    const Principal& who = principal();
    if (route_ == nullptr)
        throw Error(Code::internal, "Something went wrong inside the desk.", "reach without a route");
    return reach_of(who, route_->access.permission, route_->access.scope);
}

Actor Request::actor() const { return Actor::of(principal(), address(), id_); }

const std::string& Request::csrf_token() const {
    static const std::string none;
    return identity_ ? identity_->csrf_token : none;
}

std::string Request::time_zone() const { return identity_ ? identity_->principal.time_zone : "Etc/UTC"; }

Time Request::now() const {
    if (!now_) throw Error(Code::internal, "Something went wrong inside the desk.", "nobody asks the time");
    return *now_;
}

void Request::set_route(const Route& route, std::map<std::string, std::string, std::less<>> path_parts) {
    route_ = &route;
    path_parts_ = std::move(path_parts);
}

void Request::set_identity(Identity identity, Time now, std::vector<brakes::Pulled> pulled, int inbox, int unread) {
    identity_ = std::move(identity);
    inbox_ = inbox;
    unread_ = unread;
    now_ = now;
    brakes_ = std::move(pulled);
}

void Request::throw_not_found() { not_found(); }

Response Response::with_header(std::string name, std::string value) && {
    headers.emplace_back(std::move(name), std::move(value));
    return std::move(*this);
}

Response Response::with_status(int code) && {
    status = code;
    return std::move(*this);
}

const std::string* Response::find_header(std::string_view name) const {
    const auto found =
        std::find_if(headers.begin(), headers.end(), [&](const auto& h) { return lower(h.first) == lower(name); });
    return found == headers.end() ? nullptr : &found->second;
}

Response html(std::string body) { return {.content_type = "text/html; charset=utf-8", .body = std::move(body)}; }

Response plain(std::string body) { return {.content_type = "text/plain; charset=utf-8", .body = std::move(body)}; }

Response json(const Json& document, int status) {
    return {.status = status,
            .content_type = "application/json",
            .body = document.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n'};
}

Response see_other(std::string path) { return Response{.status = 303}.with_header("Location", std::move(path)); }

Response not_found() { throw Error(Code::not_found, "There is nothing here, or nothing that you may see."); }

Response no_content() { return {.status = 204}; }

Response x_accel(const std::string& internal_path, const std::string& content_type, const std::string& file_name) {
    return Response{.content_type = content_type}
        .with_header("X-Accel-Redirect", internal_path)
        .with_header("Content-Disposition", attachment(file_name));
}

Response validation_failed(const Request& request, const FormErrors& errors) {
    Json faults = Json::array();
    for (const auto& fault : errors) faults.push_back({{"field", fault.field}, {"error", fault.error}});
    return json({{"code", "VALIDATION_ERROR"},
                 {"message", "Some fields break a rule."},
                 {"requestId", request.id()},
                 {"validationErrors", std::move(faults)}},
                422);
}

}  // namespace desk
