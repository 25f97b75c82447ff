#include "worker/demo/interrupt.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <ctime>

#include "core/base/file.hpp"
#include "worker/demo/ending.hpp"

namespace desk::demo {
namespace {

std::array<int, 2> interrupt_pipe = {-1, -1};
volatile sig_atomic_t interrupts = 0;

// Also while the run is stuck in a write to a full pipe: so the work is done here, with async-signal-safe calls only.
void on_interrupt(int) {
    const int saved = errno;
    if (interrupts != 0) ::_exit(exit_code::kFatal);
    interrupts = 1;
    if (::write(interrupt_pipe[1], "!", 1) != 1) ::_exit(exit_code::kFatal);
    errno = saved;
}

}  // namespace

void watch_interrupts() {
    if (::pipe2(interrupt_pipe.data(), O_CLOEXEC | O_NONBLOCK) != 0) throw_errno("pipe");
    struct sigaction action {};
    action.sa_handler = on_interrupt;
    action.sa_flags = SA_RESTART;
    ::sigemptyset(&action.sa_mask);
    for (const int signal : {SIGINT, SIGTERM}) ::sigaction(signal, &action, nullptr);
}

bool wait_for_interrupt(double seconds) {
    using Clock = std::chrono::steady_clock;
    const auto deadline =
        Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
    for (;;) {
        if (interrupts != 0) return true;
        const auto left = std::max(Clock::duration::zero(), deadline - Clock::now());
        const auto whole = std::chrono::floor<std::chrono::seconds>(left);
        const std::timespec timeout{.tv_sec = whole.count(), .tv_nsec = std::chrono::nanoseconds(left - whole).count()};
        pollfd interrupt{.fd = interrupt_pipe[0], .events = POLLIN, .revents = 0};
        if (::ppoll(&interrupt, 1, &timeout, nullptr) == 0) return interrupts != 0;
    }
}

bool wait_for_input(int fd) {
    for (;;) {
        std::array<pollfd, 2> ready = {pollfd{.fd = interrupt_pipe[0], .events = POLLIN, .revents = 0},
                                       pollfd{.fd = fd, .events = POLLIN, .revents = 0}};
        const int count = ::poll(ready.data(), ready.size(), -1);
        if (interrupts != 0) return true;
        if (count > 0) return false;
    }
}

}  // namespace desk::demo
