#include "core/base/config.hpp"

#include <algorithm>
#include <array>
#include <tuple>
#include <type_traits>

#include "core/base/error.hpp"
#include "core/base/file.hpp"
#include "core/base/text.hpp"
#include "core/base/yaml_bind.hpp"

namespace desk {

DESK_ENUM(LogLevelName, debug, info, warning, error);

// The one list of all keys. Ranges: what the desk was tested with, or what the comment says.
template <>
inline constexpr auto kFields<Config::Web> = std::tuple{
    field("socket", &Config::Web::socket, {.least = 1}),
    field("threads", &Config::Web::threads, {.least = 1, .most = 512}),
    field("max_body_bytes", &Config::Web::max_body_bytes, {.least = 65536, .most = 64 << 20}),
    field("public_url", &Config::Web::public_url, {.least = 1}),
    field("templates", &Config::Web::templates, {.least = 1}),
    field("session_hours", &Config::Web::session_hours, {.least = 1, .most = 720}),
};
template <>
inline constexpr auto kFields<Config::Database> = std::tuple{
    field("url", &Config::Database::url, {.least = 1}),
    field("owner_url", &Config::Database::owner_url),
    field("connections", &Config::Database::connections, {.least = 1, .most = 256}),
};
template <>
inline constexpr auto kFields<Config::Worker> = std::tuple{
    field("work_dir", &Config::Worker::work_dir, {.least = 1}),
    field("host", &Config::Worker::host),
    field("slots", &Config::Worker::slots, {.least = 0, .most = 256}),
    field("tick_seconds", &Config::Worker::tick_seconds, {.least = 1, .most = 3600}),
    field("room_mb", &Config::Worker::room_mb, {.least = 0, .most = 1 << 20}),
    field("lease_seconds", &Config::Worker::lease_seconds, {.least = 2, .most = 3600}),
    field("silence_seconds", &Config::Worker::silence_seconds, {.least = 0, .most = 86400}),
    field("heartbeat_seconds", &Config::Worker::heartbeat_seconds, {.least = 1, .most = 600}),
    field("starve_seconds", &Config::Worker::starve_seconds, {.least = 1, .most = 3600}),
    field("kill_seconds", &Config::Worker::kill_seconds, {.least = 0, .most = 600}),
    field("verify_seconds", &Config::Worker::verify_seconds, {.least = 0, .most = 3600}),
    field("destroy_backoff_seconds", &Config::Worker::destroy_backoff_seconds, {.least = 1, .most = 86400}),
    field("orphan_hours", &Config::Worker::orphan_hours, {.least = 0, .most = 720}),
    field("failure_rules", &Config::Worker::failure_rules),
};
template <>
inline constexpr auto kFields<Config::Store> = std::tuple{
    field("kind", &Config::Store::kind),
    field("root", &Config::Store::root, {.least = 1}),
    field("link_minutes", &Config::Store::link_minutes, {.least = 1, .most = 10080}),
    field("bucket", &Config::Store::bucket),
    field("prefix", &Config::Store::prefix),
    field("region", &Config::Store::region, {.least = 1}),
    field("endpoint", &Config::Store::endpoint),
    field("url_style", &Config::Store::url_style),
    field("encryption", &Config::Store::encryption),
    field("kms_key", &Config::Store::kms_key),
    field("account", &Config::Store::account),
    field("credentials_file", &Config::Store::credentials_file),
};
template <>
inline constexpr auto kFields<Config::Secrets> = std::tuple{
    field("key_file", &Config::Secrets::key_file, {.least = 1}), field("kind", &Config::Secrets::kind),
    field("prefix", &Config::Secrets::prefix, {.least = 1}),     field("account", &Config::Secrets::account),
    field("region", &Config::Secrets::region, {.least = 1}),     field("kms_key", &Config::Secrets::kms_key),
};
template <>
inline constexpr auto kFields<Config::Vault> = std::tuple{
    field("address", &Config::Vault::address),
    field("namespace", &Config::Vault::vault_namespace),
    field("ca_file", &Config::Vault::ca_file),
    field("mount", &Config::Vault::mount, {.least = 1}),
    field("auth", &Config::Vault::auth),
    field("token_file", &Config::Vault::token_file),
    field("auth_mount", &Config::Vault::auth_mount),
    field("role", &Config::Vault::role),
    field("secret_id_file", &Config::Vault::secret_id_file),
    field("jwt_file", &Config::Vault::jwt_file, {.least = 1}),
};
template <>
inline constexpr auto kFields<Config::Profiles> = std::tuple{
    field("dir", &Config::Profiles::dir, {.least = 1}),
    field("platforms", &Config::Profiles::platforms),
};
template <>
inline constexpr auto kFields<Config::Installers> = std::tuple{
    field("dir", &Config::Installers::dir, {.least = 1}),
    field("pull_secret_file", &Config::Installers::pull_secret_file),
};
template <>
inline constexpr auto kFields<Config::Aws> = std::tuple{
    field("accounts_file", &Config::Aws::accounts_file),
    field("pull_secret_file", &Config::Aws::pull_secret_file),
};
template <>
inline constexpr auto kFields<Config::Ibmcloud> = std::tuple{
    field("api_key_file", &Config::Ibmcloud::api_key_file),
    field("iam_url", &Config::Ibmcloud::iam_url, {.least = 1}),
    field("search_url", &Config::Ibmcloud::search_url, {.least = 1}),
};
template <>
inline constexpr auto kFields<Config::Terraform> = std::tuple{
    field("program", &Config::Terraform::program, {.least = 1}),
    field("aws_bootstrap", &Config::Terraform::aws_bootstrap),
    field("aws_prereqs", &Config::Terraform::aws_prereqs),
    field("demo_prereqs", &Config::Terraform::demo_prereqs),
    field("cli_config", &Config::Terraform::cli_config),
};
template <>
inline constexpr auto kFields<Config::Demo> = std::tuple{
    field("installer", &Config::Demo::installer, {.least = 1}),
    field("cloud_dir", &Config::Demo::cloud_dir, {.least = 1}),
};
template <>
inline constexpr auto kFields<Config::Log> = std::tuple{
    field("level", &Config::Log::level, {.least = 1}),
};
template <>
inline constexpr auto kFields<Config> = std::tuple{
    field("web", &Config::web),           field("database", &Config::database),     field("worker", &Config::worker),
    field("store", &Config::store),       field("secrets", &Config::secrets),       field("vault", &Config::vault),
    field("profiles", &Config::profiles), field("installers", &Config::installers), field("aws", &Config::aws),
    field("ibmcloud", &Config::ibmcloud), field("terraform", &Config::terraform),   field("demo", &Config::demo),
    field("log", &Config::log),
};

namespace {

constexpr std::string_view kPrefix = "CLUSTERDESK_";
constexpr std::string_view kEnvironment = "environment";

/// Variables of this prefix that are no keys: where the file is; and what a web server passes when the program runs as
/// plain CGI.
constexpr std::array<std::string_view, 3> kOtherVariables = {"CLUSTERDESK_CONFIG", "CLUSTERDESK_PROXY_USER",
                                                             "CLUSTERDESK_PROXY_GROUPS"};

std::string variable_of(std::string_view section, std::string_view key) {
    std::string out = cat(kPrefix, section, '_', key);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return out;
}

/// Calls `visit(section row, key row)` for every key.
template <class Visit>
void for_each_key(Visit&& visit) {
    for_each_field<Config>([&](const auto& section) {
        using Section = std::remove_cvref_t<decltype(std::declval<Config&>().*section.member)>;
        for_each_field<Section>([&](const auto& key) { visit(section, key); });
    });
}

/// The text of a variable as the node that the same text would be in the file.
template <class Value>
Yaml node_of(std::string_view text) {
    if constexpr (std::is_same_v<Value, std::vector<std::string>>) {
        Yaml list{.kind = Yaml::Kind::list};
        for (const auto part : split(text, ','))
            if (!trim(part).empty()) list.items.push_back(node_of<std::string>(trim(part)));
        return list;
    } else {
        return {.kind = Yaml::Kind::scalar, .scalar = std::string(text)};
    }
}

Faults override_from(Config& config, char** environment) {
    Faults faults;
    for (char** entry = environment; entry != nullptr && *entry != nullptr; ++entry) {
        const std::string_view text(*entry);
        const auto name = text.substr(0, text.find('='));
        if (!name.starts_with(kPrefix) || name.size() == text.size()) continue;
        if (std::find(kOtherVariables.begin(), kOtherVariables.end(), name) != kOtherVariables.end()) continue;

        bool known = false;
        std::vector<std::string> names;
        for_each_key([&](const auto& section, const auto& key) {
            names.push_back(variable_of(section.key, key.key));
            if (names.back() != name) return;
            known = true;
            auto& value = config.*section.member.*key.member;
            YamlBinder binder{std::string(kEnvironment)};
            std::remove_cvref_t<decltype(value)> read = {};
            binder.read(node_of<decltype(read)>(text.substr(name.size() + 1)), read, key.rule);
            for (auto& fault : binder.take_faults()) faults.push_back({fault.file, 0, names.back(), fault.message});
            value = std::move(read);
        });
        if (known) continue;
        const std::string near = nearest(name, {names.begin(), names.end()});
        faults.push_back(
            {std::string(kEnvironment), 0, std::string(name),
             near.empty() ? "is not a known variable." : cat("is not a known variable; did you mean ", near, '?')});
    }
    return faults;
}

/// What a bucket needs beside its name.
template <class Require>
void check_bucket(const Config& config, const Require& require) {
    const auto& store = config.store;
    const bool is_https = store.endpoint.starts_with("https://") || store.endpoint.starts_with("http://");
    require(!store.bucket.empty(), "store.bucket", "is missing: store.kind s3 needs one.");
    require(store.endpoint.empty() || (is_https && !store.endpoint.ends_with('/')), "store.endpoint",
            "must begin with http:// or https:// and not end in a slash.");
    require(store.account.empty() != store.credentials_file.empty(), "store.account",
            "store.kind s3 needs store.account or store.credentials_file, one of them.");
    require(store.account.empty() || !config.aws.accounts_file.empty(), "store.account",
            "is one of aws.accounts_file, and there is none.");
    require(store.kms_key.empty() || store.encryption == S3Encryption::aws_kms, "store.kms_key",
            "goes with store.encryption aws_kms.");
}

/// What a secret store outside the database needs.
template <class Require>
void check_secrets(const Config& config, const Require& require) {
    const auto& vault = config.vault;
    if (config.secrets.kind == SecretsKind::aws)
        require(!config.secrets.account.empty() && !config.aws.accounts_file.empty(), "secrets.account",
                "is missing: secrets.kind aws needs an account of aws.accounts_file.");
    if (config.secrets.kind != SecretsKind::vault) return;
    require((vault.address.starts_with("https://") || vault.address.starts_with("http://")) &&
                !vault.address.ends_with('/'),
            "vault.address", "must begin with https:// or http:// and not end in a slash.");
    require(vault.auth != VaultAuth::token || !vault.token_file.empty(), "vault.token_file",
            "is missing: vault.auth token needs one.");
    require(vault.auth == VaultAuth::token || !vault.role.empty(), "vault.role",
            "is missing: it is the role_id for approle, the name of the role for kubernetes.");
    require(vault.auth != VaultAuth::approle || !vault.secret_id_file.empty(), "vault.secret_id_file",
            "is missing: vault.auth approle needs one.");
}

/// What the keys must be to each other.
Faults check_together(const Config& config, const std::string& file) {
    Faults faults;
    const auto require = [&](bool ok, std::string where, std::string message) {
        if (!ok) faults.push_back({file, 0, std::move(where), std::move(message)});
    };
    const auto& url = config.web.public_url;
    const auto& worker = config.worker;
    require((url.starts_with("http://") || url.starts_with("https://")) && !url.ends_with('/'), "web.public_url",
            "must begin with http:// or https:// and not end in a slash.");
    require(worker.heartbeat_seconds < worker.starve_seconds, "worker.heartbeat_seconds",
            "must be less than worker.starve_seconds, or every pause ends a job.");
    require(
        worker.starve_seconds + worker.kill_seconds < worker.lease_seconds, "worker.lease_seconds",
        "must be more than worker.starve_seconds and worker.kill_seconds together: a runner that can't renew has to "
        "be gone before its lease is.");
    require(parse_enum<LogLevelName>(config.log.level).has_value(), "log.level",
            "must be debug, info, warning or error.");
    if (config.store.kind == StoreKind::s3) check_bucket(config, require);
    check_secrets(config, require);
    return faults;
}

/// Replaces what stands between `from` and `to` by stars.
void mask(std::string& text, std::size_t from, std::size_t to) { text.replace(from, to - from, "***"); }

/// A connection string of libpq without its password, in both of its forms.
std::string without_password(std::string url) {
    if (const auto scheme = url.find("://"); scheme != std::string::npos) {
        const auto start = scheme + 3;
        const auto at = url.rfind('@', url.find_first_of("/?", start));
        const auto colon = url.find(':', start);
        if (at != std::string::npos && at > start && colon < at) mask(url, colon + 1, at);
    }
    for (std::size_t at = 0; (at = url.find("password", at)) != std::string::npos;) {
        at = url.find_first_not_of(" ", at + 8);
        if (at == std::string::npos || url[at] != '=') continue;
        at = std::min(url.find_first_not_of(" ", at + 1), url.size());
        std::size_t end = at;
        if (end < url.size() && url[end] == '\'') {
            for (++end; end < url.size() && url[end] != '\''; ++end)
                if (url[end] == '\\') ++end;
            end = std::min(end + 1, url.size());
        } else {
            end = std::min(url.find_first_of(" &", at), url.size());
        }
        mask(url, at, end);
        at += 3;
    }
    return url;
}

std::string shown(const std::string& value) { return without_password(value); }
std::string shown(int value) { return std::to_string(value); }
template <NamedEnum E>
std::string shown(E value) {
    return std::string(text(value));
}
std::string shown(const std::vector<std::string>& value) { return join(value, ","); }

}  // namespace

Config Config::load(const std::filesystem::path& file, char** environment) {
    if (file.empty()) return parse("", "", environment);
    std::string text;
    try {
        text = read_file(file, 1U << 20U);
    } catch (const Error& error) {
        throw Error(Code::invalid, cat(file.string(), ": The file can't be read."), error.for_log());
    }
    return parse(text, file.string(), environment);
}

Config Config::parse(std::string_view text, const std::string& file_name, char** environment) {
    Config config;
    Faults faults;
    if (!file_name.empty()) {
        const auto tree = parse_yaml(text, file_name);
        if (tree) {
            YamlBinder binder(file_name);
            binder.read(*tree, config);
            faults = binder.take_faults();
        } else {
            faults = tree.error();
        }
    }
    for (auto& fault : override_from(config, environment)) faults.push_back(std::move(fault));
    if (faults.empty()) faults = check_together(config, file_name.empty() ? std::string(kEnvironment) : file_name);
    if (faults.empty()) return config;

    std::string all;
    for (const auto& fault : faults) all += (all.empty() ? "" : "\n") + fault.str();
    throw Error(Code::invalid, all);
}

std::string Config::describe() const {
    std::string out;
    for_each_key([&](const auto& section, const auto& key) {
        out += cat(section.key, '.', key.key, ": ", shown(this->*section.member.*key.member), '\n');
    });
    return out;
}

}  // namespace desk
