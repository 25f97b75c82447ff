// The ways a run of the installer ends before its last line.
#pragma once

#include <string>

#include "worker/demo/level.hpp"

namespace desk::demo {

/// The installer's exit codes (cmd/openshift-install/create.go); 2 is what the Go runtime gives a panic.
namespace exit_code {
constexpr int kDone = 0;
constexpr int kFatal = 1;
constexpr int kPanic = 2;
constexpr int kInstallConfig = 3;
constexpr int kInfrastructure = 4;
constexpr int kBootstrap = 5;
constexpr int kInstall = 6;
constexpr int kUnstable = 7;
constexpr int kInterrupted = 8;
}  // namespace exit_code

/// Ends the run: `message` becomes the last line at `level`, `code` the exit code.
struct Stop {
    int code = exit_code::kFatal;
    Level level = Level::fatal;
    std::string message = {};
};

/// Ends the run with exit 8; thrown after "Received interrupt signal" was logged.
struct Interrupted {};

/// Ends the run as a Go panic does: a stack trace on stderr, nothing in the log, exit 2.
struct Panic {
    std::string message;
};

[[noreturn]] inline void fatal(std::string message) { throw Stop{.message = std::move(message)}; }

}  // namespace desk::demo
