// preflight: everything that can be known before anything is created, as a list for people. delegation: what is known
// only when Terraform has made the zone.
#include <algorithm>

#include "core/base/error.hpp"
#include "core/base/log.hpp"
#include "core/base/text.hpp"
#include "core/cloud/secret_vault.hpp"
#include "core/store/checks.hpp"
#include "core/store/power.hpp"
#include "worker/steps/steps.hpp"

namespace desk::worker::steps {
namespace {

/// What is missing may be there soon. The order waits for it, up to a day; a person can have it looked at at once.
constexpr seconds kLookAgain = 5min, kLeastPause = 2s, kPatience = 24h;

seconds pause(const StepContext& in) { return std::max(in.scaled(kLookAgain), kLeastPause); }

/// Nobody but the requester, or a change of credentials, would mend it.
bool is_final(const Check& check) { return !is_retried(check.error_class, 1, std::nullopt); }

runs::Failure failure_of(const std::vector<Check>& failed) {
    std::vector<std::string> details, remedies;
    for (const auto& check : failed) {
        details.push_back(check.detail);
        if (!check.remedy.empty()) remedies.push_back(check.remedy);
    }
    const auto found = std::ranges::find_if(failed, is_final);
    const Check& worst = found == failed.end() ? failed.front() : *found;
    return {.error_class = worst.error_class,
            .code = cat("preflight-", worst.id),
            .message = cat("Nothing was created, because something is missing. ", join(details, " ")),
            .hint = join(remedies, " "),
            .turn = worst.turn};
}

/// Whether there will be a place for what the cluster's password is; nothing when that is the database itself.
std::optional<Check> check_secret_store(const Config& config) {
    if (config.secrets.kind == SecretsKind::sealed) return std::nullopt;
    const std::string kind(text(config.secrets.kind));
    try {
        open_secret_vault(config)->check();
        return Check::pass("secret-store", cat("Secrets can be kept in ", kind, "."));
    } catch (const Error& error) {
        log::warning("secret_store", {{"why", error.what()}});
        return Check::fail("secret-store", cat("Secrets can't be kept in ", kind, ". ", error.for_user()),
                           "An administrator mends it; `clusterdesk-worker doctor` says whether it works.",
                           FailureClass::transient);
    }
}

}  // namespace

StepResult preflight(StepContext& in) {
    auto checks = in.platform.preflight(in.order);
    if (auto check = check_secret_store(in.config)) checks.push_back(std::move(*check));
    const auto when = in.db.write([&](pg::Transaction& tx) { return checks::replace(tx, in.job, in.attempt, checks); });

    std::vector<Check> failed;
    for (const auto& check : checks) {
        if (check.level == CheckLevel::PASS) continue;
        in.log.note(check.level == CheckLevel::FAIL ? LogLevel::ERROR : LogLevel::WARNING,
                    cat(check.id, ": ", check.detail));
        if (check.level == CheckLevel::FAIL) failed.push_back(check);
    }
    if (std::ranges::any_of(failed, is_final) || (!failed.empty() && when.since_start > in.scaled(kPatience)))
        return StepResult::fail(failure_of(failed));
    if (!failed.empty())
        return StepResult::wait(when.at + pause(in),
                                cat("waits: ", failed.size(), " of ", checks.size(), " checks failed"));
    if (const auto account = in.platform.account_of(in.order); !account.empty())
        in.db.write([&](pg::Transaction& tx) { runs::store_account(tx, in.job, in.attempt, account); });
    const auto warnings = std::ranges::count(checks, CheckLevel::WARN, &Check::level);
    return StepResult::done(cat(checks.size(), " checks", warnings > 0 ? cat(", ", warnings, " with a warning") : ""));
}

StepResult delegation(StepContext& in) {
    const auto check = in.platform.delegation(in.order);
    if (check.level == CheckLevel::PASS) return StepResult::done(check.detail);
    const auto words = cat(check.detail, ' ', check.remedy);
    in.log.note(LogLevel::WARNING, words);
    if (check.level == CheckLevel::WARN) return StepResult::done(check.detail);
    const auto [so_far, next] = in.db.write([&](pg::Transaction& tx) {
        return std::pair(power::time_in_step(tx, in.job, in.attempt, in.step), power::moment_in(tx, pause(in)));
    });
    if (so_far <= in.scaled(kPatience)) return StepResult::wait(next, words);
    return StepResult::fail({.error_class = check.error_class,
                             .code = "not-delegated",
                             .message = cat("The installer was not started. ", check.detail),
                             .hint = check.remedy,
                             .turn = check.turn});
}

}  // namespace desk::worker::steps
