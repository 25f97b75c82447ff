#include "worker/platforms/aws_preflight.hpp"

#include <algorithm>
#include <array>

#include "core/base/error.hpp"
#include "core/base/text.hpp"
#include "core/cloud/aws/endpoint.hpp"
#include "worker/platforms/preflight_checks.hpp"

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
    if (const auto& partition = aws::partition_of(in.order.region); partition.home != account.endpoints.home)
        return Check::fail("region",
                           cat("Account ", account.label(), " is not of partition ", partition.name, ", in which ",
                               in.order.region, " is."),
                           "An administrator names its regions in aws.accounts_file, if it is.");
    if (regions.empty() || std::ranges::find(regions, in.order.region) != regions.end())
        return Check::pass("region", cat("Clusters may be in ", in.order.region, "."));
    return Check::fail(
        "region", cat("In account ", account.label(), " clusters may only be in ", join(regions, ", "), "."),
        "Order it in another region, or have the region allowed for the account.", FailureClass::user, Turn::REQUESTER);
}

Check credentials_mode(const Asked& in) {
    const auto mode = in.platform.credentials_mode(in.order);
    if (mode != in.order.credentials_mode)
        return Check::pass("credentials",
                           "The credentials are temporary: the cluster's operators get roles of their own "
                           "(credentials mode Manual).");
    return Check::pass("credentials", cat("Credentials mode ", text(mode), "."));
}

Check installer_is_there(const Asked& in) { return check_installer(in.catalog, in.order); }

Check companions_are_there(const Asked& in) {
    if (!in.platform.uses_ccoctl(in.order)) return Check::pass("companions", "No other program is needed.");
    return check_companions(in.catalog, in.order.version);
}

Check pull_secret_is_one(const Asked& in) {
    return check_pull_secret(in.platform.pull_secret(), "aws.pull_secret_file");
}

struct PreflightCheck {
    std::string_view id;
    Check (*check)(const Asked& in);
    std::string_view remedy;  ///< when it can't even be asked
};
constexpr std::array kPreflightChecks = {
    PreflightCheck{"account-known", account_is_known, kMend},
    PreflightCheck{"account", account_is_the_callers, kMend},
    PreflightCheck{"region", region_is_allowed, kMend},
    PreflightCheck{"credentials", credentials_mode, kMend},
    PreflightCheck{"installer", installer_is_there, "An administrator looks at installers.dir."},
    PreflightCheck{"companions", companions_are_there, kMend},
    PreflightCheck{"pull-secret", pull_secret_is_one, "An administrator sets aws.pull_secret_file; mode 0600."},
};

}  // namespace

std::vector<Check> aws_preflight(const AwsPlatform& platform, const InstallerCatalog& catalog,
                                 const EffectiveOrder& order) {
    const Asked in{platform, catalog, order};
    std::vector<Check> checks;
    for (const auto& row : kPreflightChecks) checks.push_back(ask(row.id, row.remedy, [&] { return row.check(in); }));
    // with the credentials of another account, or of none, AWS would tell of something else
    const auto account = std::ranges::find(checks, "account", &Check::id);
    if (account != checks.end() && account->level == CheckLevel::PASS)
        for (auto& check : platform.ask_cloud(order)) checks.push_back(std::move(check));
    return checks;
}

}  // namespace desk::worker
