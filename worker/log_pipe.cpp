// From a program's raw lines to rows of a job's log.
#include "worker/log_pipe.hpp"

#include <algorithm>
#include <exception>
#include <fstream>
#include <iterator>
#include <limits>
#include <utility>

#include "core/base/log.hpp"
#include "core/base/text.hpp"

namespace desk::worker {
namespace {

constexpr std::size_t kRecentFaults = 100;
constexpr std::size_t kSampleEvery = 1000;  ///< of a flood one line in so many is kept: it shows that work goes on

}  // namespace

LogPipe::LogPipe(const Redactor& redactor, Outlets outlets, Limits limits)
    : redactor_(redactor),
      outlets_(std::move(outlets)),
      limits_(limits),
      storer_([this](const std::stop_token& stop) { store_batches(stop); }) {}

LogPipe::~LogPipe() {
    storer_.request_stop();
    storer_.join();
    try {
        flush();
    } catch (const std::exception& error) {
        log::error("log_lines_lost", {{"why", error.what()}});
    }
}

void LogPipe::program_line(LogSource source, Stream stream, std::string_view raw) {
    auto parsed = parse_line(raw);
    if (source == LogSource::INSTALLER) look_for_marks(parsed.text);

    const std::lock_guard lock(mutex_);
    auto& from = sources_.try_emplace({source, stream}, Source{LineRedactor(redactor_)}).first->second;
    if (parsed.has_level || parsed.is_panic) from.in_trace = parsed.is_panic;
    if (from.in_trace) parsed.level = LogLevel::ERROR;
    for (const auto text : split(parsed.text, '\n'))
        take({.level = parsed.level, .source = source, .text = from.redactor.redact_line(text)});
}

void LogPipe::note(LogLevel level, std::string_view text) {
    const auto redacted = redactor_.redact(text);
    const std::lock_guard lock(mutex_);
    for (const auto line : split(redacted, '\n')) keep({.level = level, .text = std::string(line)});
}

void LogPipe::add(std::vector<LogLine> lines) {
    const std::lock_guard lock(mutex_);
    for (auto& line : lines) keep(std::move(line));
}

LineSink LogPipe::sink(LogSource source) {
    return [this, source](Stream stream, std::string_view line) { program_line(source, stream, line); };
}

void LogPipe::flush() {
    {
        const std::lock_guard lock(mutex_);
        if (const auto dropped = std::exchange(dropped_, 0); dropped > 0)
            keep({.level = LogLevel::WARNING, .text = cat(dropped, " lines were not kept.")});
    }
    store_pending();
}

std::vector<LogLine> LogPipe::recent_faults() const {
    const std::lock_guard lock(mutex_);
    return faults_;
}

bool LogPipe::has_seen(Mark mark) const {
    const std::lock_guard lock(mutex_);
    return seen_.contains(mark);
}

void LogPipe::look_for_marks(std::string_view text) {
    const auto mark = find_mark(text);
    const auto percent = find_percent(text);
    bool is_new_mark = false, is_new_percent = false;
    {
        const std::lock_guard lock(mutex_);
        is_new_mark = mark && seen_.insert(*mark).second;
        is_new_percent = percent && std::exchange(percent_, *percent) != *percent;
    }
    // Outside the lock: they write to the database, and may note something here.
    if (is_new_mark && outlets_.mark) outlets_.mark(*mark);
    if (is_new_percent && outlets_.percent) outlets_.percent(*percent);
}

void LogPipe::take(LogLine line) {
    const bool is_fault = line.level >= LogLevel::WARNING;
    if (is_fault) {
        if (faults_.size() == kRecentFaults) faults_.erase(faults_.begin());
        faults_.push_back(line);
    }

    ++taken_;
    if (taken_ == limits_.max_lines + 1) {
        keep({.level = LogLevel::WARNING,
              .text = cat("The log is longer than ", limits_.max_lines,
                          " lines. From here on only warnings, errors and every ", kSampleEvery, "th line are kept.")});
    }
    const auto room = is_fault ? 2 * limits_.max_lines : limits_.max_lines;
    if (kept_ < room || taken_ % kSampleEvery == 0) {
        ++kept_;
        keep(std::move(line));
    } else {
        ++dropped_;
    }
}

void LogPipe::keep(LogLine line) {
    pending_.push_back(std::move(line));
    if (pending_.size() == 1 || pending_.size() >= limits_.batch_lines) more_.notify_all();
}

void LogPipe::store_batches(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    // When it is to stop, wait() says only whether something is pending: what the store refuses is pending for ever.
    while (more_.wait(lock, stop, [&] { return !pending_.empty(); }) && !stop.stop_requested()) {
        more_.wait_for(lock, stop, limits_.batch_age, [&] { return pending_.size() >= limits_.batch_lines; });
        lock.unlock();
        bool stored = false;
        try {
            store_pending();
            stored = true;
        } catch (const std::exception& error) {
            log::warning("log_batch_not_stored", {{"why", error.what()}});
        }
        lock.lock();
        // A full batch that was refused must not turn this into a busy loop.
        if (!stored) more_.wait_for(lock, stop, limits_.batch_age, [] { return false; });
    }
}

void LogPipe::store_pending() {
    const std::lock_guard one_batch_at_a_time(store_mutex_);
    for (;;) {
        std::vector<LogLine> batch;
        {
            const std::lock_guard lock(mutex_);
            const auto end =
                pending_.begin() + static_cast<std::ptrdiff_t>(std::min(limits_.batch_lines, pending_.size()));
            batch.assign(std::move_iterator(pending_.begin()), std::move_iterator(end));
            pending_.erase(pending_.begin(), end);
        }
        if (batch.empty()) return;
        try {
            if (outlets_.store) outlets_.store(batch);
        } catch (...) {
            const std::lock_guard lock(mutex_);
            pending_.insert(pending_.begin(), std::move_iterator(batch.begin()), std::move_iterator(batch.end()));
            more_.notify_all();
            throw;
        }
    }
}

std::vector<LogLine> mine_log_file(const std::filesystem::path& file, const Redactor& redactor, std::size_t max_lines) {
    constexpr std::streamoff kTail = 8 << 20;
    std::ifstream input(file, std::ios::binary | std::ios::ate);
    const auto begin = std::max<std::streamoff>(0, static_cast<std::streamoff>(input.tellg()) - kTail);
    input.seekg(begin);
    // Half a line could begin with half a secret.
    if (begin > 0) input.ignore(std::numeric_limits<std::streamsize>::max(), '\n');

    std::vector<LogLine> faults;
    LineSplitter lines(64U << 10U, [&](std::string_view raw) {
        if (auto fault = find_fault(raw))
            faults.push_back(
                {.level = fault->level, .source = LogSource::INSTALLER_FILE, .text = std::move(fault->text)});
    });
    std::string block(64U << 10U, '\0');
    while (input.read(block.data(), static_cast<std::streamsize>(block.size())) || input.gcount() > 0)
        lines.feed({block.data(), static_cast<std::size_t>(input.gcount())});
    lines.finish();

    // The last time of each: controllers repeat themselves, and the end is where it failed.
    std::vector<LogLine> last;
    std::set<std::string> known;
    for (auto fault = faults.rbegin(); fault != faults.rend() && last.size() < max_lines; ++fault)
        if (known.insert(fault->text).second) last.push_back(std::move(*fault));
    std::ranges::reverse(last);
    for (auto& line : last) line.text = redactor.redact(line.text);
    return last;
}

}  // namespace desk::worker
