#include "core/store/request_comments.hpp"

#include "core/base/text.hpp"
#include "core/store/notices.hpp"

namespace desk::requests {
namespace {

const pg::Statement kThread{"request_thread", R"sql(
    SELECT u.username AS author, t.decision, t.kind, t.text, t.at
      FROM (SELECT approver_id AS author_id, verdict AS decision, NULL AS kind, comment AS text, at, id
              FROM approvals WHERE request_id = $1
            UNION ALL
            SELECT author_id, NULL, kind, text, at, id FROM request_comments WHERE request_id = $1) t
      JOIN users u ON u.id = t.author_id ORDER BY t.at, t.id)sql"};
const pg::Statement kInsertComment{"request_comments_insert", R"sql(
    INSERT INTO request_comments (request_id, author_id, kind, text) VALUES ($1, $2, $3, $4) RETURNING at)sql"};

CommentKind kind_for(const Principal& principal, const Request& request) {
    if (principal.user == request.requester_id || principal.user == request.owner_id) return CommentKind::ANSWER;
    if (may_decide(principal, request)) return CommentKind::QUESTION;
    throw Error(Code::forbidden, "Its requester and those who decide on a request talk about it; you are neither.");
}

}  // namespace

Thread thread(pg::Transaction& tx, const RequestId& id) {
    Thread out;
    for (const pg::Row r : tx.run(kThread, id)) {
        if (r["decision"].is_null())
            out.comments.push_back({r["kind"], r["author"], r["text"], r["at"]});
        else
            out.approvals.push_back({r["author"], r["decision"], r["text"], r["at"]});
    }
    return out;
}

Comment comment(pg::Transaction& tx, const Principal& principal, const RequestId& id, const Reach& reach,
                const std::string& text, const Actor& actor) {
    const auto request = find_locked(tx, id, reach);
    if (!request) throw Error(Code::not_found, "There is no such request.", id.str());
    if (request->state != RequestState::OPEN)
        throw Error(Code::conflict,
                    cat("This request is no longer open: it is ", lower(desk::text(request->state)), "."));
    const CommentKind kind = kind_for(principal, *request);
    const pg::Rows rows = tx.run(kInsertComment, id, principal.user, kind, text);
    notices::of_request(tx, id, kind == CommentKind::QUESTION ? NoticeKind::ASKED : NoticeKind::ANSWERED, text);
    audit(tx, actor,
          {.action = kind == CommentKind::QUESTION ? "request.ask" : "request.answer",
           .target = id.str(),
           .team = request->team,
           .before = nullptr,
           .after = {{"text", text}}});
    return {kind, principal.username, text, rows[0]["at"]};
}

}  // namespace desk::requests
