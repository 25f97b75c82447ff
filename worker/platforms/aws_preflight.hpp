// What must hold before anything is created in AWS for an order: one check for each thing.
#pragma once

#include <vector>

#include "worker/platforms/aws.hpp"

namespace desk::worker {

/// All checks, each made whatever the others say. Only reads.
std::vector<Check> aws_preflight(const AwsPlatform& platform, const InstallerCatalog& catalog,
                                 const EffectiveOrder& order);

}  // namespace desk::worker
