#include "cgi/views/profile_words.hpp"

#include <algorithm>

#include "cgi/dictionary.hpp"
#include "core/base/text.hpp"
#include "keys/parts/results.tpl.hpp"

namespace desk::views {
namespace {

std::string with_type(std::string what, const std::string& instance_type) {
    return instance_type.empty() ? what : cat(what, " (", instance_type, ')');
}

/// "up to 8 h, $20.00, for team demo": under what the rule approves by itself.
std::string limits_of(const AutoApprove& rule) {
    std::vector<std::string> limits;
    if (rule.max_ttl_hours) limits.push_back(cat("up to ", *rule.max_ttl_hours, " h"));
    if (rule.max_cost_to_expiry) limits.push_back(cat("up to ", rule.max_cost_to_expiry->str(), " in all"));
    if (!rule.teams.empty()) limits.push_back("for team " + join(rule.teams, ", "));
    return join(limits, ", ");
}

}  // namespace

std::string nodes_words(const Profile& profile) {
    const auto& control = profile.control_plane();
    const auto workers = profile.workers();
    std::string words = with_type(cat(control.replicas, " control plane"), control.instance_type);
    if (workers.most() == 0) return words + (control.schedulable ? ", which also run the workloads" : "");
    const std::string count =
        workers.most() == workers.replicas ? cat(workers.replicas) : cat(workers.replicas, " to ", workers.most());
    return cat(words, ", ", with_type(cat(count, workers.most() == 1 ? " worker" : " workers"), workers.instance_type));
}

std::string lifetime_words(const Profile& profile) {
    const auto& life = profile.lifecycle;
    if (!life.allow_custom_ttl) return cat(life.default_ttl_hours, " h");
    return cat(life.default_ttl_hours, " h, up to ", life.max_ttl_hours, " h");
}

std::string approval_words(const Profile& profile) {
    const auto& approval = profile.approval;
    const std::string teams = approval.approver_teams.empty()
                                  ? "an approver of your team"
                                  : "an approver of team " + join(approval.approver_teams, " or ");
    const std::string people = approval.approvals == 1 ? teams : cat(approval.approvals, " people, each ", teams);
    if (!approval.auto_approve) return approval.approvals == 0 ? "None is needed." : cat("By ", people, '.');
    const auto limits = limits_of(*approval.auto_approve);
    if (limits.empty() || approval.approvals == 0)
        return limits.empty() ? "None is needed." : cat("None is needed ", limits, '.');
    return cat("None is needed ", limits, "; else by ", people, '.');
}

std::string install_time_words(const std::optional<history::Estimate>& estimate, const Profile& profile) {
    if (!estimate) return cat("no history yet; at most ", to_words(profile.deadlines.install));
    return cat("about ", to_words(estimate->median), " (95 % within ", to_words(estimate->p95), ')');
}

Results Results::of(const std::vector<bool>& newest_first) {
    if (newest_first.empty()) return {};
    Results results;
    for (const bool succeeded : newest_first)
        results.marks.push_back(succeeded ? Mark{.tone = "good", .mark = "✓", .word = "succeeded"}
                                          : Mark{.tone = "bad", .mark = "✕", .word = "failed"});
    const auto good = std::count(newest_first.begin(), newest_first.end(), true);
    results.summary = cat(good, " of the last ", newest_first.size(), " succeeded");
    return results;
}

void Results::fill(Dictionary& out) const {
    if (marks.empty()) return out.ShowSection(kr_NONE);
    auto* some = out.AddSectionDictionary(kr_SOME);
    some->SetValue(kr_SUMMARY, summary);
    for (const auto& one : marks) {
        auto* item = some->AddSectionDictionary(kr_RESULT);
        item->SetValue(kr_TONE, one.tone);
        item->SetValue(kr_MARK, one.mark);
        item->SetValue(kr_WORD, one.word);
    }
}

}  // namespace desk::views
