#include "cgi/dispatch.hpp"

#include <chrono>
#include <cmath>

#include "cgi/app.hpp"
#include "cgi/brake_words.hpp"
#include "cgi/csrf.hpp"
#include "cgi/error_answer.hpp"
#include "cgi/session.hpp"
#include "core/base/log.hpp"
#include "core/base/text.hpp"
#include "core/store/denials.hpp"
#include "core/store/limits.hpp"

namespace desk {
namespace {

constexpr std::size_t kLongestKey = 255;

// --- who asks
// ---------------------------------------------------------------------------------------------------------

/// Where nobody has to be known, not knowing is no fault: /healthz answers without a database.
void identify_if_possible(Request& request, App& app) {
    try {
        identify(request, app);
    } catch (const Error& error) {
        log::warning("not_identified", {{"why", error.for_log()}});
    }
}

/// What somebody gets who can't go in as things are; nothing = go on.
std::optional<Response> way_in(const Request& request, const Route& route) {
    if (route.access.permission == Permission::everyone) return std::nullopt;
    if (request.identity() == nullptr) {
        if (request.wants_json() || request.is_post()) throw Error(Code::unauthenticated, "Sign in first.");
        return see_other("/sign-in" + query_string({{"next", request.target()}}));
    }
    if (!request.principal().must_change_password || has(route.flags, Flags::unchanged)) return std::nullopt;
    if (request.wants_json()) throw Error(Code::forbidden, "Sign in on the page and change your password first.");
    return see_other("/account");
}

// --- may they: each throws what the answer is
// -------------------------------------------------------------------------

void check_body(const Request& request) {
    if (request.body_state() == Incoming::Body::too_large) throw Error(Code::too_large, "The body is too large.");
    if (request.body_state() == Incoming::Body::cut_short)
        throw Error(Code::malformed, "The body is not as long as the request said.");
}

void check_permission(const Request& request, const Route& route) {
    if (route.access.permission == Permission::everyone) return;
    if (!request.principal().may(route.access.permission))
        throw Error(Code::forbidden, "Your roles do not include this.", cat("needs ", text(route.access.permission)));
    if ((request.is_post() || has(route.flags, Flags::writes)) && !request.identity()->may_write)
        throw Error(Code::forbidden, "This token may only read. Use one of scope WRITE.", "token of scope READ");
}

std::string refusal(const brakes::Pulled& pulled) {
    return cat(what_is_off(pulled.brake), ' ', pulled.by_name, " has pulled the brake ", text(pulled.brake), ": ",
               pulled.reason);
}

void check_brakes(const Request& request, const Route& route) {
    const bool changes = request.is_post() ? !has(route.flags, Flags::unbraked) : has(route.flags, Flags::writes);
    for (const auto& pulled : request.brakes()) {
        if (pulled.brake == Brake::READ_ONLY && changes) throw RetryLater(Code::unavailable, refusal(pulled), 60s);
        if (pulled.brake == Brake::NO_CREATES && has(route.flags, Flags::creates))
            throw Error(Code::conflict, refusal(pulled));
        if (pulled.brake == Brake::NO_DESTROYS && has(route.flags, Flags::destroys))
            throw Error(Code::conflict, refusal(pulled));
    }
}

void check_call_rate(const Request& request, App& app) {
    auto tx = app.db.begin();
    const auto wait = limits::count_call(tx, request.principal().user);
    tx.commit();
    if (wait)
        throw RetryLater(Code::too_many, cat("More than ", limits::kCallsPerMinute, " calls within a minute."), *wait);
}

void check_idempotency_key(const Request& request) {
    const auto key = request.header("Idempotency-Key");
    if (key.empty() || key.size() > kLongestKey || !is_utf8(key))
        throw Error(Code::malformed, cat("Send an Idempotency-Key of 1 to ", kLongestKey,
                                         " characters, new for each order and the same when you repeat it."));
}

// --- the way of a request
// ---------------------------------------------------------------------------------------------

Response handle(App& app, Request& request, Routes routes) {
    auto found = match(routes, request.method(), request.path());
    if (found.route == nullptr) {
        identify_if_possible(request, app);
        if (found.allow.empty()) return not_found();
        return error_answer(app, request, 405, "METHOD_NOT_ALLOWED", cat("This address takes ", found.allow, '.'))
            .with_header("Allow", found.allow);
    }
    const Route& route = *found.route;
    request.set_route(route, std::move(found.path_parts));
    check_body(request);
    // a HEAD changes nothing; only a route for everyone can know how to look without writing
    if (request.is_head() && has(route.flags, Flags::writes) && route.access.permission != Permission::everyone)
        return error_answer(app, request, 405, "METHOD_NOT_ALLOWED", "This address takes GET.")
            .with_header("Allow", "GET");

    const bool is_open = route.access.permission == Permission::everyone;
    is_open ? identify_if_possible(request, app) : identify(request, app);
    if (auto elsewhere = way_in(request, route)) return std::move(*elsewhere);
    check_permission(request, route);
    if (request.is_post()) check_not_forged(app, request);
    check_brakes(request, route);
    if (request.is_api()) {
        if (request.identity() != nullptr) check_call_rate(request, app);
        if (request.is_post()) check_idempotency_key(request);
    }
    return route.handler(request, app);
}

std::string route_name(const Request& request) {
    return request.route() == nullptr ? "" : cat(text(request.route()->method), ' ', request.route()->path);
}

/// The one catch block of the web program.
Response answer(App& app, Request& request, Routes routes) {
    try {
        return handle(app, request, routes);
    } catch (const Error& error) {
        log_failure(error);
        if (error.code() == Code::forbidden && request.identity() != nullptr)
            denials::record(app.db, request.principal().user, route_name(request));
        return error_answer(app, request, error);
    } catch (const std::exception& error) {
        log_failure(error);
        return error_answer(app, request, 500, code_word(Code::internal), "Something went wrong inside the desk.");
    }
}

/// Forms lead to the desk, and by way of a redirection, which browsers count as the form's, to the store's files.
std::string content_policy(const std::string& store) {
    return cat(
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
        "form-action 'self'",
        store.empty() ? "" : " ", store, "; base-uri 'none'; frame-ancestors 'none'");
}

/// Every header that keeps a browser from being used against its owner, on every answer.
void harden(const App& app, const Request& request, Response& response) {
    const auto add = [&](const char* name, std::string value) {
        response.headers.emplace_back(name, std::move(value));
    };
    add("Content-Security-Policy", content_policy(app.objects.origin()));
    add("X-Content-Type-Options", "nosniff");
    add("Referrer-Policy", "same-origin");
    add("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
    add("Cross-Origin-Opener-Policy", "same-origin");
    add("Cross-Origin-Resource-Policy", "same-origin");
    if (app.is_https()) add("Strict-Transport-Security", "max-age=31536000");
    if (response.find_header("Cache-Control") == nullptr) add("Cache-Control", "no-store");
    if (response.status == 401) add("WWW-Authenticate", "Bearer");
    add("X-Request-Id", request.id());
}

/// HEAD has the headers of GET.
void drop_body(Response& response) {
    response.headers.emplace_back("Content-Length", std::to_string(response.body.size()));
    response.body.clear();
}

}  // namespace

Response dispatch(App& app, Incoming incoming, Routes routes) {
    const auto began = std::chrono::steady_clock::now();
    Request request(std::move(incoming));
    const log::Scope scope({{"request", request.id()}});

    Response response = answer(app, request, routes);
    harden(app, request, response);

    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - began;
    log::info("request", {{"method", request.method()},
                          {"route", route_name(request)},
                          {"status", response.status},
                          {"ms", std::round(took.count() * 10) / 10},
                          {"bytes", response.body.size()},
                          {"principal", request.identity() == nullptr ? "" : request.principal().username}});
    if (request.is_head()) drop_body(response);
    return response;
}

}  // namespace desk
