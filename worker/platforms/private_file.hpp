// A secret that an administrator keeps in a file of its own.
#pragma once

#include <string_view>

#include "core/base/file.hpp"
#include "core/base/secret.hpp"

namespace desk::worker {

/// The text of `file`, trimmed. `what` it is ("pull secret") and which `setting` names it stand in errors, the value
/// never. Throws Error{invalid} when there is none, or others than its owner may use it.
Secret read_private_file(const fs::path& file, std::string_view what, std::string_view setting);

}  // namespace desk::worker
