// tick and run-job.
#include <fcntl.h>

#include "core/base/log.hpp"
#include "core/base/text.hpp"
#include "core/store/schema.hpp"
#include "worker/heartbeat.hpp"
#include "worker/host.hpp"
#include "worker/runner.hpp"
#include "worker/tick.hpp"
#include "worker/verbs/verbs.hpp"

namespace desk::worker::verbs {
namespace {

constexpr int kSlotDescriptor = 3;

void check_database(const Config& config) {
    pg::Database database({.url = config.database.url, .application_name = "clusterdesk-worker", .connections = 1});
    check_schema(database);
}

/// The lock that says "a runner of this job lives here": handed over by the tick, or taken now; nothing when another
/// runner has it.
UniqueFd take_slot(const Host& host, const JobId& job, bool handed_over) {
    if (!handed_over) return try_lock_file(host.slot_file(job));
    ::fcntl(kSlotDescriptor, F_SETFD, FD_CLOEXEC);
    return UniqueFd(kSlotDescriptor);
}

}  // namespace

int tick(const Arguments& arguments) {
    arguments.want_words(0, "no words");
    block_stop_signals();
    const auto config = arguments.config();
    check_database(config);
    worker::tick(config, arguments.config_file());
    return 0;
}

int run_job(const Arguments& arguments) {
    arguments.want_words(1, "the id of a job");
    const auto job = JobId::parse(arguments.words()[0]);
    if (!job) throw Usage{cat(arguments.words()[0], " is not the id of a job")};
    block_stop_signals();
    const auto config = arguments.config();
    const auto slot = take_slot(Host::of(config), *job, arguments.has("--slot"));
    if (!slot) {
        log::info("job_has_a_runner", {{"job", job->str()}});
        return 0;
    }
    check_database(config);
    worker::run_job(config, *job);
    return 0;
}

}  // namespace desk::worker::verbs
