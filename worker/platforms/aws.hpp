// Platform aws: accounts of the operator's file, installers of the catalogue, and AWS's own APIs for the proof.
#pragma once

#include <optional>

#include "core/cloud/aws/accounts.hpp"
#include "worker/installer_catalog.hpp"
#include "worker/platforms/aws_session.hpp"
#include "worker/platforms/platform.hpp"

namespace desk::worker {

class AwsPlatform : public PlatformDriver {
  public:
    explicit AwsPlatform(const Config& config) : config_(config), catalog_(config.installers.dir) {}

    /// Exactly one account of aws.accounts_file must be among the order's guardrail.accountIds (an empty guardrail
    /// names them all): more than one would be a guess, and a guess must not cost anybody money.
    std::string account_of(const EffectiveOrder& order) const override;
    void keep_to(const std::string& account) override { kept_ = account; }

    fs::path program(const std::string& version, const ProgramUse& use) const override;
    /// Each program gets a session of its own.
    std::map<std::string, std::string> environment(const EffectiveOrder& order, const fs::path& dir,
                                                   Redactor& redactor) const override;
    /// Manual when the account's credentials are temporary: the installer can't leave such in a cluster.
    CredentialsMode credentials_mode(const EffectiveOrder& order) const override;
    bool uses_ccoctl(const EffectiveOrder& order) const override;
    CcoctlWords ccoctl() const override { return {.platform = "aws", .create = "create-all", .remove = "delete"}; }
    Secret pull_secret() const override;
    std::optional<TerraformRoot> prereqs(const EffectiveOrder& order, const std::string& state_key,
                                         const ClusterId& cluster, const Json& variables) const override;
    bool makes_zone(const EffectiveOrder& order) const override;
    Check delegation(const EffectiveOrder& order) const override;
    std::vector<Check> preflight(const EffectiveOrder& order) const override;
    /// In the account that was kept to. Throws Error{internal} when there is none: another one looks empty.
    std::vector<Leftover> sweep(const SweepScope& scope) const override;
    std::vector<std::string> queries(const SweepScope& scope) const override;

    /// Of the operator's file: the one of account_of. Throws Error{invalid}.
    const aws::Account& account(const EffectiveOrder& order) const { return accounts().get(account_of(order)); }
    /// Whose credentials a job of this order would use, as sts:GetCallerIdentity says. Throws Error{forbidden} when AWS
    /// refuses them and Error{unavailable} when it does not answer.
    std::string caller_account(const EffectiveOrder& order) const;
    /// What AWS says about the order: domain, names, room, the bucket of Terraform's states. Throws Error{invalid} when
    /// its account can't be told.
    std::vector<Check> ask_cloud(const EffectiveOrder& order) const;
    /// Of it: whether terraform can be run here, and its states kept in the account. Throws AwsError, too.
    Check check_terraform(const EffectiveOrder& order) const;

  private:
    const aws::Accounts& accounts() const;
    /// The credentials of `account`, after STS has said that they are. Throws Error{forbidden} when they are not.
    aws::Credentials get_credentials(const aws::Account& account) const;

    const Config& config_;
    InstallerCatalog catalog_;
    std::string kept_ = {};
    mutable CurlTransport transport_;
    mutable std::optional<aws::Accounts> accounts_ = {};
    mutable std::optional<AwsSession> session_ = {};  ///< last: its thread uses the transport
};

}  // namespace desk::worker
