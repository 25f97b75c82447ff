// The program clusterdesk-worker: a table of verbs.
#pragma once

namespace desk::worker {

/// Runs the verb that argv names. Exit code 0 done, 1 failed, 2 usage.
int program(int argc, char** argv);

}  // namespace desk::worker
