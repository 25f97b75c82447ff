#include "cgi/notice.hpp"

#include <array>

#include "cgi/app.hpp"
#include "cgi/session.hpp"

namespace desk {
namespace {

constexpr std::string_view kNoticeCookie = "desk_notice";
constexpr seconds kLife = 60s;

struct Sentence {
    Notice notice;
    std::string_view text;
};
constexpr std::array kSentences = {
    Sentence{Notice::REQUEST_SENT, "Your request was sent. An approver decides; this page shows what became of it."},
    Sentence{Notice::ORDER_APPROVED, "Your order was approved by policy. The cluster is being installed."},
    Sentence{Notice::REQUEST_WITHDRAWN, "The request was withdrawn."},
    Sentence{Notice::DECISION_RECORDED, "Your decision was recorded."},
    Sentence{Notice::QUESTION_SENT, "Your question was sent. The request stays open until somebody decides."},
    Sentence{Notice::ANSWER_SENT, "Your words were sent. Those who decide see them."},
    Sentence{Notice::EXTENSION_GRANTED, "The cluster lives longer now."},
    Sentence{Notice::EXTENSION_REQUESTED, "More time was asked for. An approver decides."},
    Sentence{Notice::DESTROY_QUEUED, "The cluster will be destroyed. The proof of deletion follows."},
    Sentence{Notice::DESTROY_HURRIED, "The destroy is tried again as soon as a worker is free."},
    Sentence{Notice::ORDER_CANCELLED, "The order was cancelled. Nothing was created."},
    Sentence{Notice::CANCEL_ASKED, "The job was asked to stop."},
    Sentence{Notice::JOB_HURRIED, "The next try begins at once."},
    Sentence{Notice::VERIFY_QUEUED, "The cluster is asked how it is. The answer is on this page in a moment."},
    Sentence{Notice::HIBERNATE_QUEUED, "The machines are being stopped."},
    Sentence{Notice::RESUME_QUEUED, "The machines are being started."},
    Sentence{Notice::SCALE_QUEUED, "The number of workers is being changed."},
    Sentence{Notice::SCALE_REQUESTED, "Another number of workers was asked for. An approver decides."},
    Sentence{Notice::CLUSTER_ABANDONED, "The cluster was given up. The receipt says what is left."},
    Sentence{Notice::ORPHAN_CLOSED, "The orphan was closed."},
    Sentence{Notice::ORPHAN_IGNORED, "The orphan is ignored from now on."},
    Sentence{Notice::ORPHAN_DESTROY_QUEUED, "The destroy is in the queue. A sweep follows it and closes what is gone."},
    Sentence{Notice::ORPHAN_ADOPTED, "It is a cluster again: it has an owner, it costs, and it ends at its time."},
    Sentence{Notice::VIEW_SAVED, "The view was saved. It stands above the list."},
    Sentence{Notice::VIEW_DELETED, "The view was deleted. The clusters are as they were."},
    Sentence{Notice::LINK_MADE, "A link was made."},
    Sentence{Notice::LINK_REVOKED, "The link was revoked. It leads nowhere now."},
    Sentence{Notice::TOUR_ENDED, "The tour has ended. Below the home page you can begin it again."},
    Sentence{Notice::ACCOUNT_SAVED, "Your account was saved."},
    Sentence{Notice::PASSWORD_CHANGED, "Your password was changed. Your other sessions have ended."},
    Sentence{Notice::SESSION_ENDED, "The session was ended."},
    Sentence{Notice::TOKEN_REVOKED, "The token was revoked. Programs that use it are refused from now on."},
    Sentence{Notice::CALENDAR_REVOKED, "The address was revoked. Calendars that use it get nothing more."},
    Sentence{Notice::USER_CREATED, "The account was created."},
    Sentence{Notice::USER_SAVED, "The account was saved."},
    Sentence{Notice::TEAM_CREATED, "The team was created."},
    Sentence{Notice::TEAM_SAVED, "The team was saved."},
    Sentence{Notice::LIMITS_SAVED, "The limits were saved. They hold from the next order on."},
    Sentence{Notice::BRAKE_PULLED, "The brake is pulled."},
    Sentence{Notice::BRAKE_RELEASED, "The brake is released."},
    Sentence{Notice::WORKER_DRAINING, "The host drains: it takes no new jobs and ends those it has."},
    Sentence{Notice::WORKER_RESUMED, "The host takes jobs again."},
    Sentence{Notice::SIGNED_OUT, "You are signed out."},
};
static_assert(kSentences.size() == all_texts<Notice>().size());
static_assert([] {
    for (std::size_t i = 0; i < kSentences.size(); ++i)
        if (kSentences[i].notice != static_cast<Notice>(i)) return false;
    return true;
}());

}  // namespace

std::string_view sentence(Notice notice) { return kSentences[static_cast<std::size_t>(notice)].text; }

Response see_other(App& app, std::string path, Notice notice) {
    return see_other(std::move(path)).with_cookie(cookie(app, kNoticeCookie, text(notice), kLife));
}

std::optional<Notice> notice_of(const App& app, const Request& request) {
    return parse_enum<Notice>(cookie_value(app, request, kNoticeCookie));
}

std::string forget_notice(const App& app) { return cookie(app, kNoticeCookie, "", 0s); }

}  // namespace desk
