#include "core/cloud/aws/endpoint.hpp"

#include <algorithm>
#include <array>

#include "core/base/text.hpp"

namespace desk::aws {
namespace {

constexpr std::array kPartitions = {
    Partition{"aws-cn", "cn-", "amazonaws.com.cn", "cn-northwest-1"},
    Partition{"aws-us-gov", "us-gov-", "amazonaws.com", "us-gov-west-1"},
    Partition{"aws", "", "amazonaws.com", "us-east-1"},
};

/// Services that a partition has one of.
struct Global {
    std::string_view service, partition, host, region;
};
constexpr std::array kGlobals = {
    Global{"iam", "aws", "iam.amazonaws.com", "us-east-1"},
    Global{"iam", "aws-us-gov", "iam.us-gov.amazonaws.com", "us-gov-west-1"},
    Global{"iam", "aws-cn", "iam.cn-north-1.amazonaws.com.cn", "cn-north-1"},
    Global{"route53", "aws", "route53.amazonaws.com", "us-east-1"},
    Global{"route53", "aws-us-gov", "route53.us-gov.amazonaws.com", "us-gov-west-1"},
    Global{"route53", "aws-cn", "route53.amazonaws.com.cn", "cn-northwest-1"},
};

/// What AWS's libraries call a service in the names of their variables.
struct Variable {
    std::string_view service, name;
};
constexpr std::array kVariables = {
    Variable{"ec2", "EC2"},
    Variable{"elasticloadbalancing", "ELASTIC_LOAD_BALANCING"},
    Variable{"elasticloadbalancing", "ELASTIC_LOAD_BALANCING_V2"},
    Variable{"iam", "IAM"},
    Variable{"route53", "ROUTE_53"},
    Variable{"s3", "S3"},
    Variable{"secretsmanager", "SECRETS_MANAGER"},
    Variable{"servicequotas", "SERVICE_QUOTAS"},
    Variable{"sts", "STS"},
    Variable{"tagging", "RESOURCE_GROUPS_TAGGING_API"},
};

std::string without_slash(std::string url) {
    while (url.ends_with('/')) url.pop_back();
    return url;
}

Endpoint own_endpoint(std::string_view service, std::string_view region, std::string_view home) {
    const std::string there(region.empty() ? home : region);
    const auto& partition = partition_of(there);
    const auto global = std::find_if(kGlobals.begin(), kGlobals.end(), [&](const auto& row) {
        return row.service == service && row.partition == partition.name;
    });
    if (global != kGlobals.end()) return {cat("https://", global->host), std::string(global->region)};
    if (service == "sts" && region.empty() && partition.name == "aws") return {"https://sts.amazonaws.com", there};
    return {cat("https://", service, '.', there, '.', partition.suffix), there};
}

}  // namespace

const Partition& partition_of(std::string_view region) {
    return *std::ranges::find_if(kPartitions, [&](const auto& row) { return region.starts_with(row.region_prefix); });
}

const Partition& partition_of_arn(std::string_view arn) {
    const auto row =
        std::ranges::find_if(kPartitions, [&](const auto& row) { return arn.starts_with(cat("arn:", row.name, ':')); });
    return row == kPartitions.end() ? kPartitions.back() : *row;
}

Endpoint endpoint_of(std::string_view service, std::string_view region, const Endpoints& endpoints) {
    Endpoint endpoint = own_endpoint(service, region, endpoints.home);
    if (const auto set = endpoints.service.find(std::string(service)); set != endpoints.service.end())
        endpoint.url = without_slash(set->second);
    else if (!endpoints.all.empty())
        endpoint.url = without_slash(endpoints.all);
    return endpoint;
}

std::map<std::string, std::string> endpoint_variables(const Endpoints& endpoints) {
    std::map<std::string, std::string> variables;
    if (!endpoints.all.empty()) variables["AWS_ENDPOINT_URL"] = endpoints.all;
    for (const auto& [service, name] : kVariables)
        if (const auto set = endpoints.service.find(std::string(service)); set != endpoints.service.end())
            variables[cat("AWS_ENDPOINT_URL_", name)] = set->second;
    return variables;
}

}  // namespace desk::aws
