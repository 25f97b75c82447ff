#include "cgi/connections.hpp"

#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "core/base/log.hpp"

namespace desk {
namespace {

/// Asks the web server to leave a kept connection: a FastCGI record of type STDERR, request 1, without content. A
/// server that sees something come in on an idle connection closes it (nginx:
/// ngx_http_upstream_keepalive_close_handler). One that has just sent a request there reads it as the begin of the
/// answer, in which it says nothing. So neither side closes what the other one is using; were we to close, a POST sent
/// at that moment would be lost.
constexpr std::array<unsigned char, 8> kPleaseLeave = {1, 7, 0, 1, 0, 0, 0, 0};

/// Longest silence in the middle of a request or answer: the peer is a web server on this host that has read the whole
/// request before it sends it. Shorter than a graceful stop may take.
constexpr timeval kSilence = {.tv_sec = 20, .tv_usec = 0};

void say_farewell(int fd) { ::send(fd, kPleaseLeave.data(), kPleaseLeave.size(), MSG_DONTWAIT | MSG_NOSIGNAL); }

}  // namespace

Connections::Connections(UnixSocket& socket)
    : socket_(socket), epoll_(::epoll_create1(EPOLL_CLOEXEC)), ended_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    if (!epoll_ || !ended_) throw_errno("epoll");
    // EXCLUSIVE: of several processes on one socket only one is woken for a newcomer
    for (auto [fd, events] :
         {std::pair<int, std::uint32_t>{socket_.fd(), EPOLLIN | EPOLLEXCLUSIVE}, {ended_.get(), EPOLLIN}}) {
        epoll_event event{.events = events, .data = {.fd = fd}};
        if (::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, fd, &event) != 0) throw_errno("epoll_ctl");
    }
}

Connections::~Connections() {
    for (const int fd : idle_) ::close(fd);
}

std::optional<int> Connections::next() {
    for (;;) {
        epoll_event event{};
        if (::epoll_wait(epoll_.get(), &event, 1, -1) != 1) continue;
        const int fd = event.data.fd;
        if (fd == ended_.get()) return std::nullopt;
        if (fd == socket_.fd()) {
            if (!admit_all()) ::poll(nullptr, 0, 100);  // out of descriptors, for example: not in a busy loop
            continue;
        }
        const std::lock_guard lock(mutex_);
        idle_.erase(fd);
        return fd;
    }
}

void Connections::give_back(int fd) {
    const std::lock_guard lock(mutex_);
    await_request(fd, EPOLL_CTL_MOD);
}

void Connections::forget() {
    const std::lock_guard lock(mutex_);
    if (--open_ == 0) gone_.notify_all();
}

/// All of them: with one for each wake-up, 256 clients at once waited for up to 0.7 s.
bool Connections::admit_all() {
    const std::lock_guard lock(mutex_);
    while (stage_ == Stage::serving) {
        UniqueFd peer = socket_.accept();
        if (!peer) return errno == EAGAIN;
        ::setsockopt(peer.get(), SOL_SOCKET, SO_RCVTIMEO, &kSilence, sizeof kSilence);
        ::setsockopt(peer.get(), SOL_SOCKET, SO_SNDTIMEO, &kSilence, sizeof kSilence);
        ++open_;
        await_request(peer.release(), EPOLL_CTL_ADD);
    }
    return true;
}

void Connections::await_request(int fd, int how) {
    idle_.insert(fd);
    if (stage_ != Stage::serving) say_farewell(fd);
    if (stage_ == Stage::cut) ::shutdown(fd, SHUT_RDWR);
    epoll_event event{.events = EPOLLIN | EPOLLONESHOT, .data = {.fd = fd}};
    if (::epoll_ctl(epoll_.get(), how, fd, &event) == 0) return;
    log::error("connection_dropped", {{"why", std::strerror(errno)}});
    idle_.erase(fd);
    ::close(fd);
    if (--open_ == 0) gone_.notify_all();
}

std::size_t Connections::end(std::chrono::seconds farewell, std::chrono::seconds grace) {
    socket_.hide();
    admit_all();
    ::epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, socket_.fd(), nullptr);

    std::unique_lock lock(mutex_);
    const auto is_empty = [&] { return open_ == 0; };
    stage_ = Stage::leaving;
    for (const int fd : idle_) say_farewell(fd);
    if (!gone_.wait_for(lock, farewell, is_empty)) {
        stage_ = Stage::cut;
        for (const int fd : idle_) ::shutdown(fd, SHUT_RDWR);  // whoever waits for work then reads the end
        gone_.wait_for(lock, grace, is_empty);
    }
    ::eventfd_write(ended_.get(), 1);
    return open_ - idle_.size();
}

}  // namespace desk
