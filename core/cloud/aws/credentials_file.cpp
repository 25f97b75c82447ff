#include "core/cloud/aws/credentials_file.hpp"

#include <sys/stat.h>

#include <cstdlib>

#include "core/base/error.hpp"
#include "core/base/json.hpp"
#include "core/base/process.hpp"
#include "core/base/text.hpp"

namespace desk::aws {
namespace {

constexpr std::size_t kLargestFile = 256U << 10U;
constexpr auto kPatienceWithProcess = 1min;  // of AWS's SDKs as well
constexpr int kProcessAnswerVersion = 1;

[[noreturn]] void refuse(const std::string& why) { throw Error(Code::invalid, why); }

/// What sections hold: [name] lines, "key = value" lines, comments with # or ;.
void take_line(std::string_view line, const std::string& where, std::string& section,
               std::map<std::string, Profile>& profiles) {
    line = trim(line);
    if (line.empty() || line.front() == '#' || line.front() == ';') return;
    if (line.front() == '[') {
        if (line.back() != ']') refuse(cat(where, ": a profile's name stands in brackets: [default]."));
        section = trim(line.substr(1, line.size() - 2));
        profiles[section];
        return;
    }
    const auto equals = line.find('=');
    if (equals == std::string_view::npos) refuse(cat(where, ": expected \"key = value\"."));
    if (section.empty()) refuse(cat(where, ": a key stands before the first profile; write [default] above it."));
    const auto key = lower(trim(line.substr(0, equals)));
    Secret value{std::string(trim(line.substr(equals + 1)))};
    auto& profile = profiles[section];
    if (key == "aws_access_key_id") profile.access_key_id = value.reveal();
    if (key == "aws_secret_access_key") profile.secret_access_key = std::move(value);
    if (key == "aws_session_token") profile.session_token = std::move(value);
    if (key == "credential_process") profile.process = value.reveal();
}

[[noreturn]] void no_answer(const std::string& where, const std::string& why) {
    throw Error(Code::unavailable, cat(where, ": its credential_process does not say what AWS's programs take."), why);
}

Credentials ask_process(const std::string& command, const std::string& where) {
    SystemProcessRunner runner;
    const auto said = capture(
        runner,
        {.program = "/bin/sh", .args = {"-c", command}, .env = own_environment(), .timeout = kPatienceWithProcess},
        kLargestFile);
    const Secret text(said.out);
    if (!said.exit.ok()) no_answer(where, said.exit.why);
    const auto answer = parse_json(text.reveal());
    try {
        if (!answer.ok() || answer->at("Version") != kProcessAnswerVersion) no_answer(where, "no JSON of Version 1");
        Credentials credentials{.access_key_id = answer->at("AccessKeyId"),
                                .secret_access_key = Secret(answer->at("SecretAccessKey").get<std::string>())};
        if (answer->contains("SessionToken"))
            credentials.session_token.emplace(answer->at("SessionToken").get<std::string>());
        if (answer->contains("Expiration")) {
            credentials.expires_at = parse_time(answer->at("Expiration").get<std::string>());
            if (!credentials.expires_at) no_answer(where, "its Expiration is no time");
        }
        return credentials;
    } catch (const Json::exception&) {  // whose text may hold what was said
        no_answer(where, "AccessKeyId or SecretAccessKey is missing, or something is no text");
    }
}

Secret process_answer(const Credentials& credentials) {
    Json answer{{"Version", kProcessAnswerVersion},
                {"AccessKeyId", credentials.access_key_id},
                {"SecretAccessKey", credentials.secret_access_key.reveal()},
                {"Expiration", to_rfc3339(*credentials.expires_at)}};
    if (credentials.session_token) answer["SessionToken"] = credentials.session_token->reveal();
    return Secret(answer.dump());
}

bool is_plain(const std::string& path) {
    return path.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-") ==
           std::string::npos;
}

}  // namespace

std::map<std::string, Profile> parse_credentials(std::string_view text, const std::string& file_name) {
    std::map<std::string, Profile> profiles;
    std::string section;
    int number = 0;
    for (const auto line : split(text, '\n')) take_line(line, cat(file_name, ':', ++number), section, profiles);
    return profiles;
}

Credentials read_profile(const fs::path& file, const std::string& profile) {
    const std::string name = file.string();
    struct stat status {};
    if (::stat(file.c_str(), &status) != 0)
        refuse(cat(name, " with AWS credentials is not there or can't be reached."));
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        refuse(cat(name, ": others than its owner may use these AWS credentials; chmod 600."));
    Secret text;
    try {
        text = Secret(read_file(file, kLargestFile));
    } catch (const Error& error) {
        throw Error(Code::invalid, cat(name, " with AWS credentials can't be read by this user."), error.for_log());
    }
    auto profiles = parse_credentials(text.reveal(), name);
    const auto found = profiles.find(profile);
    if (found == profiles.end()) refuse(cat(name, " has no profile [", profile, "]."));
    if (found->second.access_key_id.empty() && !found->second.process.empty())
        return ask_process(found->second.process, cat(name, ": profile [", profile, ']'));
    if (found->second.access_key_id.empty() || found->second.secret_access_key.empty())
        refuse(cat(name, ": profile [", profile,
                   "] needs aws_access_key_id and aws_secret_access_key. (For a role, write `role:` in the desk's "
                   "accounts file.)"));
    return std::move(found->second);
}

void write_credentials_file(const fs::path& file, const Credentials& credentials) {
    if (credentials.expires_at) {
        const std::string answer = file.string() + ".json";
        if (!is_plain(answer))
            refuse(cat("AWS credentials that end can't be handed to programs at ", answer,
                       ": only letters, digits and ._- may be in its path. See worker.work_dir."));
        replace_file(answer, process_answer(credentials).reveal(), 0600);
        replace_file(file, cat("[default]\ncredential_process = /bin/cat ", answer, '\n'), 0600);
        return;
    }
    const Secret text(cat("[default]\naws_access_key_id = ", credentials.access_key_id,
                          "\naws_secret_access_key = ", credentials.secret_access_key.reveal(), '\n',
                          credentials.session_token
                              ? cat("aws_session_token = ", credentials.session_token->reveal(), '\n')
                              : std::string()));
    replace_file(file, text.reveal(), 0600);
}

fs::path usual_credentials_file() {
    if (const char* set = std::getenv("AWS_SHARED_CREDENTIALS_FILE"); set != nullptr && *set != '\0') return set;
    const char* home = std::getenv("HOME");
    return fs::path(home == nullptr ? "/" : home) / ".aws" / "credentials";
}

}  // namespace desk::aws
