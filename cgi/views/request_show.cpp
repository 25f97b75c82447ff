#include "cgi/views/request_show.hpp"

#include <algorithm>

#include "cgi/dictionary.hpp"
#include "cgi/form.hpp"
#include "core/base/text.hpp"
#include "keys/request_show.tpl.hpp"

namespace desk::views {
namespace {

/// What is still needed: "1 more approval by team platform".
std::string still_needed(const requests::Request& request) {
    const int left = std::max(1, request.approvals_needed - request.approvals_given);
    const auto teams = request.approver_teams.empty() ? std::vector{request.team} : request.approver_teams;
    return cat(counted(left, request.approvals_given > 0 ? "more approval" : "approval",
                       request.approvals_given > 0 ? "more approvals" : "approvals"),
               " by team ", join(teams, " or "));
}

/// What follows from a decision, by what was asked for.
struct Consequences {
    const char *approved, *rejected, *withdrawn;
};
constexpr Consequences kOfCreate{"The page of the cluster tells how far it is.",
                                 "Nothing was created. Read the comment below, change the order and ask again.",
                                 "Nothing was created, and the name is free."};
constexpr Consequences kOfMoreTime{"The lifetime of the cluster is longer now.",
                                   "The cluster ends as before. Read the comment below.",
                                   "The cluster ends as before."};
constexpr Consequences kOfWorkers{"The page of the cluster tells how far the change of its workers is.",
                                  "The cluster keeps its workers. Read the comment below.",
                                  "The cluster keeps its workers."};

const Consequences& consequences_of(RequestKind kind) {
    if (kind == RequestKind::SCALE) return kOfWorkers;
    return kind == RequestKind::CREATE ? kOfCreate : kOfMoreTime;
}

/// Who took it back, if somebody did.
std::string withdrawn_words(const requests::Request& request, const std::optional<requests::Withdrawal>& withdrawal) {
    if (!withdrawal || !withdrawal->by) return "Withdrawn: its cluster was destroyed or cancelled";
    return cat("Withdrawn by ", withdrawal->by == request.requester_id ? "its requester" : withdrawal->by_name);
}

void say_state(RequestShow& page, const requests::Request& request,
               const std::optional<requests::Withdrawal>& withdrawal, const Reader& reader) {
    const Consequences& then = consequences_of(request.kind);
    page.tone = page.state.phrase.tone;
    switch (request.state) {
        case RequestState::OPEN:
            page.sentence = cat("Waiting for ", still_needed(request));
            page.next_step = request.lapses_at
                                 ? cat("Undecided, it lapses on ", to_local(*request.lapses_at, reader.time_zone), " (",
                                       relative(*request.lapses_at, reader.now), ").")
                                 : "";
            page.waiting =
                request.last_comment == CommentKind::QUESTION
                    ? cat("Now: ", request.requester_name, " answers the question; then ", still_needed(request), '.')
                    : cat("Now: ", still_needed(request), '.');
            return;
        case RequestState::APPROVED:
            page.sentence = request.approvals_given > 0 ? "Approved" : "Approved at once by policy";
            page.next_step = then.approved;
            return;
        case RequestState::REJECTED:
            page.sentence = "Rejected";
            page.next_step = then.rejected;
            return;
        case RequestState::WITHDRAWN:
            page.sentence = withdrawn_words(request, withdrawal);
            page.next_step = request.kind == RequestKind::CREATE || (withdrawal && !withdrawal->with_cluster)
                                 ? then.withdrawn
                                 : "It ended when its cluster was to be destroyed.";
            return;
        case RequestState::LAPSED:
            page.sentence = "Lapsed: nobody decided in time";
            page.next_step = cat(still_needed(request), " was needed",
                                 request.lapses_at ? cat(" by ", to_local(*request.lapses_at, reader.time_zone)) : "",
                                 " and did not come, so the desk closed it. Ask again, and tell an approver that it is "
                                 "there.");
            return;
    }
}

std::string did(const requests::Approval& approval) {
    return approval.verdict == Decision::APPROVE ? "approved" : "rejected";
}
std::string did(const requests::Comment& comment) {
    return comment.kind == CommentKind::QUESTION ? "asked" : "answered";
}

std::vector<RequestShow::Entry> entries_of(const requests::Thread& thread, const Reader& reader) {
    std::vector<RequestShow::Entry> entries;
    for (const auto& one : thread.approvals)
        entries.push_back({.who = one.approver_name,
                           .did = did(one),
                           .comment = one.comment,
                           .when = one.at,
                           .at = Moment::of(one.at, reader)});
    for (const auto& one : thread.comments)
        entries.push_back({.who = one.author_name,
                           .did = did(one),
                           .comment = one.text,
                           .when = one.at,
                           .at = Moment::of(one.at, reader)});
    std::ranges::stable_sort(entries, {}, &RequestShow::Entry::when);
    return entries;
}

/// The order form, filled with what was asked for.
std::string again_href(const requests::Request& request) {
    const auto order = Order::from_json(request.submitted_order);
    if (!order) return "";  // of a time when orders had other fields
    std::vector<std::pair<std::string, std::string>> fields;
    const Json document = order->to_json();
    for (const auto& [field, value] : document.items()) {
        if (value.is_string()) fields.emplace_back(field, value.get<std::string>());
        if (value.is_number_integer()) fields.emplace_back(field, std::to_string(value.get<std::int64_t>()));
        if (value.is_boolean()) fields.emplace_back(field, value.get<bool>() ? "yes" : "no");
        if (!value.is_object()) continue;
        std::string lines;
        for (const auto& [key, text] : value.items()) lines += cat(key, '=', text.get<std::string>(), '\n');
        fields.emplace_back(field, lines);
    }
    return "/requests/new" + query_string(fields);
}

}  // namespace

RequestShow RequestShow::of(const Source& in, const Reader& reader) {
    const auto& request = in.request;
    RequestShow page{.id = request.id.str(),
                     .what = what_is_asked(request),
                     .requester = request.requester_name,
                     .team = request.team,
                     .cluster_id = request.cluster_id.str(),
                     .cluster = request.cluster_name,
                     .reason = request.reason,
                     .rule = request.rule,
                     .explanation = request.explanation,
                     .cost = amount({request.cost_micros}),
                     .cost_words = "As estimated when it was asked for.",
                     .digest = request.digest,
                     .state = {phrase(request.state)},
                     .asked = Moment::of(request.created_at, reader),
                     .facts = order_facts(request),
                     .entries = entries_of(in.thread, reader),
                     .evidence = EvidencePart::of(request, in.evidence, in.catalog)};
    say_state(page, request, in.withdrawal, reader);
    if (request.kind == RequestKind::CREATE)
        page.preview = InstallPreview::of(EffectiveOrder::from_json(request.effective_order),
                                          {.desk = in.desk, .cluster = page.cluster_id, .request = page.id});
    const auto& me = in.principal;
    const bool is_mine = request.requester_id == me.user || request.owner_id == me.user;
    if (request.state != RequestState::OPEN) {
        const bool came_to_nothing = request.state != RequestState::APPROVED && request.kind == RequestKind::CREATE;
        if (is_mine && came_to_nothing) page.again = again_href(request);
        return page;
    }
    if (requests::may_decide(me, request))
        page.decision_form = DecisionForm{.id = page.id, .what = page.what, .digest = request.digest};
    if (is_mine)
        page.answer = Field{.name = "text",
                            .label = "Your answer, or what else approvers should know",
                            .kind = Field::Kind::area,
                            .required = true};
    page.may_withdraw = requests::may_withdraw(me, request);
    return page;
}

void RequestShow::fill(Dictionary& out) const {
    out.SetValue(krs_ID, id);
    out.SetValue(krs_WHAT, what);
    out.SetValue(krs_REQUESTER, requester);
    out.SetValue(krs_TEAM, team);
    out.SetValue(krs_CLUSTER_ID, cluster_id);
    out.SetValue(krs_CLUSTER, cluster);
    out.SetValue(krs_ALERT, tone_of(tone).alert);
    out.SetValue(krs_ICON, tone_of(tone).icon);
    out.SetValue(krs_SENTENCE, sentence);
    out.SetValue(krs_NEXT_STEP, next_step);
    out.SetValue(krs_RULE, rule);
    out.SetValue(krs_EXPLANATION, explanation);
    out.SetValue(krs_COST, cost);
    out.SetValue(krs_DIGEST, digest);
    include(out, krs_STATE, state);
    include(out, krs_ASKED, asked);
    include(out, krs_ERRORS, errors);
    include(out, krs_PREVIEW, preview);
    show_if(out, krs_COST_WORDS, krs_TEXT, cost_words);
    show_if(out, krs_REASON, krs_TEXT, reason);
    if (reason.empty()) out.ShowSection(krs_NO_REASON);
    fill_facts(out, krs_FACT, krs_LABEL, krs_VALUE, facts);
    for (const auto& entry : entries) {
        auto* item = out.AddSectionDictionary(krs_ENTRY);
        item->SetValue(krs_WHO, entry.who);
        item->SetValue(krs_DID, entry.did);
        include(*item, krs_AT, entry.at);
        show_if(*item, krs_COMMENT, krs_TEXT, entry.comment);
    }
    include(out, krs_EVIDENCE, evidence);
    show_if(out, krs_AGAIN, krs_HREF, again);
    if (answer) include(*out.AddSectionDictionary(krs_MAY_ANSWER), krs_ANSWER, *answer);
    show_if(out, krs_WAITING, krs_TEXT, waiting);
    if (decision_form) include(*out.AddSectionDictionary(krs_MAY_DECIDE), krs_DECISION_FORM, *decision_form);
    if (may_withdraw) out.ShowSection(krs_MAY_WITHDRAW);
}

}  // namespace desk::views
