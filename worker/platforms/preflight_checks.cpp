#include "worker/platforms/preflight_checks.hpp"

#include <algorithm>

#include "core/base/error.hpp"
#include "core/base/json.hpp"
#include "core/base/text.hpp"

namespace desk::worker {
namespace {

constexpr const char* kAdd = "An administrator adds it; the order goes on then.";

/// As the installer wants it: {"auths": {"registry": {"auth": "..."}}}.
bool is_pull_secret(const Secret& secret) {
    const auto document = parse_json(secret.reveal());
    if (!document || !document->is_object() || !document->contains("auths")) return false;
    const auto& auths = document->at("auths");
    return auths.is_object() && !auths.empty() && std::ranges::all_of(auths, [](const Json& entry) {
               return entry.is_object() && (entry.contains("auth") || entry.contains("credsStore"));
           });
}

/// As Linux says it; where it can't, the host is not.
bool is_in_fips_mode() {
    const fs::path flag = "/proc/sys/crypto/fips_enabled";
    return fs::exists(flag) && trim(read_file(flag)) == "1";
}

}  // namespace

Check ask(std::string_view id, std::string_view remedy, const std::function<Check()>& check) {
    try {
        return check();
    } catch (const Error& error) {
        const bool passes = error.code() == Code::unavailable;
        return Check::fail(std::string(id), error.for_user(), std::string(remedy),
                           passes ? FailureClass::transient : FailureClass::internal);
    }
}

Check check_installer(const InstallerCatalog& catalog, const EffectiveOrder& order) {
    if (const auto fault = catalog.find_fault(order.version)) return Check::fail("installer", *fault, kAdd);
    if (!order.features.fips_mode)
        return Check::pass("installer", cat(kInstaller, ' ', order.version, " is there, as pinned."));
    if (const auto fault = catalog.find_fault(order.version, kFipsInstaller))
        return Check::fail("installer", *fault, kAdd);
    if (!is_in_fips_mode())
        return Check::fail("installer",
                           cat("This host is not in FIPS mode, and ", kFipsInstaller, " runs on no other."),
                           "An administrator gives such orders workers on hosts in FIPS mode.");
    return Check::pass("installer", cat(kFipsInstaller, ' ', order.version, " is there, as pinned."));
}

Check check_companions(const InstallerCatalog& catalog, const std::string& version) {
    for (const auto program : {kCcoctl, kOc})
        if (const auto fault = catalog.find_fault(version, program)) return Check::fail("companions", *fault, kAdd);
    return Check::pass("companions", cat("ccoctl and oc ", version, " are there, as pinned."));
}

Check check_pull_secret(const Secret& secret, std::string_view setting) {
    if (is_pull_secret(secret)) return Check::pass("pull-secret", "The pull secret is well formed.");
    return Check::fail("pull-secret", cat("The file of ", setting, " holds no pull secret (JSON with auths)."),
                       cat("An administrator downloads it from console.redhat.com and sets ", setting, "."));
}

}  // namespace desk::worker
