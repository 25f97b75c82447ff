#include "core/model/profile.hpp"

#include <algorithm>
#include <array>

#include "core/base/error.hpp"
#include "core/base/text.hpp"
#include "core/base/yaml_bind.hpp"
#include "core/model/profile_fields.hpp"
#include "core/model/profile_foreign.hpp"
#include "core/model/profile_obstacle.hpp"
#include "core/model/profile_rules.hpp"
#include "core/model/quota.hpp"

namespace desk {
namespace {

/// What openshift-install takes when nothing is said (install-config v1).
void fill_networks(Networking& networking) {
    if (networking.cluster_networks.empty()) networking.cluster_networks = {{"10.128.0.0/14", 23}};
    if (networking.service_network.empty()) networking.service_network = {"172.30.0.0/16"};
    if (networking.machine_network.empty()) networking.machine_network = {{"10.0.0.0/16"}};
}

}  // namespace

bool Choice::allows(std::string_view value) const {
    return std::find(allowlist.begin(), allowlist.end(), value) != allowlist.end();
}

const Choice& Profile::versions() const {
    static const Choice kNone;
    if (openshift_versions) return *openshift_versions;
    return kubernetes_versions ? *kubernetes_versions : kNone;
}

const ControlPlane& Profile::control_plane() const {
    static const ControlPlane kManaged;
    return compute.control_plane ? *compute.control_plane : kManaged;
}

Workers Profile::workers() const {
    Workers workers = compute.workers.value_or(Workers{});
    if (workers.instance_type.empty()) workers.instance_type = control_plane().instance_type;
    return workers;
}

Rates Profile::rates() const {
    const Money running = cost_controls.estimated_hourly_cost;
    return {running, cost_controls.hibernated_hourly_cost.value_or(Money{running.micros / 10})};
}

int Profile::vcpus() const {
    const auto of = [](int replicas, const std::string& size) { return replicas * vcpus_of(size).value_or(0); };
    const Workers pool = workers();
    return of(control_plane().replicas, control_plane().instance_type) + of(pool.replicas, pool.instance_type);
}

Result<Profile, Faults> parse_profile(std::string_view text, const std::string& file_name,
                                      const Platforms& configured) {
    auto root = parse_yaml(text, file_name);
    if (!root) return Failure{root.error()};
    Profile profile;
    profile.file = file_name;
    YamlBinder binder(file_name);
    binder.read(*root, profile);
    fill_networks(profile.networking);
    check_foreign_config(*root, binder);
    check_profile(profile, *root, binder);
    if (!binder.faults().empty()) {
        Faults faults = binder.take_faults();
        std::stable_sort(faults.begin(), faults.end(), [](const Fault& a, const Fault& b) { return a.line < b.line; });
        return Failure{std::move(faults)};
    }
    profile.unavailable = find_obstacle(profile, configured);
    return profile;
}

}  // namespace desk
