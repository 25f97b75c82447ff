// SIGINT and SIGTERM: the first one is seen where the run waits, the second one ends the process at once with exit 1.
// SIGHUP and SIGPIPE keep their default: the real installer does not handle them either.
#pragma once

namespace desk::demo {

/// Installs the handlers. Called once, before anything else.
void watch_interrupts();

/// Waits up to `seconds`; true as soon as an interrupt is there, now or from before.
bool wait_for_interrupt(double seconds);

/// Waits until `fd` can be read or an interrupt is there; true = interrupt.
bool wait_for_input(int fd);

}  // namespace desk::demo
