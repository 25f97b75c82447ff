// Platform demo: a directory is the cloud, demo-install the installer, and an hour may take seconds.
#pragma once

#include "worker/platforms/platform.hpp"

namespace desk::worker {

class DemoPlatform : public PlatformDriver {
  public:
    explicit DemoPlatform(const Config& config) : config_(config.demo), terraform_(config.terraform) {}

    fs::path program(const std::string& version, const ProgramUse& use) const override;
    std::map<std::string, std::string> environment(const EffectiveOrder& order, const fs::path& dir,
                                                   Redactor& redactor) const override;
    Secret pull_secret() const override;
    std::optional<TerraformRoot> prereqs(const EffectiveOrder& order, const std::string& state_key,
                                         const ClusterId& cluster, const Json& variables) const override;
    std::vector<Check> preflight(const EffectiveOrder& order) const override;
    std::vector<Leftover> sweep(const SweepScope& scope) const override;
    std::vector<std::string> queries(const SweepScope& scope) const override;

  private:
    const Config::Demo& config_;
    const Config::Terraform& terraform_;
};

}  // namespace desk::worker
