#include "core/pg/transaction.hpp"

#include "core/base/time.hpp"

namespace desk::pg {

Transaction::Transaction(Transaction&& other) noexcept
    : database_(other.database_), connection_(std::move(other.connection_)), mode_(other.mode_), open_(other.open_) {
    other.open_ = false;
}

Transaction::~Transaction() {
    if (!connection_) return;
    try {
        if (!open_ || connection_->is_broken()) {
            // nothing to undo
        } else if (mode_ == Mode::read_only) {
            connection_->end_reading();
        } else {
            connection_->execute("ROLLBACK");
        }
    } catch (const std::exception&) {
        // the server undoes it when the broken connection goes
    }
    database_->give_back(std::move(connection_));
}

void Transaction::commit() {
    try {
        if (mode_ == Mode::read_write) connection_->commit();
    } catch (const SqlError& error) {
        if (connection_->is_broken()) throw CommitInDoubt(error.for_log());
        throw;
    }
    open_ = false;
}

Transaction Database::begin(Mode mode) {
    for (;;) {
        auto [connection, is_fresh] = take();
        try {
            if (mode == Mode::read_write) connection->execute("BEGIN READ WRITE");
            if (mode == Mode::read_only && !is_fresh) connection->begin_reading();
            return {*this, std::move(connection), mode};
        } catch (const SqlError&) {
            const bool has_died_idle = connection->is_broken() && !is_fresh;
            give_back(std::move(connection));
            if (!has_died_idle) throw;
            forget_idle();  // what ended this one has hardly spared the others
        }
    }
}

bool Database::is_reachable() {
    try {
        begin(Mode::read_only).connection().execute("SELECT");
        return true;
    } catch (const Error&) {
        return false;
    }
}

Database::Taken Database::take() {
    std::unique_lock lock(mutex_);
    if (!freed_.wait_for(lock, 5s, [&] { return !idle_.empty() || open_ < options_.connections; }))
        throw Error(Code::unavailable, "The desk is busy. Try again in a moment.",
                    "no free database connection in 5 s");
    if (!idle_.empty()) {
        auto connection = std::move(idle_.back());
        idle_.pop_back();
        return {std::move(connection), false};
    }
    ++open_;
    lock.unlock();
    try {
        return {std::make_unique<Connection>(options_), true};
    } catch (...) {
        lock.lock();
        --open_;
        freed_.notify_one();
        throw;
    }
}

void Database::give_back(std::unique_ptr<Connection> connection) {
    const std::lock_guard lock(mutex_);
    if (connection->is_broken())
        --open_;
    else
        idle_.push_back(std::move(connection));
    freed_.notify_one();
}

void Database::forget_idle() {
    const std::lock_guard lock(mutex_);
    open_ -= static_cast<int>(idle_.size());
    idle_.clear();
    freed_.notify_all();
}

}  // namespace desk::pg
