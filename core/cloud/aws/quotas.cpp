#include "core/cloud/aws/quotas.hpp"

#include <array>

#include "core/base/text.hpp"
#include "core/cloud/aws/ec2.hpp"

namespace desk::aws::quotas {
namespace {

/// A quota that clusters meet; the codes are AWS's.
struct Quota {
    const char* what;
    const char* service;
    const char* code;
    int Need::*needed;
    std::optional<int> (*used)(const ec2::Usage& usage);
};
constexpr std::array kQuotas = {
    Quota{"VPCs", "vpc", "L-F678F1CE", &Need::vpcs, [](const ec2::Usage& in) { return std::optional(in.vpcs); }},
    Quota{"internet gateways", "vpc", "L-A4707A72", &Need::internet_gateways,
          [](const ec2::Usage& in) { return std::optional(in.internet_gateways); }},
    Quota{"gateway VPC endpoints", "vpc", "L-1B52E74A", &Need::gateway_endpoints,
          [](const ec2::Usage& in) { return std::optional(in.gateway_endpoints); }},
    Quota{"elastic IPs", "ec2", "L-0263D0A3", &Need::elastic_ips,
          [](const ec2::Usage& in) { return std::optional(in.elastic_ips); }},
    Quota{"vCPUs of standard instances", "ec2", "L-1216C47A", &Need::standard_vcpus,
          [](const ec2::Usage& in) { return in.standard_vcpus; }},
};

std::optional<int> ask(Client& client, const std::string& region, const char* action, const Json& body) {
    try {
        const Json answer = client.json("servicequotas", region, cat("ServiceQuotasV20190624.", action), body);
        const auto& quota = answer.at("Quota");
        return static_cast<int>(quota.at("Value").get<double>());
    } catch (const AwsError&) {
        return std::nullopt;
    } catch (const Json::exception&) {  // a quota without a figure
        return std::nullopt;
    }
}

}  // namespace

std::optional<int> find_limit(Client& client, const std::string& region, const std::string& service,
                              const std::string& code) {
    const Json which = {{"ServiceCode", service}, {"QuotaCode", code}};
    if (const auto granted = ask(client, region, "GetServiceQuota", which)) return granted;
    return ask(client, region, "GetAWSDefaultServiceQuota", which);
}

std::vector<Room> room_for(Client& client, const std::string& region, const Need& need) {
    const auto usage = ec2::usage(client, region);
    std::vector<Room> rooms;
    for (const auto& quota : kQuotas)
        rooms.push_back({.what = quota.what,
                         .code = cat(quota.service, '/', quota.code),
                         .needed = need.*quota.needed,
                         .limit = find_limit(client, region, quota.service, quota.code),
                         .used = quota.used(usage)});
    return rooms;
}

}  // namespace desk::aws::quotas
