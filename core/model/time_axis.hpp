// Stretches of time as pieces of a line: the geometry of timelines.
#pragma once

#include <optional>
#include <vector>

#include "core/base/time.hpp"

namespace desk {

class TimeAxis {
  public:
    /// From `from` to `to`, `width` units long. An axis without length is a second long.
    TimeAxis(Time from, Time to, double width);

    /// Where a moment lies, 0..width; what is outside lies at the end it is nearest to.
    double at(Time time) const;

    struct Piece {
        double x = 0, width = 0;
    };
    /// A stretch that has not ended goes on to the end of the axis. At least `least` wide, without leaving the axis.
    Piece piece(Time from, std::optional<Time> to, double least) const;

    /// Round moments (of UTC: full minutes, hours, days...) inside the axis, at most `most`, evenly apart.
    std::vector<Time> ticks(int most) const;

  private:
    Time from_, to_;
    double width_;
};

}  // namespace desk
