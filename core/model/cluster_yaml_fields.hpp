// The keys of cluster.yaml, in the order they are written. What is required here is so in every version of the file.
#pragma once

#include "core/base/fields.hpp"
#include "core/model/cluster_yaml.hpp"
#include "core/model/lifetime.hpp"

namespace desk {

template <>
inline constexpr auto kFields<ClusterYaml::Place> = std::tuple{
    field("type", &ClusterYaml::Place::type, {.required = true, .least = 1}),
    field("account_id", &ClusterYaml::Place::account_id),
    field("region", &ClusterYaml::Place::region, {.required = true, .least = 1}),
    field("zones", &ClusterYaml::Place::zones, {.least = 1}),
};
template <>
inline constexpr auto kFields<ClusterYaml::Dns> = std::tuple{
    field("base_domain", &ClusterYaml::Dns::base_domain, {.required = true, .least = 1}),
    field("hosted_zone_id", &ClusterYaml::Dns::hosted_zone_id),
};
template <>
inline constexpr auto kFields<ClusterYaml::Openshift> = std::tuple{
    field("version", &ClusterYaml::Openshift::version, {.required = true, .least = 1}),
    field("max_minor", &ClusterYaml::Openshift::max_minor),
    field("control_plane_replicas", &ClusterYaml::Openshift::control_plane_replicas),
    field("compute_replicas", &ClusterYaml::Openshift::compute_replicas, {.least = 0, .most = 500}),
    field("instance_type_control_plane", &ClusterYaml::Openshift::instance_type_control_plane),
    field("instance_type_compute", &ClusterYaml::Openshift::instance_type_compute),
    field("compute_market", &ClusterYaml::Openshift::compute_market),
};
template <>
inline constexpr auto kFields<ClusterYaml::Credentials> = std::tuple{
    field("aws_profile", &ClusterYaml::Credentials::aws_profile),
    field("role_arn", &ClusterYaml::Credentials::role_arn),
    field("external_id", &ClusterYaml::Credentials::external_id),
    field("session_name", &ClusterYaml::Credentials::session_name),
    field("cco_mode", &ClusterYaml::Credentials::cco_mode),
};
template <>
inline constexpr auto kFields<ClusterYaml::Gitops> = std::tuple{
    field("repo_url", &ClusterYaml::Gitops::repo_url, {.required = true, .least = 1}),
    field("repo_ref", &ClusterYaml::Gitops::repo_ref, {.required = true, .least = 1}),
    field("env", &ClusterYaml::Gitops::env, {.required = true, .least = 1}),
};
template <>
inline constexpr auto kFields<ClusterYaml::PodNetwork> = std::tuple{
    field("cidr", &ClusterYaml::PodNetwork::cidr, {.required = true, .least = 1}),
    field("host_prefix", &ClusterYaml::PodNetwork::host_prefix, {.required = true, .least = 1, .most = 28}),
};
template <>
inline constexpr auto kFields<ClusterYaml::Networking> = std::tuple{
    field("network_type", &ClusterYaml::Networking::network_type),
    field("machine_cidr", &ClusterYaml::Networking::machine_cidr),
    field("cluster_network", &ClusterYaml::Networking::cluster_network, {.least = 1}),
    field("service_network", &ClusterYaml::Networking::service_network, {.least = 1}),
};
template <>
inline constexpr auto kFields<ClusterYaml> = std::tuple{
    field("api_version", &ClusterYaml::api_version),
    field("name", &ClusterYaml::name, {.required = true, .least = 1}),
    field("env", &ClusterYaml::env, {.required = true, .least = 1}),
    field("profile", &ClusterYaml::profile),
    field("owner", &ClusterYaml::owner),
    field("team", &ClusterYaml::team),
    field("cost_center", &ClusterYaml::cost_center),
    field("ttl_hours", &ClusterYaml::ttl_hours, {.least = 1, .most = kMaxTtlHours}),
    field("destroy_at", &ClusterYaml::destroy_at),
    field("platform", &ClusterYaml::platform, {.required = true}),
    field("dns", &ClusterYaml::dns, {.required = true}),
    field("openshift", &ClusterYaml::openshift, {.required = true}),
    field("credentials", &ClusterYaml::credentials),
    field("gitops", &ClusterYaml::gitops),
    field("networking", &ClusterYaml::networking),
    field("publish", &ClusterYaml::publish),
    field("fips", &ClusterYaml::fips),
    field("ssh_public_key", &ClusterYaml::ssh_public_key),
    field("offhours_opt_in", &ClusterYaml::offhours_opt_in),
    field("failure", &ClusterYaml::failure),
    field("tags", &ClusterYaml::tags),
};

}  // namespace desk
