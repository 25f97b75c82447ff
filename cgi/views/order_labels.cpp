#include "cgi/views/order_labels.hpp"

#include <algorithm>

#include "core/base/text.hpp"

namespace desk::views {

const ErrorSummary::Labels& order_labels() {
    static const ErrorSummary::Labels labels = {
        {"name", "Name"},
        {"ttlHours", "Lifetime"},
        {"team", "Team"},
        {"costCenter", "Cost centre"},
        {"reason", "Reason"},
        {"version", "Version"},
        {"region", "Region"},
        {"baseDomain", "Base domain"},
        {"owner", "Owner"},
        {"sshPublicKey", "SSH key"},
        {"extraTags", "Tags"},
        {"offhoursOptIn", "Off-hours"},
        {"gitopsRepoUrl", "GitOps repository"},
        {"gitopsRepoRef", "Branch, tag or commit"},
        {"failure", "Failure on purpose"},
    };
    return labels;
}

std::string label_of(const std::string& field) {
    const auto dot = field.find('.');
    const auto label =
        std::ranges::find(order_labels(), field.substr(0, dot), &ErrorSummary::Labels::value_type::first);
    if (label == order_labels().end()) return field;
    return dot == std::string::npos ? label->second : cat(label->second, ", ", field.substr(dot + 1));
}

}  // namespace desk::views
