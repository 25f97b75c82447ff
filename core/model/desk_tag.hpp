// Which of several desks made something: its id stands in the tag ManagedBy.
#pragma once

#include <string>
#include <string_view>

#include "core/model/tags.hpp"

namespace desk {

/// The value of the tag on what this desk makes: "clusterdesk/<its id>".
std::string managed_by(std::string_view desk);

/// Whether another desk than this one made what has these tags. A tag without an id does not say whose it is.
bool is_of_another_desk(const Tags& tags, std::string_view desk);

}  // namespace desk
