#include "core/base/local_time.hpp"

#include <date/tz.h>

#include <sstream>

namespace desk {
namespace {

const date::time_zone& zone_of(std::string_view name) {
    return *date::locate_zone(is_time_zone(name) ? name : std::string_view("Etc/UTC"));
}

}  // namespace

std::optional<Time> from_local(std::string_view text, std::string_view zone) {
    const bool has_seconds = text.size() == 19;
    if (text.size() != 16 && !has_seconds) return std::nullopt;
    std::istringstream in{std::string(text)};
    date::local_seconds local{};
    in >> date::parse(has_seconds ? "%FT%T" : "%FT%R", local);
    if (in.fail() || in.peek() != std::istringstream::traits_type::eof()) return std::nullopt;
    const auto info = zone_of(zone).get_info(local);
    if (info.result == date::local_info::nonexistent) return std::nullopt;
    return Time(local.time_since_epoch() - info.first.offset);
}

std::string to_field(Time time, std::string_view zone) {
    const auto minutes = std::chrono::floor<std::chrono::minutes>(time);
    return date::format("%FT%R", zone_of(zone).to_local(minutes));
}

}  // namespace desk
