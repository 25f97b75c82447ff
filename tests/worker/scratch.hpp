// What tests with real processes share: a directory, scripts in it, and waiting for a condition.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "core/base/file.hpp"
#include "core/base/process.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/support/wait.hpp"

namespace desk::worker {

/// A directory of its own; it and every process in it are gone afterwards.
class Scratch {
  public:
    Scratch() = default;
    ~Scratch();
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    const fs::path& dir() const { return dir_.path(); }
    fs::path operator/(std::string_view name) const { return dir_ / name; }

    /// A command that runs `body` with /bin/sh, in this directory, with PATH alone in its environment.
    Command script(const std::string& body) const;

    /// The number that a script writes to `name`, as soon as it is there (`echo $$ > x.new; mv x.new x`).
    pid_t pid_in(std::string_view name) const;

  private:
    TempDir dir_;
};

/// Neither gone nor a zombie.
bool is_running(pid_t pid);

/// Keeps lines of both streams.
struct Heard {
    std::vector<std::string> out, err;

    LineSink sink() {
        return [this](Stream stream, std::string_view line) { (stream == Stream::out ? out : err).emplace_back(line); };
    }
};

}  // namespace desk::worker
