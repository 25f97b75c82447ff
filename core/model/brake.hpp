// Switches that an admin pulls when something goes wrong at large.
#pragma once

#include "core/base/enum.hpp"
#include "core/model/job.hpp"

namespace desk {

/// NO_CREATES and NO_DESTROYS hold back jobs that have not been claimed; READ_ONLY holds back all of them, and every
/// change on the pages and in the API.
DESK_ENUM(Brake, NO_CREATES, NO_DESTROYS, READ_ONLY)

constexpr bool holds_back(Brake brake, JobType type) {
    if (brake == Brake::NO_CREATES) return type == JobType::CREATE;
    if (brake == Brake::NO_DESTROYS) return is_destroy(type);
    return true;
}

}  // namespace desk
