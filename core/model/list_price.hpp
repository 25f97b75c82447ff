// What things in a cloud cost by the hour when nobody uses them: a guess for the list of orphans, never for a bill.
#pragma once

#include <optional>

#include "core/model/cost.hpp"
#include "core/model/orphan.hpp"

namespace desk {

/// On-demand prices of AWS in us-east-1, without traffic and use (source: aws.amazon.com, the pricing pages of EC2,
/// EBS, VPC, Elastic Load Balancing, Route 53; November 2026). Nothing where the table has no price.
std::optional<Money> hourly_guess(const MarkedResource& found);

}  // namespace desk
