// doctor: everything this host needs, one line each, with the way out where something is missing.
#include <unistd.h>

#include <cstdio>
#include <functional>
#include <optional>

#include "core/base/id.hpp"
#include "core/base/keyring.hpp"
#include "core/base/process.hpp"
#include "core/base/text.hpp"
#include "core/cloud/aws/accounts.hpp"
#include "core/cloud/aws/sts.hpp"
#include "core/cloud/open_store.hpp"
#include "core/cloud/secret_vault.hpp"
#include "core/store/profile_files.hpp"
#include "core/store/schema.hpp"
#include "core/store/secrets.hpp"
#include "core/store/store_id.hpp"
#include "worker/embedded_rules.hpp"
#include "worker/host.hpp"
#include "worker/installer_catalog.hpp"
#include "worker/platforms/platform.hpp"
#include "worker/platforms/preflight_checks.hpp"
#include "worker/platforms/private_file.hpp"
#include "worker/terraform.hpp"
#include "worker/verbs/verbs.hpp"

namespace desk::worker::verbs {
namespace {

/// One line of the report: what is checked, and what is wrong with it.
struct Check {
    std::string what;
    std::function<std::optional<std::string>()> fault;
};

std::optional<std::string> directory_fault(const fs::path& dir, int wanted) {
    std::error_code ignored;
    if (!fs::is_directory(dir, ignored)) return cat(dir.string(), " is not a directory");
    if (::access(dir.c_str(), wanted) != 0)
        return cat(dir.string(), (wanted & W_OK) != 0 ? " can't be written" : " can't be read", " by this user");
    return std::nullopt;
}

/// A directory is looked at; in a bucket something is written, read and removed, as rights there show in no other way.
std::optional<std::string> store_access_fault(const Config& config) {
    if (config.store.kind == StoreKind::file) return directory_fault(config.store.root, R_OK | W_OK | X_OK);
    const auto store = open_store(config);
    const auto key = cat("doctor/", new_ulid());
    store->put(key, "A doctor was here.", Visibility::private_);
    store->remove(key, Visibility::private_);
    return std::nullopt;
}

std::optional<std::string> installer_fault(const std::string& program) {
    SystemProcessRunner runner;
    const auto version = capture(runner, {.program = program, .args = {"version"}, .timeout = 10s});
    if (!version.exit.ok()) return cat(program, ": ", version.exit.why);
    return std::nullopt;
}

std::optional<std::string> keys_fault(pg::Database& database, const Config& config) {
    const auto keys = Keyring::load(config.secrets.key_file);
    auto tx = database.begin();
    secrets::check_keys(tx, keys);
    return std::nullopt;  // nothing is committed: a doctor changes nothing
}

std::optional<std::string> profiles_fault(const Config& config) {
    const auto platforms = parse_platforms(config.profiles.platforms);
    if (!platforms) return platforms.error();
    const auto catalog = load_profiles(config.profiles.dir, *platforms);
    std::vector<std::string> faults;
    for (const auto& [file, found] : catalog.faults())
        for (const auto& fault : found) faults.push_back(fault.str());
    if (!faults.empty()) return join(faults, "; ");
    if (catalog.orderable().empty()) return cat("no profile in ", config.profiles.dir, " can be ordered");
    for (const auto platform : *platforms)
        if (!find_platform(platform, config)) return cat("this worker has no installer for platform ", text(platform));
    return std::nullopt;
}

/// Whether its credentials are really those of this account.
std::optional<std::string> account_fault(const aws::Account& account, HttpTransport& transport) {
    auto client = aws::open(account, transport);
    const auto caller = aws::get_caller_identity(client, account.regions.empty() ? "" : account.regions.front());
    if (caller.account == account.id) return std::nullopt;
    return cat("its credentials are of account ", caller.account, " (", caller.arn,
               "); correct the accounts file, or nothing is done there");
}

/// A line for every account; one that says why when the file of accounts can't be read.
void add_accounts(std::vector<Check>& checks, const Config& config, HttpTransport& transport) {
    try {
        const auto accounts = aws::Accounts::load(config.aws.accounts_file);
        for (const auto& account : accounts.all())
            checks.push_back({cat("AWS account ", account.label()),
                              [account, &transport] { return account_fault(account, transport); }});
    } catch (const Error& error) {
        checks.push_back({"AWS accounts", [why = error.for_user()] { return std::optional(why); }});
    }
}

void add_vault(std::vector<Check>& checks, const Config& config) {
    if (config.secrets.kind == SecretsKind::sealed) return;
    checks.push_back({cat("secret store ", text(config.secrets.kind)), [&config]() -> std::optional<std::string> {
                          open_secret_vault(config)->check();
                          return std::nullopt;
                      }});
}

std::optional<std::string> aws_pull_secret_fault(const Config& config) {
    constexpr const char* kSetting = "aws.pull_secret_file";
    const auto check =
        check_pull_secret(read_private_file(config.aws.pull_secret_file, "pull secret", kSetting), kSetting);
    return check.level == CheckLevel::PASS ? std::nullopt : std::optional(check.detail);
}

/// What clusters of the clouds that are set need besides: programs and private files.
void add_clouds(std::vector<Check>& checks, const Config& config) {
    const auto& terraform = config.terraform;
    if (!terraform.aws_prereqs.empty() || !terraform.aws_bootstrap.empty() || !terraform.demo_prereqs.empty())
        checks.push_back({"terraform", [&] { return terraform_fault(config.terraform.program); }});
    if (!config.aws.accounts_file.empty())
        checks.push_back({"AWS pull secret", [&] { return aws_pull_secret_fault(config); }});
    if (!config.ibmcloud.api_key_file.empty())
        checks.push_back({"IBM Cloud API key", [&]() -> std::optional<std::string> {
                              read_private_file(config.ibmcloud.api_key_file, "API key of IBM Cloud",
                                                "ibmcloud.api_key_file");
                              return std::nullopt;
                          }});
}

std::vector<Check> checks(const Config& config, pg::Database& database, HttpTransport& transport) {
    std::vector<Check> all = {
        {"database",
         [&]() -> std::optional<std::string> {
             auto tx = database.begin(pg::Mode::read_only);
             return std::nullopt;
         }},
        {"schema",
         [&]() -> std::optional<std::string> {
             check_schema(database);
             return std::nullopt;
         }},
        {"keys of the secret store", [&] { return keys_fault(database, config); }},
        {"object store", [&] { return store_access_fault(config); }},
        {"object store belongs to the database",
         [&]() -> std::optional<std::string> {
             const auto store = open_store(config);
             auto tx = database.begin(pg::Mode::read_only);
             return store_fault(tx, *store);
         }},
        {"work directory", [&] { return directory_fault(config.worker.work_dir, R_OK | W_OK | X_OK); }},
        {"profiles", [&] { return profiles_fault(config); }},
        {"failure rules",
         [&]() -> std::optional<std::string> {
             std::vector<std::string> lines;
             for (const auto& fault : load_failure_rules(config).faults) lines.push_back(fault.str());
             if (lines.empty()) return std::nullopt;
             return cat(join(lines, " "), " Until this is corrected the built-in rules are used.");
         }},
        {"installers",
         [&]() -> std::optional<std::string> {
             const auto faults = InstallerCatalog(config.installers.dir).faults();
             return faults.empty() ? std::nullopt : std::optional(join(faults, " "));
         }},
        {"demo installer", [&] { return installer_fault(config.demo.installer); }},
        {"demo cloud", [&] { return directory_fault(config.demo.cloud_dir, R_OK | W_OK | X_OK); }},
    };
    add_vault(all, config);
    add_clouds(all, config);
    add_accounts(all, config, transport);
    return all;
}

}  // namespace

int doctor(const Arguments& arguments) {
    arguments.want_words(0, "no words");
    const auto config = arguments.config();
    pg::Database database({.url = config.database.url, .application_name = "clusterdesk-doctor", .connections = 2});
    CurlTransport transport;
    bool healthy = true;
    Json report = Json::array();
    for (const auto& check : checks(config, database, transport)) {
        std::optional<std::string> fault;
        try {
            fault = check.fault();
        } catch (const Error& error) {
            fault = error.for_log().empty() ? error.for_user() : cat(error.for_user(), " (", error.for_log(), ")");
        } catch (const aws::AwsError& error) {
            fault = error.what();
        }
        healthy = healthy && !fault;
        if (arguments.has("--json"))
            report.push_back({{"check", check.what}, {"ok", !fault}, {"fault", fault.value_or("")}});
        else
            print(cat(fault ? "FAULT " : "ok    ", check.what, fault ? ": " : "", fault.value_or("")));
    }
    if (arguments.has("--json")) print(report.dump());
    return healthy ? 0 : 1;
}

}  // namespace desk::worker::verbs
