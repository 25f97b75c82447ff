// One run of the installer: what its parts share.
#pragma once

#include "worker/demo/argv.hpp"
#include "worker/demo/clock.hpp"
#include "worker/demo/cloud.hpp"
#include "worker/demo/ending.hpp"
#include "worker/demo/failures.hpp"
#include "worker/demo/log.hpp"
#include "worker/demo/settings.hpp"
#include "worker/demo/stages.hpp"
#include "worker/demo/words.hpp"

namespace desk::demo {

struct Run {
    Run(const Call& call, const Settings& settings);

    const Call& call;
    const Settings& settings;
    Log log;
    Clock clock;
    std::vector<Injection> injections;
    Words words = {};  ///< what is known of the cluster so far, for the texts of failures

    /// Lets `seconds` of the installer's time pass. Throws Interrupted when a signal came.
    void pass(double seconds);

    /// As `pass`, for loops that only a signal ends: some time passes on the wall also with scale 0.
    void pass_in_endless_loop(double seconds);

    /// The stage `stage` begins: failures that are set for it strike here.
    void enter(Stage stage);

    /// True when the failure `mode`, one that its own piece of code acts out, is set and due.
    bool is_struck_by(std::string_view mode);

    /// The cloud that the environment names; throws Stop when there is none.
    Cloud& cloud();

    /// A file in --dir, whole or not at all, with the installer's modes: 0640, folders 0750, both less the umask.
    void write_file(std::string_view name, std::string_view bytes) const;
    bool has_file(std::string_view name) const;
    void remove_file(std::string_view name) const;

    /// The two lines that open every phase in the log file.
    void log_version();

  private:
    [[noreturn]] void stop_for_interrupt();

    std::unique_ptr<Cloud> cloud_ = {};
};

}  // namespace desk::demo
