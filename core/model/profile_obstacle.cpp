#include "core/model/profile_obstacle.hpp"

#include <algorithm>
#include <array>

#include "core/base/text.hpp"
#include "core/model/version.hpp"

namespace desk {

std::optional<std::string> find_obstacle(const Profile& profile, const Platforms& configured) {
    constexpr std::array kInstallable = {Platform::aws, Platform::ibmcloud, Platform::none, Platform::demo};
    const auto name = text(profile.platform);
    if (!profile.enabled) return "This profile is switched off (enabled: false).";
    if (profile.cluster_type != ClusterType::openshift)
        return cat("Clusters of type ", text(profile.cluster_type), " are not supported yet.");
    if (std::find(kInstallable.begin(), kInstallable.end(), profile.platform) == kInstallable.end())
        return cat("Platform ", name, " is not supported yet.");
    if (!configured.contains(profile.platform)) return cat("Platform ", name, " is not configured on this desk.");

    for (const auto& version : profile.versions().allowlist)
        if (!Version::parse(version))
            return cat("Version ", version,
                       " is not an exact release such as 4.20.3, and installers are chosen by it.");
    const auto& workers = profile.compute.workers;
    if (workers && workers->autoscaling) return "Autoscaling of workers is not supported yet.";
    if (profile.control_plane().schedulable && profile.workers().replicas > 0)
        return "A schedulable control plane beside workers is not supported yet.";
    if (profile.features.fips_mode && profile.platform == Platform::demo)
        return "FIPS mode is for real platforms: the stand-in installer of platform demo has none.";
    if (profile.credentials_mode == CredentialsMode::Static) return "Credentials mode Static is not supported yet.";
    const auto& ibm = profile.platform_config.ibmcloud;
    if (ibm && (ibm->classic_infrastructure || !ibm->data_center.empty()))
        return "Classic infrastructure is for cluster type iks, which is not supported yet.";
    return std::nullopt;
}

}  // namespace desk
