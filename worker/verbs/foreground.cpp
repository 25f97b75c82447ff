#include "worker/verbs/foreground.hpp"

#include <chrono>
#include <cstdio>
#include <thread>

#include "core/base/log.hpp"
#include "core/base/text.hpp"
#include "core/store/jobs.hpp"
#include "worker/host.hpp"
#include "worker/slots.hpp"

namespace desk::worker::verbs {
namespace {

constexpr seconds kPatience = 60s;  ///< what waits for longer is a tick's, or of another call
constexpr std::chrono::milliseconds kLookEvery = 200ms;
constexpr int kLinesAtOnce = 500;

std::string line_of(const jobs::LogLine& line) {
    return cat(line.step.empty() ? "job" : line.step, ": ", line.level == "ERROR" ? "ERROR " : "", line.text, '\n');
}

/// Everything of the job that was not told yet.
class Teller {
  public:
    explicit Teller(const JobId& job) : job_(job) {}

    void tell(pg::Transaction& tx, int attempt) {
        for (; attempt_ < attempt; ++attempt_, line_ = 0) tell_attempt(tx);
        tell_attempt(tx);
    }

  private:
    void tell_attempt(pg::Transaction& tx) {
        for (;;) {
            const auto lines = jobs::log(tx, job_, attempt_, line_, kLinesAtOnce);
            for (const auto& line : lines) {
                if (line.level != "DEBUG") std::fputs(line_of(line).c_str(), stderr);
                line_ = line.line;
            }
            if (lines.size() < kLinesAtOnce) return;
        }
    }

    JobId job_;
    int attempt_ = 0, line_ = 0;
};

}  // namespace

jobs::Standing follow(pg::Database& database, const Config& config, const Arguments& arguments, const JobId& job) {
    log::set_level(log::Level::warning);  // the job's own lines tell what goes on
    const Host host = Host::of(config);
    Teller teller(job);
    for (;;) {
        auto standing = [&] {
            auto tx = database.begin(pg::Mode::read_only);
            auto now = jobs::standing(tx, job);
            teller.tell(tx, now.attempt);
            return now;
        }();
        const bool waits = standing.status == JobStatus::PENDING || standing.status == JobStatus::RETRYING;
        if (!is_open(standing.status) || standing.is_held || (waits && standing.due_in > kPatience)) return standing;
        if (waits && standing.due_in == 0s) start_runner(job, arguments.config_file(), host);
        std::this_thread::sleep_for(kLookEvery);
    }
}

std::string log_of(pg::Transaction& tx, const JobId& job) {
    std::string text;
    const int attempts = jobs::standing(tx, job).attempt;
    for (int attempt = 1; attempt <= attempts; ++attempt) {
        for (int last = 0;;) {
            const auto lines = jobs::log(tx, job, attempt, last, kLinesAtOnce);
            for (const auto& line : lines) {
                text += cat(to_rfc3339(line.at), ' ', line_of(line));
                last = line.line;
            }
            if (lines.size() < kLinesAtOnce) break;
        }
    }
    return text;
}

void tell(const jobs::Standing& standing) {
    if (standing.status == JobStatus::SUCCEEDED || standing.is_held) return;
    std::fputs(cat(standing.why, ' ', standing.hint, '\n').c_str(), stderr);
    if (is_open(standing.status))
        std::fputs(cat("It is looked at again in ", to_words(standing.due_in),
                       ", by a tick; call this again to have it "
                       "looked at now.\n")
                       .c_str(),
                   stderr);
}

}  // namespace desk::worker::verbs
