// A proxy between a program and PostgreSQL that loses what a test wants lost.
#pragma once

#include <atomic>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "core/base/file.hpp"

namespace desk {

/// What a client sent until it waits for an answer: a statement with its parameters, in PostgreSQL's protocol.
struct PgRequest {
    int connection = 0;                 ///< 1, 2, ... in the order in which they were opened
    std::string_view application = {};  ///< the client's application_name
    std::string_view bytes = {};        ///< names of statements, SQL and parameters stand in it as they are

    bool is_commit() const { return bytes.substr(0, 1) == "Q" && bytes.substr(5, 6) == "COMMIT"; }
    bool mentions(std::string_view text) const { return bytes.find(text) != std::string_view::npos; }
};

/// What becomes of a request.
enum class Fate {
    forward,
    cut_before,   ///< the server never sees it, and the connection is cut
    cut_during,   ///< the server gets it, and the connection is cut before it may have answered
    lose_answer,  ///< the server does it and answers; the answer is lost, and the connection cut
    hold,         ///< from here on the connection is half open: both sockets stay, nothing goes through
};

/// Listens on 127.0.0.1. Everything passes until a judge says otherwise. Thread-safe.
class PgProxy {
  public:
    using Judge = std::function<Fate(const PgRequest&)>;

    /// `socket`: the server's unix socket.
    explicit PgProxy(std::string socket);
    ~PgProxy();
    PgProxy(const PgProxy&) = delete;
    PgProxy& operator=(const PgProxy&) = delete;

    /// The same database as `url`, a conninfo of keywords, through this proxy.
    std::string url(const std::string& url) const;

    /// Asks `judge` about every request, one at a time, while the result lives: it is over before what `judge` refers
    /// to.
    [[nodiscard]] std::shared_ptr<void> judge_by(Judge judge);
    /// Where connections go from now on. Those that are open are cut.
    void lead_to(const std::string& socket);
    /// Holds every connection that is open now; new ones pass.
    void hold_all() { ++held_; }
    /// Holds every connection, those that are opened later too; `false` lets later ones pass again.
    void be_silent(bool silent) {
        silent_ = silent;
        if (silent) hold_all();
    }
    /// Cuts every connection that is open now.
    void cut_all() { ++cut_; }
    int connections() const { return opened_; }

  private:
    void accept_clients(const std::stop_token& stop);
    void serve(const std::stop_token& stop, UniqueFd client, int number);
    Fate judge(const PgRequest& request);
    void set_judge(Judge judge);

    UniqueFd listener_;
    int port_ = 0;
    std::mutex mutex_;  ///< socket_, judge_
    std::string socket_;
    Judge judge_;
    std::atomic<bool> silent_ = false;
    std::atomic<int> held_ = 0, cut_ = 0, opened_ = 0;
    std::list<std::jthread> clients_;
    std::jthread acceptor_;  ///< last: it uses everything above
};

}  // namespace desk
