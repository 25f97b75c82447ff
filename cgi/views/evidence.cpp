#include "cgi/views/evidence.hpp"

#include "cgi/dictionary.hpp"
#include "cgi/views/order_labels.hpp"
#include "cgi/views/quota_words.hpp"
#include "core/model/order_difference.hpp"
#include "core/model/policy.hpp"
#include "keys/parts/evidence.tpl.hpp"

namespace desk::views {
namespace {

/// Whether the profile still says what the order was resolved by.
std::string standing_words(const requests::Request& request, const Order& order, const Profile* profile) {
    if (profile == nullptr)
        return "It is no longer in the catalog. A decision is on the order as it was resolved when it was asked for.";
    const auto asked = EffectiveOrder::from_json(request.effective_order);
    return resolve(order, *profile, asked.owner).digest() == request.digest
               ? "It says the same today as when this was asked for."
               : "It was changed since this was asked for. A decision is on the order as it was resolved then.";
}

/// What it adds to what is in use: an order counts as soon as it is asked for; more time and more workers do not before
/// they are granted.
Demand still_to_come(const requests::Request& request) {
    if (request.kind == RequestKind::CREATE || request.state != RequestState::OPEN) return {.clusters = 0};
    return {.clusters = 0, .vcpus = request.submitted_order.value("moreVcpus", 0), .cost = Money{request.cost_micros}};
}

/// What has a limit, and the money in any case.
Facts quota_facts(const requests::Request& request, const QuotaState& quota) {
    const Demand more = still_to_come(request);
    QuotaUse team = quota.team;
    team.vcpus.used += more.vcpus;
    team.month.used += more.cost;
    const auto number = [](int count) { return std::to_string(count); };
    const auto money = [](Money amount) { return amount.str(); };
    Facts facts;
    if (is_limited(quota.user.clusters))
        facts.push_back({"Clusters of the owner", with_this_words(quota.user.clusters, number)});
    if (is_limited(team.clusters))
        facts.push_back({cat("Clusters of team ", request.team), with_this_words(team.clusters, number)});
    if (is_limited(team.vcpus))
        facts.push_back({cat("vCPUs of team ", request.team), with_this_words(team.vcpus, number)});
    facts.push_back({cat("This month, team ", request.team), with_this_words(team.month, money)});
    return facts;
}

}  // namespace

std::string history_words(const evidence::History& history) {
    const auto now = cat(counted(history.clusters_now, "cluster", "clusters"), " now.");
    if (history.orders == 0) return "This is their first order. " + now;
    std::string words = cat(counted(history.orders, "order", "orders"), " before: ", history.approved, " approved, ",
                            history.rejected, " rejected");
    if (history.failed > 0) words += cat("; ", history.failed, " never became ready");
    return cat(words, ". ", now);
}

EvidencePart EvidencePart::of(const requests::Request& request, const evidence::Evidence& evidence,
                              const Catalog& catalog) {
    const auto known = evidence.requesters.find(request.requester_id);
    EvidencePart part{
        .id = request.id.str(),
        .requester = request.requester_name,
        .history = history_words(known == evidence.requesters.end() ? evidence::History{} : known->second),
        .rule = request.rule,
        .explanation = request.explanation,
        .profile = request.profile,
        .quota = quota_facts(request, evidence.quotas.of(request.team, request.owner_id)),
        .is_order = request.kind == RequestKind::CREATE};
    if (!part.is_order) return part;
    const Profile* profile = catalog.find(request.profile);
    const auto order = Order::from_json(request.submitted_order);
    if (!order) return part;
    part.standing = standing_words(request, *order, profile);
    if (profile == nullptr) return part;
    for (const auto& [field, usual, asked] : differences(*order, *profile))
        part.changes.push_back({.field = label_of(field), .usual = usual, .asked = asked});
    return part;
}

void EvidencePart::fill(Dictionary& out) const {
    out.SetValue(ke_ID, id);
    out.SetValue(ke_REQUESTER, requester);
    out.SetValue(ke_HISTORY, history);
    out.SetValue(ke_RULE, rule);
    out.SetValue(ke_EXPLANATION, explanation);
    out.SetValue(ke_PROFILE, profile);
    show_if(out, ke_PROFILE_STANDING, ke_WORDS, standing);
    fill_facts(out, ke_QUOTA, ke_LABEL, ke_VALUE, quota);
    if (!is_order) return;
    if (changes.empty()) return out.ShowSection(ke_AS_USUAL);
    auto* table = out.AddSectionDictionary(ke_CHANGES);
    for (const auto& change : changes) {
        auto* row = table->AddSectionDictionary(ke_CHANGE);
        row->SetValue(ke_FIELD, change.field);
        row->SetValue(ke_USUAL, change.usual.empty() ? "none" : change.usual);
        row->SetValue(ke_ASKED, change.asked.empty() ? "none" : change.asked);
    }
}

}  // namespace desk::views
