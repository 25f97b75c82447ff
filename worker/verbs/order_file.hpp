// A cluster.yaml as an order of the user that --user names; what the file leaves out is in the options of `import`.
#pragma once

#include "core/base/config.hpp"
#include "core/store/ordering.hpp"
#include "worker/verbs/arguments.hpp"

namespace desk::worker::verbs {

/// Submits it; the caller commits. Throws Usage without --user, and Error{invalid} with every reason of a refusal, one
/// a line.
requests::Submitted order_by_file(pg::Transaction& tx, const Config& config, const Arguments& arguments,
                                  const fs::path& file);

/// What it asks for, as it would be submitted now; throws as order_by_file does. Changes nothing.
EffectiveOrder read_order(pg::Transaction& tx, const Config& config, const Arguments& arguments, const fs::path& file);

}  // namespace desk::worker::verbs
