#include "worker/fenced.hpp"

#include <algorithm>
#include <thread>

#include "core/base/log.hpp"

namespace desk::worker {

pg::Options runner_options(const std::string& url) {
    return {.url = url,
            .application_name = "clusterdesk-runner",
            .connections = 3,  // the job itself, its log pipe, its heartbeat
            .statement_timeout = 30s,
            .idle_in_transaction_timeout = 30s,
            .lock_timeout = {}};
}

bool FencedDatabase::pause_before_repeating(const pg::SqlError& error, int round) const {
    const bool was_away = error.code() == Code::unavailable;
    const bool was_chosen = error.sqlstate() == "40P01" || error.sqlstate() == "40001";
    if (!was_away && !was_chosen) return false;
    log::warning("transaction_repeated", {{"round", round}, {"why", error.for_log()}});
    std::this_thread::sleep_for(std::min(100ms * round, 2000ms));
    return may_go_on_();
}

}  // namespace desk::worker
