#include "worker/platforms/none.hpp"

#include "core/base/text.hpp"
#include "worker/platforms/preflight_checks.hpp"
#include "worker/platforms/private_file.hpp"

namespace desk::worker {
namespace {

constexpr const char* kSetting = "installers.pull_secret_file";

}  // namespace

fs::path NonePlatform::program(const std::string& version, const ProgramUse& use) const {
    return use.destroys ? catalog_.get_for_destroy(version, use.program) : catalog_.get(version, use.program);
}

Secret NonePlatform::pull_secret() const {
    return read_private_file(config_.pull_secret_file, "pull secret", kSetting);
}

std::vector<Check> NonePlatform::preflight(const EffectiveOrder& order) const {
    return {
        ask("installer", "An administrator looks at installers.dir.", [&] { return check_installer(catalog_, order); }),
        ask("pull-secret", cat("An administrator sets ", kSetting, "; mode 0600."),
            [&] { return check_pull_secret(pull_secret(), kSetting); })};
}

std::vector<std::string> NonePlatform::queries(const SweepScope& scope) const {
    std::vector<std::string> all;
    for (const auto& infra_id : scope.infra_ids)
        all.push_back(cat("what the desk created for ", infra_id,
                          " in any cloud: on platform none it only wrote files, and no program of it had credentials"));
    all.emplace_back("machines, networks and DNS names of such a cluster belong to whoever made them, and stay");
    return all;
}

}  // namespace desk::worker
