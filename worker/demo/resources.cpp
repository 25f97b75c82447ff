#include "worker/demo/resources.hpp"

#include <algorithm>
#include <array>

#include "core/base/text.hpp"

namespace desk::demo {
namespace {

enum class Each { once, zone, control_plane, worker };

struct ResourceRow {
    Stage stage;
    std::string_view type;
    std::string_view name;       ///< {n} counts machines, {zone} is the zone
    std::string_view id_prefix;  ///< "" = the name is the id
    Each each = Each::once;
    bool only_for_bootstrap = false;
};

// Names as the installer gives them (4.16 and later on AWS); the workers' part is made by operators inside the cluster
// once the bootstrap machine has handed over.
constexpr std::array kResources = {
    ResourceRow{Stage::iam, "iam-role", "{infra}-master-role", ""},
    ResourceRow{Stage::iam, "instance-profile", "{infra}-master-profile", ""},
    ResourceRow{Stage::iam, "iam-role", "{infra}-worker-role", ""},
    ResourceRow{Stage::iam, "instance-profile", "{infra}-worker-profile", ""},
    ResourceRow{Stage::net, "vpc", "{infra}-vpc", "vpc-"},
    ResourceRow{Stage::net, "internet-gateway", "{infra}-igw", "igw-"},
    ResourceRow{Stage::net, "subnet", "{infra}-subnet-public-{zone}", "subnet-", Each::zone},
    ResourceRow{Stage::net, "subnet", "{infra}-subnet-private-{zone}", "subnet-", Each::zone},
    ResourceRow{Stage::net, "elastic-ip", "{infra}-eip", "eipalloc-"},
    ResourceRow{Stage::net, "nat-gateway", "{infra}-nat", "nat-"},
    ResourceRow{Stage::net, "route-table", "{infra}-rt-public", "rtb-"},
    ResourceRow{Stage::net, "route-table", "{infra}-rt-private-{zone}", "rtb-", Each::zone},
    ResourceRow{Stage::net, "vpc-endpoint", "{infra}-vpce-s3", "vpce-"},
    ResourceRow{Stage::net, "security-group", "{infra}-controlplane", "sg-"},
    ResourceRow{Stage::net, "security-group", "{infra}-node", "sg-"},
    ResourceRow{Stage::net, "security-group", "{infra}-lb", "sg-"},
    ResourceRow{Stage::net, "load-balancer", "{infra}-int", ""},
    ResourceRow{Stage::net, "load-balancer", "{infra}-ext", ""},
    ResourceRow{Stage::net, "s3-bucket", "openshift-bootstrap-data-{infra}", "", Each::once, true},
    ResourceRow{Stage::machines, "private-zone", "{domain}", "Z"},
    ResourceRow{Stage::machines, "dns-record", "api.{domain}", ""},
    ResourceRow{Stage::machines, "dns-record", "api-int.{domain}", ""},
    ResourceRow{Stage::machines, "iam-role", "{infra}-bootstrap-role", "", Each::once, true},
    ResourceRow{Stage::machines, "instance-profile", "{infra}-bootstrap-profile", "", Each::once, true},
    ResourceRow{Stage::machines, "instance", "{infra}-bootstrap", "i-", Each::once, true},
    ResourceRow{Stage::machines, "volume", "{infra}-bootstrap", "vol-", Each::once, true},
    ResourceRow{Stage::machines, "instance", "{infra}-master-{n}", "i-", Each::control_plane},
    ResourceRow{Stage::machines, "volume", "{infra}-master-{n}", "vol-", Each::control_plane},
    ResourceRow{Stage::bootstrap, "instance", "{infra}-worker-{n}", "i-", Each::worker},
    ResourceRow{Stage::bootstrap, "volume", "{infra}-worker-{n}", "vol-", Each::worker},
    ResourceRow{Stage::bootstrap, "load-balancer", "{infra}-router-default", ""},
    ResourceRow{Stage::bootstrap, "dns-record", "wildcard.apps.{domain}", ""},
    ResourceRow{Stage::bootstrap, "s3-bucket", "{infra}-image-registry", ""},
};

std::vector<Words> repeats(const Cluster& cluster, Each each) {
    std::vector<Words> all;
    const auto add = [&](const char* key, const std::string& value) {
        all.push_back(cluster.words());
        all.back()[key] = value;
    };
    const auto count_up = [&](int count) {
        for (int n = 0; n < count; ++n) add("n", std::to_string(n));
    };
    switch (each) {
        case Each::once:
            return {cluster.words()};
        case Each::zone:
            for (const auto* suffix : {"a", "b", "c"}) add("zone", cluster.config.region + suffix);
            break;
        case Each::control_plane:
            count_up(cluster.config.control_planes);
            break;
        case Each::worker:
            count_up(cluster.config.workers);
            break;
    }
    return all;
}

template <class Wanted>
std::vector<Resource> resources_of(const Cluster& cluster, Wanted is_wanted) {
    std::vector<Resource> resources;
    for (const auto& row : kResources) {
        if (!is_wanted(row)) continue;
        for (const auto& words : repeats(cluster, row.each)) {
            resources.push_back(describe(cluster, row.type, fill(row.name, words), row.id_prefix));
        }
    }
    return resources;
}

}  // namespace

std::vector<Resource> planned(const Cluster& cluster, Stage stage) {
    return resources_of(cluster, [&](const ResourceRow& row) { return row.stage == stage; });
}

std::vector<Resource> planned_for_bootstrap(const Cluster& cluster) {
    return resources_of(cluster, [](const ResourceRow& row) { return row.only_for_bootstrap; });
}

const std::vector<TypeRow>& types_in_order_of_deletion() {
    static const std::vector<TypeRow> rows = {
        {"instance", "Terminated", "", "instance"},
        {"instance-profile", "Deleted", "", "id"},
        {"load-balancer", "Deleted", "", "id"},
        {"nat-gateway", "Deleted", "natgateway", "id"},
        {"vpc-endpoint", "Deleted", "vpc-endpoint", "id"},
        {"s3-bucket", "Deleted", "", ""},
        {"dns-record", "Deleted", "", "id"},
        {"private-zone", "Deleted", "", "id"},
        {"route-table", "Deleted", "route-table", "id"},
        {"security-group", "Deleted", "security-group", "id"},
        {"network-interface", "Deleted", "network-interface", "id"},
        {"subnet", "Deleted", "subnet", "id"},
        {"internet-gateway", "Deleted", "internet-gateway", "id"},
        {"vpc", "Deleted", "vpc", "id"},
        {"elastic-ip", "Released", "elastic-ip", "id"},
        {"volume", "Deleted", "volume", "id"},
        {"iam-role", "Deleted", "", "id"},
    };
    return rows;
}

const TypeRow& type_row(const std::string& type) {
    static const TypeRow unknown = {"", "Deleted", "network-interface", "id"};
    const auto& rows = types_in_order_of_deletion();
    const auto found = std::find_if(rows.begin(), rows.end(), [&](const TypeRow& row) { return row.type == type; });
    return found == rows.end() ? unknown : *found;
}

}  // namespace desk::demo
