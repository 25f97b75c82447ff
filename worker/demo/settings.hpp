// What the environment says: where the demo cloud is, how fast time runs, which failures to act out.
#pragma once

#include <optional>
#include <string>

#include "core/base/file.hpp"

namespace desk::demo {

struct Settings {
    std::optional<fs::path> cloud = {};            ///< DEMO_CLOUD: the directory that is the cloud
    double scale = 1.0 / 60;                       ///< DEMO_SCALE: times the seconds of a stage; 0 = no waiting at all
    std::string failures = {};                     ///< DEMO_FAIL: `<mode>[@stage][:count]`, several with commas
    std::optional<double> teardown_seconds = {};   ///< DEMO_TEARDOWN: seconds on the wall that a teardown takes
    std::string version = "4.20.3";                ///< DEMO_VERSION
    std::optional<std::string> aws_endpoint = {};  ///< AWS_ENDPOINT_URL: the cloud is an API of AWS, and not DEMO_CLOUD
    bool strict = false;  ///< DEMO_STRICT=1: unknown keys of install-config are fatal, as in 4.21

    /// Throws Stop (exit 1) when a number is not one or is below 0.
    static Settings from_environment();

    /// Throws Stop (exit 1) when DEMO_CLOUD is not set.
    const fs::path& get_cloud() const;
};

}  // namespace desk::demo
