// Public SSH keys as one line of authorized_keys.
#pragma once

#include <string_view>

#include "core/model/names.hpp"

namespace desk {

/// "type base64 [comment]": a known type, a blob that is well-formed to its last byte and names that same type.
/// The installer itself lets a wrong type word pass, and the cluster then has a key nobody can use.
Broken ssh_key_fault(std::string_view line);

}  // namespace desk
