// The AWS accounts that this desk may use: an operator's YAML file (conf/aws-accounts.yaml is the example).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/file.hpp"
#include "core/cloud/aws/client.hpp"
#include "core/cloud/aws/credentials_file.hpp"

namespace desk::aws {

struct Account {
    struct Role {
        std::string arn = {};          ///< "arn:aws:iam::123456789012:role/clusterdesk", of this account
        std::string external_id = {};  ///< "" = none
        std::string session_name = "clusterdesk";
        std::string source_profile = "default";  ///< whose keys ask for the role
        std::string credentials_file = {};       ///< where that profile is; "" = usual_credentials_file()
        int duration_minutes = 60;               ///< 15 to 720, and at most what the role allows
    };
    struct Keys {
        std::string file = {};  ///< 0600, the form of a credentials file; its profile "default" is used
    };

    std::string id = {};                ///< 12 digits
    std::string name = {};              ///< for people
    std::string profile = {};           ///< exactly one of profile, role and keys is set
    std::string credentials_file = {};  ///< where `profile` is; "" = usual_credentials_file()
    std::optional<Role> role = {};
    std::optional<Keys> keys = {};
    std::string state_bucket = {};  ///< Terraform's state; "" = none made yet
    std::string state_region = {};
    std::vector<std::string> regions = {};  ///< where clusters may be; empty = not restricted here
    Endpoints endpoints = {};

    /// "123456789012 (production)"
    std::string label() const;
};

class Accounts {
  public:
    /// "" = no AWS: none. Throws Error{invalid} with every fault of the file at once, one a line: file, line, key.
    static Accounts load(const fs::path& file);
    static Accounts parse(std::string_view text, const std::string& file_name);

    /// Valid as long as this object.
    const Account* find(std::string_view id) const;
    /// Throws Error{invalid} with the way out when the desk has no such account.
    const Account& get(std::string_view id) const;
    const std::vector<Account>& all() const& { return accounts_; }
    std::vector<Account> all() && { return std::move(accounts_); }

  private:
    std::vector<Account> accounts_;
};

/// The account's credentials as they are now: read from its file, or asked of STS for a role. Throws Error{invalid} for
/// a file that can't be used, and what STS throws.
Credentials resolve(const Account& account, HttpTransport& transport, Pace pace = {});

/// A client that resolves when it needs to: a role's credentials are renewed before they end. The account is copied.
Client open(const Account& account, HttpTransport& transport, Pace pace = {});

/// Nothing is believed, and nothing done, with another account's credentials: it would look empty, or hold what is not
/// ours. Throws Error{forbidden} when the client's are not this account's or AWS refuses them, and Error{unavailable}
/// when it does not answer.
void require_account(Client& client, const Account& account);
/// What AWS refused in the account, as an error of the desk: its text holds no secret.
[[noreturn]] void refuse(const Account& account, const AwsError& error);

}  // namespace desk::aws
