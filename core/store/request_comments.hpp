// What is said about a request: decisions, and the questions and answers before them.
#pragma once

#include <string>
#include <vector>

#include "core/model/access.hpp"
#include "core/model/request.hpp"
#include "core/store/audit.hpp"
#include "core/store/requests.hpp"

namespace desk::requests {

struct Approval {
    std::string approver_name = {};
    Decision verdict = Decision::APPROVE;
    std::string comment = {};
    Time at = {};
};
struct Comment {
    CommentKind kind = CommentKind::QUESTION;
    std::string author_name = {}, text = {};
    Time at = {};
};
/// Each oldest first. One query.
struct Thread {
    std::vector<Approval> approvals = {};
    std::vector<Comment> comments = {};
};
Thread thread(pg::Transaction& tx, const RequestId& id);

inline constexpr std::size_t kLongestComment = 2000;  ///< bytes; of a decision, too

/// Says something about an open request, audited: of who asked for it, or will own it, an answer; of who may decide on
/// it, a question. `text` has 1 to kLongestComment bytes. Throws Error{not_found} out of reach, {forbidden} for
/// anybody else, {conflict} when it is no longer open. The caller commits.
Comment comment(pg::Transaction& tx, const Principal& principal, const RequestId& id, const Reach& reach,
                const std::string& text, const Actor& actor);

}  // namespace desk::requests
