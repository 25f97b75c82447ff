#include "cgi/server.hpp"

#include <fcgiapp.h>
#include <malloc.h>
#include <pthread.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <thread>
#include <utility>
#include <vector>

#include "cgi/connections.hpp"
#include "cgi/dispatch.hpp"
#include "cgi/unix_socket.hpp"
#include "cgi/wire.hpp"
#include "core/base/log.hpp"

namespace desk {
namespace {

/// After SIGTERM the web server has so long to leave the connections that it keeps; nginx does at once.
constexpr seconds kFarewell = 2s;
/// After that, the longest time for requests in flight. Together under what service managers allow (systemd: 90 s).
constexpr seconds kGrace = 25s;

/// Of memory that is free, by thread.
constexpr int kKeptBytes = 4 << 20;

/// For libfcgi to accept from: nothing, so that it never waits there.
constexpr int kNoSocket = -1;

/// In one write: libfcgi's own stream hands on 8 KB at a time, and wakes the web server for each.
void send(const FCGX_Request& request, const Response& response) {
    try {
        write_all(request.ipcFd, answer_records(request.requestId, response));
    } catch (const Error&) {
        // the client has gone: nobody to tell; finishing the request meets the same and closes the connection
    }
}

void answer(App& app, FCGX_Request& request) {
    const auto read = [&](char* to, std::size_t count) {
        return static_cast<std::size_t>(FCGX_GetStr(to, static_cast<int>(count), request.in));
    };
    const Response response =
        dispatch(app, read_incoming(request.envp, read, static_cast<std::size_t>(app.config.web.max_body_bytes)));
    send(request, response);

    // libfcgi does not drain what was not read: on a kept connection the rest of a body would be taken for FastCGI
    // records, and a forged request in it would be executed.
    if (FCGX_GetChar(request.in) != EOF) request.keepConnection = 0;
}

/// Reads one request from a connection, answers it, and gives the connection back or forgets it. libfcgi does only the
/// protocol; it gets its connection by fields that its header calls its own (docs/decisions/0003-server.md).
void handle_next(App& app, Connections& connections, FCGX_Request& request, int fd) {
    request.ipcFd = fd;
    request.keepConnection = 1;  // FCGX_Accept_r finishes the request before, and would close its connection
    if (FCGX_Accept_r(&request) < 0)
        return connections.forget();  // the peer has left, or is no web server: it is closed
    answer(app, request);
    FCGX_Finish_r(&request);
    const int kept = std::exchange(request.ipcFd, -1);
    kept < 0 ? connections.forget() : connections.give_back(kept);
}

void work(App& app, Connections& connections) {
    FCGX_Request request;
    FCGX_InitRequest(&request, kNoSocket, 0);
    while (const auto fd = connections.next()) handle_next(app, connections, request, *fd);
}

}  // namespace

void serve(App& app) {
    // A page takes and frees some hundred KB; giving them back to the system and getting them anew costs more than the
    // rows.
    mallopt(M_TRIM_THRESHOLD, kKeptBytes);
    mallopt(M_MMAP_THRESHOLD, kKeptBytes);

    // blocked before there are threads, so that it is blocked in all of them
    sigset_t endings;
    sigemptyset(&endings);
    sigaddset(&endings, SIGTERM);
    sigaddset(&endings, SIGINT);
    pthread_sigmask(SIG_BLOCK, &endings, nullptr);

    if (FCGX_Init() != 0) throw Error(Code::internal, "FastCGI could not be initialised.");
    std::signal(SIGPIPE, SIG_IGN);  // after FCGX_Init, which sets a handler of its own

    UnixSocket socket(app.config.web.socket);
    Connections connections(socket);
    std::vector<std::thread> threads;
    for (int i = 0; i < app.config.web.threads; ++i) threads.emplace_back([&] { work(app, connections); });
    log::info("serving", {{"socket", app.config.web.socket}, {"threads", app.config.web.threads}});

    int signal = 0;
    sigwait(&endings, &signal);
    log::info("stopping", {{"signal", signal}});
    if (const auto abandoned = connections.end(kFarewell, kGrace); abandoned > 0) {
        log::error("requests_abandoned", {{"requests", abandoned}});
        std::_Exit(EXIT_FAILURE);
    }
    for (auto& thread : threads) thread.join();
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
