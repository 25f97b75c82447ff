#include "cgi/idempotent.hpp"

#include "cgi/app.hpp"
#include "cgi/router.hpp"
#include "core/base/crypto.hpp"
#include "core/base/text.hpp"
#include "core/store/idempotency.hpp"

namespace desk {
namespace {

constexpr seconds kTryAgain = 2s;
constexpr std::string_view kSignedCall = "idempotent call";

bool is_sensitive(const Request& request) { return has(request.route()->flags, Flags::sensitive); }

std::string whole(const Request& request) { return cat(request.target(), '\n', request.body()); }

/// Tells a repetition from another request. There may be a password in a sensitive one, which nobody who reads the rows
/// shall be able to guess: so it is signed.
std::string fingerprint(const Request& request, const App& app) {
    return is_sensitive(request) ? hex(app.keys.sign(kSignedCall, whole(request))) : sha256_hex(whole(request));
}
bool is_same(const Request& request, const App& app, const std::string& earlier) {
    if (!is_sensitive(request)) return sha256_hex(whole(request)) == earlier;
    return app.keys.verify(kSignedCall, whole(request), unhex(earlier).value_or(""));
}

idempotency::Call call_of(const Request& request, const App& app) {
    return {.principal = request.principal().user,
            .key = std::string(request.header("Idempotency-Key")),
            .route = cat("POST ", request.route()->path),
            .request_hash = fingerprint(request, app)};
}

Response replay(const Request& request, const App& app, const idempotency::Call& call,
                const idempotency::Answer& earlier) {
    if (earlier.route != call.route || !is_same(request, app, earlier.request_hash))
        throw Error(Code::invalid,
                    "This Idempotency-Key came with another request before. Use a new one for a new request.");
    Response answer =
        earlier.body ? Response{.status = earlier.status, .content_type = "application/json", .body = *earlier.body}
                     : json({{"message", "This was done before. Its answer is not kept."}}, earlier.status);
    if (earlier.location) answer.headers.emplace_back("Location", *earlier.location);
    return std::move(answer).with_header("Idempotency-Replayed", "true");
}

}  // namespace

Response idempotent(const Request& request, App& app, const std::function<Response(pg::Transaction&)>& effect) {
    const auto call = call_of(request, app);
    auto tx = app.db.begin();
    switch (idempotency::begin(tx, call)) {
        case idempotency::Begun::running:
            throw RetryLater(Code::conflict, "The first call with this Idempotency-Key is still running.", kTryAgain);
        case idempotency::Begun::repeated:
            return replay(request, app, call, idempotency::earlier(tx, call));
        case idempotency::Begun::mine:
            break;
    }
    Response answer = effect(tx);
    if (answer.status < 200 || answer.status > 299) return answer;  // tx rolls back, with the key

    const std::string* location = answer.find_header("Location");
    idempotency::keep(tx, call,
                      {.status = answer.status,
                       .body = is_sensitive(request) ? std::nullopt : std::optional(answer.body),
                       .location = location != nullptr ? std::optional(*location) : std::nullopt});
    tx.commit();
    return answer;
}

}  // namespace desk
