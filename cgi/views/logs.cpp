#include "cgi/views/logs.hpp"

#include <algorithm>

#include "cgi/dictionary.hpp"
#include "core/base/text.hpp"
#include "keys/logs.tpl.hpp"

namespace desk::views {
namespace {

std::string query_of(const LogsPage::Source& in) { return cat("?job=", in.job->id, "&attempt=", in.attempt); }

std::string why_no_steps(const jobs::Job& job, const Reader& reader) {
    if (job.status == JobStatus::CANCELLED) return "The job was cancelled before it began.";
    if (job.run_after > reader.now) return cat("It begins ", relative(job.run_after, reader.now), '.');
    return "It begins as soon as a worker is free.";
}

/// Honest: the bar is about half of the last installs, the words about nearly all of them.
LogsPage::Bar bar_of(const jobs::Job& job, const std::optional<history::Estimate>& install_time, Time now) {
    const auto gone = std::max(std::chrono::duration_cast<seconds>(now - job.started_at.value_or(now)), 0s);
    if (!install_time)
        return {.words = cat(to_words(gone),
                             " so far. How long it takes can’t be said yet: fewer than five clusters of "
                             "this profile were installed.")};
    LogsPage::Bar bar{.value = std::min(gone, install_time->median).count(), .most = install_time->median.count()};
    bar.words = gone < install_time->p95
                    ? cat(to_words(gone), " so far, up to ", to_words(install_time->p95 - gone),
                          " left (95 % of the last ", install_time->samples, " were ready by then).")
                    : cat(to_words(gone), " so far: any moment now. It takes longer than 95 % of the last ",
                          install_time->samples, '.');
    return bar;
}

}  // namespace

LogsPage LogsPage::of(const Source& in, const Reader& reader) {
    LogsPage page{.head = ClusterHead::of(in.cluster, in.principal, "/logs")};
    if (!in.job) return page;

    const auto base = cat("/clusters/", in.cluster.id, "/logs");
    page.have_job = true;
    page.job = in.job->id.str();
    page.attempt = std::to_string(in.attempt);
    for (const auto& job : in.jobs)
        page.jobs.push_back({job.id.str(), cat(title(job.type), ", ", to_local(job.created_at, reader.time_zone), ": ",
                                               phrase(job.status).word)});
    for (int attempt = std::max(in.job->attempts, 1); attempt > 0; --attempt)
        page.attempts.push_back({std::to_string(attempt), cat(attempt, " of ", std::max(in.job->attempts, 1))});

    page.raw = base + "/raw" + query_of(in);
    const int last_line = in.found ? in.found->last_line : 0;
    const int last_shown = in.lines_stay ? last_line : in.lines.empty() ? in.after : in.lines.back().line;
    page.have_lines = !in.lines.empty() || (in.lines_stay && last_line > 0);
    if (in.search.empty() && !in.is_over() && last_shown >= last_line) page.live = base + "/lines" + query_of(in);
    if (in.search.empty() && last_shown < last_line) page.later = cat(base, query_of(in), "&after=", last_shown);
    if (in.search.empty() && in.after > 0) {
        page.earlier = cat(base, query_of(in), "&after=", std::max(0, in.after - kLogPageLines));
        page.lines_before = in.after;
    }
    page.failure = FailurePanel::of_attempt(*in.job, in.attempt, in.story, reader);
    if (!page.failure && in.found && in.found->first_error) {
        const auto& error = *in.found->first_error;
        page.first_error = FirstError{.href = url_of_line(in.cluster.id, in.job->id, in.attempt, error.line),
                                      .number = std::to_string(error.line),
                                      .text = error.text};
    }
    if (page.failure && in.job->type == JobType::CREATE)
        page.failure->again = OrderAgain::of(in.cluster, page.failure->code, in.catalog, in.principal);
    const bool is_installing = in.job->type == JobType::CREATE && in.job->status == JobStatus::RUNNING;
    if (is_installing && in.attempt >= in.job->attempts) page.bar = bar_of(*in.job, in.install_time, reader.now);
    page.search = in.search;
    const auto steps = in.found ? in.found->steps : std::vector<jobs::Step>{};
    const bool is_current = in.attempt >= in.job->attempts;
    if (is_current)
        page.steps = steps_of(*in.job, steps, reader.now);
    else {
        auto closed = *in.job;  // an earlier attempt has no steps to come
        closed.status = JobStatus::FAILED;
        page.steps = steps_of(closed, steps, reader.now);
    }
    if (steps.empty()) page.no_steps = why_no_steps(*in.job, reader);
    page.lines = LogLines::of(in.lines, reader);
    if (in.search.empty()) return page;
    const auto count = static_cast<int>(in.lines.size());
    page.found = count == kLogPageLines ? cat("The first ", count, " lines that match.")
                 : count == 0           ? "No line matches."
                                        : cat(counted(count, "line matches", "lines match"), '.');
    for (auto& line : page.lines.lines) line.place = url_of_line(in.cluster.id, in.job->id, in.attempt, line.number);
    return page;
}

void LogsPage::fill(Dictionary& out) const {
    include(out, kl_HEAD, head);
    out.SetValue(kl_ID, head.id);
    if (!have_job) return out.ShowSection(kl_NO_JOBS);

    auto* section = out.AddSectionDictionary(kl_JOB);
    const auto choices = [&](const Key& key, const std::vector<Field::Option>& options, const std::string& chosen) {
        for (const auto& option : options) {
            auto* item = section->AddSectionDictionary(key);
            item->SetValue(kl_VALUE, option.value);
            item->SetValue(kl_TEXT, option.text);
            if (option.value == chosen) item->ShowSection(kl_SELECTED);
        }
    };
    choices(kl_JOB_OPTION, jobs, job);
    choices(kl_ATTEMPT_OPTION, attempts, attempt);
    section->SetValue(kl_RAW, raw);
    include(*section, kl_FAILURE, failure);
    if (first_error) {
        auto* item = section->AddSectionDictionary(kl_FIRST_ERROR);
        item->SetValue(kl_HREF, first_error->href);
        item->SetValue(kl_NUMBER, first_error->number);
        item->SetValue(kl_TEXT, first_error->text);
    }
    if (bar) {
        auto* item = section->AddSectionDictionary(kl_BAR);
        item->SetValue(kl_WORDS, bar->words);
        if (bar->most > 0) {
            auto* known = item->AddSectionDictionary(kl_KNOWN);
            known->SetIntValue(kl_VALUE, static_cast<long>(bar->value));
            known->SetIntValue(kl_MOST, static_cast<long>(bar->most));
        }
    }
    section->SetValue(kl_SEARCH, search);
    section->SetValue(kl_JOB_ID, job);
    section->SetValue(kl_ATTEMPT, attempt);
    show_if(*section, kl_FOUND, kl_WORDS, found);
    include(*section, kl_STEPS, steps);
    show_if(*section, kl_NO_STEPS, kl_WHY, no_steps);
    if (!earlier.empty()) {
        auto* item = section->AddSectionDictionary(kl_EARLIER);
        item->SetValue(kl_HREF, earlier);
        item->SetIntValue(kl_COUNT, lines_before);
    }
    if (have_lines) section->ShowSection(kl_HAVE_LINES);
    show_if(*section, kl_LIVE, kl_URL, live);
    include(*section, kl_LINES, lines);
    show_if(*section, kl_LATER, kl_HREF, later);
}

}  // namespace desk::views
