#include "worker/platforms/aws_preflight.hpp"

#include <algorithm>
#include <array>

#include "core/base/error.hpp"
#include "core/base/json.hpp"
#include "core/base/text.hpp"

namespace desk::worker {
namespace {

struct Asked {
    const AwsPlatform& platform;
    const InstallerCatalog& catalog;
    const EffectiveOrder& order;
};

constexpr std::string_view kMend = "An administrator looks at aws.accounts_file; docs/aws.md says what stands in it.";

/// Which account: a mistake of the desk's settings, which an administrator mends while the order waits.
Check account_is_known(const Asked& in) {
    return Check::pass("account-known",
                       cat("The cluster goes to AWS account ", in.platform.account(in.order).label(), "."));
}

/// The guardrail: nothing is written with credentials of another account.
Check account_is_the_callers(const Asked& in) {
    const auto& account = in.platform.account(in.order);
    const auto caller = in.platform.caller_account(in.order);
    if (caller == account.id) return Check::pass("account", cat("The credentials are those of account ", caller, "."));
    return Check::fail("account", cat("AWS account mismatch: expected ", account.label(), ", got ", caller, "."),
                       std::string(kMend), FailureClass::credentials);
}

Check region_is_allowed(const Asked& in) {
    const auto& account = in.platform.account(in.order);
    const auto& regions = account.regions;
    if (regions.empty() || std::ranges::find(regions, in.order.region) != regions.end())
        return Check::pass("region", cat("Clusters may be in ", in.order.region, "."));
    return Check::fail(
        "region", cat("In account ", account.label(), " clusters may only be in ", join(regions, ", "), "."),
        "Order it in another region, or have the region allowed for the account.", FailureClass::user, Turn::REQUESTER);
}

Check credentials_last(const Asked& in) {
    const auto& account = in.platform.account(in.order);
    const auto mode = in.platform.credentials_mode(in.order);
    if (account.role && std::chrono::minutes(account.role->duration_minutes) < in.order.deadlines.install)
        return Check::warn("credentials",
                           cat("The credentials of role ", account.role->arn, " last ", account.role->duration_minutes,
                               " minutes, an installation may take ", to_words(in.order.deadlines.install), "."),
                           "Raise the role's longest session and durationMinutes in aws.accounts_file.");
    if (mode != in.order.credentials_mode)
        return Check::pass("credentials",
                           "The credentials are temporary: the cluster's operators get roles of their own "
                           "(credentials mode Manual).");
    return Check::pass("credentials", cat("Credentials mode ", text(mode), "."));
}

Check installer_is_there(const Asked& in) {
    if (const auto fault = in.catalog.find_fault(in.order.version))
        return Check::fail("installer", *fault, "An administrator adds it; the order goes on then.");
    return Check::pass("installer", cat("openshift-install ", in.order.version, " is there, as pinned."));
}

Check companions_are_there(const Asked& in) {
    if (!in.platform.uses_ccoctl(in.order)) return Check::pass("companions", "No other program is needed.");
    for (const auto program : {kCcoctl, kOc})
        if (const auto fault = in.catalog.find_fault(in.order.version, program))
            return Check::fail("companions", *fault, "An administrator adds it; the order goes on then.");
    return Check::pass("companions", cat("ccoctl and oc ", in.order.version, " are there, as pinned."));
}

/// As the installer wants it: {"auths": {"registry": {"auth": "..."}}}. Its own complaint would show the value.
bool is_pull_secret(const Secret& secret) {
    const auto document = parse_json(secret.reveal());
    if (!document || !document->is_object() || !document->contains("auths")) return false;
    const auto& auths = document->at("auths");
    return auths.is_object() && !auths.empty() && std::ranges::all_of(auths, [](const Json& entry) {
               return entry.is_object() && (entry.contains("auth") || entry.contains("credsStore"));
           });
}

Check pull_secret_is_one(const Asked& in) {
    constexpr const char* kGet = "An administrator downloads it from console.redhat.com and sets aws.pull_secret_file.";
    if (is_pull_secret(in.platform.pull_secret())) return Check::pass("pull-secret", "The pull secret is well formed.");
    return Check::fail("pull-secret", "The file of aws.pull_secret_file holds no pull secret (JSON with auths).", kGet);
}

struct Row {
    std::string_view id;
    Check (*check)(const Asked& in);
    std::string_view remedy;  ///< when it can't even be asked
};
constexpr std::array kRows = {
    Row{"account-known", account_is_known, kMend},
    Row{"account", account_is_the_callers, kMend},
    Row{"region", region_is_allowed, kMend},
    Row{"credentials", credentials_last, kMend},
    Row{"installer", installer_is_there, "An administrator looks at installers.dir."},
    Row{"companions", companions_are_there, kMend},
    Row{"pull-secret", pull_secret_is_one, "An administrator sets aws.pull_secret_file; mode 0600."},
};

Check ask(const Row& row, const Asked& in) {
    try {
        return row.check(in);
    } catch (const Error& error) {
        const bool passes = error.code() == Code::unavailable;
        return Check::fail(std::string(row.id), error.for_user(), std::string(row.remedy),
                           passes ? FailureClass::transient : FailureClass::internal);
    }
}

}  // namespace

std::vector<Check> aws_preflight(const AwsPlatform& platform, const InstallerCatalog& catalog,
                                 const EffectiveOrder& order) {
    const Asked in{platform, catalog, order};
    std::vector<Check> checks;
    for (const auto& row : kRows) checks.push_back(ask(row, in));
    // with the credentials of another account, or of none, AWS would tell of something else
    const auto account = std::ranges::find(checks, "account", &Check::id);
    if (account != checks.end() && account->level == CheckLevel::PASS)
        for (auto& check : platform.ask_cloud(order)) checks.push_back(std::move(check));
    return checks;
}

}  // namespace desk::worker
