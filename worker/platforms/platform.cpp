#include "worker/platforms/platform.hpp"

#include "worker/platforms/aws.hpp"
#include "worker/platforms/demo.hpp"
#include "worker/platforms/ibmcloud.hpp"
#include "worker/platforms/none.hpp"

namespace desk::worker {

Json SweepScope::to_json() const {
    return {{"infraIds", infra_ids}, {"ccoctlNames", ccoctl_names}, {"roles", roles}, {"regions", regions},
            {"name", name},          {"baseDomain", base_domain}};
}

Json Leftover::to_json() const { return {{"region", region}, {"type", type}, {"id", id}, {"name", name}}; }

std::unique_ptr<PlatformDriver> find_platform(Platform platform, const Config& config) {
    switch (platform) {
        case Platform::demo:
            return std::make_unique<DemoPlatform>(config);
        case Platform::aws:
            return std::make_unique<AwsPlatform>(config);
        case Platform::ibmcloud:
            return std::make_unique<IbmcloudPlatform>(config);
        case Platform::none:
            return std::make_unique<NonePlatform>(config);
        default:
            return nullptr;
    }
}

}  // namespace desk::worker
