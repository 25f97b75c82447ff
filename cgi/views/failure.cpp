#include "cgi/views/failure.hpp"

#include <algorithm>
#include <array>

#include "cgi/dictionary.hpp"
#include "cgi/views/cluster_words.hpp"
#include "cgi/views/log_lines.hpp"
#include "core/base/text.hpp"
#include "keys/parts/failure.tpl.hpp"

namespace desk::views {
namespace {

struct SequelWords {
    failures::Sequel sequel;
    std::string_view tone, mark, one, many;
};
constexpr std::array kSequels = {
    SequelWords{failures::Sequel::SUCCEEDED, "good", "\u2713", "worked at the next try", "worked at the next try"},
    SequelWords{failures::Sequel::FAILED_AGAIN, "bad", "\u2717", "failed again", "failed again"},
    SequelWords{failures::Sequel::GAVE_UP, "bad", "!", "was given up", "were given up"},
    SequelWords{failures::Sequel::STOPPED, "muted", "\u2013", "was stopped by somebody", "were stopped by somebody"},
    SequelWords{failures::Sequel::OPEN, "muted", "\u25CB", "is still open", "are still open"},
};

const SequelWords& words_of(failures::Sequel sequel) {
    return *std::ranges::find(kSequels, sequel, &SequelWords::sequel);
}

/// When the job is tried again, seen from its newest failed attempt.
Moment next_try_of(const jobs::Job& job, const Reader& reader) {
    if (job.status == JobStatus::RETRYING) return Moment::of(job.run_after, reader);
    return Moment::of(std::nullopt, reader, is_open(job.status) ? "under way" : "none: the desk has stopped trying");
}

/// What is said of an attempt, whatever page it is on.
FailurePanel panel_of(const jobs::Job& job, const failures::Story& story, const Reader& reader) {
    const auto& newest = story.attempts.front();
    FailurePanel panel{.reason = newest.failure.message,
                       .hint = newest.failure.hint,
                       .turn = std::string(whose_turn(job, newest.failure.turn)),
                       .kind = std::string(kind_of(newest.failure.error_class)),
                       .code = newest.failure.code};
    const auto cluster = job.cluster_id.value_or(ClusterId());
    for (const auto& line : newest.failure.evidence)
        panel.evidence.push_back({.href = line.line == 0 ? "" : url_of_line(cluster, job.id, newest.attempt, line.line),
                                  .number = std::to_string(line.line),
                                  .text = line.text});
    for (std::size_t i = 1; i < story.attempts.size(); ++i) {
        const auto& attempt = story.attempts[i];
        panel.earlier.push_back({.href = url_of_log(cluster, job.id, attempt.attempt),
                                 .number = std::to_string(attempt.attempt),
                                 .reason = attempt.failure.message,
                                 .when = Moment::of(attempt.ended_at, reader)});
    }
    for (const auto& other : story.last_times) panel.last_times.push_back(other.sequel);
    return panel;
}

}  // namespace

std::string summary_of(const std::vector<failures::Sequel>& last_times) {
    std::vector<std::string> parts;
    for (const auto& words : kSequels)
        if (const auto count = std::ranges::count(last_times, words.sequel); count > 0)
            parts.push_back(counted(count, words.one, words.many));
    return join(parts, ", ") + ".";
}

FailurePanel FailurePanel::of(const jobs::Job& job, const failures::Story& story, const Reader& reader) {
    FailurePanel panel;
    if (story.attempts.empty()) {  // it failed before its first step, or before attempts kept their reasons
        panel.reason = job.error_message.value_or("");
        panel.hint = job.error_hint.value_or("");
        panel.turn = std::string(whose_turn(job, job.error_turn.value_or(Turn::ADMIN)));
        panel.kind = std::string(job.error_class ? kind_of(*job.error_class) : "Not known");
        panel.code = job.error_code.value_or("");
    } else {
        panel = panel_of(job, story, reader);
    }
    const int attempt = story.attempts.empty() ? job.attempts : story.attempts.front().attempt;
    panel.title = attempt < job.attempts ? cat("Why attempt ", attempt, " failed") : "Why it failed";
    panel.next_try = next_try_of(job, reader);
    panel.log = url_of_log(job.cluster_id.value_or(ClusterId()), job.id, attempt);
    panel.log_attempt = std::to_string(attempt);
    return panel;
}

std::optional<FailurePanel> FailurePanel::of_attempt(const jobs::Job& job, int attempt, const failures::Story& story,
                                                     const Reader& reader) {
    if (story.attempts.empty() || story.attempts.front().attempt != attempt) return std::nullopt;
    auto panel = panel_of(job, story, reader);
    panel.title = cat("Why attempt ", attempt, " failed");
    if (attempt == job.attempts) panel.next_try = next_try_of(job, reader);
    return panel;
}

void FailurePanel::fill(Dictionary& out) const {
    out.SetValue(kf_TITLE, title);
    out.SetValue(kf_REASON, reason);
    out.SetValue(kf_TURN, turn);
    out.SetValue(kf_CLASS, kind);
    show_if(out, kf_HINT, kf_TEXT, hint);
    show_if(out, kf_CODE, kf_TEXT, code);
    if (again) {
        auto* section = out.AddSectionDictionary(kf_AGAIN);
        section->SetValue(kf_HREF, again->href);
        section->SetValue(kf_WORDS, again->words);
    }
    if (!log.empty()) {
        auto* section = out.AddSectionDictionary(kf_LOG);
        section->SetValue(kf_HREF, log);
        section->SetValue(kf_NUMBER, log_attempt);
    }
    if (next_try) include(*out.AddSectionDictionary(kf_HAVE_NEXT), kf_NEXT_TRY, *next_try);
    if (last_times.empty()) {
        show_if(out, kf_FIRST_TIME, kf_WORDS, "No other job has failed for this reason.");
    } else {
        auto* section = out.AddSectionDictionary(kf_LAST_TIMES);
        const auto times = last_times.size();
        section->SetValue(kf_LABEL, times == 1 ? "The time before" : cat("The last ", times, " times"));
        section->SetValue(kf_SUMMARY, summary_of(last_times));
        for (const auto sequel : last_times) {
            auto* item = section->AddSectionDictionary(kf_TIME);
            item->SetValue(kf_TONE, words_of(sequel).tone);
            item->SetValue(kf_MARK, words_of(sequel).mark);
        }
    }
    if (!evidence.empty()) {
        auto* section = out.AddSectionDictionary(kf_HAVE_EVIDENCE);
        for (const auto& line : evidence) {
            auto* item = section->AddSectionDictionary(kf_EVIDENCE);
            item->SetValue(kf_TEXT, line.text);
            if (line.href.empty()) continue;
            auto* place = item->AddSectionDictionary(kf_PLACE);
            place->SetValue(kf_HREF, line.href);
            place->SetValue(kf_NUMBER, line.number);
        }
    }
    if (!earlier.empty()) {
        auto* section = out.AddSectionDictionary(kf_HAVE_EARLIER);
        for (const auto& attempt : earlier) {
            auto* item = section->AddSectionDictionary(kf_EARLIER);
            item->SetValue(kf_HREF, attempt.href);
            item->SetValue(kf_NUMBER, attempt.number);
            item->SetValue(kf_REASON, attempt.reason);
            include(*item, kf_WHEN, attempt.when);
        }
    }
}

}  // namespace desk::views
