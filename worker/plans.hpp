// Which steps each type of job has, in their order.
#pragma once

#include <span>

#include "core/model/job.hpp"
#include "worker/step.hpp"

namespace desk::worker {

/// Empty for a type that this desk can't do yet.
std::span<const Step> plan_of(JobType type);

}  // namespace desk::worker
