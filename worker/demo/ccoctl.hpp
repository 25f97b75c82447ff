// ccoctl's twin: `aws create-all` and `aws delete` with the files, the words and the exit codes of the real one, behind
// AWS_ENDPOINT_URL.
#pragma once

#include <string>
#include <vector>

namespace desk::demo {

/// The file name that makes this program act as ccoctl.
constexpr const char* kCcoctlName = "ccoctl";

/// ccoctl's main. As with the real one `aws delete` ends with 0 whatever it could not delete.
int run_ccoctl(const std::vector<std::string>& argv);

}  // namespace desk::demo
