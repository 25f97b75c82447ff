#include "worker/demo/preflight.hpp"

#include <array>

#include "core/base/text.hpp"

namespace desk::demo {
namespace {

constexpr int kVcpusPerMachine = 4;

struct QuotaRow {
    std::string_view limit;  ///< key in DEMO_CLOUD/limits
    std::string_view code;   ///< of AWS Service Quotas
    std::string_view type;   ///< of the things that count
    int weight;              ///< of each thing
};

constexpr std::array kQuotas = {
    QuotaRow{"vpcs", "vpc/L-F678F1CE", "vpc", 1},
    QuotaRow{"internetGateways", "vpc/L-A4707A72", "internet-gateway", 1},
    QuotaRow{"natGateways", "vpc/L-FE5A380F", "nat-gateway", 1},
    QuotaRow{"elasticIps", "ec2/L-0263D0A3", "elastic-ip", 1},
    QuotaRow{"vcpus", "ec2/L-1216C47A", "instance", kVcpusPerMachine},
};

struct Shortage {
    int required = 0;
    int remaining = 0;
};

std::optional<Shortage> find_shortage(const Cloud& cloud, const Cluster& cluster, const QuotaRow& quota) {
    const auto limit = cloud.find_limit(std::string(quota.limit));
    if (!limit) return std::nullopt;
    const int machines = 1 + cluster.config.control_planes + cluster.config.workers;
    const Shortage shortage{
        .required = quota.type == "instance" ? machines * quota.weight : quota.weight,
        .remaining = *limit - cloud.count(cluster.config.region, std::string(quota.type)) * quota.weight};
    return shortage.required > shortage.remaining ? std::optional(shortage) : std::nullopt;
}

void check_quotas(Run& run, const Cloud& cloud, const Cluster& cluster) {
    if (!cloud.may_check_quotas()) {
        run.log.warning(
            "Missing permissions to fetch Quotas and therefore will skip checking them: failed to load quota for "
            "services: "
            "AccessDeniedException: not authorized to perform: servicequotas:ListServiceQuotas");
        return;
    }
    for (const auto& quota : kQuotas) {
        const auto shortage = find_shortage(cloud, cluster, quota);
        if (!shortage) continue;
        fatal(cat(
            "failed to fetch Cluster: failed to fetch dependency of \"Cluster\": failed to generate asset \"Platform "
            "Quota Check\": error(MissingQuota): ",
            quota.code, " is not available in ", cluster.config.region, " because the required number of resources (",
            shortage->required, ") is more than remaining quota of ", shortage->remaining));
    }
}

}  // namespace

void check_cloud(Run& run, const Cluster& cluster) {
    const Cloud& cloud = run.cloud();
    check_quotas(run, cloud, cluster);
    if (!cloud.has_zone(cluster.config.base_domain)) act_out(run, "zone");
    const auto owner = cloud.find_domain_owner(cluster.config.base_domain, cluster.config.name);
    if (owner && owner->infra_id != cluster.infra_id) act_out(run, "dnsrecords");
}

bool is_network_refused(Run& run, const Cluster& cluster) {
    return find_shortage(run.cloud(), cluster, kQuotas[0]).has_value();
}

}  // namespace desk::demo
