// What things in a cloud cost by the hour when nobody uses them: a guess for the list of orphans, never for a bill.
#pragma once

#include <optional>

#include "core/model/cost.hpp"
#include "core/model/orphan.hpp"

namespace desk {

/// About the on-demand prices of AWS in us-east-1, without traffic and use: remembered, not looked up, and good for a
/// magnitude only. Nothing where the table has no price.
std::optional<Money> hourly_guess(const MarkedResource& found);

}  // namespace desk
