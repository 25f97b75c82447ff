// The transport against servers that are plain, rude, silent, or not who they say they are.
#include "core/base/http_client.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <functional>
#include <regex>
#include <thread>

#include "core/base/error.hpp"
#include "core/base/file.hpp"
#include "core/base/process.hpp"
#include "core/base/spawn.hpp"
#include "core/base/text.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/support/wait.hpp"

namespace desk {
namespace {

using testing::HasSubstr;
using testing::Not;

/// Takes connections on a port of loopback one after the other and hands each to `serve` once its request is there.
class Listener {
  public:
    explicit Listener(std::function<void(int fd, const std::string& request)> serve)
        : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{.sin_family = AF_INET, .sin_port = 0, .sin_addr = {htonl(INADDR_LOOPBACK)}, .sin_zero = {}};
        auto* any = reinterpret_cast<sockaddr*>(&address);
        socklen_t size = sizeof address;
        if (::bind(socket_.get(), any, size) != 0 || ::listen(socket_.get(), 8) != 0 ||
            ::getsockname(socket_.get(), any, &size) != 0)
            throw_errno("listen");
        url = cat("http://127.0.0.1:", ntohs(address.sin_port));
        thread_ = std::jthread([this, serve = std::move(serve)] {
            while (true) {
                const UniqueFd client(::accept4(socket_.get(), nullptr, nullptr, SOCK_CLOEXEC));
                if (!client) return;
                serve(client.get(), read_request(client.get()));
            }
        });
    }
    ~Listener() { ::shutdown(socket_.get(), SHUT_RDWR); }

    std::string url;

  private:
    /// Head and as much body as its length says.
    static std::string read_request(int fd) {
        std::string request;
        std::array<char, 4096> buffer{};
        std::size_t wanted = std::string::npos;
        while (request.size() < wanted) {
            const auto count = ::recv(fd, buffer.data(), buffer.size(), 0);
            if (count <= 0) break;
            request.append(buffer.data(), static_cast<std::size_t>(count));
            const auto end = request.find("\r\n\r\n");
            if (end == std::string::npos) continue;
            static const std::regex kLength("Content-Length: ([0-9]+)");
            std::smatch match;
            wanted = end + 4 + (std::regex_search(request, match, kLength) ? std::stoul(match[1]) : 0);
        }
        return request;
    }

