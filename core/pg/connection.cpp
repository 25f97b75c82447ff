#include "core/pg/connection.hpp"

#include <libpq-fe.h>

#include "core/base/fault_point.hpp"
#include "core/base/text.hpp"
#include "core/pg/error.hpp"

namespace desk::pg {
namespace {

Code code_of(std::string_view sqlstate) {
    const auto family = sqlstate.substr(0, 2);
    if (sqlstate == "23505" || sqlstate == "40001" || sqlstate == "40P01") return Code::conflict;
    if (family == "08" || family == "57" || family == "53" || sqlstate == "55P03" || sqlstate == "25P03")
        return Code::unavailable;
    return Code::internal;
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

/// Owns `result`; returns it when it is a success.
Rows checked(PGconn* connection, PGresult* result, const char* what) {
    const auto status = PQresultStatus(result);
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY) return Rows(result);
    const Rows owner(result);
    std::string sqlstate = field_of(result, PG_DIAG_SQLSTATE);
    if (sqlstate.empty()) sqlstate = PQstatus(connection) == CONNECTION_BAD ? "08006" : "XX000";
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

Connection::Connection(const Options& options) : connection_(nullptr, [](pg_conn* c) { PQfinish(c); }) {
    const std::string settings =
        cat("-c statement_timeout=", options.statement_timeout.count(),
            " -c idle_in_transaction_session_timeout=", options.idle_in_transaction_timeout.count(),
            " -c lock_timeout=", options.lock_timeout.count(), " -c timezone=UTC",
            " -c datestyle=ISO -c intervalstyle=postgres -c client_min_messages=warning");
    // tcp_user_timeout ends half-open connections: 15 s without an acknowledgement
    const char* keys[] = {
        "dbname", "application_name", "connect_timeout", "options", "keepalives_idle", "tcp_user_timeout", nullptr};
    const char* values[] = {
        options.url.c_str(), options.application_name.c_str(), "5", settings.c_str(), "10", "15000", nullptr};
    connection_.reset(PQconnectdbParams(keys, values, 1));
    if (PQstatus(connection_.get()) != CONNECTION_OK)
        throw SqlError("08001", "", PQerrorMessage(connection_.get()), "connect");
    PQsetNoticeReceiver(connection_.get(), ignore_notice, nullptr);
}

Connection::~Connection() = default;
Connection::Connection(Connection&&) noexcept = default;
Connection& Connection::operator=(Connection&&) noexcept = default;

bool Connection::is_broken() const { return PQstatus(connection_.get()) == CONNECTION_BAD; }

Rows Connection::execute(const std::string& sql) {
    const std::string name = sql.substr(0, 40);
    const FaultPoints points("sql", name);
    return checked(connection_.get(), PQexec(connection_.get(), sql.c_str()), name.c_str());
}

void Connection::prepare(const Statement& statement) {
    if (prepared_.contains(&statement)) return;
    checked(connection_.get(), PQprepare(connection_.get(), statement.name(), statement.sql(), 0, nullptr),
            statement.name());
    prepared_.insert(&statement);
}

Rows Connection::execute(const Statement& statement, const std::vector<Param>& params) {
    prepare(statement);
    const auto values = values_of(params);
    const FaultPoints points("sql", statement.name());
    return checked(connection_.get(),
                   PQexecPrepared(connection_.get(), statement.name(), static_cast<int>(values.size()), values.data(),
                                  nullptr, nullptr, 0),
                   statement.name());
}

std::vector<Rows> Connection::execute_pipelined(const std::vector<Call>& calls) {
    PGconn* raw = connection_.get();
    for (const auto& call : calls) prepare(*call.statement);
    const FaultPoints points("sql", calls.empty() ? "nothing" : calls.front().statement->name());
    if (PQenterPipelineMode(raw) != 1) throw SqlError("08006", "", PQerrorMessage(raw), "pipeline");

    std::exception_ptr failure;
    std::vector<Rows> all;
    for (const auto& call : calls) {
        const auto values = values_of(call.params);
        if (PQsendQueryPrepared(raw, call.statement->name(), static_cast<int>(values.size()), values.data(), nullptr,
                                nullptr, 0) != 1)
            throw SqlError("08006", "", PQerrorMessage(raw), call.statement->name());
    }
    if (PQpipelineSync(raw) != 1) throw SqlError("08006", "", PQerrorMessage(raw), "pipeline");
    for (const auto& call : calls) {
        while (PGresult* result = PQgetResult(raw)) {
            try {
                all.push_back(checked(raw, result, call.statement->name()));
            } catch (...) {
                if (!failure) failure = std::current_exception();  // later ones are only "pipeline aborted"
            }
        }
        if (is_broken()) break;
    }
    if (!is_broken()) PQclear(PQgetResult(raw));  // the sync itself
    if (!is_broken()) PQexitPipelineMode(raw);
    if (failure) std::rethrow_exception(failure);
    if (is_broken()) throw SqlError("08006", "", PQerrorMessage(raw), "pipeline");
    return all;
}

std::string_view Field::view() const {
    if (text_ == nullptr)
        throw Error(Code::internal, "The desk read something unexpected from its database.", cat(column_, " is null"));
    return {text_, size_};
}

Field Row::operator[](const char* column) const {
    const int at = PQfnumber(result_, column);
    if (at < 0)
        throw Error(Code::internal, "The desk read something unexpected from its database.", cat("no column ", column));
    if (PQgetisnull(result_, index_, at) == 1) return {nullptr, 0, column};
    return {PQgetvalue(result_, index_, at), static_cast<std::size_t>(PQgetlength(result_, index_, at)), column};
}

Rows::Rows(pg_result* result) : result_(result, [](pg_result* r) { PQclear(r); }) {}
int Rows::size() const { return PQntuples(result_.get()); }
int Rows::affected() const { return static_cast<int>(parse_int(PQcmdTuples(result_.get())).value_or(0)); }

}  // namespace desk::pg
