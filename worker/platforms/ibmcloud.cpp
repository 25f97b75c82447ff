#include "worker/platforms/ibmcloud.hpp"

#include <algorithm>

#include "core/base/error.hpp"
#include "core/base/text.hpp"
#include "worker/platforms/preflight_checks.hpp"
#include "worker/platforms/private_file.hpp"

namespace desk::worker {
namespace {

constexpr const char* kKeySetting = "ibmcloud.api_key_file";
constexpr const char* kPullSecretSetting = "installers.pull_secret_file";

[[noreturn]] void mismatch(const std::string& expected, const std::string& got) {
    throw Error(Code::forbidden, cat("IBM Cloud account mismatch: expected ", expected, ", got ", got, "."));
}

}  // namespace

Secret IbmcloudPlatform::api_key() const {
    return read_private_file(config_.ibmcloud.api_key_file, "API key of IBM Cloud", kKeySetting);
}

ibm::Client IbmcloudPlatform::client() const {
    return {transport_, api_key(), config_.ibmcloud.iam_url, config_.ibmcloud.search_url};
}

std::string IbmcloudPlatform::account_of(const EffectiveOrder& order) const {
    const auto account = client().account();
    const auto& allowed = order.guardrail.account_ids;
    if (!kept_.empty() && account != kept_) mismatch(kept_, account);
    if (kept_.empty() && !allowed.empty() && std::ranges::find(allowed, account) == allowed.end())
        mismatch(join(allowed, " or "), account);
    return account;
}

fs::path IbmcloudPlatform::program(const std::string& version, const ProgramUse& use) const {
    return use.destroys ? catalog_.get_for_destroy(version, use.program) : catalog_.get(version, use.program);
}

std::map<std::string, std::string> IbmcloudPlatform::environment(const EffectiveOrder& order, const fs::path&,
                                                                 Redactor& redactor) const {
    account_of(order);  // the guardrail: no program runs with the key of another account
    const auto key = api_key();
    redactor.add(key);
    return {{"IC_API_KEY", key.reveal()}};
}

Secret IbmcloudPlatform::pull_secret() const {
    return read_private_file(config_.installers.pull_secret_file, "pull secret", kPullSecretSetting);
}

std::vector<Check> IbmcloudPlatform::preflight(const EffectiveOrder& order) const {
    const auto account = [&] {
        try {
            return Check::pass("account", cat("The API key is of IBM Cloud account ", account_of(order), "."));
        } catch (const Error& error) {
            if (error.code() != Code::forbidden) throw;
            return Check::fail("account", error.for_user(), cat("An administrator looks at ", kKeySetting, "."),
                               FailureClass::credentials);
        }
    };
    return {
        ask("account", cat("An administrator sets ", kKeySetting, "; mode 0600."), account),
        ask("installer", "An administrator looks at installers.dir.", [&] { return check_installer(catalog_, order); }),
        ask("companions", "An administrator looks at installers.dir.",
            [&] { return check_companions(catalog_, order.version); }),
        ask("pull-secret", cat("An administrator sets ", kPullSecretSetting, "; mode 0600."),
            [&] { return check_pull_secret(pull_secret(), kPullSecretSetting); })};
}

std::vector<Leftover> IbmcloudPlatform::sweep(const SweepScope& scope) const {
    if (kept_.empty())
        throw Error(Code::internal, "No attempt stored its IBM Cloud account: nothing can be proven.",
                    "sweep without account");
    auto client = this->client();
    if (const auto account = client.account(); account != kept_) mismatch(kept_, account);
    std::vector<Leftover> found;
    const auto add = [&](const std::vector<ibm::Resource>& resources) {
        for (const auto& one : resources)
            found.push_back({.region = one.region(), .type = one.type(), .id = one.crn, .name = one.name});
    };
    for (const auto& infra_id : scope.infra_ids) add(client.named(kept_, infra_id));
    for (const auto& name : scope.ccoctl_names) add(client.service_ids(kept_, name));
    return found;
}

std::vector<std::string> IbmcloudPlatform::queries(const SweepScope& scope) const {
    std::vector<std::string> all = {cat("in IBM Cloud account ", kept_, ":")};
    for (const auto& infra_id : scope.infra_ids)
        all.push_back(cat("Global Search, resources of every region named ", infra_id, " or ", infra_id, "-*"));
    for (const auto& name : scope.ccoctl_names) all.push_back(cat("IAM, service ids named ", name, "-*"));
    return all;
}

}  // namespace desk::worker
