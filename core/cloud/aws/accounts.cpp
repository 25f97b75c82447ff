#include "core/cloud/aws/accounts.hpp"

#include <regex>
#include <set>
#include <tuple>
#include <utility>

#include "core/base/error.hpp"
#include "core/base/text.hpp"
#include "core/base/yaml_bind.hpp"
#include "core/cloud/aws/sts.hpp"

namespace desk {
namespace {

/// An account as it is written; endpoints are one URL or a group of them.
struct AccountEntry : aws::Account {
    Json written_endpoints = {};
};
struct AccountsFile {
    std::vector<AccountEntry> accounts = {};
};

}  // namespace

template <>
inline constexpr auto kFields<aws::Account::Role> = std::tuple{
    field("arn", &aws::Account::Role::arn, {.required = true, .least = 1}),
    field("externalId", &aws::Account::Role::external_id),
    field("sessionName", &aws::Account::Role::session_name, {.least = 1}),
    field("sourceProfile", &aws::Account::Role::source_profile, {.least = 1}),
    field("credentialsFile", &aws::Account::Role::credentials_file),
    field("durationMinutes", &aws::Account::Role::duration_minutes, {.least = 15, .most = 720}),
};
template <>
inline constexpr auto kFields<aws::Account::Keys> = std::tuple{
    field("file", &aws::Account::Keys::file, {.required = true, .least = 1}),
};
template <>
inline constexpr auto kFields<AccountEntry> = std::tuple{
    field("id", &AccountEntry::id, {.required = true, .least = 1}),
    field("name", &AccountEntry::name),
    field("profile", &AccountEntry::profile, {.least = 1}),
    field("credentialsFile", &AccountEntry::credentials_file),
    field("role", &AccountEntry::role),
    field("keys", &AccountEntry::keys),
    field("stateBucket", &AccountEntry::state_bucket),
    field("stateRegion", &AccountEntry::state_region),
    field("regions", &AccountEntry::regions),
    field("endpoints", &AccountEntry::written_endpoints),
};
template <>
inline constexpr auto kFields<AccountsFile> = std::tuple{
    field("accounts", &AccountsFile::accounts, {.required = true, .least = 1}),
};

namespace aws {
namespace {

const std::regex kAccountId("[0-9]{12}");
const std::regex kRegion("[a-z]{2}(-[a-z]+)+-[0-9]");
const std::regex kRoleArn("arn:aws(?:-cn|-us-gov)?:iam::([0-9]{12}):role/[A-Za-z0-9+=,.@_/-]+");
const std::regex kSessionName("[A-Za-z0-9+=,.@_-]{2,64}");
const std::regex kUrl("https?://[^/?#]+/*");

/// The rules between keys, of one account.
class Checks {
  public:
    Checks(YamlBinder& binder, const Yaml& root, std::size_t index)
        : binder_(binder), root_(root), path_(cat("accounts[", index, ']')) {}

    void require(bool ok, std::string_view key, std::string message) {
        if (!ok) binder_.fault_at(root_, key.empty() ? path_ : cat(path_, '.', key), std::move(message));
    }
    void require_form(const std::string& text, const std::regex& form, std::string_view key, std::string message) {
        require(text.empty() || std::regex_match(text, form), key, std::move(message));
    }
    void require_absolute(const std::string& path, std::string_view key) {
        require(path.empty() || path.front() == '/', key, "must be an absolute path.");
    }

