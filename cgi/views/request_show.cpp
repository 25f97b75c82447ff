#include "cgi/views/request_show.hpp"

#include <ctemplate/template.h>

#include <algorithm>

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

void say_state(RequestShow& page, const requests::Request& request, const Reader& reader) {
    const bool is_create = request.kind == RequestKind::CREATE;
    page.tone = page.state.phrase.tone;
    switch (request.state) {
        case RequestState::OPEN:
            page.sentence = cat("Waiting for ", still_needed(request));
            page.next_step = request.lapses_at
                                 ? cat("Undecided, it lapses on ", to_local(*request.lapses_at, reader.time_zone), " (",
                                       relative(*request.lapses_at, reader.now), ").")
                                 : "";
            page.waiting = cat("Now: ", still_needed(request), '.');
            return;
        case RequestState::APPROVED:
            page.sentence = request.approvals_given > 0 ? "Approved" : "Approved at once by policy";
            page.next_step = is_create ? "The page of the cluster tells how far it is."
                                       : "The lifetime of the cluster is longer now.";
            return;
        case RequestState::REJECTED:
            page.sentence = "Rejected";
            page.next_step = is_create ? "Nothing was created. Read the comment below, change the order and ask again."
                                       : "The cluster ends as before. Read the comment below.";
            return;
        case RequestState::WITHDRAWN:
            page.sentence = "Withdrawn by its requester";
            page.next_step = is_create ? "Nothing was created, and the name is free." : "The cluster ends as before.";
            return;
        case RequestState::LAPSED:
            page.sentence = "Lapsed: nobody decided in time";
            page.next_step = "Ask again, and tell an approver that it is there.";
            return;
    }
}

}  // namespace

RequestShow RequestShow::of(const requests::Request& request, const std::vector<requests::Approval>& approvals,
                            const Principal& principal, const Reader& reader) {
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
                     .facts = order_facts(request)};
    say_state(page, request, reader);
    for (const auto& approval : approvals)
        page.decisions.push_back({.who = approval.approver_name,
                                  .verdict = approval.verdict == desk::Decision::APPROVE ? "approved" : "rejected",
                                  .comment = approval.comment,
                                  .at = Moment::of(approval.at, reader)});
    if (request.kind == RequestKind::CREATE)
        page.preview = InstallPreview::of(EffectiveOrder::from_json(request.effective_order), page.cluster_id, page.id);
    if (request.state != RequestState::OPEN) return page;
    if (requests::may_decide(principal, request))
        page.decision_form = DecisionForm{.id = page.id, .digest = request.digest};
    page.may_withdraw =
        principal.may_in(Permission::request_withdraw, request.team) || request.requester_id == principal.user;
    return page;
}

void RequestShow::fill(Dictionary& out) const {
    out.SetValue(krs_ID, id);
    out.SetValue(krs_WHAT, what);
    out.SetValue(krs_REQUESTER, requester);
    out.SetValue(krs_TEAM, team);
    out.SetValue(krs_CLUSTER_ID, cluster_id);
    out.SetValue(krs_CLUSTER, cluster);
    out.SetValue(krs_TONE, tone);
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
    for (const auto& decision : decisions) {
        auto* item = out.AddSectionDictionary(krs_DECISION);
        item->SetValue(krs_WHO, decision.who);
        item->SetValue(krs_VERDICT, decision.verdict);
        include(*item, krs_AT, decision.at);
        show_if(*item, krs_COMMENT, krs_TEXT, decision.comment);
    }
    show_if(out, krs_WAITING, krs_TEXT, waiting);
    if (decision_form) include(*out.AddSectionDictionary(krs_MAY_DECIDE), krs_DECISION_FORM, *decision_form);
    if (may_withdraw) out.ShowSection(krs_MAY_WITHDRAW);
}

}  // namespace desk::views
