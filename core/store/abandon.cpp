#include "core/store/abandon.hpp"

#include "core/base/text.hpp"
#include "core/store/blocked.hpp"
#include "core/store/jobs.hpp"
#include "core/store/orphans.hpp"
#include "core/store/receipts.hpp"
#include "core/store/runs.hpp"

namespace desk::clusters {
namespace {

void check_state(const Cluster& cluster) {
    if (cluster.status == ClusterStatus::DESTROY_FAILED) return;
    throw Error(Code::conflict, is_ending(cluster.status)
                                    ? cat("The desk is still destroying ", cluster.name,
                                          ". It can be given up when that has failed three times.")
                                    : cat("Only a destroy that failed can be given up: ", cluster.name, " is ",
                                          lower(text(cluster.status)), "."));
}

std::vector<std::string> infra_ids_of(const std::vector<runs::Attempt>& attempts) {
    std::vector<std::string> infra_ids;
    for (const auto& attempt : attempts)
        if (attempt.infra_id) infra_ids.push_back(*attempt.infra_id);
    return infra_ids;
}

/// What the last sweep found; without such an answer everything that the unproven attempts may have made.
std::vector<orphans::Seen> what_is_left(const Cluster& cluster, const blocked::Deletion& deletion,
                                        const std::vector<runs::Attempt>& unclean, Time now) {
    std::vector<orphans::Seen> left;
    const std::string account = unclean.empty() ? "" : unclean.front().account;  // a cluster keeps to one
    const auto add = [&](const CloudResource& resource, const std::string& infra_id, Time first, Time last) {
        left.push_back({.provider = cluster.platform,
                        .account = account,
                        .resource = resource,
                        .infra_id = infra_id,
                        .cluster = cluster.id,
                        .first_seen_at = first,
                        .last_seen_at = last});
    };
    if (deletion.last_look && !deletion.last_look->left.empty()) {
        const auto infra_ids = infra_ids_of(unclean);
        for (const auto& one : deletion.last_look->left)
            add(one.resource, infra_id_of(one.resource, infra_ids), one.first_seen_at, deletion.last_look->at);
        return left;
    }
    for (const auto& attempt : unclean) {
        const auto key = attempt.infra_id.value_or(attempt.tf_state_key.value_or(attempt.ccoctl_name.value_or("")));
        add({.region = attempt.region,
             .type = std::string(kUnknownResources),
             .id = key,
             .name = cat("whatever attempt ", attempt.attempt, " made")},
            attempt.infra_id.value_or(""), attempt.started_at, now);
    }
    return left;
}

Json describe(const orphans::Seen& seen) {
    return {{"region", seen.resource.region},
            {"type", seen.resource.type},
            {"id", seen.resource.id},
            {"name", seen.resource.name},
            {"infraId", seen.infra_id},
            {"firstSeenAt", to_rfc3339(seen.first_seen_at)},
            {"lastSeenAt", to_rfc3339(seen.last_seen_at)}};
}

Json describe(const runs::Attempt& attempt) {
    return {{"job", attempt.job_id.str()},
            {"attempt", attempt.attempt},
            {"phase", text(attempt.phase)},
            {"region", attempt.region},
            {"infraId", attempt.infra_id.value_or("")},
            {"startedAt", to_rfc3339(attempt.started_at)}};
}

std::string statement_of(const std::vector<orphans::Seen>& left) {
    if (left.empty()) return "Given up by an administrator. The desk never created anything for this cluster.";
    return cat(
        "Given up by an administrator. This is no proof of deletion: ", left.size(),
        left.size() == 1 ? " thing that may exist and cost money was" : " things that may exist and cost money were",
        " left to people.");
}

Json body_of(const Cluster& cluster, const std::vector<orphans::Seen>& left, const std::vector<runs::Attempt>& unclean,
             const blocked::Deletion& deletion, const std::string& reason, const Actor& actor) {
    Json attempts = Json::array(), resources = Json::array();
    for (const auto& attempt : unclean) attempts.push_back(describe(attempt));
    for (const auto& one : left) resources.push_back(describe(one));
    return {{"cluster",
             {{"id", cluster.id.str()},
              {"name", cluster.name},
              {"platform", text(cluster.platform)},
              {"region", cluster.region},
              {"baseDomain", cluster.base_domain},
              {"team", cluster.team},
              {"createdAt", to_rfc3339(cluster.created_at)}}},
            {"statement", statement_of(left)},
            {"givenUpBy", actor.name},
            {"reason", reason},
            {"tries", deletion.failures},
            {"lastFailure", deletion.error_message},
            {"lookedAt", deletion.last_look ? Json(to_rfc3339(deletion.last_look->at)) : Json(nullptr)},
            {"attempts", attempts},
            {"left", resources}};
}

}  // namespace

Abandoned abandon(pg::Transaction& tx, const Cluster& cluster, const std::string& reason, const Actor& actor) {
    check_state(cluster);
    jobs::close_unheld(tx, cluster, actor);
    const auto deletion = blocked::find(tx, cluster.id);
    if (!deletion) throw Error(Code::internal, "The destroy of this cluster is missing.", cluster.id.str());
    const auto unclean = runs::unclean(tx, cluster.id);
    const auto left = what_is_left(cluster, *deletion, unclean, desk_now(tx));
    const auto receipt = receipts::add(tx, cluster.id, deletion->job, ReceiptKind::GIVEN_UP,
                                       body_of(cluster, left, unclean, *deletion, reason, actor), std::nullopt);
    if (!advance(tx, cluster.id, ClusterEvent::ABANDON,
                 {.outcome = {}, .outcome_reason = {}, .receipt_id = receipt.id}))
        throw Error(Code::conflict, cat("The state of ", cluster.name, " changed at this moment. Look again."));
    for (const auto& one : left) orphans::open(tx, one);
    audit(tx, actor,
          {.action = "cluster.abandon",
           .target = cluster.id.str(),
           .team = cluster.team,
           .before = {{"status", text(cluster.status)}},
           .after = {{"status", text(ClusterStatus::ABANDONED)},
                     {"reason", reason},
                     {"receipt", receipt.id.str()},
                     {"left", left.size()}}});
    return {.receipt = receipt.id, .left = static_cast<int>(left.size())};
}

}  // namespace desk::clusters
