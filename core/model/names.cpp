#include "core/model/names.hpp"

#include <algorithm>

#include "core/base/text.hpp"

namespace desk {
namespace {

constexpr std::string_view kLower = "abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view kLabel = "abcdefghijklmnopqrstuvwxyz0123456789-";

bool only(std::string_view text, std::string_view allowed) {
    return text.find_first_not_of(allowed) == std::string_view::npos;
}

/// Printable ASCII without spaces.
bool only_visible(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

/// The code point at `text[i]` of valid UTF-8; moves `i` behind it.
char32_t next_point(std::string_view text, std::size_t& i) {
    const auto lead = static_cast<unsigned char>(text[i++]);
    if (lead < 0x80) return lead;
    const int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
    char32_t point = lead & (0x3FU >> static_cast<unsigned>(more));
    for (int k = 0; k < more; ++k) point = point << 6U | (static_cast<unsigned char>(text[i++]) & 0x3FU);
    return point;
}

/// C0, DEL, C1.
bool is_control(char32_t point) { return point < 0x20 || (point >= 0x7F && point < 0xA0); }

/// Line and paragraph separators; marks, embeddings, overrides and isolates of direction; the byte order mark.
bool is_invisible(char32_t point) {
    return point == 0x061C || (point >= 0x200E && point <= 0x200F) || (point >= 0x2028 && point <= 0x202E) ||
           (point >= 0x2066 && point <= 0x2069) || point == 0xFEFF;
}

}  // namespace

int max_cluster_name(Platform platform) {
    return platform == Platform::aws || platform == Platform::ibmcloud ? 21 : 54;
}

Broken cluster_name_fault(Platform platform, std::string_view name) {
    constexpr std::size_t kLeast = 3;
    if (name.empty()) return "A name is needed.";
    if (!only(name, kLabel) || !only(name.substr(0, 1), kLower) || name.back() == '-')
        return "Use lower-case letters, digits and '-'; begin with a letter, don't end with '-'.";
    const auto most = static_cast<std::size_t>(max_cluster_name(platform));
    if (name.size() < kLeast || name.size() > most)
        return cat("Use ", kLeast, " to ", most, " characters on platform ", text(platform), "; this name has ",
                   name.size(), '.');
    return std::nullopt;
}

bool is_zone_of(Platform platform, std::string_view region, std::string_view zone) {
    if (!zone.starts_with(region)) return false;
    const auto rest = zone.substr(region.size());
    if (platform == Platform::aws) return rest.size() == 1 && only(rest, kLower);
    return rest.size() > 1 && rest.front() == '-';
}

Broken domain_fault(std::string_view domain) {
    if (domain.size() > 253) return "A domain has at most 253 characters.";
    const auto labels = split(domain, '.');
    const bool good = labels.size() >= 2 && std::all_of(labels.begin(), labels.end(), [](std::string_view label) {
                          return !label.empty() && label.size() <= 63 && only(label, kLabel) && label.front() != '-' &&
                                 label.back() != '-';
                      });
    if (!good) return "Use a lower-case DNS name such as labs.example.com.";
    return std::nullopt;
}

Broken base_domain_fault(std::string_view domain) {
    constexpr std::size_t kLongest = 180;
    if (domain.size() > kLongest) return cat("A base domain has at most ", kLongest, " characters.");
    return domain_fault(domain);
}

Broken cost_center_fault(std::string_view cost_center) {
    constexpr std::string_view kAllowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
    if (cost_center.empty()) return "A cost centre is needed.";
    if (cost_center.size() < 2 || cost_center.size() > 64 || !only(cost_center, kAllowed))
        return "Use 2 to 64 letters, digits, '.', '_' or '-'.";
    return std::nullopt;
}

Broken repo_url_fault(std::string_view url) {
    constexpr std::string_view kHttps = "https://", kSsh = "ssh://git@", kGit = "git@";
    constexpr std::size_t kLongest = 500;
    if (url.size() > kLongest || !only_visible(url)) return cat("Use one line of at most ", kLongest, " characters.");
    const auto has_host_and_path = [&](std::string_view rest, char separator) {
        const auto at = rest.find(separator);
        return at != 0 && at != std::string_view::npos && at + 1 < rest.size() &&
               rest.find('@') == std::string_view::npos;
    };
    if (url.starts_with(kHttps)) {
        if (url.find('@') != std::string_view::npos) return "must not hold a user or a token; store it as a secret.";
        if (has_host_and_path(url.substr(kHttps.size()), '/')) return std::nullopt;
    }
    if (url.starts_with(kSsh) && has_host_and_path(url.substr(kSsh.size()), '/')) return std::nullopt;
    if (url.starts_with(kGit) && has_host_and_path(url.substr(kGit.size()), ':')) return std::nullopt;
    return "must begin with https:// or be an SSH address (git@host:path).";
}

Broken repo_ref_fault(std::string_view ref) {
    constexpr std::size_t kLongest = 250;
    if (ref.empty() || ref.front() == '-') return "must not be empty or begin with '-'.";
    if (ref.size() > kLongest || !only_visible(ref))
        return cat("Use at most ", kLongest, " characters, without spaces.");
    return std::nullopt;
}

Broken text_fault(std::string_view text, std::size_t max_bytes, bool newlines) {
    if (text.size() > max_bytes) return cat("Use at most ", max_bytes, " bytes; this has ", text.size(), '.');
    if (!is_utf8(text)) return "The text is not valid UTF-8.";
    for (std::size_t i = 0; i < text.size();) {
        const char32_t point = next_point(text, i);
        if (newlines && (point == '\n' || point == '\r')) continue;
        if (is_control(point))
            return newlines ? "Control characters are not allowed." : "Use one line, without control characters.";
        if (is_invisible(point)) return "Invisible characters that change how the text reads are not allowed.";
    }
    return std::nullopt;
}

}  // namespace desk
