// From a program's raw lines to rows of a job's log: level, redaction, batches; and the marks that move a job on.
#pragma once

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "core/base/enum.hpp"
#include "core/base/process.hpp"
#include "worker/redact.hpp"

namespace desk::worker {

DESK_ENUM(LogLevel, DEBUG, INFO, WARNING, ERROR);
/// DESK: the worker itself. INSTALLER: what openshift-install says. INSTALLER_FILE: mined from its log file.
/// PROGRAM: any other program (terraform, oc, git, bootstrap.sh).
DESK_ENUM(LogSource, DESK, INSTALLER, INSTALLER_FILE, PROGRAM);

struct LogLine {
    LogLevel level = LogLevel::INFO;
    LogSource source = LogSource::DESK;
    std::string text = {};
};

/// What the installer says of its progress, in the order of a create; only INSTALLER lines are looked at.
/// BOOTSTRAPPED: the bootstrap machine is gone, from here on `wait-for install-complete` can go on.
/// INSTALLED, UNINSTALLED: the program's own last word, without which exit 0 proves nothing.
DESK_ENUM(Mark, INFRASTRUCTURE, NETWORK_READY, MACHINES_READY, API_UP, BOOTSTRAP_ENDING, BOOTSTRAPPED, INITIALIZED,
          INSTALLED, UNINSTALLED);

/// One raw line of a program, taken apart: logrus on stderr (`level=info msg=...`) and in the file
/// (`time="..." level=debug msg="..."`, unquoted here), klog, anything else (INFO). Not redacted.
struct ParsedLine {
    LogLevel level = LogLevel::INFO;
    std::string text = {};
    bool recognised = false;
};
ParsedLine parse_line(std::string_view raw);

/// The mark that `text` is, if it is one.
std::optional<Mark> find_mark(std::string_view text);

/// P of "Working towards 4.19.1: N of 901 done (P% complete)".
std::optional<int> find_percent(std::string_view text);

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
    Source& source_of(LogSource source, Stream stream);
    void take(LogLine line);
    void look_for_marks(std::string_view text);
    void store_batches(std::stop_token stop);
    void store_pending();

    const Redactor& redactor_;
    Outlets outlets_;
    Limits limits_;

    mutable std::mutex mutex_;  ///< everything below
    std::condition_variable_any more_;
    std::map<std::pair<LogSource, Stream>, Source> sources_;
    std::vector<LogLine> pending_;
    std::vector<LogLine> faults_;
    std::size_t taken_ = 0, dropped_ = 0;
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
