// The fields of an order as people call them.
#pragma once

#include "cgi/views/parts.hpp"

namespace desk::views {

/// By the names of the API.
const ErrorSummary::Labels& order_labels();
/// "Lifetime" for "ttlHours"; a part of a field keeps its own name ("Tags, colour"). What is not known stays as it is.
std::string label_of(const std::string& field);

}  // namespace desk::views
