#include "worker/runner.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/base/fault_point.hpp"
#include "core/base/keyring.hpp"
#include "core/base/log.hpp"
#include "core/base/text.hpp"
#include "core/cloud/open_store.hpp"
#include "core/store/held_jobs.hpp"
#include "core/store/logs.hpp"
#include "core/store/orphan_sweeps.hpp"
#include "core/store/requests.hpp"
#include "core/store/secrets.hpp"
#include "worker/child.hpp"
#include "worker/claiming.hpp"
#include "worker/embedded_rules.hpp"
#include "worker/fenced.hpp"
#include "worker/heartbeat.hpp"
#include "worker/host.hpp"
#include "worker/log_pipe.hpp"
#include "worker/outcomes.hpp"
#include "worker/plans.hpp"

namespace desk::worker {
namespace {

using leases::Claim;

constexpr seconds kHeldFor = 24h;  ///< then a held job is looked at again, and held again

/// While the runner works its working directory is the job's, so that whoever looks for strays finds it too.
class JobDirectory {
  public:
    explicit JobDirectory(const Host& host, const Claim& claim)
        : outside_(host.work_dir),
          job_(host.job_dir(claim.lease.job)),
          attempt_(job_ / std::to_string(claim.lease.attempt)) {
        make_dir(job_);
        fs::remove_all(attempt_);  // of a resumed wait: its steps read nothing from here
        make_dir(attempt_);
        fs::current_path(job_);
    }
    ~JobDirectory() {
        std::error_code ignored;
        fs::current_path(outside_, ignored);
    }
    JobDirectory(const JobDirectory&) = delete;
    JobDirectory& operator=(const JobDirectory&) = delete;

    const fs::path& job() const { return job_; }
    const fs::path& attempt() const { return attempt_; }
    /// Secrets lie in it: it goes as soon as what it proves is stored.
    void remove() const {
        std::error_code fault;
        fs::current_path(outside_);
        fs::remove_all(job_, fault);
        if (fault) log::warning("job_directory_left", {{"dir", job_.string()}, {"why", fault.message()}});
    }

  private:
    fs::path outside_, job_, attempt_;
};

struct Approved {
    RequestId request;
    EffectiveOrder order;
    std::string digest;
};

Approved approved_order(pg::Transaction& tx, const ClusterId& cluster) {
    for (const auto& request : requests::of_cluster(tx, cluster))
        if (request.kind == RequestKind::CREATE && request.state == RequestState::APPROVED)
            return {request.id, EffectiveOrder::from_json(request.effective_order), request.digest};
    throw Error(Code::internal, "There is no approved order for this cluster.", cluster.str());
}

/// A sweep has no order. What its programs ask of one is where they act; without a version the newest installer does
/// it, which knows whatever older ones may have made.
Approved order_of_sweep(const Json& params) {
    const auto place = orphans::Place::from_json(params);
    Approved approved;
    approved.order.platform = place.provider;
    approved.order.region = place.region;
    approved.order.pace.seconds_per_hour = 1;  // on platform demo nobody waits for what is left to go
    return approved;
}

/// An exception as a failure. The desk's own, unless the rules know what the system said ("no space left on device").
StepResult failure_of(const Error& error, int seconds_per_hour, const FailureRules& rules) {
    const auto* rule = rules.classify({.exit_code = {}, .lines = {error.for_log()}}).rule;
    if (!rule->patterns.empty())
        return StepResult::retry(rule->retry_after * seconds_per_hour / 3600, {.error_class = rule->error_class,
                                                                               .code = rule->name,
                                                                               .message = rule->reason,
                                                                               .hint = rule->hint,
                                                                               .turn = rule->turn});
    const bool passes = error.code() == Code::unavailable;
    return StepResult::retry(
        5s, {.error_class = passes ? FailureClass::transient : FailureClass::internal,
             .code = passes ? "not-reachable" : "desk-error",
             .message = error.for_user(),
             .hint = passes ? "It is tried again." : "An administrator finds the reason in the worker's log.",
             .turn = passes ? Turn::NOBODY : Turn::ADMIN});
}

/// A claimed job and the means to write under its lease: there before anything else can go wrong.
struct Tenure {
    Tenure(const Config& the_config, Claimed the_claimed)
        : config(the_config),
          claimed(std::move(the_claimed)),
          rules(load_failure_rules(config).rules),
          database(runner_options(config.database.url, seconds(config.worker.starve_seconds),
                                  [this] { return heartbeat.is_fed(); })),
          heartbeat(database, claim.lease, config.worker),
          db(database, claim.lease, leases::Writer::JOB, [this] { return heartbeat.is_fed(); }),
          log_db(database, claim.lease, leases::Writer::LOG, [this] { return heartbeat.is_fed(); }) {}

