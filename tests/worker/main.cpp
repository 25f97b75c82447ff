// The tests of the worker, and what they start themselves as: a guard, a runner and a worker that can be killed.
#include <gtest/gtest.h>

#include <chrono>
#include <string_view>

#include "core/base/process.hpp"
#include "tests/worker/saboteur.hpp"
#include "worker/child.hpp"
#include "worker/guard.hpp"

/// runner DIR STARVE_MS SCRIPT: holds its lease for ever.
static int runner_main(char** argv) {
    const desk::worker::GuardOptions options{.dir = argv[2],
                                             .starve = std::chrono::milliseconds(std::stoi(argv[3])),
                                             .kill_after = std::chrono::milliseconds(100)};
    const desk::Command script{
        .program = "/bin/sh", .args = {"-c", argv[4]}, .env = {{"PATH", "/usr/bin:/bin"}}, .dir = argv[2]};
    return desk::worker::run_guarded(script, options).code;
}

int main(int argc, char** argv) {
    const std::string_view verb = argc > 1 ? argv[1] : "";
    if (verb == "guard") return desk::worker::guard_main(argc, argv);
    if (verb == "runner" && argc == 5) return runner_main(argv);
    if (verb == "tick" || verb == "run-job") return desk::sabotaged_worker_main(argc, argv);
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
