#include "cgi/views/checks.hpp"

#include <algorithm>

#include "cgi/dictionary.hpp"
#include "core/base/text.hpp"
#include "keys/parts/checks.tpl.hpp"

namespace desk::views {
namespace {

Phrase phrase(CheckLevel level) {
    switch (level) {
        case CheckLevel::PASS:
            return {"good", "passed"};
        case CheckLevel::WARN:
            return {"wait", "warning"};
        case CheckLevel::FAIL:
            return {"bad", "failed"};
    }
    return {"off", text(level)};
}

std::string sentence_of(JobType job, long failed, long warnings, std::size_t all) {
    if (failed > 0)
        return cat(counted(failed, "check", "checks"), " of ", all, " failed.",
                   job == JobType::CREATE ? " Nothing has been created; nothing will be before they pass." : "");
    if (warnings > 0)
        return cat("All ", all, " checks passed, ", counted(warnings, "of them", "of them"), " with a warning.");
    return cat("All ", all, " checks passed.");
}

}  // namespace

std::optional<ChecksPanel> ChecksPanel::of(const clusters::Cluster& cluster, const jobs::Job& job,
                                           const std::vector<checks::Made>& checks, const Principal& principal,
                                           const Reader& reader) {
    if (checks.empty()) return std::nullopt;
    const auto count = [&](CheckLevel level) {
        return std::ranges::count(checks, level, [](const auto& made) { return made.check.level; });
    };
    const auto failed = count(CheckLevel::FAIL), warnings = count(CheckLevel::WARN);
    if (job.type == JobType::CREATE && job.status == JobStatus::SUCCEEDED && failed + warnings == 0)
        return std::nullopt;
    ChecksPanel panel{.cluster = cluster.id.str(),
                      .title = job.type == JobType::CREATE ? "Before anything is created" : "Its health",
                      .sentence = sentence_of(job.type, failed, warnings, checks.size()),
                      .at = Moment::of(checks.back().at, reader),
                      .is_open = failed + warnings > 0};
    for (const auto& [check, at] : checks)
        panel.rows.push_back({.state = {phrase(check.level)}, .detail = check.detail, .remedy = check.remedy});
    const bool waits = job.status == JobStatus::PENDING && job.run_after > reader.now;
    panel.may_retry = failed > 0 && waits && principal.may_in(Permission::cluster_extend, cluster.team);
    return panel;
}

void ChecksPanel::fill(Dictionary& out) const {
    out.SetValue(kc_ID, cluster);
    out.SetValue(kc_TITLE, title);
    out.SetValue(kc_SENTENCE, sentence);
    include(out, kc_AT, at);
    if (is_open) out.ShowSection(kc_OPEN);
    for (const auto& row : rows) {
        auto* item = out.AddSectionDictionary(kc_CHECK);
        include(*item, kc_STATE, row.state);
        item->SetValue(kc_DETAIL, row.detail);
        show_if(*item, kc_REMEDY, kc_TEXT, row.remedy);
    }
    if (may_retry) out.ShowSection(kc_AGAIN);
}

}  // namespace desk::views
