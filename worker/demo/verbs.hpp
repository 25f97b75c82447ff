// What each verb does, from the first line to the exit code. Endings other than a return are in ending.hpp.
#pragma once

#include "worker/demo/run.hpp"

namespace desk::demo {

int create_manifests(Run& run);
int create_ignition_configs(Run& run);
int create_cluster(Run& run);
int destroy_cluster(Run& run);
int wait_for_bootstrap_complete(Run& run);
int wait_for_install_complete(Run& run);
int gather_bootstrap(Run& run);

}  // namespace desk::demo
