#include "core/model/order_again.hpp"

#include <algorithm>
#include <array>

#include "core/base/text.hpp"

namespace desk {
namespace {

struct Known {
    std::string_view code;
    OrderChange change;
};
constexpr std::array kKnown = {
    // limits and shortages are counted by region
    Known{"vcpu-quota", OrderChange::REGION},
    Known{"vpc-limit", OrderChange::REGION},
    Known{"internet-gateway-limit", OrderChange::REGION},
    Known{"nat-gateway-limit", OrderChange::REGION},
    Known{"elastic-ip-limit", OrderChange::REGION},
    Known{"security-group-limit", OrderChange::REGION},
    Known{"vpc-endpoint-limit", OrderChange::REGION},
    Known{"load-balancer-limit", OrderChange::REGION},
    Known{"gp3-volume-limit", OrderChange::REGION},
    Known{"gcp-disk-quota", OrderChange::REGION},
    Known{"gcp-cpu-quota", OrderChange::REGION},
    Known{"capacity-missing", OrderChange::REGION},
    // somebody else's names stand in the way
    Known{"dns-records-left", OrderChange::NAME},
    Known{"private-zone-left", OrderChange::NAME},
    Known{"base-domain-missing", OrderChange::BASE_DOMAIN},
    Known{"role-tag-limit", OrderChange::TAGS},
    Known{"tags-invalid", OrderChange::TAGS},
};

}  // namespace

OrderChange change_after(std::string_view code) {
    const auto found = std::ranges::find(kKnown, code, &Known::code);
    return found == kKnown.end() ? OrderChange::NOTHING : found->change;
}

std::vector<std::string_view> codes_with_a_change() {
    std::vector<std::string_view> codes;
    for (const auto& known : kKnown) codes.push_back(known.code);
    return codes;
}

std::string another_name(std::string_view name) {
    const auto dash = name.rfind('-');
    if (dash != std::string_view::npos && dash > 0)
        if (const auto number = parse_int(name.substr(dash + 1)); number && *number > 0 && *number < 1000)
            return cat(name.substr(0, dash + 1), *number + 1);
    return cat(name, "-2");
}

std::string another_choice(std::string_view current, const std::vector<std::string>& choices) {
    const auto at = std::ranges::find(choices, current);
    const auto next = at == choices.end() || at + 1 == choices.end() ? choices.begin() : at + 1;
    return next == choices.end() || *next == current ? "" : *next;
}

}  // namespace desk
