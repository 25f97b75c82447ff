#include "cgi/api/documents.hpp"

namespace desk::api {
namespace {

template <class Amount, class Show>
Json allowance_of(const Allowance<Amount>& allowance, Show show) {
    const auto line = [&](const std::optional<Amount>& amount) { return amount ? Json(show(*amount)) : Json(nullptr); };
    return {{"used", show(allowance.used)}, {"approvalAbove", line(allowance.soft)}, {"most", line(allowance.hard)}};
}

}  // namespace

Json document(const clusters::Cluster& c) {
    const Money hourly{c.hourly_rate_micros};
    return {{"id", c.id.str()},
            {"name", c.name},
            {"platform", text(c.platform)},
            {"profile", c.profile},
            {"region", c.region},
            {"baseDomain", c.base_domain},
            {"version", c.version},
            {"team", c.team},
            {"owner", c.owner_name},
            {"costCenter", c.cost_center},
            {"tags", c.tags},
            {"status", text(c.status)},
            {"statusSince", to_rfc3339(c.status_since)},
            {"outcome", or_null(c.outcome)},
            {"outcomeReason", or_null(c.outcome_reason)},
            {"lifetimeSeconds", c.lifetime.count()},
            {"maxLifetimeSeconds", c.max_lifetime.count()},
            {"secondsPerHour", c.seconds_per_hour},
            {"hourlyCost", hourly.decimal()},
            {"vcpus", c.vcpu},
            {"workers", c.workers ? Json(*c.workers) : Json(nullptr)},
            {"createdAt", to_rfc3339(c.created_at)},
            {"readyAt", or_null(c.ready_at)},
            {"destroyAt", or_null(c.destroy_at)},
            {"destroyedAt", or_null(c.destroyed_at)},
            {"destroyWantedAt", or_null(c.destroy_wanted_at)},
            {"destroyWantedBy", or_null(c.destroy_wanted_by)},
            {"destroyReason", or_null(c.destroy_why)},
            {"receiptId", or_null(c.receipt_id)}};
}

namespace {

Json error_of(const jobs::Job& job) {
    if (!job.error_class) return nullptr;
    return {{"class", text(*job.error_class)},
            {"code", or_null(job.error_code)},
            {"message", or_null(job.error_message)},
            {"hint", or_null(job.error_hint)},
            {"turn", or_null(job.error_turn)}};
}

}  // namespace

Json document(const jobs::Job& job) {
    return {{"id", job.id.str()},
            {"type", text(job.type)},
            {"status", text(job.status)},
            {"clusterId", or_null(job.cluster_id)},
            {"attempts", job.attempts},
            {"failures", job.failures},
            {"workersLost", job.workers_lost},
            {"error", error_of(job)},
            {"createdAt", to_rfc3339(job.created_at)},
            {"runAfter", to_rfc3339(job.run_after)},
            {"startedAt", or_null(job.started_at)},
            {"endedAt", or_null(job.ended_at)},
            {"cancelRequestedAt", or_null(job.cancel_requested_at)},
            {"correlationId", job.correlation_id}};
}

Json document(const jobs::Step& step) {
    return {{"attempt", step.attempt},
            {"step", step.step},
            {"startedAt", to_rfc3339(step.started_at)},
            {"endedAt", or_null(step.ended_at)},
            {"outcome", or_null(step.outcome)},
            {"detail", step.detail}};
}

Json document(const checks::Made& made) {
    return {{"id", made.check.id},
            {"level", text(made.check.level)},
            {"detail", made.check.detail},
            {"remedy", made.check.remedy},
            {"at", to_rfc3339(made.at)}};
}

Json document(const jobs::LogLine& line) {
    return {{"line", line.line},     {"at", to_rfc3339(line.at)}, {"step", line.step},
            {"source", line.source}, {"level", line.level},       {"text", line.text}};
}

Json document(const failures::Story& story, const jobs::Job& job) {
    Json attempts = Json::array(), last_times = Json::array();
    for (const auto& [attempt, ended_at, failure] : story.attempts) {
        Json evidence = Json::array();
        for (const auto& line : failure.evidence)
            evidence.push_back({{"line", line.line == 0 ? Json(nullptr) : Json(line.line)}, {"text", line.text}});
        attempts.push_back({{"attempt", attempt},
                            {"endedAt", to_rfc3339(ended_at)},
                            {"class", text(failure.error_class)},
                            {"code", failure.code},
                            {"message", failure.message},
                            {"hint", failure.hint},
                            {"turn", text(failure.turn)},
                            {"evidence", std::move(evidence)}});
    }
    for (const auto& other : story.last_times)
        last_times.push_back({{"endedAt", to_rfc3339(other.ended_at)}, {"sequel", text(other.sequel)}});
    return {{"jobId", job.id.str()},
            {"nextRetryAt", job.status == JobStatus::RETRYING ? Json(to_rfc3339(job.run_after)) : Json(nullptr)},
            {"attempts", std::move(attempts)},
            {"lastTimes", std::move(last_times)}};
}

Json document(const requests::Request& r) {
    return {{"id", r.id.str()},
            {"kind", text(r.kind)},
            {"clusterId", r.cluster_id.str()},
            {"clusterName", r.cluster_name},
            {"profile", r.profile},
            {"team", r.team},
            {"requester", r.requester_name},
            {"state", text(r.state)},
            {"reason", r.reason},
            {"rule", r.rule},
            {"explanation", r.explanation},
            {"digest", r.digest},
            {"estimatedCost", Money{r.cost_micros}.decimal()},
            {"approvalsNeeded", r.approvals_needed},
            {"approvalsGiven", r.approvals_given},
            {"approverTeams", r.approver_teams},
            {"createdAt", to_rfc3339(r.created_at)},
            {"lapsesAt", or_null(r.lapses_at)},
            {"decidedAt", or_null(r.decided_at)}};
}

Json document(const requests::Approval& approval) {
    return {{"approver", approval.approver_name},
            {"verdict", text(approval.verdict)},
            {"comment", approval.comment},
            {"at", to_rfc3339(approval.at)}};
}

Json document(const requests::Comment& comment) {
    return {{"kind", text(comment.kind)},
            {"author", comment.author_name},
            {"text", comment.text},
            {"at", to_rfc3339(comment.at)}};
}

Json texts_of(const std::set<Role>& roles) {
    Json texts = Json::array();
    for (const Role role : roles) texts.push_back(text(role));
    return texts;
}

Json teams_of(const std::map<std::string, std::set<Role>>& teams) {
    Json list = Json::array();
    for (const auto& [team, roles] : teams) list.push_back({{"team", team}, {"roles", texts_of(roles)}});
    return list;
}

Json document(const teams::Quota& quota) {
    const auto count = [](const std::optional<int>& line) { return line ? Json(*line) : Json(nullptr); };
    const auto money = [](const std::optional<std::int64_t>& micros) {
        return micros ? Json(Money{*micros}.decimal()) : Json(nullptr);
    };
    return {{"softClusters", count(quota.soft_clusters)},
            {"maxClusters", count(quota.max_clusters)},
            {"softVcpu", count(quota.soft_vcpu)},
            {"maxVcpu", count(quota.max_vcpu)},
            {"softMonthly", money(quota.soft_monthly_micros)},
            {"maxMonthly", money(quota.max_monthly_micros)}};
}

Json quota_of(const QuotaUse& use) {
    const auto count = [](int number) { return number; };
    const auto money = [](Money amount) { return amount.decimal(); };
    return {{"clusters", allowance_of(use.clusters, count)},
            {"vcpus", allowance_of(use.vcpus, count)},
            {"month", allowance_of(use.month, money)}};
}

Response refused(const Request& request, const Verdict& verdict) {
    return json({{"code", "REFUSED"},
                 {"message", verdict.explanation},
                 {"details", {{"rule", verdict.rule}}},
                 {"requestId", request.id()}},
                422);
}

}  // namespace desk::api
