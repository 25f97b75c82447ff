// The audit chain: an action and its audit row are one transaction.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/json.hpp"
#include "core/base/time.hpp"
#include "core/model/access.hpp"
#include "core/pg/transaction.hpp"

namespace desk {

/// Who acts. `id` is a user id, or the word of a part of the desk ("ttl", "worker").
struct Actor {
    std::string id;
    std::string name;
    std::string address = {};
    std::string correlation_id = {};

    static Actor of(const Principal& principal, std::string address, std::string correlation_id) {
        return {principal.user.str(), principal.username, std::move(address), std::move(correlation_id)};
    }
    static Actor desk(std::string part, std::string correlation_id = {}) {
        return {part, part, {}, std::move(correlation_id)};
    }
};

struct AuditEvent {
    std::string action;  ///< verb with its noun first: "cluster.destroy", "outputs.reveal"
    std::string target;  ///< id of the thing acted on
    std::optional<std::string> team = {};
    Json before = nullptr;  ///< never a secret
    Json after = nullptr;
};

/// Appends to the chain. Call it last before commit: it holds the chain's lock until then.
void audit(pg::Transaction& tx, const Actor& actor, const AuditEvent& event);

struct AuditRow {
    std::int64_t id;
    Time at;
    std::string actor, actor_name, action, target;
    std::optional<std::string> team;
    std::string correlation_id, address;
};
/// Newest first; what happened to `target`.
std::vector<AuditRow> audit_of(pg::Transaction& tx, const std::string& target, int limit);

struct ChainState {
    std::int64_t rows = 0;
    std::int64_t broken_at = 0;  ///< id of the first row that does not fit; 0 = the chain holds
    std::string head;            ///< hash of the newest row, 64 zeros when empty
};
/// Recomputes the chain from the row with id `from` on (0 = all).
ChainState verify_audit(pg::Transaction& tx, std::int64_t from = 0);

}  // namespace desk
