#include "cgi/quota_form.hpp"

#include "core/base/text.hpp"
#include "core/model/cost.hpp"

namespace desk {
namespace {

/// The whole number in `field`, nothing when it is empty; a fault with its label when it is neither.
std::optional<int> limit(const Form& form, std::string_view field, std::string_view label, FormErrors& errors) {
    const auto text = trim(form[field]);
    if (text.empty()) return std::nullopt;
    const auto value = parse_int(text);
    if (value && *value >= 0 && *value <= 1'000'000) return static_cast<int>(*value);
    errors.push_back({"", cat(label, ": a whole number, or nothing for no limit.")});
    return std::nullopt;
}

std::optional<std::int64_t> money_limit(const Form& form, std::string_view field, std::string_view label,
                                        FormErrors& errors) {
    const auto text = trim(form[field]);
    if (text.empty()) return std::nullopt;
    const auto value = Money::parse(text);
    if (value && value->micros >= 0) return value->micros;
    errors.push_back({"", cat(label, ": dollars like 500 or 499.50, or nothing for no limit.")});
    return std::nullopt;
}

}  // namespace

teams::Quota read_quota(const Form& form, FormErrors& errors) {
    teams::Quota quota{.soft_clusters = limit(form, "softClusters", "Clusters, soft", errors),
                       .max_clusters = limit(form, "maxClusters", "Clusters, hard", errors),
                       .soft_vcpu = limit(form, "softVcpu", "vCPUs, soft", errors),
                       .max_vcpu = limit(form, "maxVcpu", "vCPUs, hard", errors),
                       .soft_monthly_micros = money_limit(form, "softMonthly", "$ a month, soft", errors),
                       .max_monthly_micros = money_limit(form, "maxMonthly", "$ a month, hard", errors)};
    const auto check = [&](const auto& soft, const auto& hard, std::string_view what) {
        if (soft && hard && *soft > *hard) errors.push_back({"", cat(what, ": the soft limit is above the hard one.")});
    };
    check(quota.soft_clusters, quota.max_clusters, "Clusters");
    check(quota.soft_vcpu, quota.max_vcpu, "vCPUs");
    check(quota.soft_monthly_micros, quota.max_monthly_micros, "$ a month");
    return quota;
}

}  // namespace desk
