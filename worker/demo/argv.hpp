// The command line, read as cobra reads it: global flags before or behind the verb, `--flag value` and `--flag=value`.
#pragma once

#include <string>
#include <vector>

#include "core/base/file.hpp"
#include "worker/demo/level.hpp"

namespace desk::demo {

enum class Verb {
    help,
    version,
    explain_failures,
    create_manifests,
    create_ignition_configs,
    create_cluster,
    destroy_cluster,
    wait_for_bootstrap_complete,
    wait_for_install_complete,
    gather_bootstrap,
};

struct Call {
    Verb verb = Verb::help;
    std::string program = {};          ///< argv[0] as given; `version` prints it
    fs::path dir = ".";                ///< --dir
    Level log_level = Level::info;     ///< --log-level
    bool skip_password_print = false;  ///< of create cluster
    std::string bootstrap_host = {};   ///< --bootstrap of gather bootstrap
    std::string help = {};             ///< for Verb::help: what goes to stdout

    /// "D/name" as the installer writes it in its messages; "" gives D itself.
    std::string path(std::string_view name) const {
        std::string path = (dir / name).lexically_normal().string();
        if (path.size() > 1 && path.ends_with('/')) path.pop_back();
        return path;
    }
};

/// Throws Stop (exit 1) with cobra's text for an unknown flag or command, or an argument too many. A bad log level is
/// not cobra's business: its Stop says "invalid log-level: ...".
Call parse_argv(const std::vector<std::string>& argv);

}  // namespace desk::demo
