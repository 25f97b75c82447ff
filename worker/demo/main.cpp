// demo-install: an installer with the command line, the files, the words and the exit codes of openshift-install, whose
// cloud is a directory or an API of AWS. Started under the name of the provider, or of ccoctl, it acts as that instead.
#include <unistd.h>

#include <array>
#include <exception>

#include "core/base/error.hpp"
#include "core/base/text.hpp"
#include "worker/demo/ccoctl.hpp"
#include "worker/demo/failures.hpp"
#include "worker/demo/help.hpp"
#include "worker/demo/interrupt.hpp"
#include "worker/demo/provider.hpp"
#include "worker/demo/verbs.hpp"

namespace desk::demo {
namespace {

struct VerbRow {
    Verb verb;
    int (*act)(Run&);
};

constexpr std::array kActs = {
    VerbRow{Verb::create_manifests, create_manifests},
    VerbRow{Verb::create_ignition_configs, create_ignition_configs},
    VerbRow{Verb::create_cluster, create_cluster},
    VerbRow{Verb::destroy_cluster, destroy_cluster},
    VerbRow{Verb::wait_for_bootstrap_complete, wait_for_bootstrap_complete},
    VerbRow{Verb::wait_for_install_complete, wait_for_install_complete},
    VerbRow{Verb::gather_bootstrap, gather_bootstrap},
};

int print(std::string_view text) {
    write_all(STDOUT_FILENO, text);
    return exit_code::kDone;
}

int die_of_panic(const Panic& panic) {
    write_all(STDERR_FILENO,
              cat("panic: ", panic.message,
                  "\n\ngoroutine 1 [running]:\ngithub.com/openshift/installer/pkg/types.(*InstallConfig)."
                  "EnabledFeatureGates(0xc0008c2000)\n\t/go/src/github.com/openshift/installer/pkg/types/"
                  "installconfig.go:611 +0x1d0\nmain.main()\n\t/go/src/github.com/openshift/installer/cmd/"
                  "openshift-install/main.go:38 +0x2c5\n"));
    return exit_code::kPanic;
}

/// The one place where a run's ending becomes a last line and an exit code.
int act(Run& run, int (*verb)(Run&)) {
    try {
        return verb(run);
    } catch (const Stop& stop) {
        run.log.write(stop.level, stop.message);
        return stop.code;
    } catch (const Interrupted&) {
        return exit_code::kInterrupted;
    } catch (const Panic& panic) {
        return die_of_panic(panic);
    } catch (const Error& error) {
        run.log.write(Level::fatal, error.for_log());
    } catch (const std::exception& error) {
        run.log.write(Level::fatal, error.what());
    }
    return exit_code::kFatal;
}

int run_call(const Call& call) {
    switch (call.verb) {
        case Verb::help:
            return print(call.help);
        case Verb::explain_failures:
            return print(failures_as_json() + "\n");
        default:
            break;
    }
    const Settings settings = Settings::from_environment();
    if (call.verb == Verb::version) return print(version_text(call.program, settings.version));
    Run run(call, settings);
    for (const auto& row : kActs)
        if (row.verb == call.verb) return act(run, row.act);
    return exit_code::kFatal;
}

int main_of(const std::vector<std::string>& argv) {
    Call call;
    try {
        call = parse_argv(argv);
    } catch (const Stop& stop) {
        const bool is_set_up = stop.message.starts_with("invalid log-level");
        is_set_up ? write_plain_fatal(stop.message) : write_unconfigured_fatal(stop.message);
        return stop.code;
    }
    try {
        watch_interrupts();
        return run_call(call);
    } catch (const Stop& stop) {
        write_plain_fatal(stop.message);
    } catch (const Error& error) {
        write_plain_fatal(error.for_log());
    } catch (const std::exception& error) {
        write_plain_fatal(error.what());
    }
    return exit_code::kFatal;
}

}  // namespace
}  // namespace desk::demo

int main(int argc, char** argv) {
    using namespace desk::demo;
    const std::vector<std::string> words(argv, argv + argc);
    const std::string name = argc > 0 ? desk::fs::path(words[0]).filename().string() : "";
    if (name == kCcoctlName) return run_ccoctl(words);
    if (name != kProviderName) return main_of(words);
    try {
        return run_provider(words);
    } catch (...) {
        return exit_code::kFatal;
    }
}
