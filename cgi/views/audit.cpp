#include "cgi/views/audit.hpp"

#include <array>

#include "cgi/dictionary.hpp"
#include "core/base/text.hpp"
#include "keys/audit.tpl.hpp"

namespace desk::views {
namespace {

/// The page of what has this id, or "".
std::string page_of(const std::string& id, bool may_see_people) {
    struct Kind {
        std::string_view prefix, path;
    };
    static constexpr std::array kKinds = {Kind{"clu_", "/clusters/"}, Kind{"req_", "/requests/"},
                                          Kind{"usr_", "/admin/users/"}};
    for (const auto& kind : kKinds)
        if (id.starts_with(kind.prefix) && (may_see_people || kind.prefix != "usr_")) return cat(kind.path, id);
    return "";
}

std::string change_words(const Json& before, const Json& after) {
    std::string words;
    if (!before.is_null()) words += cat("before: ", before.dump(2), '\n');
    if (!after.is_null()) words += cat("after: ", after.dump(2), '\n');
    return words;
}

}  // namespace

AuditPage::Event AuditPage::event(const AuditEntry& entry, bool may_see_people, const Reader& reader) {
    const auto& row = entry.row;
    return {.id = std::to_string(row.id),
            .who = row.actor_name,
            .what = row.action,
            .target = row.target,
            .href = page_of(row.target, may_see_people),
            .team = row.team.value_or(""),
            .address = row.address,
            .details = change_words(entry.before, entry.after),
            .at = Moment::of(row.at, reader)};
}

AuditPage::Chain AuditPage::chain_of(const ChainState& state, const Reader& reader) {
    if (state.broken_at == 0)
        return {.tone = "good",
                .title = "The chain holds",
                .text = cat("Every one of its ", state.rows, " rows fits the one before."),
                .hash = state.head,
                .checked = Moment::of(reader.now, reader)};
    return {.tone = "bad",
            .title = "The chain is broken",
            .text = cat("The first ", state.rows, " rows fit. Row ", state.broken_at,
                        " does not fit the one before: somebody has changed the table. Keep the database as it is and "
                        "call whoever answers for it."),
            .hash = state.head,
            .checked = Moment::of(reader.now, reader)};
}

void AuditPage::fill(Dictionary& out) const {
    out.SetValue(ka_ACTOR, actor);
    out.SetValue(ka_ACTION, action);
    out.SetValue(ka_TARGET, target);
    if (is_filtered) out.ShowSection(ka_FILTERED);
    if (chain) {
        auto* section = out.AddSectionDictionary(ka_CHAIN);
        section->SetValue(ka_TONE, tone_of(chain->tone).alert);
        section->SetValue(ka_ICON, tone_of(chain->tone).icon);
        section->SetValue(ka_TITLE, chain->title);
        section->SetValue(ka_TEXT, chain->text);
        section->SetValue(ka_HASH, chain->hash);
        include(*section, ka_CHECKED, chain->checked);
    }
    show_if(out, ka_MORE, ka_HREF, older);
    out.SetValue(ka_CSV, csv);
    if (events.empty()) return out.ShowSection(ka_NONE);
    auto* table = out.AddSectionDictionary(ka_HAVE);
    for (const auto& event : events) {
        auto* item = table->AddSectionDictionary(ka_EVENT);
        item->SetValue(ka_ID, event.id);
        item->SetValue(ka_WHO, event.who);
        item->SetValue(ka_WHAT, event.what);
        item->SetValue(ka_TEAM, event.team);
        item->SetValue(ka_ADDRESS, event.address);
        include(*item, ka_AT, event.at);
        show_if(*item, ka_DETAILS, ka_TEXT, event.details);
        auto* on = item->AddSectionDictionary(event.href.empty() ? ka_PLAIN : ka_LINKED);
        on->SetValue(ka_HREF, event.href);
        on->SetValue(ka_TARGET_ID, event.target);
    }
}

}  // namespace desk::views
