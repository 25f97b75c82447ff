#include "core/store/ordering.hpp"

#include <algorithm>

#include "core/base/text.hpp"
#include "core/store/limits.hpp"
#include "core/store/quota_use.hpp"
#include "core/store/scaling.hpp"

namespace desk::ordering {
namespace {

Requester requester_of(const Principal& principal) {
    Requester requester{.username = principal.username, .teams = {}};
    for (const auto& [team, roles] : principal.teams)
        if (principal.may_in(Permission::request_create, team)) requester.teams.push_back(team);
    return requester;
}

Evaluation judge(pg::Transaction& tx, const Catalog& catalog, const Principal& principal, const Order& order,
                 bool locked) {
    const auto owner = requests::find_owner(tx, principal, order);
    const QuotaState quota = quotas::state(tx, order.team, owner.value_or(principal.user), locked);
    auto evaluation = desk::evaluate(order, catalog.find(order.profile), quota, requester_of(principal));
    if (!owner && std::ranges::find(evaluation.errors, "owner", &FieldError::field) == evaluation.errors.end()) {
        evaluation.errors.push_back({.field = "owner",
                                     .error = "There is no such member of this team. Name one, or leave it empty to "
                                              "own the cluster yourself."});
        evaluation.verdict = {.kind = VerdictKind::REFUSED, .rule = "form", .explanation = "The order has errors."};
        evaluation.order.reset();
    }
    return evaluation;
}

void check_create_rate(pg::Transaction& tx, const std::string& team) {
    if (const auto wait = limits::wait_for_create(tx, team))
        throw RetryLater(Code::too_many,
                         cat("Team ", team, " has ordered ", limits::kCreatesPerHour,
                             " clusters within an hour. The next order is possible in ", to_words(*wait), '.'),
                         *wait);
}

ExtensionEvaluation judge_extension(pg::Transaction& tx, const clusters::Cluster& cluster, int hours, bool locked) {
    const auto began_at = cluster.began_at();
    const bool has_lifetime = began_at && cluster.destroy_at && !cluster.destroy_wanted_at;
    if (!has_lifetime || !may_exist(cluster.status) || is_ending(cluster.status))
        throw Error(Code::conflict, cat("The lifetime of ", cluster.name, " can't be extended while it is ",
                                        lower(text(cluster.status)), "."));
    const QuotaState quota = quotas::state(tx, cluster.team, cluster.owner_id, locked);
    auto order = effective_order_of(tx, cluster);
    order.rates = size_with(order, scaling::workers_of(cluster, order)).rates;  // its price now
    return desk::evaluate_extension({.hours = hours, .first_ready_at = *began_at, .destroy_at = *cluster.destroy_at},
                                    order, quota);
}

}  // namespace

std::optional<EffectiveOrder> find_effective_order(pg::Transaction& tx, const clusters::Cluster& cluster) {
    for (const auto& request : requests::of_cluster(tx, cluster.id))
        if (request.kind == RequestKind::CREATE) return EffectiveOrder::from_json(request.effective_order);
    return std::nullopt;
}

EffectiveOrder effective_order_of(pg::Transaction& tx, const clusters::Cluster& cluster) {
    auto order = find_effective_order(tx, cluster);
    if (!order) throw Error(Code::internal, "The order of this cluster is missing.", cluster.id.str());
    return std::move(*order);
}

Evaluation evaluate(pg::Transaction& tx, const Catalog& catalog, const Principal& principal, const Order& order) {
    return judge(tx, catalog, principal, order, false);
}

bool is_accepted(const Evaluation& evaluation) {
    return evaluation.errors.empty() && evaluation.verdict.kind != VerdictKind::REFUSED;
}

FileOrder read_file(const Catalog& catalog, const Principal& principal, std::string_view text,
                    const BesideFile& beside) {
    const auto file = parse_cluster_yaml(text, "cluster.yaml");
    if (file) return order_of(*file, beside, catalog, requester_of(principal));
    FileOrder out;
    for (const auto& fault : file.error())
        out.errors.push_back(
            {fault.where, fault.line > 0 ? cat(fault.message, " (line ", fault.line, ")") : fault.message});
    return out;
}

FileOrder evaluate_file(pg::Transaction& tx, const Catalog& catalog, const Principal& principal, std::string_view text,
                        const BesideFile& beside) {
    FileOrder out = read_file(catalog, principal, text, beside);
    if (out.profile == nullptr) return out;
    for (auto& error : under_pointers(judge(tx, catalog, principal, out.order, false).errors))
        if (std::ranges::find(out.errors, error.field, &FieldError::field) == out.errors.end())
            out.errors.push_back(std::move(error));
    return out;
}

Result<requests::Submitted, Evaluation> submit(pg::Transaction& tx, const Catalog& catalog, const Principal& principal,
                                               const Order& order, const Actor& actor) {
    auto evaluation = judge(tx, catalog, principal, order, true);
    if (!is_accepted(evaluation)) return Failure{std::move(evaluation)};
    check_create_rate(tx, order.team);
    return requests::submit(tx, principal, order, evaluation, actor);
}

ExtensionEvaluation evaluate_extension(pg::Transaction& tx, const clusters::Cluster& cluster, int hours) {
    return judge_extension(tx, cluster, hours, false);
}

Result<requests::Extended, ExtensionEvaluation> extend(pg::Transaction& tx, const Principal& principal,
                                                       const clusters::Cluster& cluster, int hours,
                                                       const std::string& reason, const Actor& actor) {
    auto evaluation = judge_extension(tx, cluster, hours, true);
    if (!evaluation.errors.empty() || evaluation.verdict.kind == VerdictKind::REFUSED)
        return Failure{std::move(evaluation)};
    return requests::extend(tx, principal, cluster, hours, evaluation.verdict, reason, actor);
}

Result<requests::Scaled, ScalingEvaluation> scale(pg::Transaction& tx, const Principal& principal,
                                                  const clusters::Cluster& cluster, int workers,
                                                  const std::string& reason, const Actor& actor) {
    if (!scaling::may_scale(cluster))
        throw Error(Code::conflict, cat("The workers of ", cluster.name,
                                        " can't be changed: only a cluster that is "
                                        "ready and stays, and whose machines are its own, can do that."));
    const auto order = effective_order_of(tx, cluster);
    const auto evaluation = evaluate_scaling({.workers = workers,
                                              .workers_now = scaling::workers_of(cluster, order),
                                              .now = clusters::desk_now(tx),
                                              .first_ready_at = *cluster.ready_at,
                                              .destroy_at = *cluster.destroy_at},
                                             order, quotas::state(tx, cluster.team, cluster.owner_id, true));
    if (!evaluation.errors.empty() || evaluation.verdict.kind == VerdictKind::REFUSED) return Failure{evaluation};
    return requests::scale(tx, principal, cluster, evaluation, reason, actor);
}

}  // namespace desk::ordering
