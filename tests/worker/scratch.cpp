// What tests with real processes share.
#include "tests/worker/scratch.hpp"

#include <fstream>
#include <optional>
#include <stdexcept>

#include "core/base/text.hpp"
#include "worker/strays.hpp"

namespace desk::worker {

Scratch::~Scratch() { end_tree(dir(), {}); }

Command Scratch::script(const std::string& body) const {
    return {.program = "/bin/sh", .args = {"-c", body}, .env = {{"PATH", "/usr/bin:/bin"}}, .dir = dir()};
}

pid_t Scratch::pid_in(std::string_view name) const {
    std::optional<std::int64_t> pid;
    const bool found = eventually([&] {
        std::ifstream file(dir_ / name);
        std::string text;
        std::getline(file, text);
        pid = parse_int(text);
        return pid.has_value();
    });
    if (!found) throw std::runtime_error(cat("no process wrote ", name));
    return static_cast<pid_t>(*pid);
}

bool is_running(pid_t pid) {
    std::ifstream file(cat("/proc/", pid, "/stat"));
    std::string stat;
    std::getline(file, stat);
    const auto name_end = stat.rfind(')');
    return name_end != std::string::npos && stat.size() > name_end + 2 && stat[name_end + 2] != 'Z';
}

}  // namespace desk::worker
