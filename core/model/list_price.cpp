#include "core/model/list_price.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace desk {
namespace {

struct ListPrice {
    std::string_view type, kind;  ///< "" = any kind
    std::int64_t micros;          ///< an hour; of a volume: a GiB and month
};
// The first row that fits. Types are those of the inventory (core/cloud/aws) and of the demo cloud.
constexpr std::array kPrices = {
    ListPrice{"instance", "m5.large", 96'000},
    ListPrice{"instance", "m5.xlarge", 192'000},
    ListPrice{"instance", "m5.2xlarge", 384'000},
    ListPrice{"instance", "m6i.large", 96'000},
    ListPrice{"instance", "m6i.xlarge", 192'000},
    ListPrice{"instance", "m6i.2xlarge", 384'000},
    ListPrice{"instance", "m6i.4xlarge", 768'000},
    ListPrice{"instance", "m6a.large", 86'400},
    ListPrice{"instance", "m6a.xlarge", 172'800},
    ListPrice{"instance", "m7i.large", 100'800},
    ListPrice{"instance", "m7i.xlarge", 201'600},
    ListPrice{"instance", "r6i.large", 126'000},
    ListPrice{"instance", "r6i.xlarge", 252'000},
    ListPrice{"instance", "c6i.large", 85'000},
    ListPrice{"instance", "c6i.xlarge", 170'000},
    ListPrice{"volume", "gp3", 80'000},
    ListPrice{"volume", "gp2", 100'000},
    ListPrice{"volume", "io1", 125'000},
    ListPrice{"volume", "io2", 125'000},
    ListPrice{"nat-gateway", "", 45'000},
    ListPrice{"load-balancer", "", 22'500},
    ListPrice{"classic-load-balancer", "", 25'000},
    ListPrice{"elastic-ip", "", 5'000},
    ListPrice{"vpc-endpoint", "Interface", 10'000},
    ListPrice{"vpc-endpoint", "", 0},
    ListPrice{"private-zone", "", 685},
    ListPrice{"hosted-zone", "", 685},
    ListPrice{"vpc", "", 0},
    ListPrice{"subnet", "", 0},
    ListPrice{"route-table", "", 0},
    ListPrice{"internet-gateway", "", 0},
    ListPrice{"security-group", "", 0},
    ListPrice{"network-interface", "", 0},
    ListPrice{"target-group", "", 0},
    ListPrice{"iam-role", "", 0},
    ListPrice{"iam-user", "", 0},
    ListPrice{"instance-profile", "", 0},
    ListPrice{"oidc-provider", "", 0},
    ListPrice{"dns-record", "", 0},
    ListPrice{"domain", "", 0},
};

}  // namespace

std::optional<Money> hourly_guess(const MarkedResource& found) {
    const auto& type = found.resource.type;
    if (type == "instance" && (found.state == "stopped" || found.state == "stopping")) return Money{0};
    const auto price = std::ranges::find_if(kPrices, [&](const ListPrice& row) {
        return row.type == type && (row.kind.empty() || row.kind == found.kind);
    });
    if (price == kPrices.end()) return std::nullopt;
    if (type == "volume") return Money{price->micros * found.gib / kHoursPerMonth};
    return Money{price->micros};
}

}  // namespace desk
