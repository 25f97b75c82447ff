#include "core/store/outbox.hpp"

namespace desk::outbox {
namespace {

const pg::Statement kAdd{"outbox_add", R"sql(
    INSERT INTO outbox (kind, subject, deadline, payload) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING)sql"};
const pg::Statement kOfSubject{"outbox_of_subject", R"sql(
    SELECT kind, subject, deadline, payload, created_at, attempts, accepted_at
      FROM outbox WHERE subject = $1 ORDER BY created_at DESC, id DESC LIMIT $2)sql"};

}  // namespace

bool add(pg::Transaction& tx, const Message& message) {
    return tx.execute(kAdd, message.kind, message.subject, message.deadline, message.payload) == 1;
}

std::vector<Message> of_subject(pg::Transaction& tx, const std::string& subject, int limit) {
    return tx.all(
        kOfSubject,
        [](pg::Row r) {
            return Message{.kind = r["kind"],
                           .subject = r["subject"],
                           .deadline = r["deadline"],
                           .payload = r["payload"].as<Json>(),
                           .created_at = r["created_at"],
                           .attempts = r["attempts"],
                           .accepted_at = r["accepted_at"].or_null()};
        },
        subject, limit);
}

}  // namespace desk::outbox
