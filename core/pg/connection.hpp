// One connection to PostgreSQL. With transaction.cpp and listen.cpp the only place that calls libpq.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/pg/row.hpp"
#include "core/pg/statement.hpp"

struct pg_conn;

namespace desk::pg {

struct Options {
    std::string url;  ///< libpq URL or keyword string
    std::string application_name = "clusterdesk";
    int connections = 4;  ///< size of the pool
    /// The server ends a statement then; 5 s later we give up the connection (a server that can't be heard does not
    /// end anything). 0 = wait for ever.
    std::chrono::milliseconds statement_timeout{10000};
    std::chrono::milliseconds idle_in_transaction_timeout{30000};
    std::chrono::milliseconds lock_timeout{0};  ///< 0 = none
    bool reads_by_default = false;              ///< nothing is written outside a transaction that says that it writes
    /// Asked again and again, on the waiting thread, while the server owes an answer; false gives the connection up.
    /// Empty: always.
    std::function<bool()> may_wait = {};
};

class Connection {
  public:
    /// Connects within 5 s (to each host that the URL names) or throws SqlError (code unavailable).
    explicit Connection(const Options& options);
    ~Connection();
    Connection(Connection&&) noexcept;
    Connection& operator=(Connection&&) noexcept;

    /// It may have died while it was idle: what is executed next does no harm when it is asked twice, and is asked
    /// once more on a new connection.
    void begin_reading() { may_have_died_ = true; }
    void end_reading() { may_have_died_ = false; }

    /// Plain SQL without parameters (BEGIN, migrations); several statements with `;` allowed.
    Rows execute(const std::string& sql);
    /// Ends the transaction, and returns when it is as durable as the server was told to make it. Throws when one of
    /// its statements has failed (somebody went on all the same), and when there is no answer: it is not known then
    /// whether it took effect.
    void commit();
    /// Prepares once per connection, then runs. Outside a transaction it is one by itself.
    Rows execute(const Statement& statement, const std::vector<Param>& params);

    struct Call {
        const Statement* statement;
        std::vector<Param> params;
    };
    /// All calls in one round trip (libpq pipeline), results in order. The first failure throws and aborts the rest.
    /// Outside a transaction they are one together.
    std::vector<Rows> execute_pipelined(const std::vector<Call>& calls);

    bool is_broken() const;
    pg_conn* raw() const { return connection_.get(); }

  private:
    /// What `ask` gives; see begin_reading().
    template <class Ask>
    auto ask_again_if_dead(Ask ask);
    std::vector<Rows> pipeline(const std::vector<Call>& calls);
    void prepare(const Statement& statement);
    /// Returns when PQgetResult would not wait any more. Throws SqlError when there is no answer in time: the
    /// connection is broken then.
    void await(const char* what);
    /// The last result of what was sent (`sent`: libpq's 1 for success), or its first error.
    Rows answer(int sent, const char* what);

    std::unique_ptr<pg_conn, void (*)(pg_conn*)> connection_;
    std::set<const Statement*> prepared_;
    Options options_;
    std::optional<std::chrono::milliseconds> longest_wait_;
    bool may_have_died_ = false;
    bool has_given_up_ = false;  ///< we did not wait any longer, which says nothing about the server
};

}  // namespace desk::pg
