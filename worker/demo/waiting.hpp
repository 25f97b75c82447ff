// The waits that `create cluster` and `wait-for` share: for the API, the bootstrap machine, the operators.
#pragma once

#include <functional>
#include <string>

#include "worker/demo/run.hpp"

namespace desk::demo {

void wait_for_api(Run& run, const std::string& api_url);

/// `meanwhile(seconds)` lets the last part of the wait pass, while operators inside the cluster build their own things.
void wait_for_bootstrap(Run& run, const std::function<void(double)>& meanwhile);

/// From "initialize" to "Install complete!": puts the router's authority into auth/kubeconfig, prints the credentials
/// and returns the exit code. Throws Stop (exit 6, 7) as the failures say.
int wait_for_cluster(Run& run, const std::string& domain);

}  // namespace desk::demo
