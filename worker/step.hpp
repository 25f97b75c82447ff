// A step of a job: it observes, acts and records, and says how the job goes on. It knows nothing about leases.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/config.hpp"
#include "core/base/keyring.hpp"
#include "core/base/process.hpp"
#include "core/cloud/object_store.hpp"
#include "core/model/failure_rules.hpp"
#include "core/model/order.hpp"
#include "core/store/clusters.hpp"
#include "core/store/runs.hpp"
#include "worker/fenced.hpp"
#include "worker/heartbeat.hpp"
#include "worker/log_pipe.hpp"
#include "worker/platforms/platform.hpp"
#include "worker/redact.hpp"

namespace desk::worker {

/// How a step ended.
struct StepResult {
    enum class Kind { done, wait, retry, fail, stopped } kind = Kind::done;
    std::string detail = {};     ///< done: a few words for the page
    Time until = {};             ///< wait: the same attempt goes on here then; the database's clock
    seconds after = {};          ///< retry: a new attempt this much later
    runs::Failure failure = {};  ///< retry and fail: why
    std::function<void(pg::Transaction&)> last =
        {};  ///< done, last step: what the job proved, in the closing transaction

    static StepResult done(std::string detail = {}) { return {.kind = Kind::done, .detail = std::move(detail)}; }
    static StepResult done_with(std::function<void(pg::Transaction&)> last, std::string detail) {
        return {.kind = Kind::done, .detail = std::move(detail), .last = std::move(last)};
    }
    static StepResult wait(Time until, std::string detail) {
        return {.kind = Kind::wait, .detail = std::move(detail), .until = until};
    }
    /// A new attempt, unless the class or the number of attempts forbids it.
    static StepResult retry(seconds after, runs::Failure failure) {
        return {.kind = Kind::retry, .after = after, .failure = std::move(failure)};
    }
    /// No other attempt.
    static StepResult fail(runs::Failure failure) { return {.kind = Kind::fail, .failure = std::move(failure)}; }
    /// A program was ended because the runner must stop; the runner knows why.
    static StepResult stopped() { return {.kind = Kind::stopped}; }
};

/// What a step works with. Lives as long as the runner's attempt.
struct StepContext {
    const Config& config;
    clusters::Cluster cluster;  ///< as it was when the runner began; of a job without one: without an id
    EffectiveOrder order;
    RequestId request;
    std::string approved_digest;  ///< of the order, as approved

    JobId job;
    int attempt;
    Json params;   ///< of the job
    fs::path dir;  ///< of this attempt, 0700; programs get HOME and TMPDIR in it
    /// Attempts of this cluster that may have left something, oldest first, as they were when the runner began.
    std::vector<runs::Attempt> earlier;

    const PlatformDriver& platform;
    ProcessRunner& process;
    ObjectStore& objects;
    const Keyring& keys;
    Redactor& redactor;
    LogPipe& log;
    FencedDatabase& db;
    const FailureRules& rules;
    Heartbeat& heartbeat;

    std::string step = {};  ///< the one that runs

    /// The installer's directory of this attempt.
    fs::path install_dir() const { return dir / "install"; }
    /// The earlier attempt of this create whose cluster this attempt goes on with: it was past its bootstrap, and its
    /// host was not given up on. Null: from the beginning.
    const runs::Attempt* continued() const;
    /// The attempt whose keys find what this create makes: that one or ours.
    int key_attempt() const { return continued() != nullptr ? continued()->attempt : attempt; }
    /// On platform demo an hour takes seconds, and so does a minute.
    seconds scaled(seconds duration) const;
    void note(std::string_view text) { log.note(LogLevel::INFO, text); }
};

struct Step {
    std::string_view name;
    StepResult (*run)(StepContext& in);
    /// A step that has nothing to do with this attempt is left out, without a row. Null: always in.
    bool (*applies)(const StepContext& in) = nullptr;
};

}  // namespace desk::worker
