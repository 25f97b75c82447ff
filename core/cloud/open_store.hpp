// The object store that the configuration names: the one place where its kind is chosen.
#pragma once

#include <memory>

#include "core/base/config.hpp"
#include "core/cloud/object_store.hpp"

namespace desk {

/// A file store makes its roots; a bucket is asked nothing yet. Throws Error{invalid} when store.account is not in the
/// accounts file or that file has faults.
std::unique_ptr<ObjectStore> open_store(const Config& config);

}  // namespace desk
