// The keys of orders in JSON: the body of the API, and the stored document that digests are taken of.
#pragma once

#include "core/base/fields.hpp"
#include "core/model/order.hpp"
#include "core/model/profile_fields.hpp"

namespace desk {

template <>
inline constexpr auto kFields<Order> = std::tuple{
    field("name", &Order::name),
    field("platform", &Order::platform),
    field("version", &Order::version),
    field("profile", &Order::profile),
    field("region", &Order::region),
    field("baseDomain", &Order::base_domain),
    field("owner", &Order::owner),
    field("team", &Order::team),
    field("costCenter", &Order::cost_center),
    field("ttlHours", &Order::ttl_hours),
    field("sshPublicKey", &Order::ssh_public_key),
    field("extraTags", &Order::extra_tags),
    field("offhoursOptIn", &Order::offhours_opt_in),
    field("gitopsRepoUrl", &Order::gitops_repo_url),
    field("gitopsRepoRef", &Order::gitops_repo_ref),
    field("reason", &Order::reason),
    field("failure", &Order::failure),
};
template <>
inline constexpr auto kFields<Pace> = std::tuple{field("secondsPerHour", &Pace::seconds_per_hour)};
template <>
inline constexpr auto kFields<Rates> = std::tuple{
    field("running", &Rates::running),
    field("hibernated", &Rates::hibernated),
};
template <>
inline constexpr auto kFields<EffectiveOrder> = std::tuple{
    field("name", &EffectiveOrder::name),
    field("platform", &EffectiveOrder::platform),
    field("version", &EffectiveOrder::version),
    field("profile", &EffectiveOrder::profile),
    field("region", &EffectiveOrder::region),
    field("zones", &EffectiveOrder::zones),
    field("baseDomain", &EffectiveOrder::base_domain),
    field("owner", &EffectiveOrder::owner),
    field("team", &EffectiveOrder::team),
    field("costCenter", &EffectiveOrder::cost_center),
    field("environment", &EffectiveOrder::environment),
    field("sshPublicKey", &EffectiveOrder::ssh_public_key),
    field("tags", &EffectiveOrder::tags),
    field("offhoursOptIn", &EffectiveOrder::offhours_opt_in),
    field("failure", &EffectiveOrder::failure),
    field("ttlHours", &EffectiveOrder::ttl_hours),
    field("maxTTLHours", &EffectiveOrder::max_ttl_hours),
    field("warnBeforeDestroyHours", &EffectiveOrder::warn_before_destroy_hours),
    field("allowCustomTTL", &EffectiveOrder::allow_custom_ttl),
    field("pace", &EffectiveOrder::pace),
    field("rates", &EffectiveOrder::rates),
    field("vcpus", &EffectiveOrder::vcpus),
    field("credentialsMode", &EffectiveOrder::credentials_mode),
    field("controlPlane", &EffectiveOrder::control_plane),
    field("workers", &EffectiveOrder::workers),
    field("networking", &EffectiveOrder::networking),
    field("features", &EffectiveOrder::features),
    field("aws", &EffectiveOrder::aws),
    field("ibmcloud", &EffectiveOrder::ibmcloud),
    field("install", &EffectiveOrder::install, {.later = true}),
    field("approval", &EffectiveOrder::approval),
    field("deadlines", &EffectiveOrder::deadlines),
    field("guardrail", &EffectiveOrder::guardrail),
    field("gitops", &EffectiveOrder::gitops),
};

}  // namespace desk
