// The connections that the web server keeps to us: one of them at a time goes to whoever asks for work, and an idle one
// costs no thread. Knows epoll, and how a kept connection ends without losing a request.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <unordered_set>

#include "cgi/unix_socket.hpp"

namespace desk {

/// Thread-safe.
class Connections {
  public:
    /// Throws Error{internal} for what the system refuses.
    explicit Connections(UnixSocket& socket);
    ~Connections();
    Connections(const Connections&) = delete;
    Connections& operator=(const Connections&) = delete;

    /// Waits for a connection on which something came in: a request, or its end. It is the caller's until give_back()
    /// or forget(). Nothing after end().
    std::optional<int> next();
    /// It waits for its next request.
    void give_back(int fd);
    /// The caller has closed it.
    void forget();

    /// Takes in who stands at the door, and nobody after that; asks every peer to leave. Requests that still come on
    /// kept connections are answered. Who has not left after `farewell` is cut off when idle. Then next() returns
    /// nothing to everybody. Returns how many requests were not answered within `grace` after that.
    std::size_t end(std::chrono::seconds farewell, std::chrono::seconds grace);

  private:
    enum class Stage { serving, leaving, cut };

    /// False when the system lets nobody in at present, though somebody waits.
    bool admit_all();
    /// Counts it among the idle, and listens to it. The caller holds the lock: from then on another thread may have it.
    void await_request(int fd, int how);

    UnixSocket& socket_;
    UniqueFd epoll_, ended_;
    std::mutex mutex_;
    std::condition_variable gone_;
    std::unordered_set<int> idle_;
    std::size_t open_ = 0;
    Stage stage_ = Stage::serving;
};

}  // namespace desk
