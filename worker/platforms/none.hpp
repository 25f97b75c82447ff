// Platform none: somebody else makes the machines. The desk renders, keeps and hands over what they start from, and has
// nothing in any cloud.
#pragma once

#include "worker/installer_catalog.hpp"
#include "worker/platforms/platform.hpp"

namespace desk::worker {

class NonePlatform : public PlatformDriver {
  public:
    explicit NonePlatform(const Config& config) : config_(config.installers), catalog_(config.installers.dir) {}

    bool makes_machines() const override { return false; }
    fs::path program(const std::string& version, const ProgramUse& use) const override;
    std::map<std::string, std::string> environment(const EffectiveOrder&, const fs::path&, Redactor&) const override {
        return {};
    }
    Secret pull_secret() const override;
    std::vector<Check> preflight(const EffectiveOrder& order) const override;
    /// Nothing: no program of the desk was ever given a way into a cloud.
    std::vector<Leftover> sweep(const SweepScope&) const override { return {}; }
    std::vector<std::string> queries(const SweepScope& scope) const override;

  private:
    const Config::Installers& config_;
    InstallerCatalog catalog_;
};

}  // namespace desk::worker
