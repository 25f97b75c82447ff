#include "core/model/list_price.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace desk {
namespace {

struct Price {
    std::string_view type, kind;  ///< "" = any kind
    std::int64_t micros;          ///< an hour; of a volume: a GiB and month
};
// The first row that fits. Types are those of the inventory (core/cloud/aws) and of the demo cloud.
constexpr std::array kPrices = {
    Price{"instance", "m5.large", 96'000},
    Price{"instance", "m5.xlarge", 192'000},
    Price{"instance", "m5.2xlarge", 384'000},
    Price{"instance", "m6i.large", 96'000},
    Price{"instance", "m6i.xlarge", 192'000},
    Price{"instance", "m6i.2xlarge", 384'000},
    Price{"instance", "m6i.4xlarge", 768'000},
    Price{"instance", "m6a.large", 86'400},
    Price{"instance", "m6a.xlarge", 172'800},
    Price{"instance", "m7i.large", 100'800},
    Price{"instance", "m7i.xlarge", 201'600},
    Price{"instance", "r6i.large", 126'000},
    Price{"instance", "r6i.xlarge", 252'000},
    Price{"instance", "c6i.large", 85'000},
    Price{"instance", "c6i.xlarge", 170'000},
    Price{"volume", "gp3", 80'000},
    Price{"volume", "gp2", 100'000},
    Price{"volume", "io1", 125'000},
    Price{"volume", "io2", 125'000},
    Price{"nat-gateway", "", 45'000},
    Price{"natgateway", "", 45'000},
    Price{"load-balancer", "", 22'500},
    Price{"loadbalancer", "", 22'500},
    Price{"classic-load-balancer", "", 25'000},
    Price{"elastic-ip", "", 5'000},
    Price{"vpc-endpoint", "Interface", 10'000},
    Price{"vpc-endpoint", "", 0},
    Price{"private-zone", "", 685},
    Price{"hosted-zone", "", 685},
    Price{"vpc", "", 0},
    Price{"subnet", "", 0},
    Price{"route-table", "", 0},
    Price{"internet-gateway", "", 0},
    Price{"security-group", "", 0},
    Price{"network-interface", "", 0},
    Price{"eni", "", 0},
    Price{"target-group", "", 0},
    Price{"iam-role", "", 0},
    Price{"iam-user", "", 0},
    Price{"instance-profile", "", 0},
    Price{"oidc-provider", "", 0},
    Price{"dns-record", "", 0},
    Price{"record", "", 0},
    Price{"domain", "", 0},
};

}  // namespace

std::optional<Money> hourly_guess(const MarkedResource& found) {
    const auto& type = found.resource.type;
    if (type == "instance" && (found.state == "stopped" || found.state == "stopping")) return Money{0};
    const auto price = std::ranges::find_if(
        kPrices, [&](const Price& row) { return row.type == type && (row.kind.empty() || row.kind == found.kind); });
    if (price == kPrices.end()) return std::nullopt;
    if (type == "volume") return Money{price->micros * found.gib / kHoursPerMonth};
    return Money{price->micros};
}

}  // namespace desk
