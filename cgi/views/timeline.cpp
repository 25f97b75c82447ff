#include "cgi/views/timeline.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "cgi/dictionary.hpp"
#include "core/base/text.hpp"
#include "core/model/time_axis.hpp"
#include "keys/parts/timeline.tpl.hpp"

namespace desk::views {
namespace {

// In units of the drawing, which is as wide as its place: names of the lanes on the left, times below.
constexpr double kWidth = 1000, kLeast = 3, kMargin = 60;
constexpr int kLane = 30, kBar = 20, kMostJobs = 6, kMostTicks = 5;

std::string number(double units) {
    const auto tenths = std::lround(units * 10);
    return cat(tenths / 10, '.', tenths % 10);
}

std::string look_of(std::string_view tone) {
    static constexpr std::array kLooks = {"bar-good", "bar-busy", "bar-wait", "bar-bad", "bar-off"};
    const auto found =
        std::ranges::find_if(kLooks, [&](const char* look) { return std::string_view(look).substr(4) == tone; });
    return found == kLooks.end() ? kLooks.back() : *found;
}

std::string lasted(Time from, std::optional<Time> to, Time now) {
    const auto whole = std::chrono::duration_cast<seconds>(to.value_or(now) - from);
    return to_words(std::max(whole, 0s));
}

Timeline::Bar bar(const TimeAxis& axis, Time from, std::optional<Time> to, std::string_view tone, std::string words) {
    const auto piece = axis.piece(from, to, kLeast);
    return {.x = number(piece.x), .width = number(piece.width), .look = look_of(tone), .words = std::move(words)};
}

Timeline::Lane states(const TimeAxis& axis, const std::vector<clusters::Interval>& stays, Time now) {
    Timeline::Lane lane{.label = "State"};
    for (const auto& stay : stays)
        lane.bars.push_back(bar(axis, stay.from, stay.to, phrase(stay.status).tone,
                                cat(phrase(stay.status).word, ", ", lasted(stay.from, stay.to, now))));
    return lane;
}

std::string tone_of_job(const jobs::Job& job) { return std::string(phrase(job.status).tone); }

/// "14:30"; the day where the axis is long, seconds where minutes would come twice.
std::string tick_words(Time time, seconds length, bool in_seconds, const Reader& reader) {
    const auto local = to_local(time, reader.time_zone);  // "21 Nov 2026, 09:30 CET"
    const auto comma = local.find(',');
    if (length > std::chrono::hours(24 * 3)) return local.substr(0, comma - 5);
    const auto minute = local.substr(comma + 2, 5);
    if (!in_seconds) return minute;
    const auto second = time.time_since_epoch() % 1min / 1s;
    return cat(minute, second < 10 ? ":0" : ":", second);
}

}  // namespace

Timeline Timeline::of(const std::vector<clusters::Interval>& stays, const std::vector<jobs::Job>& jobs,
                      ClusterStatus status, const Reader& reader) {
    Timeline line;
    for (const auto& stay : stays)
        line.rows.push_back({.what = std::string(phrase(stay.status).word),
                             .lasted = lasted(stay.from, stay.to, reader.now),
                             .at = Moment::of(stay.from, reader),
                             .is_now = !stay.to});
    if (stays.empty()) return line;
    // States that nothing follows have no stay of their own.
    const bool is_over = is_final(status) && stays.back().to;
    if (is_over)
        line.rows.push_back(
            {.what = std::string(phrase(status).word), .at = Moment::of(*stays.back().to, reader), .is_now = true});

    const Time begin = stays.front().from, end = is_over ? *stays.back().to : reader.now;
    const auto length = std::chrono::duration_cast<seconds>(end - begin);
    const TimeAxis axis(begin, end, kWidth);
    line.lanes.push_back(states(axis, stays, reader.now));
    for (const auto& job : jobs) {
        if (!job.started_at || line.lanes.size() > kMostJobs) continue;
        line.lanes.push_back({.label = is_destroy(job.type) ? "Destroy" : std::string(title(job.type)),
                              .bars = {bar(axis, *job.started_at, job.ended_at, tone_of_job(job),
                                           cat(title(job.type), ": ", phrase(job.status).word, ", ",
                                               lasted(*job.started_at, job.ended_at, reader.now)))}});
    }
    std::reverse(line.lanes.begin() + 1, line.lanes.end());
    for (std::size_t i = 0; i < line.lanes.size(); ++i) {
        line.lanes[i].y = static_cast<int>(i) * kLane + (kLane - kBar) / 2;
    }
    const auto ticks = axis.ticks(kMostTicks);
    const bool in_seconds = ticks.size() > 1 && ticks[1] - ticks[0] < 1min;
    for (const Time tick : ticks) {
        const double x = axis.at(tick);
        line.ticks.push_back({.x = number(x),
                              .percent = number(x * 100 / kWidth),
                              .anchor = x < kMargin            ? "start"
                                        : x > kWidth - kMargin ? "end"
                                                               : "middle",
                              .words = tick_words(tick, length, in_seconds, reader)});
    }
    line.height = static_cast<int>(line.lanes.size()) * kLane;
    line.words = cat(stays.size(), " states over ", to_words(std::max(length, 0s)), "; the table below has the times.");
    return line;
}

void Timeline::fill(Dictionary& out) const {
    const bool says_more_than_the_table = lanes.size() > 1 || (!lanes.empty() && lanes.front().bars.size() > 1);
    if (says_more_than_the_table) {
        auto* drawing = out.AddSectionDictionary(kt_DRAWING);
        drawing->SetIntValue(kt_HEIGHT, height);
        drawing->SetValue(kt_WORDS, words);
        for (const auto& tick : ticks) {
            auto* item = drawing->AddSectionDictionary(kt_TICK);
            item->SetValue(kt_X, tick.x);
            item->SetValue(kt_PERCENT, tick.percent);
            item->SetValue(kt_ANCHOR, tick.anchor);
            item->SetValue(kt_TEXT, tick.words);
        }
        for (const auto& lane : lanes) {
            auto* item = drawing->AddSectionDictionary(kt_LANE);
            item->SetIntValue(kt_Y, lane.y);
            item->SetValue(kt_LABEL, lane.label);
            for (const auto& bar : lane.bars) {
                auto* piece = item->AddSectionDictionary(kt_BAR);
                piece->SetValue(kt_X, bar.x);
                piece->SetIntValue(kt_Y, lane.y);
                piece->SetValue(kt_WIDTH, bar.width);
                piece->SetValue(kt_LOOK, bar.look);
                piece->SetValue(kt_WORDS, bar.words);
            }
        }
    }
    for (const auto& row : rows) {
        auto* item = out.AddSectionDictionary(kt_EVENT);
        item->SetValue(kt_WHAT, row.what);
        item->SetValue(kt_LASTED, row.lasted);
        if (row.is_now) item->ShowSection(kt_NOW);
        include(*item, kt_AT, row.at);
    }
}

}  // namespace desk::views
