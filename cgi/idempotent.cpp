#include "cgi/idempotent.hpp"

#include "cgi/app.hpp"
#include "cgi/router.hpp"
#include "core/base/crypto.hpp"
#include "core/base/text.hpp"
#include "core/store/idempotency.hpp"

namespace desk {
namespace {

constexpr seconds kTryAgain = 2s;

idempotency::Call call_of(const Request& request) {
    return {.principal = request.principal().user,
            .key = std::string(request.header("Idempotency-Key")),
            .route = cat("POST ", request.route()->path),
            .request_hash = sha256_hex(cat(request.target(), '\n', request.body()))};
}

Response replay(const idempotency::Call& call, const idempotency::Answer& earlier) {
    if (earlier.route != call.route || earlier.request_hash != call.request_hash)
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
    const auto call = call_of(request);
    auto tx = app.db.begin();
    switch (idempotency::begin(tx, call)) {
        case idempotency::Begun::running:
            throw RetryLater(Code::conflict, "The first call with this Idempotency-Key is still running.", kTryAgain);
        case idempotency::Begun::repeated:
            return replay(call, idempotency::earlier(tx, call));
        case idempotency::Begun::mine:
            break;
    }
    Response answer = effect(tx);
    if (answer.status < 200 || answer.status > 299) return answer;  // tx rolls back, with the key

    const bool kept = !has(request.route()->flags, Flags::sensitive);
    const std::string* location = answer.find_header("Location");
    idempotency::keep(tx, call,
                      {.status = answer.status,
                       .body = kept ? std::optional(answer.body) : std::nullopt,
                       .location = location != nullptr ? std::optional(*location) : std::nullopt});
    tx.commit();
    return answer;
}

}  // namespace desk
