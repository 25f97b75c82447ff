#include "core/model/tags.hpp"

#include <algorithm>

#include "core/base/text.hpp"
#include "core/model/order.hpp"

namespace desk {
namespace {

constexpr std::string_view kAlphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
constexpr std::string_view kLowerAlphanumeric = "abcdefghijklmnopqrstuvwxyz0123456789";

/// What a provider takes. Texts are ASCII everywhere: install-config's own rule for aws, and the others' common part.
struct ProviderRules {
    Platform platform;
    std::size_t max_key;
    std::size_t max_value;
    std::string_view letters;
    std::string_view also;  ///< beside letters
    char instead;           ///< of a character that is refused
    int max_count;          ///< on one resource
};

constexpr std::array kProviderRules = {
    ProviderRules{Platform::aws, 128, 256, kAlphanumeric, " _.:/=+-@", '_', 25},
    ProviderRules{Platform::ibmcloud, 63, 63, kAlphanumeric, " _.-", '_',
                  100},  // "key:value" is one tag of 128 characters
    ProviderRules{Platform::gcp, 63, 63, kLowerAlphanumeric, "_-", '-', 64},
    ProviderRules{Platform::azure, 128, 256, kAlphanumeric, " _.:=+-@", '_', 50},
    ProviderRules{Platform::none, 128, 256, kAlphanumeric, " _.:/=+-@", '_', 25},
    ProviderRules{Platform::doks, 100, 150, kAlphanumeric, "_-", '-', 50},
    ProviderRules{Platform::demo, 128, 256, kAlphanumeric, " _.:/=+-@", '_', 25},
};
static_assert([] {
    for (std::size_t i = 0; i < kProviderRules.size(); ++i)
        if (static_cast<std::size_t>(kProviderRules[i].platform) != i) return false;
    return kProviderRules.size() == all_texts<Platform>().size();
}());

const ProviderRules& rules_of(Platform platform) { return kProviderRules[static_cast<std::size_t>(platform)]; }

bool is_allowed(const ProviderRules& rules, char c) {
    return rules.letters.find(c) != std::string_view::npos || rules.also.find(c) != std::string_view::npos;
}

/// Keys that clusters and providers use for themselves (install-config refuses them on aws; harmless to refuse
/// anywhere).
bool is_provider_key(std::string_view key) {
    const std::string low = lower(key);
    const auto slash = low.find('/');
    const std::string_view name_space = std::string_view(low).substr(0, slash == std::string::npos ? 0 : slash);
    return low == "name" || low.starts_with("aws:") || name_space.ends_with("kubernetes.io") ||
           name_space.ends_with("openshift.io");
}

std::string part_in_form(const ProviderRules& rules, std::string_view text, std::size_t most) {
    std::string out(rules.letters == kLowerAlphanumeric ? lower(text) : std::string(text));
    for (char& c : out)
        if (!is_allowed(rules, c)) c = rules.instead;
    out.resize(std::min(out.size(), most));
    return out;
}

}  // namespace

bool is_reserved_tag(std::string_view key) {
    return std::any_of(kReservedTags.begin(), kReservedTags.end(),
                       [&](std::string_view reserved) { return lower(reserved) == lower(key); });
}

Tags merge_tags(const Tags& defaults, const Tags& required, const Tags& user) {
    Tags merged;
    for (const Tags* layer : {&defaults, &required, &user})
        for (const auto& [key, value] : *layer)
            if (!is_reserved_tag(key)) merged[key] = value;
    return merged;
}

Tags effective_tags(const EffectiveOrder& order, std::string_view cluster_id, std::string_view request_id,
                    Time ttl_expiry) {
    Tags tags = order.tags;
    tags["ManagedBy"] = kManagedBy;
    tags["ClusterId"] = cluster_id;
    tags["ClusterName"] = order.name;
    tags["Owner"] = order.owner;
    tags["Team"] = order.team;
    tags["CostCenter"] = order.cost_center;
    tags["Environment"] = order.environment;
    tags["TTLExpiry"] = to_rfc3339(ttl_expiry);
    tags["RequestId"] = request_id;
    tags["Profile"] = order.profile;
    tags["Platform"] = text(order.platform);
    return sanitize_tags(order.platform, tags);
}

std::optional<std::string> tag_fault(Platform platform, std::string_view key, std::string_view value) {
    const auto& rules = rules_of(platform);
    const auto allowed = [&] {
        return cat(rules.letters == kLowerAlphanumeric ? "lower-case letters, digits" : "letters, digits", " and ",
                   rules.also.starts_with(' ') ? "space " : "", trim(rules.also));
    };
    const auto is_good = [&](std::string_view part) {
        return std::all_of(part.begin(), part.end(), [&](char c) { return is_allowed(rules, c); });
    };
    if (key.empty()) return "A tag needs a key.";
    if (is_reserved_tag(key)) return cat("The tag ", key, " is reserved: the desk sets it itself. Leave it out.");
    if (is_provider_key(key)) return cat("The tag ", key, " belongs to the cluster or the provider. Use another key.");
    if (key.size() > rules.max_key) return cat("A tag's key has at most ", rules.max_key, " characters.");
    if (!is_good(key)) return cat("A tag's key may have ", allowed(), '.');
    if (value.empty()) return cat("The tag ", key, " needs a value.");
    if (value.size() > rules.max_value)
        return cat("The value of tag ", key, " has more than ", rules.max_value, " characters.");
    if (!is_good(value)) return cat("The value of tag ", key, " may have ", allowed(), '.');
    return std::nullopt;
}

int max_tags(Platform platform) { return rules_of(platform).max_count; }

Tags sanitize_tags(Platform platform, const Tags& tags) {
    const auto& rules = rules_of(platform);
    Tags out;
    for (const auto& [key, value] : tags)
        out[part_in_form(rules, key, rules.max_key)] = part_in_form(rules, value, rules.max_value);
    return out;
}

}  // namespace desk
