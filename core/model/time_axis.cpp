#include "core/model/time_axis.hpp"

#include <algorithm>
#include <array>

namespace desk {
namespace {

constexpr std::array kSteps = {1s,    2s,    5s,    10s,    15s,    30s,    60s,    120s,    300s,    600s,    900s,
                               1800s, 3600s, 7200s, 10800s, 21600s, 43200s, 86400s, 172800s, 604800s, 1209600s};

}  // namespace

TimeAxis::TimeAxis(Time from, Time to, double width) : from_(from), to_(std::max(to, from + 1s)), width_(width) {}

double TimeAxis::at(Time time) const {
    const auto inside = std::clamp(time, from_, to_) - from_;
    return width_ * static_cast<double>(inside.count()) / static_cast<double>((to_ - from_).count());
}

TimeAxis::Piece TimeAxis::piece(Time from, std::optional<Time> to, double least) const {
    const double begin = at(from), width = std::max(at(to.value_or(to_)) - begin, std::min(least, width_));
    return {std::min(begin, width_ - width), width};
}

std::vector<Time> TimeAxis::ticks(int most) const {
    const auto length = to_ - from_;
    const auto fits = [&](seconds step) { return length / step < most; };
    const auto found = std::find_if(kSteps.begin(), kSteps.end(), fits);
    auto step = found == kSteps.end() ? kSteps.back() : *found;
    while (!fits(step)) step *= 2;

    std::vector<Time> times;
    for (auto tick = from_ - from_.time_since_epoch() % step; tick <= to_; tick += step)
        if (tick >= from_) times.push_back(tick);
    if (static_cast<int>(times.size()) > most) times.resize(static_cast<std::size_t>(most));
    return times;
}

}  // namespace desk
