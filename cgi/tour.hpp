// The tour of the first order: a few words on the pages where somebody new comes by, until they end it.
#pragma once

#include <string_view>

#include "cgi/http.hpp"

namespace desk {

struct TourStep {
    std::string_view file;  ///< the template that it stands on: "catalog.tpl"
    int number;             ///< from 1
    std::string_view title, text;
    std::string_view href, action;  ///< where the next step is; "" = the page itself leads there
};
inline constexpr int kTourSteps = 4;

/// What the tour says on the page of `file`; null when the reader does not take it, or it has nothing to say there.
const TourStep* tour_step(const Request& request, std::string_view file);

}  // namespace desk
