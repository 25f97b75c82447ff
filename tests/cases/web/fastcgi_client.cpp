#include "tests/cases/web/fastcgi_client.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstring>

namespace desk {
namespace {

// Of the FastCGI specification 1.0.
constexpr unsigned char kBegin = 1, kEnd = 3, kParams = 4, kStdin = 5, kStdout = 6, kStderr = 7;
constexpr std::size_t kHeader = 8;
constexpr std::size_t kMostContent = 32768;
constexpr int kPatienceMs = 10000;

sockaddr_un address_of(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
    return address;
}

std::string length(std::size_t size) {
    if (size < 128) return {static_cast<char>(size)};
    return {static_cast<char>(0x80U | size >> 24U), static_cast<char>(size >> 16U & 255U),
            static_cast<char>(size >> 8U & 255U), static_cast<char>(size & 255U)};
}

}  // namespace

std::string record(unsigned char type, const std::string& content) {
    const std::size_t size = content.size();
    std::string out = {
        1, static_cast<char>(type), 0, 1, static_cast<char>(size >> 8U), static_cast<char>(size & 255U), 0, 0};
    return out + content;
}

std::string begin_records(const std::map<std::string, std::string>& params, bool keep_connection) {
    std::string pairs;
    for (const auto& [name, value] : params) pairs += length(name.size()) + length(value.size()) + name + value;
    const std::string begin = {0, 1, static_cast<char>(keep_connection ? 1 : 0), 0, 0, 0, 0, 0};
    return record(kBegin, begin) + record(kParams, pairs) + record(kParams, "");
}

std::string body_records(const std::string& body) {
    std::string out;
    for (std::size_t at = 0; at < body.size(); at += kMostContent) out += record(kStdin, body.substr(at, kMostContent));
    return out + record(kStdin, "");
}

UniqueFd listen_on(const std::string& path) {
    UniqueFd listener(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const auto address = address_of(path);
    if (::bind(listener.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
        ::listen(listener.get(), SOMAXCONN) != 0)
        throw_errno(path);
    return listener;
}

FastCgiClient::FastCgiClient(const std::string& socket) : fd_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const auto address = address_of(socket);
    if (::connect(fd_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) throw_errno(socket);
}

void FastCgiClient::send(const std::string& bytes) {
    std::size_t at = 0;
    while (at < bytes.size()) {
        // the server may close while we still send: what it said before is what a test looks at
        const auto sent = ::send(fd_.get(), bytes.data() + at, bytes.size() - at, MSG_NOSIGNAL);
        if (sent <= 0) return;
        at += static_cast<std::size_t>(sent);
    }
}

bool FastCgiClient::hears_something() {
    pollfd ready{.fd = fd_.get(), .events = POLLIN, .revents = 0};
    return ::poll(&ready, 1, kPatienceMs) == 1;
}

FastCgiAnswers FastCgiClient::receive(int answers) {
    FastCgiAnswers result;
    std::string raw;
    std::array<char, 65536> buffer{};
    while (result.ended < answers) {
        pollfd ready{.fd = fd_.get(), .events = POLLIN, .revents = 0};
        if (::poll(&ready, 1, kPatienceMs) != 1) return result;
        const auto got = ::read(fd_.get(), buffer.data(), buffer.size());
        if (got <= 0) {
            result.closed = true;
            return result;
        }
        raw.append(buffer.data(), static_cast<std::size_t>(got));
        for (;;) {
            if (raw.size() < kHeader) break;
            const auto byte = [&](std::size_t i) {
                return static_cast<std::size_t>(static_cast<unsigned char>(raw[i]));
            };
            const std::size_t content = byte(4) << 8U | byte(5);
            const std::size_t whole = kHeader + content + byte(6);
            if (raw.size() < whole) break;
            if (byte(1) == kStdout) result.out += raw.substr(kHeader, content);
            if (byte(1) == kEnd) ++result.ended;
            if (byte(1) == kStderr && content == 0) ++result.empty_errors;
            raw.erase(0, whole);
        }
    }
    return result;
}

}  // namespace desk
