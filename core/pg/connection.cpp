#include "core/pg/connection.hpp"

#include <libpq-fe.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <exception>
#include <tuple>
#include <utility>

#include "core/base/fault_point.hpp"
#include "core/base/text.hpp"
#include "core/pg/error.hpp"

namespace desk::pg {
namespace {

using std::chrono::milliseconds;

/// How much longer than the server's own limit for a statement we wait: then it is gone, or can't be heard.
constexpr milliseconds kAnswerSlack = 5s;
/// So often a wait asks whether it may go on.
constexpr milliseconds kLook = 500ms;

/// What passes by itself, so that the same may be asked again: classes of SQLSTATE, and single ones.
constexpr std::array<std::string_view, 4> kPassingClasses = {
    "08",  // the connection
    "53",  // disk, memory or connections used up
    "57",  // shutdown, crash, start-up; a statement that took too long
    "58",  // I/O of the server's host
};
constexpr std::array<std::string_view, 3> kPassing = {
    "25006",  // read-only: a standby that is not promoted yet, a server that protects its last disk space
    "25P03",  // the transaction stood idle for too long
    "55P03",  // a lock was not to be had in time
};

Code code_of(std::string_view sqlstate) {
    if (sqlstate == "23505" || sqlstate == "40001" || sqlstate == "40P01") return Code::conflict;
    const bool passes = std::ranges::find(kPassingClasses, sqlstate.substr(0, 2)) != kPassingClasses.end() ||
                        std::ranges::find(kPassing, sqlstate) != kPassing.end();
    return passes ? Code::unavailable : Code::internal;
}

std::string sentence_of(Code code) {
    switch (code) {
        case Code::conflict:
            return "Somebody changed this at the same moment. Look again and repeat.";
        case Code::unavailable:
            return "The desk's database is not answering. Try again in a moment.";
        default:
            return "Something went wrong inside the desk.";
    }
}

std::string field_of(const PGresult* result, int which) {
    const char* text = PQresultErrorField(result, which);
    return text == nullptr ? "" : text;
}

bool is_success(const PGresult* result) {
    const auto status = PQresultStatus(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;
}

/// The connection is lost: also where libpq does not say so, because it saw a write fail and no end of the stream yet.
constexpr std::string_view kLost = "08006";

/// Owns `result`; returns it when it is a success.
Rows checked(PGconn* connection, PGresult* result, const char* what) {
    if (is_success(result)) return Rows(result);
    const Rows owner(result);
    std::string sqlstate = field_of(result, PG_DIAG_SQLSTATE);
    if (sqlstate.empty()) sqlstate = kLost;  // not the server's words, but libpq's own
    const char* message = result == nullptr ? PQerrorMessage(connection) : PQresultErrorMessage(result);
    throw SqlError(sqlstate, field_of(result, PG_DIAG_CONSTRAINT_NAME), message, what);
}

std::vector<const char*> values_of(const std::vector<Param>& params) {
    std::vector<const char*> values;
    values.reserve(params.size());
    for (const auto& param : params) values.push_back(param ? param->c_str() : nullptr);
    return values;
}

void ignore_notice(void*, const PGresult*) {}

}  // namespace

SqlError::SqlError(std::string sqlstate, std::string constraint, std::string message, std::string statement)
    : Error(code_of(sqlstate), sentence_of(code_of(sqlstate)),
            cat("sqlstate ", sqlstate, " in ", statement, ": ", trim(message))),
      sqlstate_(std::move(sqlstate)),
      constraint_(std::move(constraint)) {}

CommitInDoubt::CommitInDoubt(std::string reason)
    : Error(Code::unavailable, "The desk lost its database while saving. Look whether it was saved before you repeat.",
            "commit in doubt: " + std::move(reason)) {}

Connection::Connection(const Options& options)
    : connection_(nullptr, [](pg_conn* c) { PQfinish(c); }), options_(options) {
    if (options.statement_timeout.count() > 0) longest_wait_ = options.statement_timeout + kAnswerSlack;
    const std::string settings =
        cat("-c statement_timeout=", options.statement_timeout.count(),
            " -c idle_in_transaction_session_timeout=", options.idle_in_transaction_timeout.count(),
            " -c lock_timeout=", options.lock_timeout.count(),
            " -c default_transaction_read_only=", options.reads_by_default ? "on" : "off", " -c timezone=UTC",
            " -c datestyle=ISO -c intervalstyle=postgres -c client_min_messages=warning");
    const std::array<std::pair<const char*, const char*>, 10> parameters = {{
        {"dbname", options.url.c_str()},
        {"application_name", options.application_name.c_str()},
        {"options", settings.c_str()},
        {"connect_timeout", "5"},
        {"target_session_attrs",
         "primary"},  // of several hosts the one that takes writes: after a failover another one
        // A peer that vanished is noticed by the system within 15 s, in the middle of an answer and on an idle
        // connection; one that acknowledges and says nothing, by await().
        {"keepalives_idle", "5"},
        {"keepalives_interval", "5"},
        {"keepalives_count", "2"},
        {"tcp_user_timeout", "15000"},
        {nullptr, nullptr},
    }};
    std::array<const char*, parameters.size()> keys{}, values{};
    for (std::size_t i = 0; i < parameters.size(); ++i) std::tie(keys[i], values[i]) = parameters[i];
    connection_.reset(PQconnectdbParams(keys.data(), values.data(), 1));
    if (PQstatus(connection_.get()) != CONNECTION_OK)
        throw SqlError("08001", "", PQerrorMessage(connection_.get()), "connect");
    PQsetnonblocking(connection_.get(), 1);
    PQsetNoticeReceiver(connection_.get(), ignore_notice, nullptr);
}

Connection::~Connection() = default;
Connection::Connection(Connection&&) noexcept = default;
Connection& Connection::operator=(Connection&&) noexcept = default;

bool Connection::is_broken() const { return PQstatus(connection_.get()) == CONNECTION_BAD; }

void Connection::await(const char* what) {
    using Clock = std::chrono::steady_clock;
    PGconn* raw = connection_.get();
    const auto end = longest_wait_ ? Clock::now() + *longest_wait_ : Clock::time_point::max();
    for (;;) {
        const int unsent = PQflush(raw);
        const auto is_answered = [&] { return unsent == 0 && PQisBusy(raw) == 0; };
        // A broken connection has an answer too: its error. Of a pipeline most answers came with the first; and what
        // TLS has read already, poll(2) does not see.
        if (unsent < 0 || is_answered() || PQconsumeInput(raw) != 1 || is_answered()) return;
        const auto now = Clock::now();
        if (now >= end || (options_.may_wait && !options_.may_wait())) {
            connection_.reset();  // whatever comes now comes too late
            has_given_up_ = true;
            throw SqlError("08006", "", "no answer", what);
        }
        const auto wait = std::min<Clock::duration>(kLook, end - now);
        pollfd entry{PQsocket(raw), static_cast<short>(unsent > 0 ? POLLIN | POLLOUT : POLLIN), 0};
        ::poll(&entry, 1, static_cast<int>(std::chrono::ceil<milliseconds>(wait).count()));
    }
}

Rows Connection::answer(int sent, const char* what) {
    PGconn* raw = connection_.get();
    std::unique_ptr<PGresult, void (*)(PGresult*)> kept(nullptr, PQclear);
    if (sent != 1) throw SqlError("08006", "", PQerrorMessage(raw), what);
    for (;;) {
        await(what);
        PGresult* next = PQgetResult(raw);
        if (next == nullptr) break;
        if (kept && !is_success(kept.get()))
            PQclear(next);  // the first error says why, those behind it that the connection is gone
        else
            kept.reset(next);
    }
    try {
        return checked(raw, kept.release(), what);
    } catch (const SqlError& error) {
        if (error.sqlstate() == kLost) connection_.reset();
        throw;
    }
}

template <class Ask>
auto Connection::ask_again_if_dead(Ask ask) {
    const bool may_have_died = std::exchange(may_have_died_, false);
    try {
        return ask();
    } catch (const SqlError&) {
        if (!is_broken() || !may_have_died || has_given_up_) throw;
        *this = Connection(Options(options_));
        return ask();
    }
}

Rows Connection::execute(const std::string& sql) {
    const std::string name = sql.substr(0, 40);
    const FaultPoints points("sql", name);
    return ask_again_if_dead([&] { return answer(PQsendQuery(connection_.get(), sql.c_str()), name.c_str()); });
}

void Connection::commit() {
    const FaultPoints points("sql", "COMMIT");
    // The server would undo it, and call that a success.
    if (PQtransactionStatus(connection_.get()) == PQTRANS_INERROR)
        throw SqlError("25P02", "", "a statement has failed", "COMMIT");
    answer(PQsendQuery(connection_.get(), "COMMIT"), "COMMIT");
}

void Connection::prepare(const Statement& statement) {
    if (prepared_.contains(&statement)) return;
    answer(PQsendPrepare(connection_.get(), statement.name(), statement.sql(), 0, nullptr), statement.name());
    prepared_.insert(&statement);
}

Rows Connection::execute(const Statement& statement, const std::vector<Param>& params) {
    const auto values = values_of(params);
    return ask_again_if_dead([&] {
        prepare(statement);
        const FaultPoints points("sql", statement.name());
        return answer(PQsendQueryPrepared(connection_.get(), statement.name(), static_cast<int>(values.size()),
                                          values.data(), nullptr, nullptr, 0),
                      statement.name());
    });
}

std::vector<Rows> Connection::execute_pipelined(const std::vector<Call>& calls) {
    return ask_again_if_dead([&] { return pipeline(calls); });
}

std::vector<Rows> Connection::pipeline(const std::vector<Call>& calls) {
    PGconn* raw = connection_.get();
    for (const auto& call : calls) prepare(*call.statement);
    const FaultPoints points("sql", calls.empty() ? "pipeline" : calls.front().statement->name());
    if (PQenterPipelineMode(raw) != 1) throw SqlError("08006", "", PQerrorMessage(raw), "pipeline");

    std::exception_ptr failure;
    std::vector<Rows> all;
    for (const auto& [statement, params] : calls) {
        const auto values = values_of(params);
        if (PQsendQueryPrepared(raw, statement->name(), static_cast<int>(values.size()), values.data(), nullptr,
                                nullptr, 0) != 1)
            throw SqlError("08006", "", PQerrorMessage(raw), statement->name());
    }
    if (PQpipelineSync(raw) != 1) throw SqlError("08006", "", PQerrorMessage(raw), "pipeline");
    const auto next = [&](const char* what) {
        await(what);
        return PQgetResult(raw);
    };
    for (const auto& call : calls) {
        while (PGresult* result = next(call.statement->name())) {
            try {
                all.push_back(checked(raw, result, call.statement->name()));
            } catch (...) {
                if (!failure) failure = std::current_exception();  // later ones are only "pipeline aborted"
            }
        }
        if (is_broken()) break;
    }
    if (!is_broken()) PQclear(next("pipeline"));  // the sync itself
    if (!is_broken()) PQexitPipelineMode(raw);
    try {
        if (failure) std::rethrow_exception(failure);
    } catch (const SqlError& error) {
        if (error.sqlstate() == kLost) connection_.reset();
        throw;
    }
    if (is_broken()) throw SqlError("08006", "", PQerrorMessage(raw), "pipeline");
    return all;
}

std::string_view Field::view() const {
    if (text_ == nullptr)
        throw Error(Code::internal, "The desk read something unexpected from its database.", cat(column_, " is null"));
    return {text_, size_};
}

Result::Result(pg_result* result) : result_(result) {}
Result::~Result() { PQclear(result_); }

int Result::column(const char* name) const {
    // the same place in the code asks with the same pointer; that it still points to the same name is looked at
    for (const auto& known : known_)
        if (known.name == name && std::strcmp(PQfname(result_, known.at), name) == 0) return known.at;
    const int at = PQfnumber(result_, name);
    if (at < 0)
        throw Error(Code::internal, "The desk read something unexpected from its database.", cat("no column ", name));
    known_.push_back({name, at});
    return at;
}

Field Row::operator[](const char* column) const {
    const PGresult* raw = result_->raw();
    const int at = result_->column(column);
    if (PQgetisnull(raw, index_, at) == 1) return {nullptr, 0, column};
    return {PQgetvalue(raw, index_, at), static_cast<std::size_t>(PQgetlength(raw, index_, at)), column};
}

Rows::Rows(pg_result* result) : result_(std::make_shared<const Result>(result)) {}
int Rows::size() const { return PQntuples(result_->raw()); }
int Rows::affected() const {
    // libpq does not change it, though it takes no const
    return static_cast<int>(parse_int(PQcmdTuples(const_cast<PGresult*>(result_->raw()))).value_or(0));
}

}  // namespace desk::pg
