// The infrastructure provider: a process of its own that works on the cloud while the installer waits, and goes on
// doing so when the installer is killed, as the controllers of the real one do.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "core/base/file.hpp"

namespace desk::demo {

/// The file name that makes this program act as the provider.
constexpr std::string_view kProviderName = "cluster-api-provider-aws";

/// Puts this program under `path`: a hard link where that is allowed, else a copy.
void unpack_program(const fs::path& path);

/// Starts `program` in a process group of its own, with nothing on its descriptors 0 to 2.
pid_t start_process(const fs::path& program, const std::vector<std::string>& arguments);

/// SIGTERM, and waits until it is gone.
void stop_process(pid_t pid);

/// The provider's main: makes a network interface every scaled second (at most ten a wall second, 64 different ones,
/// again when somebody deleted them) until SIGTERM, until the demo cloud is gone, or for an hour.
int run_provider(const std::vector<std::string>& argv);

}  // namespace desk::demo
