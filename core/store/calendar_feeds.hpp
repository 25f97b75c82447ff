// Calendar feeds: a secret address for each person, behind which their deadlines stand. Rows hold the token's SHA-256.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/base/secret.hpp"
#include "core/model/access.hpp"
#include "core/model/lifetime.hpp"
#include "core/pg/transaction.hpp"
#include "core/store/audit.hpp"

namespace desk::calendar {

inline constexpr int kReadsPerMinute = 20;  ///< of one feed

// --- the address; changes are audited, the caller commits
// --------------------------------------------------------------

struct Feed {
    Time created_at = {};
    std::optional<Time> last_used_at = {};
};
std::optional<Feed> find(pg::Transaction& tx, const UserId& user);
/// Makes an address, or another one in place of that which there is. Shown once.
Secret renew(pg::Transaction& tx, const UserId& user, const Actor& actor);
/// False when there is none.
bool revoke(pg::Transaction& tx, const UserId& user, const Actor& actor);

// --- what is behind it
// -------------------------------------------------------------------------------------------------

struct Opened {
    Principal reader = {};
    Time now = {};
    std::optional<seconds> wait = {};  ///< it was read too often: how long to wait
};
/// Who reads, by the token of an address; nothing for one that is unknown or of a disabled account. Counts it when
/// `count`.
std::optional<Opened> open(pg::Transaction& tx, std::string_view token, bool count);

/// A cluster of the reader's own that has an end.
struct Deadline {
    ClusterId cluster = {};
    std::string name = {};
    Time began_at = {}, destroy_at = {};
    Time changed_at = {};  ///< when its end was set as it is
    int moved = 0;         ///< how often it was moved
    int warn_hours = 0;    ///< the profile's own distance; 0 = none
    Pace pace = {};
};
/// Soonest first.
std::vector<Deadline> deadlines(pg::Transaction& tx, const UserId& owner);

}  // namespace desk::calendar
