#include "worker/platforms/aws_cloud_checks.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "core/base/error.hpp"
#include "core/base/text.hpp"
#include "core/cloud/aws/ec2.hpp"
#include "core/cloud/aws/quotas.hpp"
#include "core/cloud/aws/route53.hpp"
#include "core/model/quota.hpp"

namespace desk::worker {
namespace {

using aws::route53::Zone;

constexpr const char* kNeedsNone = "A private cluster needs no public zone.";
constexpr int kBootstrapVcpus = 4;  // m6i.xlarge, as long as the cluster is installed

struct InCloud {
    aws::Client& client;
    const EffectiveOrder& order;
    bool makes_zone;
    const NameServerLookup& look_up;

    std::optional<Zone> zone() const {
        for (auto& zone : aws::route53::zones_named(client, order.base_domain))
            if (!zone.is_private) return std::move(zone);
        return std::nullopt;
    }
};

std::string delegate_to(const std::string& domain, const std::vector<std::string>& servers) {
    return cat("The owner of the domain above ", domain, " adds NS records for it that name ", join(servers, ", "),
               '.');
}

Check zone_is_there(const InCloud& in) {
    if (in.order.features.private_cluster) return Check::pass("zone", kNeedsNone);
    if (const auto zone = in.zone())
        return Check::pass("zone",
                           cat("The account has the public zone of ", in.order.base_domain, " (", zone->id, ")."));
    if (in.makes_zone)
        return Check::pass("zone",
                           cat("There is no public zone of ", in.order.base_domain, " yet: Terraform makes it."));
    return Check::fail("zone", cat("The account has no public hosted zone of ", in.order.base_domain, '.'),
                       "An administrator makes the zone in Route53, or sets terraform.aws_prereqs.");
}

Check zone_is_delegated(const InCloud& in) {
    if (in.order.features.private_cluster) return Check::pass("delegation", kNeedsNone);
    const auto zone = in.zone();
    if (!zone && !in.makes_zone)
        return Check::fail("delegation", cat("There is no public zone that ", in.order.base_domain, " could lead to."),
                           "It is looked at again.");
    if (!zone)
        return Check::warn("delegation", cat("Nothing is known yet about the way to ", in.order.base_domain, '.'),
                           "When its zone is there, the cluster's page shows the name servers that the domain above it "
                           "has to name.");
    auto wanted = aws::route53::name_servers(in.client, *zone);
    for (auto& server : wanted) server = lower(server);
    std::vector<std::string> found;
    try {
        found = in.look_up(in.order.base_domain);
    } catch (const Error& error) {
        return Check::warn(
            "delegation",
            cat("Whether ", in.order.base_domain, " leads to its zone could not be seen. ", error.for_user()),
            "The installation ends when names of the cluster can't be found: make sure of it.");
    }
    const bool leads_there = !found.empty() && std::ranges::all_of(found, [&](const std::string& server) {
        return std::ranges::find(wanted, server) != wanted.end();
    });
    if (leads_there) return Check::pass("delegation", cat(in.order.base_domain, " leads to its zone."));
    return Check::fail("delegation",
                       found.empty() ? cat(in.order.base_domain, " is delegated to nobody.")
                                     : cat(in.order.base_domain, " leads to other servers: ", join(found, ", "), '.'),
                       delegate_to(in.order.base_domain, wanted));
}

Check names_are_free(const InCloud& in) {
    const auto zone = in.zone();
    std::vector<std::string> taken;
    if (zone)
        for (const auto& record : aws::route53::records(in.client, *zone))
            if (aws::route53::is_of_cluster(record, in.order.name, in.order.base_domain)) taken.push_back(record.name);
    if (taken.empty())
        return Check::pass("names", cat("No names of ", in.order.name, '.', in.order.base_domain, " are taken."));
    return Check::fail(
        "names", cat("These names stand in DNS already: ", join(taken, ", "), '.'),
        "Another cluster has this name, or one that is gone left it: order with another name, or have an "
        "administrator look at the orphans.",
        FailureClass::user, Turn::REQUESTER);
}

/// Of the pools whose machines count against the quota of standard families, the bootstrap machine among them.
int standard_vcpus(const EffectiveOrder& order) {
    const auto& own = order.workers.instance_type;
    const auto of = [](int replicas, const std::string& type) {
        return aws::ec2::is_standard(type) ? replicas * vcpus_of(type).value_or(0) : 0;
    };
    return kBootstrapVcpus + of(order.control_plane.replicas, order.control_plane.instance_type) +
           of(order.workers.replicas, own.empty() ? order.control_plane.instance_type : own);
}

/// In subnets of an existing VPC a cluster makes no network.
aws::quotas::Need need_of(const EffectiveOrder& order) {
    aws::quotas::Need need{.standard_vcpus = standard_vcpus(order)};
    if (order.aws && !order.aws->subnets.empty())
        need.vpcs = need.internet_gateways = need.gateway_endpoints = 0;
    else
        need.elastic_ips = std::max(1, static_cast<int>(order.zones.size()));
    return need;
}

Check there_is_room(const InCloud& in) {
    std::vector<std::string> missing, unknown;
    for (const auto& room : aws::quotas::room_for(in.client, in.order.region, need_of(in.order))) {
        if (room.is_short())
            missing.push_back(cat(room.what, " (", room.code, "): ", room.needed, " needed, ", *room.used, " of ",
                                  *room.limit, " in use"));
        else if (!room.limit || !room.used)
            unknown.push_back(room.what);
    }
    if (!missing.empty())
        return Check::fail("quotas",
                           cat("The account has too little room in ", in.order.region, ": ", join(missing, "; "), '.'),
                           "An administrator asks AWS for more, or something else goes first.", FailureClass::quota);
    if (!unknown.empty())
        return Check::warn("quotas", cat("The room for these could not be seen: ", join(unknown, ", "), '.'),
                           "Nothing is to be done unless the installation meets a limit.");
    return Check::pass("quotas", cat("There is room for it in ", in.order.region, '.'));
}

struct CloudCheck {
    std::string_view id;
    Check (*check)(const InCloud& in);
};
constexpr std::array kCloudChecks = {
    CloudCheck{"zone", zone_is_there},
    CloudCheck{"delegation", zone_is_delegated},
    CloudCheck{"names", names_are_free},
    CloudCheck{"quotas", there_is_room},
};

constexpr const char* kLater = "It is looked at again.";
constexpr const char* kAllow = "An administrator lets the desk's principal read it; docs/aws.md has the policy.";

}  // namespace

Check ask_aws(std::string_view id, const std::function<Check()>& check) {
    try {
        return check();
    } catch (const aws::AwsError& error) {
        if (error.is_passing())
            return Check::fail(std::string(id), cat("AWS did not answer: ", error.code(), '.'), kLater,
                               FailureClass::transient);
        return Check::fail(std::string(id), cat("AWS refused to tell: ", error.code(), '.'), kAllow);
    } catch (const Error& error) {
        return Check::fail(std::string(id), error.for_user(), kLater, FailureClass::transient);
    }
}

std::vector<Check> aws_cloud_checks(aws::Client& client, const EffectiveOrder& order, bool makes_zone,
                                    const NameServerLookup& look_up) {
    const InCloud in{client, order, makes_zone, look_up};
    std::vector<Check> checks;
    for (const auto& row : kCloudChecks) checks.push_back(ask_aws(row.id, [&] { return row.check(in); }));
    return checks;
}

Check aws_delegation(aws::Client& client, const EffectiveOrder& order, const NameServerLookup& look_up) {
    return ask_aws("delegation", [&] { return zone_is_delegated({client, order, false, look_up}); });
}

}  // namespace desk::worker
