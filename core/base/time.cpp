#include "core/base/time.hpp"

#include <date/tz.h>

#include <array>

namespace desk {
namespace {

std::optional<int> digits(std::string_view& text, std::size_t count) {
    if (text.size() < count) return std::nullopt;
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (text[i] < '0' || text[i] > '9') return std::nullopt;
        value = value * 10 + (text[i] - '0');
    }
    text.remove_prefix(count);
    return value;
}

bool skip(std::string_view& text, std::string_view any_of) {
    if (text.empty() || any_of.find(text.front()) == std::string_view::npos) return false;
    text.remove_prefix(1);
    return true;
}

// Written by hand: a page has hundreds of moments, and streams with their locales took a sixth of its time.
constexpr std::array<const char*, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

void append(std::string& out, int number, std::size_t width) {
    const std::string text = std::to_string(number);
    if (text.size() < width) out.append(width - text.size(), '0');
    out += text;
}

}  // namespace

std::string to_rfc3339(Time time) {
    using namespace std::chrono;
    const auto day = floor<days>(time);
    const year_month_day date{day};
    const hh_mm_ss clock{floor<seconds>(time - day)};
    std::string out;
    append(out, static_cast<int>(date.year()), 4);
    append(out += '-', static_cast<int>(static_cast<unsigned>(date.month())), 2);
    append(out += '-', static_cast<int>(static_cast<unsigned>(date.day())), 2);
    append(out += 'T', static_cast<int>(clock.hours().count()), 2);
    append(out += ':', static_cast<int>(clock.minutes().count()), 2);
    append(out += ':', static_cast<int>(clock.seconds().count()), 2);
    return out += 'Z';
}

std::optional<Time> parse_time(std::string_view text) {
    using namespace std::chrono;
    const auto y = digits(text, 4);
    if (!y || !skip(text, "-")) return std::nullopt;
    const auto mo = digits(text, 2);
    if (!mo || !skip(text, "-")) return std::nullopt;
    const auto d = digits(text, 2);
    if (!d || !skip(text, "T ")) return std::nullopt;
    const auto h = digits(text, 2);
    if (!h || !skip(text, ":")) return std::nullopt;
    const auto mi = digits(text, 2);
    if (!mi || !skip(text, ":")) return std::nullopt;
    const auto s = digits(text, 2);
    if (!s) return std::nullopt;

    microseconds fraction{0};
    if (skip(text, ".")) {
        long scale = 100000;
        if (text.empty() || text.front() < '0' || text.front() > '9') return std::nullopt;
        while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
            fraction += microseconds{(text.front() - '0') * scale};
            scale /= 10;
            text.remove_prefix(1);
        }
    }
    minutes offset{0};
    if (!skip(text, "Zz")) {
        const bool west = !text.empty() && text.front() == '-';
        if (!skip(text, "+-")) return std::nullopt;
        const auto oh = digits(text, 2);
        if (!oh) return std::nullopt;
        offset = hours{*oh};
        if (skip(text, ":")) {
            const auto om = digits(text, 2);
            if (!om) return std::nullopt;
            offset += minutes{*om};
        }
        if (west) offset = -offset;
    }
    const year_month_day date{year{*y}, month{static_cast<unsigned>(*mo)}, day{static_cast<unsigned>(*d)}};
    if (!text.empty() || !date.ok() || *h > 23 || *mi > 59 || *s > 60) return std::nullopt;
    return sys_days{date} + hours{*h} + minutes{*mi} + seconds{*s} + fraction - offset;
}

bool is_time_zone(std::string_view zone) {
    try {
        return date::locate_zone(zone) != nullptr;
    } catch (const std::exception&) {
        return false;
    }
}

namespace {

/// What clock and calendar on a wall in some zone say.
struct OnTheWall {
    std::chrono::year_month_day date;
    std::chrono::hh_mm_ss<seconds> clock;
    std::string zone;  ///< "CET"
};
OnTheWall on_the_wall(Time time, std::string_view zone) {
    using namespace std::chrono;
    const auto* where = date::locate_zone(is_time_zone(zone) ? zone : std::string_view("Etc/UTC"));
    const auto info = where->get_info(floor<seconds>(time));
    const auto local = floor<seconds>(time) + info.offset;
    const auto day = floor<days>(local);
    return {year_month_day(day), hh_mm_ss(local - day), info.abbrev};
}

}  // namespace

std::string to_local(Time time, std::string_view zone) {
    const auto wall = on_the_wall(time, zone);
    std::string out;
    append(out, static_cast<int>(static_cast<unsigned>(wall.date.day())), 2);
    out.append(1, ' ').append(kMonths.at(static_cast<unsigned>(wall.date.month()) - 1)).append(1, ' ');
    append(out, static_cast<int>(wall.date.year()), 4);
    append(out += ", ", static_cast<int>(wall.clock.hours().count()), 2);
    append(out += ':', static_cast<int>(wall.clock.minutes().count()), 2);
    return out.append(1, ' ').append(wall.zone);
}

std::string to_clock(Time time, std::string_view zone) {
    const auto wall = on_the_wall(time, zone);
    std::string out;
    append(out, static_cast<int>(wall.clock.hours().count()), 2);
    append(out += ':', static_cast<int>(wall.clock.minutes().count()), 2);
    append(out += ':', static_cast<int>(wall.clock.seconds().count()), 2);
    return out;
}

std::string to_words(seconds duration) {
    const long s = std::abs(static_cast<long>(duration.count()));
    const auto pair = [](long a, const char* ua, long b, const char* ub) {
        std::string out = std::to_string(a) + " " + ua;
        if (b > 0) out += " " + std::to_string(b) + " " + ub;
        return out;
    };
    if (s < 60) return std::to_string(s) + " s";
    if (s < 3600) return pair(s / 60, "min", s < 600 ? s % 60 : 0, "s");
    if (s < 86400) return pair(s / 3600, "h", s % 3600 / 60, "min");
    return pair(s / 86400, "d", s % 86400 / 3600, "h");
}

std::string relative(Time time, Time now) {
    const auto distance = std::chrono::duration_cast<seconds>(time - now);
    if (distance > -5s && distance < 5s) return "now";
    return distance < 0s ? to_words(distance) + " ago" : "in " + to_words(distance);
}

}  // namespace desk
