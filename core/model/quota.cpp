#include "core/model/quota.hpp"

#include <algorithm>
#include <array>

#include "core/base/text.hpp"

namespace desk {
namespace {

/// Bare-metal sizes have no number in their name (AWS instance type tables, 2025).
struct MetalSize {
    std::string_view type;
    int vcpus;
};
constexpr std::array kMetal = {
    MetalSize{"m5zn.metal", 48}, MetalSize{"c5n.metal", 72},  MetalSize{"i3.metal", 72},   MetalSize{"m5.metal", 96},
    MetalSize{"m5d.metal", 96},  MetalSize{"c5.metal", 96},   MetalSize{"c5d.metal", 96},  MetalSize{"r5.metal", 96},
    MetalSize{"m6i.metal", 128}, MetalSize{"c6i.metal", 128}, MetalSize{"r6i.metal", 128}, MetalSize{"m6a.metal", 192},
    MetalSize{"m6g.metal", 64},  MetalSize{"m7g.metal", 64},
};

/// The number that `text` begins with, if `next` follows it.
std::optional<int> number_before(std::string_view text, std::string_view next) {
    const auto end = text.find_first_not_of("0123456789");
    if (end == std::string_view::npos || end == 0 || end > 4 || !text.substr(end).starts_with(next))
        return std::nullopt;
    return static_cast<int>(*parse_int(text.substr(0, end)));
}

/// "m6i.xlarge", "m7i.metal-24xl": family and size; sizes double from large (2) over xlarge (4) to Nxlarge (4 N).
std::optional<int> aws_vcpus(std::string_view type) {
    const auto dot = type.find('.');
    if (dot == std::string_view::npos) return std::nullopt;
    const auto size = type.substr(dot + 1);
    if (size == "large") return 2;
    if (size == "xlarge") return 4;
    if (const auto times = number_before(size, "xlarge"); times && size.ends_with("xlarge")) return *times * 4;
    if (size.starts_with("metal-"))
        if (const auto times = number_before(size.substr(6), "xl")) return *times * 4;
    const auto metal = std::find_if(kMetal.begin(), kMetal.end(), [&](const auto& row) { return row.type == type; });
    if (metal != kMetal.end()) return metal->vcpus;
    return std::nullopt;
}

/// "bx2-4x16", "demo-4x16": vCPU x GiB.
std::optional<int> vcpu_by_memory(std::string_view type) {
    const auto dash = type.rfind('-');
    if (dash == std::string_view::npos) return std::nullopt;
    return number_before(type.substr(dash + 1), "x");
}

std::string amount_text(int amount) { return std::to_string(amount); }
std::string amount_text(Money amount) { return amount.str(); }

struct Words {
    std::string_view id;
    std::string_view unit;
    std::string_view way_out;
};
constexpr Words kClusters = {"clusters", "open clusters", "Destroy one that is no longer needed"};
constexpr Words kVcpus = {"vcpus", "vCPU", "Choose a smaller profile or destroy a cluster"};
constexpr Words kMonth = {"month", "this month", "Choose a shorter lifetime or a cheaper profile"};

template <class Amount>
void check(std::vector<QuotaBreach>& breaches, std::string_view whose_id, const std::string& whose,
           const Allowance<Amount>& allowance, Amount more, const Words& words) {
    const Amount after = allowance.used + more;
    const bool hard = allowance.hard && after > *allowance.hard;
    const bool soft = !hard && allowance.soft && after > *allowance.soft;
    if (!hard && !soft) return;
    const auto line = hard ? *allowance.hard : *allowance.soft;
    const std::string amounts = cat(amount_text(after), " of ", amount_text(line), ' ', words.unit);
    breaches.push_back({hard, cat(hard ? "quota:" : "quota-soft:", whose_id, ':', words.id),
                        cat(whose, " would use ", amounts,
                            hard ? cat(". ", words.way_out, ", or ask an administrator for more.")
                                 : std::string(": above that line an approver decides."))});
}

}  // namespace

std::vector<QuotaBreach> check_quota(const QuotaState& state, const Demand& demand, std::string_view username,
                                     std::string_view team) {
    std::vector<QuotaBreach> breaches;
    const auto check_all = [&](std::string_view id, const std::string& whose, const QuotaUse& use) {
        check(breaches, id, whose, use.clusters, demand.clusters, kClusters);
        check(breaches, id, whose, use.vcpus, demand.vcpus, kVcpus);
        check(breaches, id, whose, use.month, demand.cost, kMonth);
    };
    check_all("user", std::string(username), state.user);
    check_all("team", cat("Team ", team), state.team);
    std::stable_partition(breaches.begin(), breaches.end(), [](const auto& breach) { return breach.hard; });
    return breaches;
}

std::optional<int> vcpus_of(std::string_view instance_type) {
    if (const auto vcpus = aws_vcpus(instance_type)) return vcpus;
    return vcpu_by_memory(instance_type);
}

}  // namespace desk
