// sweep, sweep-again, confirm: the proof of deletion. The cloud itself is asked, twice and some time apart, for
// everything that any attempt stored a key of; only when both answers are "nothing" is the cluster DESTROYED (law 3).
#include <algorithm>
#include <iterator>

#include "core/base/crypto.hpp"
#include "core/base/text.hpp"
#include "core/store/leases.hpp"
#include "core/store/prereqs.hpp"
#include "core/store/receipts.hpp"
#include "worker/installer.hpp"
#include "worker/steps/steps.hpp"

namespace desk::worker::steps {
namespace {

constexpr std::size_t kNamedLeftovers = 5;

/// The name of the role was stored before Terraform made it.
std::vector<std::string> roles_of(StepContext& in) {
    const auto stored = in.db.write([&](pg::Transaction& tx) { return prereqs::find(tx, in.cluster.id); });
    const std::string role = stored && stored->variables.is_object() ? stored->variables.value("role_name", "") : "";
    return role.empty() ? std::vector<std::string>() : std::vector{role};
}

SweepScope scope_of(StepContext& in) {
    SweepScope scope{.roles = roles_of(in),
                     .regions = {in.cluster.region},
                     .name = in.cluster.name,
                     .base_domain = in.cluster.base_domain};
    for (const auto& attempt : in.earlier) {
        if (attempt.infra_id) scope.infra_ids.push_back(*attempt.infra_id);
        if (attempt.ccoctl_name) scope.ccoctl_names.push_back(*attempt.ccoctl_name);
        if (!attempt.region.empty()) scope.regions.push_back(attempt.region);
    }
    std::ranges::sort(scope.regions);
    scope.regions.erase(std::unique(scope.regions.begin(), scope.regions.end()), scope.regions.end());
    return scope;
}

std::string words_for(const std::vector<Leftover>& leftovers) {
    std::vector<std::string> names;
    for (const auto& one : leftovers) {
        if (names.size() == kNamedLeftovers) {
            names.emplace_back("...");
            break;
        }
        names.push_back(cat(one.type, ' ', one.name));
    }
    return join(names, ", ");
}

/// By what terraform's state is found; nothing when it made nothing.
std::vector<std::string> state_keys(const StepContext& in) {
    std::vector<std::string> keys;
    for (const auto& attempt : in.earlier)
        if (attempt.tf_state_key && std::ranges::find(keys, *attempt.tf_state_key) == keys.end())
            keys.push_back(*attempt.tf_state_key);
    return keys;
}

/// Looks once and records what was found.
std::vector<Leftover> record(StepContext& in, int number) {
    const auto scope = scope_of(in);
    auto leftovers = in.platform.sweep(scope);
    std::ranges::move(terraform_leftovers(in), std::back_inserter(leftovers));
    Json found = Json::array();
    for (const auto& one : leftovers) found.push_back(one.to_json());
    Json asked = scope.to_json();
    auto queries = in.platform.queries(scope);
    for (const auto& key : state_keys(in)) queries.push_back(cat("terraform state list of ", key));
    asked["terraformStates"] = state_keys(in);
    asked["queries"] = std::move(queries);
    in.db.write([&](pg::Transaction& tx) {
        receipts::add_sweep(tx, in.cluster.id, in.job, in.attempt, {.sweep = number, .scope = asked, .found = found});
    });
    return leftovers;
}

StepResult look(StepContext& in, int number) {
    if (in.earlier.empty()) return StepResult::done("nothing was ever created");
    const auto leftovers = record(in, number);
    if (leftovers.empty()) return StepResult::done("found nothing");
    in.log.note(LogLevel::WARNING, cat("Still there: ", words_for(leftovers)));
    return StepResult::retry(in.scaled(300s),
                             {.error_class = FailureClass::dirty,
                              .code = "resources-left",
                              .message = cat("The installer said that everything is gone, but ", leftovers.size(),
                                             " resources are still there: ", words_for(leftovers), "."),
                              .hint = "They are destroyed again. If it stays so, an administrator has to look.",
                              .turn = Turn::ADMIN});
}

Json describe(const runs::Attempt& attempt) {
    return {{"job", attempt.job_id.str()},
            {"attempt", attempt.attempt},
            {"phase", text(attempt.phase)},
            {"region", attempt.region},
            {"infraId", attempt.infra_id.value_or("")},
            {"ccoctlName", attempt.ccoctl_name.value_or("")},
            {"terraformState", attempt.tf_state_key.value_or("")},
            {"startedAt", to_rfc3339(attempt.started_at)}};
}

Json describe(const receipts::Sweep& sweep) {
    return {{"sweep", sweep.sweep}, {"at", to_rfc3339(sweep.at)}, {"scope", sweep.scope}, {"found", sweep.found}};
}

/// The two sweeps of this attempt, or none when nothing was created. Throws when the proof is not there.
std::vector<receipts::Sweep> proof(StepContext& in) {
    if (in.earlier.empty()) return {};
    auto sweeps = in.db.write([&](pg::Transaction& tx) { return receipts::sweeps(tx, in.job, in.attempt); });
    const auto is_clean = [](const receipts::Sweep& sweep) { return sweep.found.empty(); };
    const auto first = std::ranges::find(sweeps, 1, &receipts::Sweep::sweep);
    const auto second = std::ranges::find(sweeps, 2, &receipts::Sweep::sweep);
    if (first == sweeps.end() || second == sweeps.end() || !std::ranges::all_of(sweeps, is_clean) ||
        second->at - first->at < seconds(in.config.worker.verify_seconds))
        throw Error(Code::internal, "The proof of deletion is not complete.",
                    cat(in.job, ": two clean sweeps missing"));
    return sweeps;
}

Json receipt_body(const StepContext& in, const std::vector<receipts::Sweep>& sweeps) {
    Json attempts = Json::array(), looks = Json::array();
    for (const auto& attempt : in.earlier) attempts.push_back(describe(attempt));
    for (const auto& sweep : sweeps) looks.push_back(describe(sweep));
    return {
        {"cluster",
         {{"id", in.cluster.id.str()},
          {"name", in.cluster.name},
          {"platform", text(in.cluster.platform)},
          {"region", in.cluster.region},
          {"baseDomain", in.cluster.base_domain},
          {"team", in.cluster.team},
          {"createdAt", to_rfc3339(in.cluster.created_at)}}},
        {"statement", in.earlier.empty()
                          ? "The desk created nothing for this cluster: no attempt came so far."
                          : "Everything that the desk created for this cluster was looked for twice, and was gone."},
        {"attempts", attempts},
        {"sweeps", looks}};
}

}  // namespace

void record_leftovers(StepContext& in) {
    if (in.earlier.empty()) return;
    try {
        if (const auto leftovers = record(in, 1); !leftovers.empty())
            in.log.note(LogLevel::WARNING, cat("Still there: ", words_for(leftovers)));
    } catch (const leases::LeaseLost&) {
        throw;
    } catch (const Error& error) {
        in.log.note(LogLevel::WARNING, cat("What is left can't be told: ", error.for_user()));
    }
}

StepResult sweep(StepContext& in) {
    in.db.write([&](pg::Transaction& tx) { clusters::advance(tx, in.cluster.id, ClusterEvent::VERIFY_GONE); });
    return look(in, 1);
}

StepResult sweep_again(StepContext& in) {
    if (in.earlier.empty()) return look(in, 2);
    const auto sweeps = in.db.write([&](pg::Transaction& tx) { return receipts::sweeps(tx, in.job, in.attempt); });
    const auto first = std::ranges::find(sweeps, 1, &receipts::Sweep::sweep);
    const seconds interval(in.config.worker.verify_seconds);
    if (first != sweeps.end() && first->age < interval)
        return StepResult::wait(first->at + interval, "what a cloud lists may lag behind: the second look comes later");
    return look(in, 2);
}

StepResult confirm(StepContext& in) {
    const auto sweeps = proof(in);
    const Json body = receipt_body(in, sweeps);
    const auto artifact =
        put_artifact(in, ArtifactType::RECEIPT, cat("receipt-", in.cluster.name, ".json"), canonical(body));
    const auto gone = [&in, body, artifact,
                       last = sweeps.empty() ? std::nullopt : std::optional(sweeps.back().at)](pg::Transaction& tx) {
        const Time clean_at = last.value_or(clusters::desk_now(tx));
        const auto receipt = receipts::add(tx, in.cluster.id, in.job, ReceiptKind::PROOF, body, clean_at);
        artifacts::add(tx, artifact);
        runs::mark_clean(tx, in.earlier, clean_at);
        if (!clusters::advance(tx, in.cluster.id, ClusterEvent::CONFIRM_GONE, {.receipt_id = receipt.id}))
            throw Error(Code::conflict, "The cluster's state changed.",
                        cat(in.cluster.id, " is not DESTROY_VERIFYING any more"));
    };
    return StepResult::done_with(gone, "receipt written");
}

}  // namespace desk::worker::steps
