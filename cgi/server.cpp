#include "cgi/server.hpp"

#include <fcgiapp.h>
#include <poll.h>
#include <pthread.h>
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <csignal>
#include <cstdlib>
#include <mutex>
#include <thread>
#include <vector>

#include "cgi/dispatch.hpp"
#include "cgi/unix_socket.hpp"
#include "cgi/wire.hpp"
#include "core/base/log.hpp"

namespace desk {
namespace {

/// Longest time from SIGTERM to the end, for requests in flight. Under what service managers allow (systemd: 90 s).
constexpr seconds kGrace = 25s;

void put(FCGX_Stream* out, const std::string& bytes) {
    FCGX_PutStr(bytes.data(), static_cast<int>(bytes.size()), out);  // fails when the client has gone: nobody to tell
}

void answer(App& app, FCGX_Request& request) {
    const auto read = [&](char* to, std::size_t count) {
        return static_cast<std::size_t>(FCGX_GetStr(to, static_cast<int>(count), request.in));
    };
    const Response response =
        dispatch(app, read_incoming(request.envp, read, static_cast<std::size_t>(app.config.web.max_body_bytes)));
    put(request.out, header_text(response));
    put(request.out, response.body);

    // libfcgi does not drain what was not read: on a kept connection the rest of a body would be taken for FastCGI
    // records, and a forged request in it would be executed.
    if (FCGX_GetChar(request.in) != EOF) request.keepConnection = 0;
}

/// Threads in accept loops, and their common end.
class Loops {
  public:
    Loops(App& app, const UnixSocket& socket) : app_(app), socket_(socket) {
        for (int i = 0; i < app.config.web.threads; ++i) threads_.emplace_back([this] { run(); });
    }

    /// After the socket was shut. Ends the process when somebody's request does not end.
    void finish() {
        stop_ = true;
        std::unique_lock lock(mutex_);
        if (!ended_.wait_for(lock, kGrace, [&] { return running_ == 0; })) {
            log::error("requests_abandoned", {{"threads", running_}});
            std::_Exit(EXIT_FAILURE);
        }
        lock.unlock();
        for (auto& thread : threads_) thread.join();
    }

    void announce_stop() { stop_ = true; }

  private:
    void run() {
        FCGX_Request request;
        FCGX_InitRequest(&request, socket_.fd(), 0);
        while (!stop_) {
            if (FCGX_Accept_r(&request) < 0) {
                if (!stop_) ::poll(nullptr, 0, 100);  // out of descriptors, for example: not in a busy loop
                continue;
            }
            answer(app_, request);
            FCGX_Finish_r(&request);
        }
        FCGX_Free(&request, 1);
        const std::lock_guard lock(mutex_);
        --running_;
        ended_.notify_one();
    }

    App& app_;
    const UnixSocket& socket_;
    std::atomic<bool> stop_ = false;
    std::mutex mutex_;
    std::condition_variable ended_;
    int running_ = app_.config.web.threads;
    std::vector<std::thread> threads_;  // last: they use all of the above
};

}  // namespace

void serve(App& app) {
    // blocked before there are threads, so that it is blocked in all of them
    sigset_t endings;
    sigemptyset(&endings);
    sigaddset(&endings, SIGTERM);
    sigaddset(&endings, SIGINT);
    pthread_sigmask(SIG_BLOCK, &endings, nullptr);

    if (FCGX_Init() != 0) throw Error(Code::internal, "FastCGI could not be initialised.");
    std::signal(SIGPIPE, SIG_IGN);  // after FCGX_Init, which sets a handler of its own

    UnixSocket socket(app.config.web.socket);
    Loops loops(app, socket);
    log::info("serving", {{"socket", app.config.web.socket}, {"threads", app.config.web.threads}});

    int signal = 0;
    sigwait(&endings, &signal);
    log::info("stopping", {{"signal", signal}});
    loops.announce_stop();
    socket.stop_listening();
    loops.finish();
    log::info("stopped");
}

void answer_plain_cgi(App& app, char** environment) {
    std::signal(SIGPIPE, SIG_IGN);
    const auto read = [](char* to, std::size_t count) {
        const auto got = ::read(STDIN_FILENO, to, count);
        return got > 0 ? static_cast<std::size_t>(got) : 0U;
    };
    const Response response =
        dispatch(app, read_incoming(environment, read, static_cast<std::size_t>(app.config.web.max_body_bytes)));
    write_all(STDOUT_FILENO, header_text(response) + response.body);
}

}  // namespace desk