    UniqueFd socket_;
    std::jthread thread_;
};

bool answer(int fd, std::string_view text) {
    return ::send(fd, text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size());
}

std::string why(const std::function<void()>& fails) {
    try {
        fails();
    } catch (const Error& error) {
        return cat(code_word(error.code()), ' ', error.what());
    }
    return "nothing failed";
}

TEST(CurlTransport, SendsWhatItIsGivenAndNothingElse) {
    std::string seen;
    Listener server([&](int fd, const std::string& request) {
        seen = request;
        answer(fd, "HTTP/1.1 201 Created\r\nX-Thing: one\r\nx-thing: two\r\nContent-Length: 2\r\n\r\nok");
    });

    const auto got = CurlTransport().send({.method = "PUT",
                                           .url = server.url + "/a/../b?x=%2F",
                                           .headers = {{"X-Empty", ""}, {"X-Mine", "1"}},
                                           .body = "body"});

    EXPECT_THAT(seen, HasSubstr("PUT /a/../b?x=%2F HTTP/1.1\r\n"));
    EXPECT_THAT(seen, HasSubstr("\r\nX-Mine: 1\r\n"));
    EXPECT_THAT(seen, HasSubstr("\r\nX-Empty:\r\n"));
    EXPECT_THAT(seen, Not(HasSubstr("Content-Type")));
    EXPECT_THAT(seen, Not(HasSubstr("Expect")));
    EXPECT_TRUE(seen.ends_with("\r\n\r\nbody"));
    EXPECT_EQ(got.status, 201);
    EXPECT_EQ(got.find_header("X-THING"), "one");
    EXPECT_EQ(got.body, "ok");
}

TEST(CurlTransport, ReadsTheServersTime) {
    EXPECT_EQ((HttpAnswer{.headers = {{"date", "Sat, 21 Nov 2026 09:33:12 GMT"}}}).date(),
              parse_time("2026-11-21T09:33:12Z"));
    EXPECT_EQ((HttpAnswer{.headers = {{"date", "soon"}}}).date(), std::nullopt);
}

TEST(CurlTransport, FollowsNoRedirect) {
    Listener server([](int fd, const std::string&) {
        answer(fd, "HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n");
    });

    EXPECT_EQ(CurlTransport().send({.url = server.url}).status, 302);
}

TEST(CurlTransport, SaysWhoDoesNotAnswerWithoutTheQuery) {
    Listener silent([](int fd, const std::string&) {
        std::array<char, 1> byte{};
        while (::recv(fd, byte.data(), byte.size(), 0) > 0) {
        }
    });

    const auto late = why([&] {
        CurlTransport().send({.method = "POST", .url = silent.url + "/v1/login?token=swordfish", .timeout = 200ms});
    });
    const auto nobody = why([&] { CurlTransport().send({.url = "http://user:swordfish@127.0.0.1:1/"}); });
    const auto no_name = why([&] { CurlTransport().send({.url = "ftp://127.0.0.1/x"}); });

    EXPECT_THAT(late, HasSubstr("UNAVAILABLE"));
    EXPECT_THAT(late, HasSubstr("POST 127.0.0.1/v1/login"));
    EXPECT_THAT(nobody, HasSubstr("UNAVAILABLE"));
    EXPECT_THAT(no_name, HasSubstr("UNAVAILABLE"));
    EXPECT_THAT(late + nobody, Not(HasSubstr("swordfish")));
}

TEST(CurlTransport, TakesNoMoreThanItCanHold) {
    Listener endless([](int fd, const std::string&) {
        answer(fd, "HTTP/1.1 200 OK\r\n\r\n");
        const std::string block(1U << 20U, 'x');
        while (answer(fd, block)) {
        }
    });

    EXPECT_THAT(why([&] { CurlTransport().send({.url = endless.url}); }), HasSubstr("larger than 64 MiB"));
}

TEST(CurlTransport, SendsNoHeaderThatWouldBeTwo) {
    EXPECT_THAT(why([] {
                    CurlTransport().send({.url = "http://127.0.0.1:1/", .headers = {{"A", "b\r\nC: d"}}});
                }),
                HasSubstr("has a line end"));
}

TEST(CurlTransport, TrustsOnlyWhoItIsToldTo) {
    TempDir dir;
    SystemProcessRunner runner;
    const auto made = capture(runner, {.program = "/usr/bin/openssl",
                                       .args = {"req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                                                "-nodes", "-keyout", dir / "key", "-out", dir / "cert", "-subj",
                                                "/CN=vault", "-addext", "subjectAltName=IP:127.0.0.1"},
                                       .timeout = 30s});
    ASSERT_TRUE(made.exit.ok()) << made.exit.why;
    const fs::path log = dir / "log";
    const UniqueFd out(::open(log.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_APPEND, 0600));
    const auto server =
        spawn({.program = "/usr/bin/openssl",
               .args = {"s_server", "-www", "-accept", "127.0.0.1:0", "-key", dir / "key", "-cert", dir / "cert"},
               .dir = dir.path()},
              {.fds = {-1, out.get(), out.get()}, .parent_death_signal = SIGKILL});
    ASSERT_TRUE(server.ok());
    std::smatch match;
    std::string said;
    const bool listens = eventually([&] {
        static const std::regex kPort("ACCEPT 127.0.0.1:([0-9]+)");
        said = read_file(log);
        return std::regex_search(said, match, kPort);
    });
    ASSERT_TRUE(listens) << said;
    const std::string url = cat("https://127.0.0.1:", match[1].str(), "/");

    EXPECT_EQ(CurlTransport().send({.url = url, .ca_file = dir / "cert"}).status, 200);
    EXPECT_THAT(why([&] { CurlTransport().send({.url = url}); }), HasSubstr("certificate"));

    ::kill(*server, SIGKILL);
    ::waitpid(*server, nullptr, 0);
}

}  // namespace
}  // namespace desk
