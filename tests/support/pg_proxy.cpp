#include "tests/support/pg_proxy.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <optional>
#include <stdexcept>

#include "core/base/text.hpp"

namespace desk {
namespace {

constexpr int kLookMs = 10;  ///< so often a connection looks whether it is to be held or cut

std::optional<std::string> receive(int socket) {
    std::array<char, 65536> block;
    const auto got = ::recv(socket, block.data(), block.size(), 0);
    if (got <= 0) return std::nullopt;
    return std::string(block.data(), static_cast<std::size_t>(got));
}

bool send_all(int socket, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

UniqueFd connect_to(const std::string& path) {
    UniqueFd server(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    if (::connect(server.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) return UniqueFd();
    return server;
}

bool is_readable(int socket) {
    pollfd entry{socket, POLLIN, 0};
    return ::poll(&entry, 1, kLookMs) > 0;
}

/// The client's stream as requests: everything up to a message after which a client waits.
class Requests {
  public:
    void add(std::string_view bytes) { waiting_ += bytes; }

    /// The next whole one.
    std::optional<std::string> next() {
        for (;;) {
            const std::size_t head = is_started_ ? 1 : 0;  // the first message of a connection has no type
            const auto rest = std::string_view(waiting_).substr(end_);
            if (rest.size() < head + 4) return std::nullopt;
            std::uint32_t length = 0;
            std::memcpy(&length, rest.data() + head, sizeof length);
            const std::size_t whole = head + ntohl(length);
            if (rest.size() < whole) return std::nullopt;
            const char type = rest.front();
            end_ += whole;
            if (is_started_ && type != 'Q' && type != 'S' && type != 'X') continue;
            is_started_ = true;
            std::string request = waiting_.substr(0, end_);
            waiting_.erase(0, std::exchange(end_, 0));
            return request;
        }
    }

  private:
    std::string waiting_;
    std::size_t end_ = 0;  ///< of the messages that are whole
    bool is_started_ = false;
};

/// Of a start-up message: pairs of texts with a null behind each.
std::string application_of(const std::string& start) {
    static constexpr std::string_view kKey("application_name\0", 17);
    const auto at = start.find(kKey);
    return at == std::string::npos ? "" : std::string(start.c_str() + at + kKey.size());
}

}  // namespace

PgProxy::PgProxy(std::string socket)
    : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)), socket_(std::move(socket)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listener_.get(), any, size) != 0 || ::listen(listener_.get(), 128) != 0 ||
        ::getsockname(listener_.get(), any, &size) != 0)
        throw std::runtime_error(cat("the proxy can't listen: ", std::strerror(errno)));
    port_ = ntohs(address.sin_port);
    acceptor_ = std::jthread([this](const std::stop_token& stop) { accept_clients(stop); });
}

PgProxy::~PgProxy() {
    acceptor_.request_stop();
    acceptor_.join();
    for (auto& client : clients_) client.request_stop();
}

std::string PgProxy::url(const std::string& url) const {
    return cat(url, " host=127.0.0.1 port=", port_, " sslmode=disable gssencmode=disable");
}

std::shared_ptr<void> PgProxy::judge_by(Judge judge) {
    set_judge(std::move(judge));
    return {this, [](PgProxy* proxy) { proxy->set_judge({}); }};
}

void PgProxy::set_judge(Judge judge) {
    const std::lock_guard lock(mutex_);
    judge_ = std::move(judge);
}

void PgProxy::lead_to(const std::string& socket) {
    const std::lock_guard lock(mutex_);
    socket_ = socket;
    cut_all();
}

Fate PgProxy::judge(const PgRequest& request) {
    const std::lock_guard lock(mutex_);
    return judge_ ? judge_(request) : Fate::forward;
}

void PgProxy::accept_clients(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        if (!is_readable(listener_.get())) continue;
        UniqueFd client(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
        if (!client) continue;
        clients_.emplace_back([this, number = ++opened_, fd = client.release()](const std::stop_token& end) {
            serve(end, UniqueFd(fd), number);
        });
    }
}

void PgProxy::serve(const std::stop_token& stop, UniqueFd client, int number) {
    const int held = held_, cut = cut_;
    std::string socket;
    {
        const std::lock_guard lock(mutex_);
        socket = socket_;
    }
    const UniqueFd server = connect_to(socket);
    if (!server) return;

    Requests requests;
    std::string application;
    bool is_held = silent_;
    while (!stop.stop_requested() && cut_ == cut) {
        is_held = is_held || held_ != held;
        std::array<pollfd, 2> waits = {pollfd{is_held ? -1 : client.get(), POLLIN, 0},
                                       pollfd{is_held ? -1 : server.get(), POLLIN, 0}};
        ::poll(waits.data(), waits.size(), kLookMs);
        if (waits[1].revents != 0) {
            const auto answer = receive(server.get());
            if (!answer || !send_all(client.get(), *answer)) return;
        }
        if (waits[0].revents == 0) continue;
        const auto bytes = receive(client.get());
        if (!bytes) return;
        requests.add(*bytes);
        while (auto request = requests.next()) {
            const bool is_start = application.empty();
            if (is_start) application = application_of(*request);
            const auto fate = is_start ? Fate::forward : judge({number, application, *request});
            is_held = is_held || fate == Fate::hold;
            if (is_held) break;
            if (fate == Fate::cut_before || !send_all(server.get(), *request)) return;
            if (fate == Fate::cut_during) return;
            if (fate == Fate::lose_answer) return static_cast<void>(receive(server.get()));
        }
    }
}

}  // namespace desk
