// What looks like a secret, whoever it belongs to.
#include "worker/secret_shapes.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <string>

#include "core/base/text.hpp"

namespace desk::worker {
namespace {

bool is_alnum(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }
bool is_one_of(char c, std::string_view set) { return set.find(c) != std::string_view::npos; }

using Found = std::optional<Span>;

/// password: hunter2. What follows may hold spaces, so nothing behind the word is kept.
Found rest_of_line(std::string_view line, Span anchor) {
    const auto rest = line.substr(anchor.end);
    if (std::ranges::none_of(rest, is_alnum)) return std::nullopt;
    return Span{anchor.end, line.size()};
}

/// secret_key = "value", \"auth\":\"value\", <SecretKey>value<
Found assigned_value(std::string_view line, Span anchor) {
    constexpr std::string_view kAround = " \t\"'\\";
    auto at = line.find_first_not_of(kAround, anchor.end);
    if (at == std::string_view::npos || !is_one_of(line[at], ":=>")) return std::nullopt;
    at = line.find_first_not_of(kAround, at + 1);
    if (at == std::string_view::npos) return std::nullopt;
    const auto end = std::min(line.find_first_of(" \t\"'\\,;<>{}[]()", at), line.size());
    if (end == at) return std::nullopt;
    return Span{at, end};
}

/// The run of token characters that begins at `begin`, if it is `shortest` long.
Found token_at(std::string_view line, std::size_t begin, std::size_t shortest) {
    auto end = begin;
    while (end < line.size() && (is_alnum(line[end]) || is_one_of(line[end], "-._~+/="))) ++end;
    if (end - begin < shortest) return std::nullopt;
    return Span{begin, end};
}
Found token_behind(std::string_view line, Span anchor) { return token_at(line, anchor.end, 8); }
Found token_with_prefix(std::string_view line, Span anchor) {
    if (anchor.begin > 0 && is_alnum(line[anchor.begin - 1])) return std::nullopt;
    return token_at(line, anchor.begin, 20);
}

/// AKIA and 16 more; the id is no secret by itself, but tells whose the key is.
Found aws_key_id(std::string_view line, Span anchor) {
    constexpr std::size_t kLength = 20;
    const auto is_key_char = [](char c) { return is_alnum(c) && std::islower(static_cast<unsigned char>(c)) == 0; };
    const auto id = line.substr(anchor.begin, kLength);
    const auto end = anchor.begin + kLength;
    if (id.size() < kLength || !std::ranges::all_of(id, is_key_char)) return std::nullopt;
    if ((anchor.begin > 0 && is_alnum(line[anchor.begin - 1])) || (end < line.size() && is_alnum(line[end]))) return {};
    return Span{anchor.begin, end};
}

/// https://user:password@host, https://token@host
Found password_of_url(std::string_view line, Span anchor) {
    const auto end = std::min(line.find_first_of("/ \t\"'\\<>", anchor.end), line.size());
    const auto user_info = line.substr(anchor.end, end - anchor.end);
    const auto at = user_info.rfind('@');
    if (at == std::string_view::npos) return std::nullopt;
    const auto colon = user_info.substr(0, at).find(':');
    if (colon != std::string_view::npos) return Span{anchor.end + colon + 1, anchor.end + at};
    constexpr std::size_t kLongerThanNames = 20;
    if (at < kLongerThanNames) return std::nullopt;
    return Span{anchor.end, anchor.end + at};
}

/// tnjNB-CFB6m-tv4B5-zivDC: the shape of a kubeadmin password; the anchor is its first dash.
Found kubeadmin_password(std::string_view line, Span anchor) {
    constexpr std::size_t kGroup = 5, kLength = 23;
    const auto is_word = [](char c) { return is_alnum(c) || c == '-'; };
    if (anchor.begin < kGroup) return std::nullopt;
    const auto begin = anchor.begin - kGroup;
    const auto text = line.substr(begin, kLength);
    if (text.size() < kLength) return std::nullopt;
    for (std::size_t i = 0; i < kLength; ++i)
        if (i % (kGroup + 1) == kGroup ? text[i] != '-' : !is_alnum(text[i])) return std::nullopt;
    if ((begin > 0 && is_word(line[begin - 1])) || (begin + kLength < line.size() && is_word(line[begin + kLength])))
        return std::nullopt;
    return Span{begin, begin + kLength};
}

/// A word to look for, in lower case, and how to find what to hide around it.
struct Rule {
    std::string_view anchor;
    Found (*find)(std::string_view line, Span anchor);
};

constexpr std::array kRules = {
    Rule{"password", rest_of_line},
    Rule{"passwd", rest_of_line},
    Rule{"passphrase", rest_of_line},
    Rule{"authorization:", rest_of_line},
    Rule{"bearer ", token_behind},
    Rule{"akia", aws_key_id},
    Rule{"asia", aws_key_id},
    Rule{"secret_access_key", assigned_value},
    Rule{"secretaccesskey", assigned_value},
    Rule{"session_token", assigned_value},
    Rule{"sessiontoken", assigned_value},
    Rule{"security-token", assigned_value},
    Rule{"client_secret", assigned_value},
    Rule{"clientsecret", assigned_value},
    Rule{"secret_key", assigned_value},
    Rule{"api_key", assigned_value},
    Rule{"apikey", assigned_value},
    Rule{"vault-token", assigned_value},
    Rule{"vault_token", assigned_value},
    Rule{"\"auth", assigned_value},         // of a pull secret; "auths" is followed by no separator
    Rule{"identitytoken", assigned_value},  // likewise
    Rule{"registrytoken", assigned_value},
    Rule{"ghp_", token_with_prefix},  // GitHub: personal, OAuth, user-to-server, server-to-server, fine-grained
    Rule{"gho_", token_with_prefix},
    Rule{"ghu_", token_with_prefix},
    Rule{"ghs_", token_with_prefix},
    Rule{"github_pat_", token_with_prefix},
    Rule{"glpat-", token_with_prefix},   // GitLab
    Rule{"hvs.", token_with_prefix},     // Vault
    Rule{"sha256~", token_with_prefix},  // OpenShift OAuth
    Rule{"eyj", token_with_prefix},      // a JSON Web Token: base64 of {"
    Rule{"://", password_of_url},
    Rule{"-", kubeadmin_password},
};

}  // namespace

void find_secret_shapes(std::string_view line, Spans& found) {
    const auto lowered = lower(line);
    for (const auto& rule : kRules) {
        for (auto at = lowered.find(rule.anchor); at != std::string::npos; at = lowered.find(rule.anchor, at + 1))
            if (const auto span = rule.find(line, {at, at + rule.anchor.size()})) found.push_back(*span);
    }
}

}  // namespace desk::worker
