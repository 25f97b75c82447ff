#include "worker/platforms/aws.hpp"

#include <algorithm>
#include <iterator>

#include "core/base/dns.hpp"
#include "core/base/error.hpp"
#include "core/base/text.hpp"
#include "core/cloud/aws/iam.hpp"
#include "core/cloud/aws/inventory.hpp"
#include "core/cloud/aws/sts.hpp"
#include "worker/platforms/aws_cloud_checks.hpp"
#include "worker/platforms/aws_preflight.hpp"
#include "worker/platforms/private_file.hpp"

namespace desk::worker {
namespace {

std::string labels(const std::vector<const aws::Account*>& accounts) {
    std::vector<std::string> all;
    for (const auto* account : accounts) all.push_back(account->label());
    return join(all, ", ");
}

aws::InventoryScope scope_of(const SweepScope& scope) {
    return {.infra_ids = scope.infra_ids,
            .ccoctl_names = scope.ccoctl_names,
            .regions = scope.regions,
            .name = scope.name,
            .base_domain = scope.base_domain};
}

/// A stand-in's zones are delegated by nobody.
std::vector<std::string> no_name_server(const std::string&) {
    throw Error(Code::unavailable, "The account's AWS is a stand-in, of whose zones no name server knows.");
}

NameServerLookup look_up_of(const aws::Account& account) {
    return account.endpoints.all.empty() ? name_servers_of : no_name_server;
}

}  // namespace

const aws::Accounts& AwsPlatform::accounts() const {
    if (!accounts_) accounts_ = aws::Accounts::load(config_.aws.accounts_file);
    return *accounts_;
}

std::string AwsPlatform::account_of(const EffectiveOrder& order) const {
    if (!kept_.empty()) return kept_;
    const auto& allowed = order.guardrail.account_ids;
    std::vector<const aws::Account*> candidates;
    for (const auto& account : accounts().all())
        if (allowed.empty() || std::ranges::find(allowed, account.id) != allowed.end()) candidates.push_back(&account);
    if (candidates.size() == 1) return candidates.front()->id;
    const std::string wanted = allowed.empty() ? "any" : join(allowed, ", ");
    if (candidates.empty())
        throw Error(Code::invalid,
                    cat("This desk has no AWS account that profile ", order.profile, " allows (", wanted, ")."));
    throw Error(Code::invalid, cat("Profile ", order.profile,
                                   " allows more than one AWS account of this desk: ", labels(candidates), "."));
}

fs::path AwsPlatform::program(const std::string& version, const ProgramUse& use) const {
    return use.destroys ? catalog_.get_for_destroy(version, use.program) : catalog_.get(version, use.program);
}

std::string AwsPlatform::caller_account(const EffectiveOrder& order) const {
    const auto& account = this->account(order);
    try {
        auto client = aws::open(account, transport_);
        return aws::get_caller_identity(client, order.region).account;
    } catch (const aws::AwsError& error) {
        aws::refuse(account, error);
    }
}

aws::Credentials AwsPlatform::get_credentials(const aws::Account& account) const {
    try {
        auto credentials = aws::resolve(account, transport_);
        aws::Client client(transport_, credentials.clone(), account.endpoints);
        aws::require_account(client, account);
        return credentials;
    } catch (const aws::AwsError& error) {
        aws::refuse(account, error);
    }
}

std::map<std::string, std::string> AwsPlatform::environment(const EffectiveOrder& order, const fs::path& dir,
                                                            Redactor& redactor) const {
    const auto& account = this->account(order);
    session_.reset();  // only one of them writes the file
    session_.emplace(
        dir, [this, account] { return get_credentials(account); }, redactor);
    std::map<std::string, std::string> env = {{"AWS_SHARED_CREDENTIALS_FILE", session_->file().string()},
                                              {"AWS_PROFILE", "default"},
                                              {"AWS_CONFIG_FILE", "/dev/null"},
                                              // never the role of the machine that the worker happens to run on
                                              {"AWS_EC2_METADATA_DISABLED", "true"}};
    env.merge(aws::endpoint_variables(account.endpoints));
    return env;
}

CredentialsMode AwsPlatform::credentials_mode(const EffectiveOrder& order) const {
    const auto& account = this->account(order);
    const bool is_temporary = account.role || aws::resolve(account, transport_).is_temporary();
    return is_temporary ? CredentialsMode::Manual : order.credentials_mode;
}

bool AwsPlatform::uses_ccoctl(const EffectiveOrder& order) const {
    return credentials_mode(order) == CredentialsMode::Manual;
}

Secret AwsPlatform::pull_secret() const {
    return read_private_file(config_.aws.pull_secret_file, "pull secret", "aws.pull_secret_file");
}

std::vector<Check> AwsPlatform::preflight(const EffectiveOrder& order) const {
    return aws_preflight(*this, catalog_, order);
}

std::vector<Check> AwsPlatform::ask_cloud(const EffectiveOrder& order) const {
    const auto& account = this->account(order);
    auto client = aws::open(account, transport_);
    auto checks = aws_cloud_checks(client, order, makes_zone(order), look_up_of(account));
    if (!config_.terraform.aws_prereqs.empty())
        checks.push_back(ask_aws("terraform", [&] { return check_terraform(order); }));
    return checks;
}

Check AwsPlatform::delegation(const EffectiveOrder& order) const {
    const auto& account = this->account(order);
    auto client = aws::open(account, transport_);
    return aws_delegation(client, order, look_up_of(account));
}

std::vector<Leftover> AwsPlatform::sweep(const SweepScope& scope) const {
    if (kept_.empty())
        throw Error(Code::internal, "No attempt stored its AWS account: nothing can be proven.",
                    "sweep without account");
    const auto& account = accounts().get(kept_);
    auto client = aws::open(account, transport_);
    aws::require_account(client, account);
    try {
        auto there = aws::inventory(client, scope_of(scope));
        for (const auto& role : scope.roles)
            std::ranges::move(aws::iam::role_and_policy(client, account.id, role), std::back_inserter(there));
        std::vector<Leftover> found;
        for (auto& one : there)
            found.push_back({.region = one.region, .type = one.type, .id = one.id, .name = one.name});
        return found;
    } catch (const aws::AwsError& error) {
        throw Error(Code::unavailable, cat("AWS did not answer a question of the sweep: ", error.code(), "."),
                    error.what());
    }
}

std::vector<std::string> AwsPlatform::queries(const SweepScope& scope) const {
    auto asked = aws::inventory_queries(scope_of(scope));
    asked.insert(asked.begin(), cat("in AWS account ", kept_, ":"));
    for (const auto& role : scope.roles) asked.push_back(cat("IAM: Terraform's role and policy ", role));
    return asked;
}

}  // namespace desk::worker
