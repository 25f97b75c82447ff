// The database as a runner may use it: every transaction begins with the fence of its lease.
#pragma once

#include <functional>
#include <type_traits>

#include "core/pg/transaction.hpp"
#include "core/store/leases.hpp"

namespace desk::worker {

/// Sessions of a runner: no statement and no idle transaction lasts longer than 30 s, or a frozen runner would block
/// its own takeover.
pg::Options runner_options(const std::string& url);

class FencedDatabase {
  public:
    /// `may_go_on` is asked before a transaction is repeated because the database was away.
    FencedDatabase(pg::Database& database, leases::Lease lease, std::function<bool()> may_go_on)
        : database_(database), lease_(std::move(lease)), may_go_on_(std::move(may_go_on)) {}

    /// Fence, `work(tx)`, commit. `work` may run several times: when the server was away or chose this transaction to
    /// end a deadlock, nothing of it happened and it is done again. Throws leases::LeaseLost; pg::CommitInDoubt when it
    /// is not known whether it happened (look at the rows); what `work` throws.
    template <class Work>
    auto write(Work&& work) {
        using Out = std::invoke_result_t<Work, pg::Transaction&>;
        for (int round = 1;; ++round) {
            try {
                auto tx = database_.begin();
                leases::fence(tx, lease_);
                if constexpr (std::is_void_v<Out>) {
                    work(tx);
                    tx.commit();
                    return;
                } else {
                    Out out = work(tx);
                    tx.commit();
                    return out;
                }
            } catch (const pg::SqlError& error) {
                if (!pause_before_repeating(error, round)) throw;
            }
        }
    }

    const leases::Lease& lease() const { return lease_; }

  private:
    /// False when the error says that it would fail again, or the lease is not ours any more.
    bool pause_before_repeating(const pg::SqlError& error, int round) const;

    pg::Database& database_;
    leases::Lease lease_;
    std::function<bool()> may_go_on_;
};

}  // namespace desk::worker
