// Database (a pool) and Transaction (a unit of work that rolls back unless committed).
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

#include "core/pg/connection.hpp"
#include "core/pg/error.hpp"

namespace desk::pg {

enum class Mode { read_only, read_write };

class Database;

/// Every row mapped.
template <class Map>
auto all(const Rows& rows, Map map) {
    std::vector<decltype(map(std::declval<Row>()))> out;
    out.reserve(static_cast<std::size_t>(rows.size()));
    for (const Row row : rows) out.push_back(map(row));
    return out;
}
/// The first row mapped, or nothing.
template <class Map>
auto maybe(const Rows& rows, Map map) -> std::optional<decltype(map(std::declval<Row>()))> {
    if (rows.empty()) return std::nullopt;
    return map(rows[0]);
}

/// What a call of a batch is read as once the batch has run.
template <class T>
struct Later {
    std::size_t call;
    std::function<T(const Rows&)> read;

    T of(const std::vector<Rows>& results) const { return read(results[call]); }
};

class Transaction {
  public:
    Transaction(Transaction&& other) noexcept;
    Transaction& operator=(Transaction&&) = delete;
    /// Rolls back what was not committed, and gives the connection back.
    ~Transaction();

    template <class... Args>
    Rows run(const Statement& statement, const Args&... args) {
        return connection_->execute(statement, {to_param(args)...});
    }
    /// Maps every row.
    template <class Map, class... Args>
    auto all(const Statement& statement, Map map, const Args&... args) {
        return pg::all(run(statement, args...), map);
    }
    /// The first row mapped, or nothing.
    template <class Map, class... Args>
    auto maybe(const Statement& statement, Map map, const Args&... args) {
        return pg::maybe(run(statement, args...), map);
    }
    /// Rows touched.
    template <class... Args>
    int execute(const Statement& statement, const Args&... args) {
        return run(statement, args...).affected();
    }

    /// Statements that do not need each other's results, in one round trip:
    ///   auto batch = tx.batch();  auto a = batch.add(kA, x);  auto b = batch.add(kB);  auto rows = batch.run();
    ///   rows[a]
    class Batch {
      public:
        template <class... Args>
        std::size_t add(const Statement& statement, const Args&... args) {
            calls_.push_back({&statement, {to_param(args)...}});
            return calls_.size() - 1;
        }
        std::vector<Rows> run() { return connection_.execute_pipelined(calls_); }

      private:
        friend class Transaction;
        explicit Batch(Connection& connection) : connection_(connection) {}
        Connection& connection_;
        std::vector<Connection::Call> calls_;
    };
    Batch batch() { return Batch(*connection_); }

    /// Throws CommitInDoubt when the connection broke before the answer; SqlError when nothing was committed.
    void commit();

    /// A part that can be undone alone: runs `work`; if it throws SqlError, only its effects are undone and it
    /// rethrows.
    template <class Work>
    auto savepoint(Work work) {
        connection_->execute("SAVEPOINT part");
        try {
            if constexpr (std::is_void_v<decltype(work())>) {
                work();
                connection_->execute("RELEASE SAVEPOINT part");
            } else {
                auto result = work();
                connection_->execute("RELEASE SAVEPOINT part");
                return result;
            }
        } catch (const SqlError&) {
            if (!connection_->is_broken()) connection_->execute("ROLLBACK TO SAVEPOINT part");
            throw;
        }
    }

    Connection& connection() { return *connection_; }

  private:
    friend class Database;
    Transaction(Database& database, std::unique_ptr<Connection> connection, Mode mode)
        : database_(&database), connection_(std::move(connection)), mode_(mode) {}

    Database* database_;
    std::unique_ptr<Connection> connection_;
    Mode mode_;
    bool open_ = true;
};

/// A pool of at most `options.connections` connections; opened when needed, dropped when broken. Thread-safe.
class Database {
  public:
    explicit Database(Options options) : options_(std::move(options)) { options_.reads_by_default = true; }

    /// Waits up to 5 s for a free connection (then Error{unavailable}). Survives a server restart: an idle connection
    /// that turns out dead is replaced before anything was asked of it, or, of one that only reads, asked again.
    /// Reading needs no begin and no end: each round trip is a READ ONLY transaction by itself, as by default each
    /// statement sees what was committed before it.
    Transaction begin(Mode mode = Mode::read_write);

    /// Whether one trivial query is answered.
    bool is_reachable();

    const Options& options() const { return options_; }

  private:
    friend class Transaction;
    struct Taken {
        std::unique_ptr<Connection> connection;
        bool is_fresh;  ///< opened just now
    };
    Taken take();
    void give_back(std::unique_ptr<Connection> connection);
    void forget_idle();

    Options options_;
    std::mutex mutex_;
    std::condition_variable freed_;
    std::vector<std::unique_ptr<Connection>> idle_;
    int open_ = 0;
};

}  // namespace desk::pg