    Ended ended() const { return claimed.ended(); }
    int seconds_per_hour() const { return cluster ? cluster->seconds_per_hour : Pace().seconds_per_hour; }
    Platform platform() const { return cluster ? cluster->platform : orphans::Place::from_json(claim.params).provider; }
    /// What kept the job from its steps, as its failure.
    void give_up(const Error& error);

    const Config& config;
    const Claimed claimed;
    const Claim& claim = claimed.claim;
    const std::optional<clusters::Cluster>& cluster = claimed.cluster;
    const FailureRules rules;
    pg::Database database;
    Heartbeat heartbeat;
    FencedDatabase db, log_db;
};

void Tenure::give_up(const Error& error) {
    const auto result = failure_of(error, seconds_per_hour(), rules);
    db.write([&](pg::Transaction& tx) {
        runs::stop_steps(tx, claim.lease.job, claim.lease.attempt, result.failure.code);
        fail(tx, ended(), config.worker, result.failure, result.after, true);
        leases::release(tx, claim.lease);
    });
}

class Runner {
  public:
    Runner(Tenure& tenure, const Host& host)
        : tenure_(tenure),
          directory_(host, claim_),
          keys_(Keyring::load(config_.secrets.key_file)),
          objects_(open_store(config_)),
          platform_(find_platform(tenure.platform(), config_)),
          process_({.dir = directory_.job(),
                    .starve = seconds(config_.worker.starve_seconds),
                    .kill_after = seconds(config_.worker.kill_seconds),
                    .alive = [this] { return heartbeat_.is_fed(); }},
                   heartbeat_.token()),
          log_(redactor_, {.store = [this](const auto& lines) { store_lines(lines); },
                           .mark = [this](Mark mark) { hear(mark); },
                           .percent = [this](int percent) { hear_percent(percent); }}) {}

    /// Does steps until the job is closed or parked.
    void run();

  private:
    Ended ended() const { return tenure_.ended(); }
    StepContext look();
    /// Whether an operator wants the job to stop before this step of the plan.
    bool is_held(std::span<const Step> before) const;
    StepResult hold();
    /// Whether the order may be acted on: something is made only of the one that was approved (law 5).
    bool is_approved() const;
    static StepResult refuse();
    StepResult act(const Step& step);
    /// Writes how the step ended, and with it how the attempt does; false = the job goes on with the next step.
    bool conclude(const Step& step, bool is_last, const StepResult& result);
    bool stop();

    void store_lines(const std::vector<LogLine>& lines);
    void hear(Mark mark);
    void hear_percent(int percent);

