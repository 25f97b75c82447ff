// A request as handlers see it, and the answer they give. Nothing here knows FastCGI.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cgi/form.hpp"
#include "core/base/error.hpp"
#include "core/base/id.hpp"
#include "core/base/json.hpp"
#include "core/base/time.hpp"
#include "core/model/access.hpp"
#include "core/model/order.hpp"
#include "core/model/theme.hpp"
#include "core/store/audit.hpp"
#include "core/store/brakes.hpp"

namespace desk {

struct Route;

/// What the web server hands over: CGI parameters and the body.
struct Incoming {
    enum class Body { whole, too_large, cut_short };

    std::map<std::string, std::string, std::less<>> params = {};
    std::string body = {};
    Body state = Body::whole;

    /// "" when it is not there.
    std::string_view param(std::string_view name) const;
};

/// Who asks, and by what right: a session or an API token.
struct Identity {
    Principal principal = {};
    bool by_token = false;
    bool may_write = true;          ///< false for a token of scope READ
    std::string session_hash = {};  ///< SHA-256 of the session's token, 32 bytes; "" for an API token
    std::string csrf_token = {};    ///< of the session; "" for an API token
    bool on_tour = false;           ///< has not ended the tour of the first order
    Theme theme = Theme::SYSTEM;
};

class Request {
  public:
    /// Splits the URL; everything else is read when it is asked for.
    explicit Request(Incoming incoming);

    // --- what was asked for

    std::string_view method() const { return incoming_.param("REQUEST_METHOD"); }
    bool is_head() const { return method() == "HEAD"; }
    bool is_post() const { return method() == "POST"; }
    /// As it came, without query; path_text() decodes its parts.
    const std::string& path() const { return path_; }
    /// Path and query as they came: what a redirect back needs.
    std::string target() const;
    /// Under /api/.
    bool is_api() const;
    /// An API call, or one whose Accept names JSON.
    bool wants_json() const;

    /// A header by its name in any case, or "".
    std::string_view header(std::string_view name) const;
    /// Whether a script fetches it for a part of the page that it has.
    bool is_for_part() const { return header("HX-Request") == "true"; }
    /// "" when it is not there.
    std::string_view cookie(std::string_view name) const;
    /// A CGI parameter that is no header (REMOTE_ADDR...), or "".
    std::string_view param(std::string_view name) const { return incoming_.param(name); }
    /// Of the client, as the web server saw it.
    std::string address() const { return std::string(param("REMOTE_ADDR")); }

    /// Throws Error{malformed}.
    const Form& query() const;
    /// The body of a POST. Throws Error{unsupported_media} when it is not urlencoded, Error{malformed} when it is
    /// broken.
    const Form& form() const;
    /// Whether the body says to be a cluster.yaml (application/yaml).
    bool has_yaml() const;
    /// The body of an API call. Throws Error{unsupported_media} and Error{malformed} likewise; an object, always.
    const Json& json() const;
    const std::string& body() const { return incoming_.body; }
    Incoming::Body body_state() const { return incoming_.state; }

    /// The part of the path in braces: path_id<ClusterId>("cluster"). Throws Error{not_found} when it is not such an
    /// id.
    template <class IdType>
    IdType path_id(std::string_view name) const {
        auto id = IdType::parse(path_text(name));
        if (!id) throw_not_found();
        return std::move(*id);
    }
    /// The same as text, decoded, at most 255 bytes.
    const std::string& path_text(std::string_view name) const;

    // --- who asks

    /// Null for nobody.
    const Identity* identity() const { return identity_ ? &*identity_ : nullptr; }
    /// Throws Error{unauthenticated} when there is none: never on a route that asks for a permission.
    const Principal& principal() const;
    /// The rows that this route lets the principal touch.
    Reach reach() const;
    /// For audit rows.
    Actor actor() const;
    /// For hidden fields `csrf`; "" without a session.
    const std::string& csrf_token() const;
    /// The reader's, an IANA name; UTC for nobody.
    std::string time_zone() const;

    // --- around it

    /// Follows what is ordered into its jobs and logs.
    const std::string& id() const { return id_; }
    /// The desk's business time when the request came. Throws Error{internal} for nobody, who has none.
    Time now() const;
    /// Open requests that wait for the principal's decision; 0 outside pages.
    int inbox() const { return inbox_; }
    /// Notices that the principal has not read, counted up to 100; 0 for an API token.
    int unread() const { return unread_; }
    /// Brakes that are pulled.
    const std::vector<brakes::Pulled>& brakes() const { return brakes_; }
    /// The row of the table that answers; null before one was found.
    const Route* route() const { return route_; }

    // --- for dispatch

    void set_route(const Route& route, std::map<std::string, std::string, std::less<>> path_parts);
    void set_identity(Identity identity, Time now, std::vector<brakes::Pulled> pulled, int inbox, int unread = 0);

  private:
    [[noreturn]] static void throw_not_found();

    Incoming incoming_;
    std::string id_, path_, raw_query_;
    std::map<std::string, std::string, std::less<>> path_parts_;
    const Route* route_ = nullptr;
    std::optional<Identity> identity_;
    std::optional<Time> now_;
    std::vector<brakes::Pulled> brakes_;
    int inbox_ = 0, unread_ = 0;
    // read once, when asked for; a request belongs to one thread
    mutable std::optional<Form> query_, form_;
    mutable std::optional<Json> json_;
};

struct Response {
    int status = 200;
    std::string content_type = {};
    std::string body = {};
    std::vector<std::pair<std::string, std::string>> headers = {};  ///< security headers are added by dispatch

    Response with_header(std::string name, std::string value) &&;
    /// A Set-Cookie value as made by cgi/session.hpp.
    Response with_cookie(std::string cookie) && {
        return std::move(*this).with_header("Set-Cookie", std::move(cookie));
    }
    Response with_status(int code) &&;
    const std::string* find_header(std::string_view name) const;
};

Response html(std::string body);
Response plain(std::string body);
Response json(const Json& document, int status = 200);
/// 303: what a POST of a page ends in. `path` is a path of this desk ("/clusters/clu_...").
Response see_other(std::string path);
/// Throws Error{not_found}: `return not_found();`
[[noreturn]] Response not_found();
/// 204 without a body.
Response no_content();
/// 304 when the request's If-None-Match holds `etag` (without quotes), else `answer()` with that ETag.
template <class Answer>
Response unless_known(const Request& request, const std::string& etag, Answer answer) {
    const std::string quoted = '"' + etag + '"';
    if (request.header("If-None-Match").find(quoted) != std::string_view::npos)
        return Response{.status = 304}.with_header("ETag", quoted);
    return Response(answer()).with_header("ETag", quoted);
}
/// The web server sends the file behind `internal_path` (an `internal` location) under `file_name`.
Response x_accel(const std::string& internal_path, const std::string& content_type, const std::string& file_name);

/// API: 422 with every fault at once: {code: VALIDATION_ERROR, message, requestId, validationErrors: [{field, error}]}.
Response validation_failed(const Request& request, const FormErrors& errors);

}  // namespace desk
