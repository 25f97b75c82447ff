// Messages to people: written in the transaction of what they tell, shown on pages from here.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/json.hpp"
#include "core/base/time.hpp"
#include "core/pg/transaction.hpp"

namespace desk::outbox {

struct Message {
    std::string kind = {};     ///< "expires-in-6h"
    std::string subject = {};  ///< id of what it is about
    Time deadline = {};        ///< which it warns of: a message is written once for each kind, subject and deadline
    Json payload = Json::object();
    Time created_at = {};
    int attempts = 0;
    std::optional<Time> accepted_at = {};  ///< by the first mail server
};

/// False when it is there already.
bool add(pg::Transaction& tx, const Message& message);

/// Newest first.
std::vector<Message> of_subject(pg::Transaction& tx, const std::string& subject, int limit);

}  // namespace desk::outbox
