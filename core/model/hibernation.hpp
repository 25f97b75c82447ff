// When a sleep is likely to end with a person at the keyboard.
#pragma once

#include <optional>
#include <string>

#include "core/base/time.hpp"

namespace desk {

/// A warning before a cluster that was READY this long ago is put to sleep; nothing when it may sleep in peace. An
/// install's first certificates are renewed after 24 hours: a cluster that sleeps over that moment wakes with expired
/// ones (source: OpenShift's documentation of graceful shutdown).
std::optional<std::string> warning_before_sleep(seconds since_ready);

/// A warning for a cluster that has slept this long: the renewed certificates live 30 days.
std::optional<std::string> warning_of_long_sleep(seconds asleep);

}  // namespace desk