    Tenure& tenure_;
    const Config& config_ = tenure_.config;
    const Claim& claim_ = tenure_.claim;
    const std::optional<clusters::Cluster>& cluster_ = tenure_.cluster;
    const FailureRules& rules_ = tenure_.rules;
    Heartbeat& heartbeat_ = tenure_.heartbeat;
    FencedDatabase &db_ = tenure_.db, &log_db_ = tenure_.log_db;
    JobDirectory directory_;
    Keyring keys_;
    std::unique_ptr<ObjectStore> objects_;
    Redactor redactor_;
    std::unique_ptr<PlatformDriver> platform_;
    GuardedRunner process_;
    std::mutex step_mutex_;
    std::string step_;  ///< for the lines of the log pipe's thread
    std::optional<StepContext> in_;
    LogPipe log_;
};

StepContext Runner::look() {
    return db_.write([&](pg::Transaction& tx) {
        auto approved = cluster_ ? approved_order(tx, cluster_->id) : order_of_sweep(claim_.params);
        auto earlier = cluster_ ? runs::unclean(tx, cluster_->id) : std::vector<runs::Attempt>();
        std::erase_if(earlier, [&](const runs::Attempt& attempt) {
            return attempt.job_id == claim_.lease.job && attempt.attempt == claim_.lease.attempt;
        });
        for (const auto& attempt : earlier)
            if (!attempt.account.empty()) platform_->keep_to(attempt.account);
        if (!cluster_) platform_->keep_to(orphans::Place::from_json(claim_.params).account);
        return StepContext{.config = config_,
                           .cluster = cluster_ ? clusters::get(tx, cluster_->id) : clusters::Cluster(),
                           .order = std::move(approved.order),
                           .request = std::move(approved.request),
                           .approved_digest = std::move(approved.digest),
                           .job = claim_.lease.job,
                           .attempt = claim_.lease.attempt,
                           .params = claim_.params,
                           .dir = directory_.attempt(),
                           .earlier = std::move(earlier),
                           .platform = *platform_,
                           .process = process_,
                           .objects = *objects_,
                           .keys = keys_,
                           .redactor = redactor_,
                           .log = log_,
                           .db = db_,
                           .rules = rules_,
                           .heartbeat = heartbeat_};
    });
}

void Runner::run() {
    const auto plan = plan_of(claim_.type);
    if (claim_.is_cancelled) {
        db_.write([&](pg::Transaction& tx) {
            cancel(tx, ended());
            leases::release(tx, claim_.lease);
        });
        return;
    }
    if (!platform_ || plan.empty()) {
        const runs::Failure failure{
            .error_class = FailureClass::user,
            .code = "not-supported",
            .message = platform_ ? cat("This desk can't do this yet: ", doing(claim_.type), '.')
                                 : cat("This desk has no installer for platform ", text(tenure_.platform()), "."),
            .hint = "An administrator has to update the desk, or take the profile away.",
            .turn = Turn::ADMIN};
        db_.write([&](pg::Transaction& tx) {
            fail(tx, ended(), config_.worker, failure, 60s, false);
            leases::release(tx, claim_.lease);
        });
        return;
    }

    in_.emplace(look());
    const auto done =
        db_.write([&](pg::Transaction& tx) { return runs::done_steps(tx, claim_.lease.job, claim_.lease.attempt); });
    log_.note(LogLevel::INFO, cat(doing(claim_.type), ' ', cluster_ ? cluster_->name : claim_.lease.subject,
                                  ": attempt ", claim_.lease.attempt, done.empty() ? " begins." : " goes on."));
    for (std::size_t i = 0; i < plan.size(); ++i) {
        const Step& step = plan[i];
        if (std::ranges::find(done, step.name) != done.end()) continue;
        if (step.applies != nullptr && !step.applies(*in_)) continue;
        if (stop()) return;
        db_.write([&](pg::Transaction& tx) {
            runs::begin_step(tx, claim_.lease.job, claim_.lease.attempt, step.name, static_cast<int>(i) + 1);
        });
        fault_point(cat(step.name, ":begun"));
        const auto result = !is_approved() ? refuse() : is_held(plan.first(i)) ? hold() : act(step);
        fault_point(cat(step.name, ":acted"));
        if (conclude(step, i + 1 == plan.size(), result)) break;
        fault_point(cat(step.name, ":recorded"));
    }
    directory_.remove();
}

bool Runner::is_held(std::span<const Step> before) const {
    const std::string until = claim_.params.value(jobs::kUntil, "");
    return std::ranges::find(before, until, &Step::name) != before.end();
}

StepResult Runner::hold() {
    const auto now = db_.write([](pg::Transaction& tx) { return clusters::desk_now(tx); });
    return StepResult::wait(now + kHeldFor, "an operator led it up to here, and lets it go on by cluster-create");
}

bool Runner::is_approved() const {
    return claim_.type != JobType::CREATE || in_->order.digest() == in_->approved_digest;
}

StepResult Runner::refuse() {
    return StepResult::fail({.error_class = FailureClass::internal,
                             .code = "order-not-approved",
                             .message = "The order is not the one that was approved. Nothing is made of it.",
                             .hint = "An administrator has to find out who changed it; the audit page helps.",
                             .turn = Turn::ADMIN});
}

StepResult Runner::act(const Step& step) {
    log_.flush();
    {
        const std::lock_guard lock(step_mutex_);
        step_ = step.name;
    }
    in_->step = step.name;
    const log::Scope scope({{"step", std::string(step.name)}});
    try {
        log::info("step_begins");
        auto result = step.run(*in_);
        log_.flush();
        return result;
    } catch (const leases::LeaseLost&) {
        throw;
    } catch (const Error& error) {
        log::error("step_threw", {{"why", error.for_log()}});
        return failure_of(error, tenure_.seconds_per_hour(), rules_);
    } catch (const std::exception& error) {  // of a library: a JSON document that is not what it should be
        log::error("step_threw", {{"why", error.what()}});
        return failure_of(Error(Code::internal, "The desk itself failed in this step.", error.what()),
                          tenure_.seconds_per_hour(), rules_);
    }
}

bool Runner::conclude(const Step& step, bool is_last, const StepResult& result) {
    using Kind = StepResult::Kind;
    // A program that was ended because we must stop looks like a failure: it is none.
    if (result.kind != Kind::done && heartbeat_.reason() != StopReason::NONE) return stop();
    if (result.kind == Kind::retry || result.kind == Kind::fail) {
        log_.note(LogLevel::ERROR, cat(result.failure.message, " ", result.failure.hint));
        log_.flush();
    }
    const auto record = [&](pg::Transaction& tx, StepOutcome outcome) {
        runs::end_step(tx, claim_.lease.job, claim_.lease.attempt, step.name, outcome,
                       result.detail.empty() ? result.failure.code : result.detail);
    };
    fault_point(cat(step.name, ":concluding"));
    return db_.write([&](pg::Transaction& tx) {
        switch (result.kind) {
            case Kind::done:
                if (cluster_) clusters::lock(tx, cluster_->id);
                record(tx, StepOutcome::DONE);
                if (!is_last) return false;
                succeed(tx, ended(), result.last);
                break;
            case Kind::wait:
                record(tx, StepOutcome::WAITING);
                runs::wait(tx, claim_.lease.job, result.until);
                runs::notify(tx, claim_.lease.job);
                break;
            case Kind::retry:
            case Kind::fail:
            case Kind::stopped:
                if (cluster_) clusters::lock(tx, cluster_->id);
                record(tx, result.kind == Kind::fail ? StepOutcome::FAILED : StepOutcome::RETRY);
                fail(tx, ended(), config_.worker, result.failure, result.after, result.kind == Kind::retry);
                break;
        }
        leases::release(tx, claim_.lease);
        return true;
    });
}

bool Runner::stop() {
    const auto reason = heartbeat_.reason();
    if (reason == StopReason::NONE) return false;
    if (reason == StopReason::LEASE_LOST) throw leases::LeaseLost(claim_.lease);
    log_.note(LogLevel::WARNING, reason == StopReason::CANCELLED ? "Stopped: a destroy or cancel was asked for."
                                                                 : "Stopped: this worker shuts down.");
    log_.flush();
    db_.write([&](pg::Transaction& tx) {
        if (reason == StopReason::CANCELLED)
            cancel(tx, ended());
        else
            lose(tx, ended(), config_.worker, false, false);
        leases::release(tx, claim_.lease);
    });
    directory_.remove();
    return true;
}

void Runner::store_lines(const std::vector<LogLine>& lines) {
    std::vector<logs::Line> rows;
    {
        const std::lock_guard lock(step_mutex_);
        for (const auto& line : lines)
            rows.push_back({step_, std::string(text(line.source)), std::string(text(line.level)), line.text});
    }
    log_db_.write([&](pg::Transaction& tx) {
        logs::append(tx, claim_.lease.job, claim_.lease.attempt,
                     logs::last_line(tx, claim_.lease.job, claim_.lease.attempt) + 1, rows);
    });
}

void Runner::hear(Mark mark) {
    if (in_->step != "install") return;
    if (mark != Mark::BOOTSTRAPPED && mark != Mark::INSTALLED) return;
    const Phase phase = mark == Mark::BOOTSTRAPPED ? Phase::bootstrapped : Phase::installed;
    db_.write([&](pg::Transaction& tx) { runs::set_phase(tx, in_->job, in_->key_attempt(), phase); });
    fault_point(cat("install:", text(phase)));
}

void Runner::hear_percent(int percent) {
    db_.write([&](pg::Transaction& tx) {
        runs::note_step(tx, in_->job, in_->attempt, in_->step, cat(percent, " % complete"));
    });
}

}  // namespace

void run_job(const Config& config, const JobId& job) {
    const Host host = Host::of(config);
    auto claimed = claim_job(config, host, job);
    if (!claimed) return log::info("job_gone", {{"job", job.str()}});
    const log::Scope scope({{"job", job.str()},
                            {"attempt", claimed->claim.lease.attempt},
                            {"subject", claimed->claim.lease.subject},
                            {"request", claimed->claim.correlation_id}});
    log::info("claimed", {{"type", std::string(text(claimed->claim.type))}});
    fault_point("claimed");
    Tenure tenure(config, std::move(*claimed));
    try {
        Runner(tenure, host).run();
    } catch (const leases::LeaseLost& error) {
        log::warning("lease_lost", {{"why", error.for_log()}});
        return;
    } catch (const Error& error) {
        log::error("job_failed", {{"why", error.for_log()}});
        tenure.give_up(error);
    } catch (const fs::filesystem_error& error) {
        log::error("job_failed", {{"why", error.what()}});
        tenure.give_up(Error(Code::internal, "The desk could not use one of its folders.", error.what()));
    }
    fault_point("ended");
    log::info("runner_ends");
}

}  // namespace desk::worker