  private:
    YamlBinder& binder_;
    const Yaml& root_;
    std::string path_;
};

Endpoints endpoints_of(const Json& written, Checks& checks) {
    Endpoints endpoints;
    const auto take = [&](const Json& value, const std::string& key, std::string& out) {
        if (value.is_string()) out = value;
        checks.require(std::regex_match(out, kUrl), key,
                       "must be a URL without a path, such as http://127.0.0.1:5000.");
    };
    if (written.is_object())
        for (const auto& [service, url] : written.items())
            take(url, "endpoints." + service, service == "all" ? endpoints.all : endpoints.service[service]);
    else if (!written.is_null())
        take(written, "endpoints", endpoints.all);
    return endpoints;
}

/// An account is of one partition, which its role and its regions tell.
void check_partition(Account& account, Checks& checks) {
    std::vector<std::pair<std::string, const Partition*>> told;
    if (account.role) told.emplace_back("role.arn", &partition_of_arn(account.role->arn));
    for (std::size_t i = 0; i < account.regions.size(); ++i)
        told.emplace_back(cat("regions[", i, ']'), &partition_of(account.regions[i]));
    if (!account.state_region.empty()) told.emplace_back("stateRegion", &partition_of(account.state_region));
    if (told.empty()) return;
    const auto& [first, partition] = told.front();
    for (const auto& [key, other] : told)
        checks.require(
            other == partition, key,
            cat("is of partition ", other->name, ", and ", first, " of ", partition->name, ": no account is of both."));
    account.endpoints.home = partition->home;
}

void check(AccountEntry& account, const Yaml& written, Checks checks) {
    const auto* id = written.find("id");
    checks.require(id == nullptr || id->kind != Yaml::Kind::scalar || id->quoted, "id",
                   "is a number without quotes, and a number loses leading zeros; write it in quotes.");
    checks.require_form(account.id, kAccountId, "id", "must be the 12 digits of an account.");
    const int ways = (account.profile.empty() ? 0 : 1) + (account.role ? 1 : 0) + (account.keys ? 1 : 0);
    checks.require(ways == 1, "", "needs exactly one of profile, role and keys: how to get into the account.");
    checks.require(account.credentials_file.empty() || !account.profile.empty(), "credentialsFile",
                   "goes with profile; a role has its own, under role.");
    checks.require_absolute(account.credentials_file, "credentialsFile");
    if (account.keys) checks.require_absolute(account.keys->file, "keys.file");
    if (account.role) {
        std::smatch parts;
        const bool is_role = std::regex_match(account.role->arn, parts, kRoleArn);
        checks.require(is_role || account.role->arn.empty(), "role.arn",
                       "must be the ARN of a role, such as arn:aws:iam::123456789012:role/clusterdesk.");
        checks.require(!is_role || parts[1] == account.id, "role.arn", "is a role of another account.");
        checks.require_form(account.role->session_name, kSessionName, "role.sessionName",
                            "must be 2 to 64 letters, digits or any of +=,.@_-");
        checks.require_absolute(account.role->credentials_file, "role.credentialsFile");
    }
    for (std::size_t i = 0; i < account.regions.size(); ++i)
        checks.require_form(account.regions[i], kRegion, cat("regions[", i, ']'),
                            "is not a region, such as eu-west-1.");
    checks.require_form(account.state_region, kRegion, "stateRegion", "is not a region, such as eu-west-1.");
    checks.require(account.state_bucket.empty() == account.state_region.empty(), "",
                   "needs stateBucket and stateRegion both or neither.");
    account.endpoints = endpoints_of(account.written_endpoints, checks);
    check_partition(account, checks);
}

Credentials of_profile(const std::string& credentials_file, const std::string& profile) {
    return read_profile(credentials_file.empty() ? usual_credentials_file() : fs::path(credentials_file), profile);
}

/// Whose STS is asked: of the first region that clusters may be in, or its partition's.
std::string sts_region(const Account& account) { return account.regions.empty() ? "" : account.regions.front(); }

}  // namespace

std::string Account::label() const { return name.empty() ? id : cat(id, " (", name, ')'); }

Accounts Accounts::load(const fs::path& file) {
    if (file.empty()) return {};
    std::string text;
    try {
        text = read_file(file, 1U << 20U);
    } catch (const Error& error) {
        throw Error(Code::invalid, cat(file.string(), ": The file can't be read."), error.for_log());
    }
    return parse(text, file.string());
}

Accounts Accounts::parse(std::string_view text, const std::string& file_name) {
    Accounts accounts;
    AccountsFile file;
    Faults faults;
    if (const auto tree = parse_yaml(text, file_name)) {
        YamlBinder binder(file_name);
        binder.read(*tree, file);
        const auto* list = tree->find("accounts");
        std::set<std::string> ids;
        for (std::size_t i = 0; i < file.accounts.size(); ++i) {
            check(file.accounts[i], list->items[i], Checks(binder, *tree, i));
            if (!ids.insert(file.accounts[i].id).second)
                binder.fault_at(*tree, cat("accounts[", i, "].id"), "is there twice.");
        }
        faults = binder.take_faults();
    } else {
        faults = tree.error();
    }
    if (!faults.empty()) {
        std::vector<std::string> lines;
        for (const auto& fault : faults) lines.push_back(fault.str());
        throw Error(Code::invalid, join(lines, "\n"));
    }
    for (auto& entry : file.accounts) accounts.accounts_.push_back(std::move(static_cast<Account&>(entry)));
    return accounts;
}

const Account* Accounts::find(std::string_view id) const {
    for (const auto& account : accounts_)
        if (account.id == id) return &account;
    return nullptr;
}

const Account& Accounts::get(std::string_view id) const {
    if (const auto* account = find(id)) return *account;
    throw Error(Code::invalid, cat("The desk has no AWS account ", id,
                                   "; an operator adds it to the accounts file (aws.accounts_file)."));
}

Credentials resolve(const Account& account, HttpTransport& transport, Pace pace) {
    if (account.keys) return of_profile(account.keys->file, "default");
    if (!account.role) return of_profile(account.credentials_file, account.profile);
    const auto& role = *account.role;
    Client source(transport, of_profile(role.credentials_file, role.source_profile), account.endpoints,
                  std::move(pace));
    return assume_role(source,
                       {.arn = role.arn,
                        .session_name = role.session_name,
                        .external_id = role.external_id,
                        .duration = std::chrono::minutes(role.duration_minutes)},
                       sts_region(account));
}

Client open(const Account& account, HttpTransport& transport, Pace pace) {
    return Client(
        transport, [account, &transport, pace] { return resolve(account, transport, pace); }, account.endpoints, pace);
}

void require_account(Client& client, const Account& account) {
    try {
        const auto caller = get_caller_identity(client, sts_region(account));
        if (caller.account != account.id)
            throw Error(Code::forbidden,
                        cat("AWS account mismatch: expected ", account.label(), ", got ", caller.account, "."),
                        cat("the credentials are those of ", caller.arn));
    } catch (const AwsError& error) {
        refuse(account, error);
    }
}

void refuse(const Account& account, const AwsError& error) {
    throw Error(error.is_passing() ? Code::unavailable : Code::forbidden,
                cat("AWS refused a call in account ", account.label(), ": ", error.code(), "."), error.what());
}

}  // namespace aws
}  // namespace desk
