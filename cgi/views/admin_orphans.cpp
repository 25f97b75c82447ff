#include "cgi/views/admin_orphans.hpp"

#include <array>

#include "cgi/dictionary.hpp"
#include "core/base/text.hpp"
#include "core/store/orphan_sweeps.hpp"
#include "keys/admin_orphans.tpl.hpp"

namespace desk::views {
namespace {

struct Tab {
    const char *value, *text;
};
constexpr std::array kTabs = {Tab{"OPEN", "Open"}, Tab{"CLOSED", "Closed"}, Tab{"ALL", "All"}};

AdminOrphans::Row row(const orphans::Orphan& orphan, bool may_write, const Reader& reader) {
    const bool is_open = orphan.state == OrphanState::OPEN;
    return {.id = orphan.id.str(),
            .type = type_words(orphan.resource),
            .name = orphan.resource.name,
            .resource = orphan.resource.id == orphan.resource.name ? "" : orphan.resource.id,
            .provider = std::string(title(orphan.provider)),
            .account = orphan.account,
            .region = orphan.resource.region,
            .infra_id = orphan.infra_id,
            .owner = orphan.owner,
            .cluster = orphan.cluster_id ? orphan.cluster_id->str() : "",
            .cluster_name = orphan.cluster_name,
            .guess = orphan.hourly ? amount(*orphan.hourly) + " an hour" : "not known",
            .note = orphan.note,
            .closed_by = orphan.closed_by,
            .adopted_as = orphan.adopted_as ? orphan.adopted_as->str() : "",
            .console = ConsoleWords::of(orphan.provider, orphan.resource),
            .since = Moment::of(orphan.first_seen_at, reader),
            .last = Moment::of(orphan.last_seen_at, reader),
            .closed_at = Moment::of(orphan.closed_at, reader, ""),
            .state = {is_open             ? Phrase{"bad", "Open"}
                      : orphan.adopted_as ? Phrase{"good", "Adopted"}
                                          : Phrase{"off", orphan.ignored ? "Ignored" : "Closed"}},
            .may_close = is_open && may_write,
            .may_act = may_write && !orphans::why_not_ours(orphan)};
}

}  // namespace

AdminOrphans AdminOrphans::of(Source in, const Reader& reader) {
    AdminOrphans page{.shown = in.state ? std::string(text(*in.state)) : "ALL"};
    if (static_cast<int>(in.orphans.size()) > in.limit) {
        in.orphans.pop_back();
        page.next_offset = in.offset + in.limit;
    }
    for (const auto& orphan : in.orphans) page.rows.push_back(row(orphan, in.may_write, reader));
    return page;
}

void AdminOrphans::fill(Dictionary& out) const {
    include(out, kao_ERRORS, errors);
    for (const auto& tab : kTabs) {
        auto* item = out.AddSectionDictionary(kao_TAB);
        item->SetValue(kao_VALUE, tab.value);
        item->SetValue(kao_TEXT, tab.text);
        if (shown == tab.value) item->ShowSection(kao_CURRENT);
    }
    if (rows.empty()) {
        auto* none = out.AddSectionDictionary(kao_NONE);
        none->SetValue(kao_TITLE, shown == "OPEN" ? "No orphan is open." : "There is none.");
        none->SetValue(kao_WORDS,
                       "One is written for each thing that is left when a destroy is given up, and for each that a "
                       "search finds in "
                       "a cloud with the mark of a cluster that does not live.");
        return;
    }
    auto* table = out.AddSectionDictionary(kao_HAVE_SOME);
    for (const auto& row : rows) {
        auto* item = table->AddSectionDictionary(kao_ORPHAN);
        item->SetValue(kao_ID, row.id);
        item->SetValue(kao_TYPE, row.type);
        item->SetValue(kao_NAME, row.name);
        item->SetValue(kao_RESOURCE, row.resource);
        item->SetValue(kao_PROVIDER, row.provider);
        item->SetValue(kao_REGION, row.region);
        item->SetValue(kao_INFRA_ID, row.infra_id);
        show_if(*item, kao_IN_ACCOUNT, kao_ACCOUNT, row.account);
        show_if(*item, kao_OWNED, kao_OWNER, row.owner);
        item->SetValue(kao_GUESS, row.guess);
        item->SetValue(kao_TYPED, row.typed);
        include(*item, kao_SINCE, row.since);
        include(*item, kao_LAST, row.last);
        include(*item, kao_STATE, row.state);
        if (row.console.href.empty()) {
            show_if(*item, kao_NO_LINK, kao_WHY, row.console.why_none);
        } else {
            auto* link = item->AddSectionDictionary(kao_LINK);
            link->SetValue(kao_HREF, row.console.href);
            link->SetValue(kao_TEXT, row.console.text);
        }
        if (!row.cluster.empty()) {
            auto* of = item->AddSectionDictionary(kao_OF);
            of->SetValue(kao_CLUSTER, row.cluster);
            of->SetValue(kao_CLUSTER_NAME, row.cluster_name);
        }
        if (!row.closed_by.empty()) {
            auto* closed = item->AddSectionDictionary(kao_CLOSED);
            include(*closed, kao_AT, row.closed_at);
            closed->SetValue(kao_BY, row.closed_by);
            closed->SetValue(kao_NOTE, row.note);
            show_if(*closed, kao_HOME, kao_ADOPTED_AS, row.adopted_as);
        }
        if (!row.may_close) continue;
        auto* form = item->AddSectionDictionary(kao_MAY_CLOSE);
        if (row.is_wrong) form->ShowSection(kao_WRONG);
        if (!row.may_act) continue;
        auto* destroy = item->AddSectionDictionary(kao_MAY_ACT);
        destroy->SetValue(kao_TYPED_INFRA_ID, row.typed_infra_id);
        if (row.is_wrong_infra_id) destroy->ShowSection(kao_WRONG);
    }
    if (next_offset == 0) return;
    auto* next = out.AddSectionDictionary(kao_NEXT);
    next->SetValue(kao_VALUE, shown);
    next->SetIntValue(kao_OFFSET, next_offset);
}

}  // namespace desk::views
