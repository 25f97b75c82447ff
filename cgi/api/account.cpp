// What belongs to the caller: the account, sessions, API tokens and the calendar feed. Secrets are in one answer each,
// which is never stored.
#include "cgi/api/api.hpp"
#include "cgi/api/documents.hpp"
#include "cgi/api/input.hpp"
#include "cgi/idempotent.hpp"
#include "core/base/text.hpp"
#include "core/store/calendar_feeds.hpp"
#include "core/store/sessions.hpp"
#include "core/store/tokens.hpp"
#include "core/store/users.hpp"

namespace desk::api {
namespace {

constexpr std::size_t kTextBytes = 255;  // what fits is told by the rules of accounts and tokens

Json account_document(pg::Transaction& tx, const UserId& id) {
    const auto user = users::find(tx, id).value();
    return {{"username", user.username},     {"displayName", user.display_name}, {"roles", texts_of(user.desk_roles)},
            {"teams", teams_of(user.teams)}, {"timeZone", user.time_zone},       {"theme", text(user.theme)}};
}

Json document(const sessions::Session& session) {
    return {{"id", session.id},
            {"isCurrent", session.is_current},
            {"address", session.address},
            {"userAgent", session.user_agent},
            {"createdAt", to_rfc3339(session.created_at)},
            {"lastUsedAt", to_rfc3339(session.last_used_at)},
            {"expiresAt", to_rfc3339(session.expires_at)}};
}

Json document(const tokens::Token& token) {
    return {{"id", token.id.str()},
            {"name", token.name},
            {"scope", text(token.scope)},
            {"isLive", token.is_live},
            {"createdAt", to_rfc3339(token.created_at)},
            {"expiresAt", to_rfc3339(token.expires_at)},
            {"lastUsedAt", or_null(token.last_used_at)},
            {"revokedAt", or_null(token.revoked_at)}};
}

Json feed_document(pg::Transaction& tx, const UserId& user) {
    const auto feed = calendar::find(tx, user);
    return {{"isMade", feed.has_value()},
            {"createdAt", feed ? Json(to_rfc3339(feed->created_at)) : Json(nullptr)},
            {"lastUsedAt", feed ? or_null(feed->last_used_at) : Json(nullptr)}};
}

}  // namespace

Response account_get(const Request& request, App& app) {
    Query query(request, {});
    if (query.faults.any()) return validation_failed(request, query.faults.all());

    auto tx = app.db.begin(pg::Mode::read_only);
    return json(account_document(tx, request.principal().user));
}

Response account_set(const Request& request, App& app) {
    return idempotent(request, app, [&](pg::Transaction& tx) {
        Body body(request, {"displayName", "timeZone", "theme"});
        const auto theme = body.one_of<Theme>("theme");
        const users::Profile wanted{.display_name = body.text("displayName", kTextBytes),
                                    .time_zone = body.text("timeZone", kTextBytes),
                                    .theme = theme.value_or(Theme::SYSTEM)};
        body.faults.add(users::faults(wanted));
        if (body.faults.any()) return validation_failed(request, body.faults.all());

        const UserId me = request.principal().user;
        users::update_profile(tx, me, wanted, request.actor());
        return json(account_document(tx, me));
    });
}

Response password_change(const Request& request, App& app) {
    const Principal& me = request.principal();
    Body body(request, {"current", "newPassword"});
    const Secret current = body.secret("current"), wanted = body.secret("newPassword");
    body.faults.add(users::password_faults(app.db, me, current, wanted, request.address()));
    return idempotent(request, app, [&](pg::Transaction& tx) {
        if (body.faults.any()) return validation_failed(request, body.faults.all());

        users::change_password(tx, me.user, wanted, request.identity()->session_hash, request.actor());
        return json(account_document(tx, me.user));
    });
}

Response session_list(const Request& request, App& app) {
    Query query(request, {});
    if (query.faults.any()) return validation_failed(request, query.faults.all());

    auto tx = app.db.begin(pg::Mode::read_only);
    Json list = Json::array();
    for (const auto& session : sessions::list(tx, request.principal().user, request.identity()->session_hash))
        list.push_back(document(session));
    return json({{"sessions", std::move(list)}});
}

Response session_end(const Request& request, App& app) {
    return idempotent(request, app, [&](pg::Transaction& tx) {
        Body body(request, {});
        if (body.faults.any()) return validation_failed(request, body.faults.all());
        const auto& id = request.path_text("session");
        if (!sessions::end(tx, request.principal().user, id, request.actor())) not_found();

        return json({{"id", id}, {"isLive", false}});
    });
}

Response token_list(const Request& request, App& app) {
    Query query(request, {});
    if (query.faults.any()) return validation_failed(request, query.faults.all());

    auto tx = app.db.begin(pg::Mode::read_only);
    Json list = Json::array();
    for (const auto& token : tokens::list(tx, request.principal().user)) list.push_back(document(token));
    return json({{"tokens", std::move(list)}});
}

Response token_create(const Request& request, App& app) {
    if (request.identity()->by_token)  // one that leaked could live for ever
        throw Error(Code::forbidden, "A token can't make another one. Make it on the account page, signed in.",
                    "tokens are made in a session");
    return idempotent(request, app, [&](pg::Transaction& tx) {
        Body body(request, {"name", "scope", "days"});
        const auto name = body.text("name", kTextBytes);
        if (const auto fault = tokens::name_fault(name)) body.faults.add(FormErrors{{"name", *fault}});
        const auto scope = body.one_of<TokenScope>("scope");
        const int days = body.number("days", 1, tokens::kLongestDays);
        if (body.faults.any()) return validation_failed(request, body.faults.all());

        const auto made = tokens::create(tx, request.principal().user, name, *scope, days, request.actor());
        return json({{"id", made.id.str()}, {"token", made.token.reveal()}}, 201);
    });
}

Response token_revoke(const Request& request, App& app) {
    return idempotent(request, app, [&](pg::Transaction& tx) {
        Body body(request, {});
        if (body.faults.any()) return validation_failed(request, body.faults.all());
        const auto id = request.path_id<TokenId>("token");
        if (!tokens::revoke(tx, request.principal().user, id, request.actor())) not_found();

        return json({{"id", id.str()}, {"isLive", false}});
    });
}

Response calendar_get(const Request& request, App& app) {
    Query query(request, {});
    if (query.faults.any()) return validation_failed(request, query.faults.all());

    auto tx = app.db.begin(pg::Mode::read_only);
    return json(feed_document(tx, request.principal().user));
}

Response calendar_renew(const Request& request, App& app) {
    return idempotent(request, app, [&](pg::Transaction& tx) {
        Body body(request, {});
        if (body.faults.any()) return validation_failed(request, body.faults.all());

        const Secret token = calendar::renew(tx, request.principal().user, request.actor());
        return json({{"address", cat(app.config.web.public_url, "/calendar/", token.reveal(), ".ics")}}, 201);
    });
}

Response calendar_revoke(const Request& request, App& app) {
    return idempotent(request, app, [&](pg::Transaction& tx) {
        Body body(request, {});
        if (body.faults.any()) return validation_failed(request, body.faults.all());
        if (!calendar::revoke(tx, request.principal().user, request.actor())) not_found();

        return json(feed_document(tx, request.principal().user));
    });
}

}  // namespace desk::api
