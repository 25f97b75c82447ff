#include "worker/fenced.hpp"

#include <algorithm>
#include <thread>

#include "core/base/log.hpp"

namespace desk::worker {

pg::Options runner_options(const std::string& url, seconds starve, std::function<bool()> may_wait) {
    const seconds longest = std::clamp<seconds>(starve / 6, 2s, 30s);
    return {.url = url,
            .application_name = "clusterdesk-runner",
            .connections = 3,  // the job itself, its log pipe, its heartbeat
            .statement_timeout = longest,
            .idle_in_transaction_timeout = longest,
            .lock_timeout = {},
            .may_wait = std::move(may_wait)};
}

bool FencedDatabase::is_repeated(const pg::SqlError& error) {
    return error.code() == Code::unavailable || error.sqlstate() == "40P01" || error.sqlstate() == "40001";
}

void FencedDatabase::pause(const Error& error, int round) const {
    log::warning("transaction_repeated", {{"round", round}, {"why", error.for_log()}});
    std::this_thread::sleep_for(std::min(100ms * round, 2000ms));
    if (!may_go_on_()) throw leases::LeaseLost(lease_);
}

}  // namespace desk::worker
