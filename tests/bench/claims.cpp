// What runners do of the queue, and nothing else: `desk-claims URL HOST CONNECTIONS` claims and completes every job
// that is due, as runners of HOST would, on so many connections at the same time. Prints how many there were, and
// seconds.
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <latch>
#include <limits>
#include <stdexcept>
#include <thread>
#include <vector>

#include "worker/claiming.hpp"
#include "worker/fenced.hpp"

namespace desk {
namespace {

void claim_and_complete(pg::Database& database, const Config& config, const worker::Host& host, const JobId& job) {
    const auto claimed = worker::try_to_claim(database, config, host, job);
    if (!claimed) throw std::runtime_error("somebody else claimed " + job.str());
    const auto& lease = claimed->claim.lease;
    worker::FencedDatabase(database, lease, leases::Writer::JOB, [] { return true; }).write([&](pg::Transaction& tx) {
        worker::succeed(tx, claimed->ended(), {});
        leases::release(tx, lease);
    });
}

std::vector<JobId> due_jobs(const pg::Options& options) {
    pg::Database database(options);
    auto tx = database.begin(pg::Mode::read_only);
    return leases::due(tx, std::numeric_limits<int>::max());
}

/// Seconds that it took, connections made before.
double claim_and_complete(const std::vector<JobId>& jobs, const pg::Options& options, const worker::Host& host,
                          int connections) {
    const Config config;
    std::atomic<std::size_t> next = 0;
    std::latch ready(connections + 1);
    std::vector<std::jthread> threads;
    for (int i = 0; i < connections; ++i)
        threads.emplace_back([&] {
            pg::Database database(options);
            database.begin(pg::Mode::read_only);  // connects
            ready.arrive_and_wait();
            for (std::size_t at = next++; at < jobs.size(); at = next++)
                claim_and_complete(database, config, host, jobs[at]);
        });
    ready.arrive_and_wait();
    const auto began = std::chrono::steady_clock::now();
    threads.clear();  // joins them
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

}  // namespace
}  // namespace desk

int main(int argc, char** argv) {
    if (argc != 4) {
        std::cerr << "usage: desk-claims URL HOST CONNECTIONS\n";
        return 2;
    }
    const auto options = desk::worker::runner_options(argv[1], desk::seconds(desk::Config().worker.starve_seconds));
    const desk::worker::Host host{.name = argv[2], .boot_id = "bench", .work_dir = {}};
    const auto jobs = desk::due_jobs(options);
    const double seconds = desk::claim_and_complete(jobs, options, host, std::atoi(argv[3]));
    std::cout << jobs.size() << ' ' << seconds << '\n';
}
