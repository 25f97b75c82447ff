// What to change in an order before it is tried again, by the rule that recognised its failure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/enum.hpp"

namespace desk {

/// NOTHING: the same order may work another time, or after somebody else has done something.
DESK_ENUM(OrderChange, NOTHING, NAME, REGION, BASE_DOMAIN, TAGS)

/// `code` is the name of a failure rule (conf/failure-rules.yaml); of an unknown one NOTHING.
OrderChange change_after(std::string_view code);

/// Codes that ask for a change: for the test that looks whether there are such rules.
std::vector<std::string_view> codes_with_a_change();

/// A name that is not `name`, and still says where it comes from: "blue" -> "blue-2" -> "blue-3".
std::string another_name(std::string_view name);

/// The choice behind `current` in `choices`, the first one behind the last; "" when there is no other.
std::string another_choice(std::string_view current, const std::vector<std::string>& choices);

}  // namespace desk
