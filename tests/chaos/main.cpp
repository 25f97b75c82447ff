// desk-chaos [--runs N] [--each N] [--seed S] [--calm] [--crash-server] [--json]: kills everything, then asks whether
// anything was lost. DESK_TEST_DATABASE names a PostgreSQL server, as for the tests. Exit code 0 only when nothing was
// found.
#include <chrono>
#include <cstdio>
#include <random>

#include "core/base/json.hpp"
#include "core/base/text.hpp"
#include "tests/chaos/findings.hpp"
#include "tests/chaos/storm.hpp"
#include "worker/program.hpp"

namespace desk::chaos {
namespace {

constexpr seconds kPatience = 600s;  ///< after the storm: with no more kills everything ends in a minute

std::optional<Options> read_options(int argc, char** argv) {
    Options options{.seed = std::random_device{}()};
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        if (word == "--calm") {
            options.is_calm = true;
        } else if (word == "--crash-server") {
            options.crashes_server = true;
        } else if (word == "--runs" || word == "--seed" || word == "--each") {
            const long number = i + 1 < argc ? parse_int(argv[++i]).value_or(-1) : -1;
            if (number < (word == "--runs" ? 1 : 0)) return std::nullopt;
            if (word == "--runs")
                options.runs = static_cast<int>(number);
            else if (word == "--each")
                options.each = static_cast<int>(number);
            else
                options.seed = static_cast<unsigned>(number);
        } else if (word != "--json") {
            return std::nullopt;
        }
    }
    return options;
}

void tell(std::string_view what, const std::vector<std::string>& lines) {
    for (const auto& line : lines)
        std::fprintf(stderr, "%.*s: %s\n", static_cast<int>(what.size()), what.data(), line.c_str());
}

int run(const Options& options) {
    const auto began = std::chrono::steady_clock::now();
    Storm storm(options);
    storm.run(kPatience);
    const Findings found = look(storm.desk());
    tell("leaked", found.leaked);
    tell("duplicate effect", found.duplicate_effects);
    tell("lost", found.lost_jobs);
    tell("stuck", found.stuck);
    tell("secret", found.secrets_found);
    tell("audit", found.broken_audit);

    const auto deaths = storm.deaths_by_point();
    int least = deaths.empty() ? 0 : deaths.begin()->second;
    for (const auto& [point, times] : deaths) {
        least = std::min(least, times);
        if (times == 0) std::fprintf(stderr, "nobody died at %s\n", point.c_str());
    }
    for (const auto& [kind, times] : storm.strikes()) std::fprintf(stderr, "%s: %d\n", kind.c_str(), times);
    const auto took = std::chrono::duration_cast<seconds>(std::chrono::steady_clock::now() - began);
    const Json result = {{"clusters", storm.clusters()},
                         {"kills", storm.kills()},
                         {"leaked", found.leaked.size()},
                         {"duplicate_effects", found.duplicate_effects.size()},
                         {"lost_jobs", found.lost_jobs.size()},
                         {"stuck", found.stuck.size()},
                         {"secrets_found", found.secrets_found.size()},
                         {"audit_faults", found.broken_audit.size()},
                         {"points", deaths.size()},
                         {"least_deaths_at_a_point", least},
                         {"seed", options.seed},
                         {"seconds", took.count()}};
    std::printf("%s\n", result.dump().c_str());
    return found.is_clean() ? 0 : 1;
}

}  // namespace
}  // namespace desk::chaos

int main(int argc, char** argv) {
    const std::string_view verb = argc > 1 ? argv[1] : "";
    if (verb == "tick" || verb == "run-job") return desk::sabotaged_worker_main(argc, argv);
    if (verb == "guard" || verb == "audit-verify") return desk::worker::program(argc, argv);
    const auto options = desk::chaos::read_options(argc, argv);
    if (!options) {
        std::fputs("usage: desk-chaos [--runs N] [--each N] [--seed S] [--calm] [--crash-server] [--json]\n", stderr);
        return 2;
    }
    return desk::chaos::run(*options);
}
