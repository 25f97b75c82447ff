// Receipts: each sweep as it was made, and the receipt that stands for the last two; or for what an administrator gave
// up.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "core/base/id.hpp"
#include "core/base/json.hpp"
#include "core/base/time.hpp"
#include "core/model/orphan.hpp"
#include "core/pg/transaction.hpp"

namespace desk::receipts {

/// One look at everything that an attempt may have left.
struct Sweep {
    int sweep = 1;                    ///< 1 or 2
    Time at = {};                     ///< the database's clock
    Json scope = {};                  ///< what was looked for, and where
    Json found = {};                  ///< a list of what still existed; empty = clean
    std::chrono::milliseconds age{};  ///< how long ago, when it was read
};

void add_sweep(pg::Transaction& tx, const ClusterId& cluster, const JobId& job, int attempt, const Sweep& sweep);
/// Of one attempt of a job, in the order they were made.
std::vector<Sweep> sweeps(pg::Transaction& tx, const JobId& job, int attempt);

struct Receipt {
    ReceiptId id = {};
    ClusterId cluster_id = {};
    JobId job_id = {};
    Json body = {};
    std::string sha256 = {};  ///< of the canonical JSON of `body`
    ReceiptKind kind = ReceiptKind::PROOF;
    std::optional<Time> clean_at = {};  ///< of a proof: the second sweep that found nothing
};

/// Stores the receipt; its hash is computed here. A proof has a time, what was given up has none.
Receipt add(pg::Transaction& tx, const ClusterId& cluster, const JobId& job, ReceiptKind kind, const Json& body,
            std::optional<Time> clean_at);
std::optional<Receipt> find(pg::Transaction& tx, const ClusterId& cluster);

}  // namespace desk::receipts
