// API calls with an effect: once per Idempotency-Key.
#pragma once

#include <functional>
#include <optional>

#include "cgi/http.hpp"
#include "core/pg/transaction.hpp"

namespace desk {

struct App;

/// Runs `effect` in a transaction that begins with the call's key, stores its answer and commits. An answer outside
/// 2xx, and an exception, leave nothing behind, the key included. Called again with the same key it gives the stored
/// answer (with header Idempotency-Replayed; of a sensitive route only status and Location, as nothing else that went
/// there or back is kept). Throws Error{invalid} when the key came with another request before, and RetryLater while
/// the first call runs.
///   return idempotent(request, app, [&](pg::Transaction& tx) { ...; return json(answer, 202); });
Response idempotent(const Request& request, App& app, const std::function<Response(pg::Transaction&)>& effect);

}  // namespace desk
