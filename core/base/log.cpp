#include "core/base/log.hpp"

#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <vector>

#include "core/base/time.hpp"

namespace desk::log {
namespace {

constexpr std::array<std::string_view, 4> kLevelNames = {"debug", "info", "warning", "error"};

std::atomic<Level> least{Level::info};

std::vector<std::pair<std::string, Json>>& context() {
    thread_local std::vector<std::pair<std::string, Json>> fields;
    return fields;
}

}  // namespace

void set_level(Level level) { least = level; }

void write(Level level, std::string_view event, Fields fields) {
    if (level < least.load()) return;
    nlohmann::ordered_json line;
    line["time"] = to_rfc3339(std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now()));
    line["level"] = kLevelNames[static_cast<std::size_t>(level)];
    line["event"] = event;
    for (const auto& [key, value] : context()) line[key] = value;
    for (const auto& [key, value] : fields) line[std::string(key)] = value;
    const std::string text = line.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
    [[maybe_unused]] const auto written =
        ::write(STDERR_FILENO, text.data(), text.size());  // one write: lines don't mix
}

Scope::Scope(Fields fields) : before_(context().size()) {
    for (const auto& [key, value] : fields) context().emplace_back(std::string(key), value);
}

Scope::~Scope() { context().resize(before_); }

}  // namespace desk::log
