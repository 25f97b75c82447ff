// From a program's raw lines to rows of a job's log: level, redaction, batches; and the marks that move a job on.
#pragma once

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "core/base/enum.hpp"
#include "core/base/lines.hpp"
#include "core/base/process.hpp"
#include "worker/installer_lines.hpp"
#include "worker/redact.hpp"

namespace desk::worker {

/// DESK: the worker itself. INSTALLER: what openshift-install says. INSTALLER_FILE: mined from its log file.
/// PROGRAM: any other program (terraform, oc, git, bootstrap.sh).
DESK_ENUM(LogSource, DESK, INSTALLER, INSTALLER_FILE, PROGRAM);

struct LogLine {
    LogLevel level = LogLevel::INFO;
    LogSource source = LogSource::DESK;
    std::string text = {};
};

/// One for each attempt. Lines go in from any thread, leave in order, redacted, in batches, from a thread of the pipe
/// (or from the one that calls flush): never two batches at the same time.
class LogPipe {
  public:
    struct Outlets {
        /// Stores a batch, never empty. If it throws, the batch is kept and offered again with the next one.
        std::function<void(const std::vector<LogLine>&)> store = {};
        /// Called on the reading thread before the line goes on, once for each mark. May throw (the lease is gone):
        /// the exception leaves through the line sink and ends the program.
        std::function<void(Mark)> mark = {};
        /// Called likewise, whenever the number changes.
        std::function<void(int percent)> percent = {};
    };
    struct Limits {
        std::size_t batch_lines = 200;
        std::chrono::milliseconds batch_age{500};
        /// Lines kept in full. Then only warnings, errors and every 1000th line; twice as many: every 1000th.
        std::size_t max_lines = 50'000;
    };

    LogPipe(const Redactor& redactor, Outlets outlets, Limits limits);
    LogPipe(const Redactor& redactor, Outlets outlets) : LogPipe(redactor, std::move(outlets), Limits{}) {}
    /// Offers what is left once more; an exception of `store` is swallowed here, so call flush() before.
    ~LogPipe();
    LogPipe(const LogPipe&) = delete;
    LogPipe& operator=(const LogPipe&) = delete;

    /// A raw line of a program; see parse_line.
    void program_line(LogSource source, Stream stream, std::string_view raw);

    /// A line of the desk itself; several if `text` holds line ends.
    void note(LogLevel level, std::string_view text);

    /// Lines that are redacted already (mine_log_file).
    void add(std::vector<LogLine> lines);

    /// program_line as the output of a ProcessRunner.
    LineSink sink(LogSource source);

    /// Everything said so far is stored when this returns; throws what `store` throws.
    void flush();

    /// Text of the last WARNING and ERROR lines (at most 100, redacted), oldest first: evidence for a failure.
    std::vector<LogLine> recent_faults() const;

    bool has_seen(Mark mark) const;

  private:
    struct Source {
        LineRedactor redactor;
        bool in_trace = false;  ///< behind a panic: lines without a level belong to it
    };
    void look_for_marks(std::string_view text);
    void take(LogLine line);  ///< under the limits; mutex_ is held
    void keep(LogLine line);  ///< in any case; mutex_ is held
    void store_batches(const std::stop_token& stop);
    void store_pending();

    const Redactor& redactor_;
    Outlets outlets_;
    Limits limits_;

    mutable std::mutex mutex_;  ///< everything below
    std::condition_variable_any more_;
    std::map<std::pair<LogSource, Stream>, Source> sources_;
    std::vector<LogLine> pending_;
    std::vector<LogLine> faults_;
    std::size_t taken_ = 0, kept_ = 0, dropped_ = 0;
    std::set<Mark> seen_;
    int percent_ = -1;

    std::mutex store_mutex_;  ///< one batch at a time; locked before mutex_
    std::jthread storer_;     ///< last: it uses everything above
};

/// The reason of a failed install, which only the installer's own log file tells: its last `max_lines` different lines
/// that are warnings, errors, or klog errors inside debug lines; redacted, in order. Reads the last 8 MB. Empty if
/// there is no such file.
std::vector<LogLine> mine_log_file(const std::filesystem::path& file, const Redactor& redactor,
                                   std::size_t max_lines = 40);

}  // namespace desk::worker
