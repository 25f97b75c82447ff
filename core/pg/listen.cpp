#include "core/pg/listen.hpp"

#include <libpq-fe.h>
#include <poll.h>

#include <cerrno>

#include "core/pg/error.hpp"

namespace desk::pg {

Listener::Listener(const Options& options, const std::vector<std::string>& channels) : connection_(options) {
    for (const auto& channel : channels) connection_.execute("LISTEN " + channel);
}

bool Listener::wait(std::chrono::milliseconds timeout, int wake_fd) {
    using Clock = std::chrono::steady_clock;
    const auto end = Clock::now() + timeout;
    for (;;) {
        PGconn* raw = connection_.raw();
        if (PQconsumeInput(raw) != 1) throw SqlError("08006", "", PQerrorMessage(raw), "listen");
        bool heard = false;
        while (PGnotify* note = PQnotifies(raw)) {
            PQfreemem(note);
            heard = true;
        }
        if (heard) return true;
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now());
        if (left.count() <= 0) return false;
        pollfd fds[2] = {{PQsocket(raw), POLLIN, 0}, {wake_fd, POLLIN, 0}};
        const int ready = ::poll(fds, wake_fd < 0 ? 1 : 2, static_cast<int>(left.count()));
        if (ready < 0 && errno != EINTR) throw SqlError("08006", "", "poll failed", "listen");
        if (ready > 0 && wake_fd >= 0 && (fds[1].revents & POLLIN) != 0) return false;
    }
}

}  // namespace desk::pg
