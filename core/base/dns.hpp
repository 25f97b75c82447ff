// The domain name system, as this machine's resolver sees it.
#pragma once

#include <string>
#include <vector>

namespace desk {

/// Names of the servers that answer for `domain` ("labs.example.com"), lower-case, without the last dot, sorted; empty
/// when the domain is not there or has none. Throws Error{unavailable} when nobody could be asked.
std::vector<std::string> name_servers_of(const std::string& domain);

}  // namespace desk
