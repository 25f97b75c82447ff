// Platform ibmcloud: one API key, installers of the catalogue, and IBM Cloud's own lists for the proof.
#pragma once

#include "core/cloud/ibmcloud.hpp"
#include "worker/installer_catalog.hpp"
#include "worker/platforms/platform.hpp"

namespace desk::worker {

class IbmcloudPlatform : public PlatformDriver {
  public:
    explicit IbmcloudPlatform(const Config& config) : config_(config), catalog_(config.installers.dir) {}

    /// The key's, as IAM says, which must be among the order's guardrail.accountIds (an empty guardrail names them
    /// all), and, after keep_to, that one. Throws Error{forbidden} when it is not.
    std::string account_of(const EffectiveOrder& order) const override;
    void keep_to(const std::string& account) override { kept_ = account; }

    fs::path program(const std::string& version, const ProgramUse& use) const override;
    /// IC_API_KEY: the installer and ccoctl take the key in no other way.
    std::map<std::string, std::string> environment(const EffectiveOrder& order, const fs::path& dir,
                                                   Redactor& redactor) const override;
    /// The installer knows no other mode there.
    CredentialsMode credentials_mode(const EffectiveOrder&) const override { return CredentialsMode::Manual; }
    bool uses_ccoctl(const EffectiveOrder&) const override { return true; }
    CcoctlWords ccoctl() const override {
        return {.platform = "ibmcloud",
                .create = "create-service-id",
                .remove = "delete-service-id",
                .takes_region = false,
                .removes_by_requests = true,
                .makes_issuer = false};
    }
    Secret pull_secret() const override;
    std::vector<Check> preflight(const EffectiveOrder& order) const override;
    /// In the account that was kept to. Throws Error{internal} when there is none: another one looks empty.
    std::vector<Leftover> sweep(const SweepScope& scope) const override;
    std::vector<std::string> queries(const SweepScope& scope) const override;

  private:
    Secret api_key() const;
    ibm::Client client() const;

    const Config& config_;
    InstallerCatalog catalog_;
    std::string kept_ = {};
    mutable CurlTransport transport_;
};

}  // namespace desk::worker
