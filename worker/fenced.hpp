// The database as a runner may use it: every transaction begins with the fence of its lease, and takes effect once.
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <type_traits>

#include "core/pg/transaction.hpp"
#include "core/store/leases.hpp"

namespace desk::worker {

/// Sessions of a runner. A frozen one must not block its own takeover: no statement and no idle transaction lasts
/// longer than a sixth of `starve` (30 s of the usual 3 min; never less than 2 s). `may_wait`: see pg::Options.
pg::Options runner_options(const std::string& url, seconds starve, std::function<bool()> may_wait = {});

/// One writer of a lease. Thread-safe: one transaction at a time.
class FencedDatabase {
  public:
    /// `may_go_on` is asked before a transaction is repeated because the database was away.
    FencedDatabase(pg::Database& database, leases::Lease lease, leases::Writer writer, std::function<bool()> may_go_on)
        : database_(database), lease_(std::move(lease)), writer_(writer), may_go_on_(std::move(may_go_on)) {}

    /// Fence, `work(tx)`, commit. When the server was away or chose this transaction to end a deadlock, it is repeated:
    /// `work` may run several times, but takes effect once. Where the answer to a COMMIT was lost, the fence of the
    /// repetition sees whether it went through. Throws leases::LeaseLost, also when the database stays away for too
    /// long; what `work` throws.
    template <class Work>
    auto write(Work&& work) {
        using Out = std::invoke_result_t<Work, pg::Transaction&>;
        if constexpr (std::is_void_v<Out>) {
            write([&](pg::Transaction& tx) {
                work(tx);
                return true;
            });
        } else {
            const std::lock_guard one_at_a_time(mutex_);
            ++number_;
            std::optional<Out> out;
            for (int round = 1;; ++round) {
                try {
                    auto tx = database_.begin();
                    if (!leases::fence(tx, lease_, writer_, number_)) return std::move(out.value());
                    out.emplace(work(tx));
                    tx.commit();
                    return std::move(*out);
                } catch (const pg::CommitInDoubt& doubt) {
                    pause(doubt, round);
                } catch (const pg::SqlError& error) {
                    if (!is_repeated(error)) throw;
                    pause(error, round);
                }
            }
        }
    }

    const leases::Lease& lease() const { return lease_; }

  private:
    /// False when the error says that it would fail again.
    static bool is_repeated(const pg::SqlError& error);
    /// Throws LeaseLost when we may not go on.
    void pause(const Error& error, int round) const;

    pg::Database& database_;
    leases::Lease lease_;
    leases::Writer writer_;
    std::function<bool()> may_go_on_;
    std::mutex mutex_;
    std::int64_t number_ = 0;
};

}  // namespace desk::worker
