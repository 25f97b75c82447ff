#include "cgi/views/blocked_panel.hpp"

#include <algorithm>

#include "cgi/dictionary.hpp"
#include "cgi/views/log_lines.hpp"
#include "core/base/text.hpp"
#include "keys/parts/blocked.tpl.hpp"
#include "keys/parts/left_behind.tpl.hpp"

namespace desk::views {
namespace {

std::string next_try(const blocked::Deletion& deletion, const Reader& reader) {
    if (deletion.is_held) return cat("under way now (try ", deletion.attempts, ')');
    if (!is_open(deletion.job_status)) return "none: nothing is queued";
    if (deletion.next_try <= reader.now) return "as soon as a worker is free";
    return cat(to_local(deletion.next_try, reader.time_zone), " (", relative(deletion.next_try, reader.now), ')');
}

std::string sentence_of(const blocked::Deletion& deletion, const Reader& reader) {
    return cat("Destroying it has failed ", counted(deletion.failures, "time", "times"),
               deletion.since ? cat(", for the first time ", relative(*deletion.since, reader.now)) : "",
               ". The desk goes on trying, at last once a day.");
}

Facts facts_of(const blocked::Deletion& deletion, const Reader& reader) {
    Facts facts;
    if (deletion.since) facts.push_back({"Blocked since", to_local(*deletion.since, reader.time_zone)});
    facts.push_back({"Tries", cat(deletion.attempts, ", ", deletion.failures, " failed")});
    facts.push_back({"Next try", next_try(deletion, reader)});
    if (!deletion.error_message.empty()) facts.push_back({"What blocks it", deletion.error_message});
    if (!deletion.error_hint.empty()) facts.push_back({"What to do", deletion.error_hint});
    if (deletion.error_class)
        facts.push_back({"Kind", deletion.error_code.empty()
                                     ? std::string(kind_of(*deletion.error_class))
                                     : cat(kind_of(*deletion.error_class), " (", deletion.error_code, ')')});
    return facts;
}

std::string why_not_now(const blocked::Deletion& deletion) {
    if (deletion.is_held)
        return "Not now: a worker is trying to destroy it. When this try has failed too, the form is here.";
    if (deletion.status != ClusterStatus::DESTROY_FAILED)
        return "Not yet: the desk asks a person from the third failure on.";
    return "";
}

}  // namespace

BlockedPanel BlockedPanel::of(const blocked::Deletion& deletion, const Principal& principal, const Reader& reader) {
    BlockedPanel panel{.id = deletion.cluster_id.str(),
                       .name = deletion.name,
                       .owner = cat(deletion.owner_name, ", team ", deletion.team),
                       .sentence = sentence_of(deletion, reader),
                       .facts = facts_of(deletion, reader),
                       .leftovers = Leftovers::of(deletion, reader)};
    for (const auto& warning : deletion.warnings)
        panel.warnings.push_back({.href = url_of_line(deletion.cluster_id, deletion.job, warning.attempt, warning.line),
                                  .text = warning.text});
    const bool waits = !deletion.is_held && deletion.job_status == JobStatus::RETRYING;
    if (waits && principal.may_in(Permission::cluster_destroy, deletion.team))
        panel.retry =
            "A worker takes it at once instead of at the time above. It destroys by the stored keys, then looks again.";
    if (principal.may(Permission::admin_write)) panel.give_up = GiveUp{.why_not_now = why_not_now(deletion)};
    return panel;
}

void BlockedPanel::fill(Dictionary& out) const {
    out.SetValue(kb_ID, id);
    out.SetValue(kb_NAME, name);
    out.SetValue(kb_TITLE, "Blocked deletion");
    if (is_listed) {
        auto* of = out.AddSectionDictionary(kb_OF);
        of->SetValue(kb_CLUSTER, id);
        of->SetValue(kb_OWNER, owner);
    }
    out.SetValue(kb_SENTENCE, sentence);
    fill_facts(out, kb_FACT, kb_LABEL, kb_VALUE, facts);
    include(out, kb_LEFTOVERS, leftovers);
    if (!warnings.empty()) {
        auto* section = out.AddSectionDictionary(kb_HAVE_WARNINGS);
        for (const auto& warning : warnings) {
            auto* item = section->AddSectionDictionary(kb_WARNING);
            item->SetValue(kb_HREF, warning.href);
            item->SetValue(kb_TEXT, warning.text);
        }
    }
    show_if(out, kb_RETRY, kb_WHAT, retry);
    if (!give_up) return;
    if (is_listed) {
        if (give_up->why_not_now.empty()) out.ShowSection(kb_SEE);
        return;
    }
    auto* section = out.AddSectionDictionary(kb_GIVE_UP);
    if (!give_up->why_not_now.empty()) return show_if(*section, kb_NOT_NOW, kb_WHY, give_up->why_not_now);
    auto* form = section->AddSectionDictionary(kb_NOW);
    form->SetValue(kb_TYPED, give_up->typed);
    form->SetValue(kb_REASON, give_up->reason);
    if (give_up->is_name_wrong) form->ShowSection(kb_WRONG_NAME);
    show_if(*form, kb_WRONG_REASON, kb_TEXT, give_up->reason_fault);
}

LeftBehind LeftBehind::of(const std::vector<orphans::Orphan>& orphans, const Principal& principal,
                          const Reader& reader) {
    const auto open = std::ranges::count(orphans, OrphanState::OPEN, &orphans::Orphan::state);
    return {.sentence = open == 0 ? "Nothing of it is open any more: the name is free. This was never proven to be a "
                                    "deletion; people said so."
                                  : cat("This is no proof of deletion. ", counted(open, "orphan is", "orphans are"),
                                        " open: what it stands for may exist and cost money, and the name stays taken "
                                        "until an administrator closes the last one."),
            .leftovers = Leftovers::of(orphans, reader),
            .may_close = principal.may(Permission::admin_read)};
}

void LeftBehind::fill(Dictionary& out) const {
    out.SetValue(klb_SENTENCE, sentence);
    include(out, klb_LEFTOVERS, leftovers);
    if (may_close) out.ShowSection(klb_MAY_CLOSE);
}

}  // namespace desk::views
