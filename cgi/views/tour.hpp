// templates/parts/tour.tpl
#pragma once

#include "cgi/tour.hpp"
#include "cgi/views/parts.hpp"

namespace desk::views {

struct TourPart {
    const TourStep* step = nullptr;
    std::string here = {};  ///< the page that it stands on

    static TourPart of(const TourStep& step, std::string here) { return {&step, std::move(here)}; }

    static constexpr const char* kFile = "parts/tour.tpl";
    void fill(Dictionary& out) const;
};

}  // namespace desk::views
