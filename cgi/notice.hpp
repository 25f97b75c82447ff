// What the next page says after a POST: one of these sentences, carried by a short-lived cookie that holds its name.
#pragma once

#include <optional>
#include <string_view>

#include "cgi/http.hpp"
#include "core/base/enum.hpp"

namespace desk {

struct App;

DESK_ENUM(Notice, REQUEST_SENT, ORDER_APPROVED, REQUEST_WITHDRAWN, DECISION_RECORDED, QUESTION_SENT, ANSWER_SENT,
          EXTENSION_GRANTED, EXTENSION_REQUESTED, DESTROY_QUEUED, DESTROY_HURRIED, ORDER_CANCELLED, CANCEL_ASKED,
          JOB_HURRIED, VERIFY_QUEUED, HIBERNATE_QUEUED, RESUME_QUEUED, SCALE_QUEUED, SCALE_REQUESTED, CLUSTER_ABANDONED,
          ORPHAN_CLOSED, ORPHAN_IGNORED, ORPHAN_DESTROY_QUEUED, ORPHAN_ADOPTED, VIEW_SAVED, VIEW_DELETED, LINK_MADE,
          LINK_REVOKED, TOUR_ENDED, ACCOUNT_SAVED, PASSWORD_CHANGED, SESSION_ENDED, TOKEN_REVOKED, CALENDAR_REVOKED,
          USER_CREATED, USER_SAVED, TEAM_CREATED, TEAM_SAVED, LIMITS_SAVED, BRAKE_PULLED, BRAKE_RELEASED,
          WORKER_DRAINING, WORKER_RESUMED, SIGNED_OUT)

/// The sentence.
std::string_view sentence(Notice notice);

/// see_other(path) whose page shows `notice` once.
Response see_other(App& app, std::string path, Notice notice);

/// What the cookie of this request names.
std::optional<Notice> notice_of(const App& app, const Request& request);
/// Set-Cookie that removes it.
std::string forget_notice(const App& app);

}  // namespace desk
