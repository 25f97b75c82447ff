// log-bundle-<time>.tar.gz: what a gather from the bootstrap machine leaves in the directory.
#pragma once

#include <string>

#include "worker/demo/run.hpp"

namespace desk::demo {

/// Writes a small bundle and returns its path as the installer prints it.
std::string write_log_bundle(Run& run);

}  // namespace desk::demo
