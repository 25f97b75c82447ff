#include "cgi/views/cluster_list.hpp"

#include <algorithm>

#include "cgi/dictionary.hpp"
#include "core/base/text.hpp"
#include "keys/cluster_list.tpl.hpp"

namespace desk::views {
namespace {

struct Nothing {
    std::string_view title, next_step;
};
Nothing words_of_nothing(const ClusterList& list) {
    if (list.is_filtered) return {"No cluster matches.", "Take a term or a filter away, or look at all states."};
    if (list.is_mine) return {"You have no cluster.", "Order one from the catalog; it appears here at once."};
    return {"There are no clusters here.", "They appear here as soon as somebody orders one."};
}

}  // namespace

ClusterList::Row ClusterList::row(const clusters::Cluster& cluster, Money cost, const Reader& reader) {
    const auto created = Moment::of(cluster.created_at, reader);
    const auto end = views::ends(cluster, reader);
    return {.id = cluster.id.str(),
            .name = cluster.name,
            .owner = cluster.owner_name,
            .team = cluster.team,
            .profile = cluster.profile,
            .region = cluster.region,
            .version = cluster.version,
            .created_iso = created.iso,
            .created = cat(created.local, ", ", created.utc),
            .age = to_words(std::chrono::duration_cast<seconds>(reader.now - cluster.created_at)),
            .ends_iso = end.iso,
            .ends = end.iso.empty() ? "" : cat(end.local, ", ", end.utc),
            .left = cluster.status == ClusterStatus::DESTROYED ? "gone" : time_left(cluster, reader.now),
            .cost = amount(cost),
            .rate = is_final(cluster.status) ? "" : cat(amount(hourly(cluster)), "/h"),
            .is_over = is_final(cluster.status),
            .state = {phrase(cluster.status)}};
}

void ClusterList::fill(Dictionary& out) const {
    out.SetValue(kcl_SEARCH, search);
    include(out, kcl_STATE_FILTER, state);
    out.SetValue(kcl_TOTAL, total);
    out.SetValue(kcl_QUERY, query);
    out.SetValue(kcl_CSV, csv);
    show_if(out, kcl_WHOSE, kcl_VALUE, whose);
    show_if(out, kcl_SORT, kcl_VALUE, sort);
    if (may_order) out.ShowSection(kcl_MAY_ORDER);
    if (is_filtered) out.ShowSection(kcl_FILTERED);
    for (const auto& tab : tabs) {
        auto* item = out.AddSectionDictionary(kcl_TAB);
        item->SetValue(kcl_TEXT, tab.text);
        item->SetValue(kcl_HREF, tab.href);
        if (tab.is_current) item->ShowSection(kcl_CURRENT);
    }
    for (const auto& view : saved) {
        auto* item = out.AddSectionDictionary(kcl_VIEW);
        item->SetValue(kcl_NAME, view.name);
        item->SetValue(kcl_HREF, view.href);
        if (view.is_current) item->ShowSection(kcl_CURRENT);
    }
    if (!saved.empty()) out.ShowSection(kcl_HAVE_VIEWS);
    for (const auto& filter : filters) include(*out.AddSectionDictionary(kcl_FILTER), kcl_CHOICE, filter);
    const bool is_used = std::ranges::any_of(filters, [](const Field& filter) { return !filter.value.empty(); });
    if (is_used) out.ShowSection(kcl_FILTERS_OPEN);
    if (!next.empty()) show_if(out, kcl_MORE, kcl_HREF, next);
    if (!first.empty()) show_if(out, kcl_BACK, kcl_HREF, first);
    if (rows.empty()) {
        auto* none = out.AddSectionDictionary(kcl_NONE);
        const auto words = words_of_nothing(*this);
        none->SetValue(kcl_TITLE, words.title);
        none->SetValue(kcl_NEXT_STEP, words.next_step);
        return;
    }
    auto* table = out.AddSectionDictionary(kcl_HAVE);
    if (may_extend) table->ShowSection(kcl_MAY_EXTEND);
    if (may_destroy) table->ShowSection(kcl_MAY_DESTROY);
    if (may_extend || may_destroy) table->ShowSection(kcl_BULK);
    for (const auto& column : columns) {
        auto* cell = table->AddSectionDictionary(kcl_COLUMN);
        for (const auto& sort : column) {
            show_if(*cell, kcl_SORTED, kcl_ORDER, sort.order);
            auto* item = cell->AddSectionDictionary(kcl_BY);
            item->SetValue(kcl_LABEL, sort.label);
            item->SetValue(kcl_HREF, sort.href);
            if (&sort != &column.front()) item->ShowSection(kcl_AND);
            if (sort.order == "ascending") item->ShowSection(kcl_UP);
            if (sort.order == "descending") item->ShowSection(kcl_DOWN);
        }
    }
    for (const auto& row : rows) {
        auto* item = table->AddSectionDictionary(kcl_CLUSTER);
        item->SetValue(kcl_ID, row.id);
        item->SetValue(kcl_NAME, row.name);
        item->SetValue(kcl_OWNER, row.owner);
        item->SetValue(kcl_TEAM, row.team);
        item->SetValue(kcl_PROFILE, row.profile);
        item->SetValue(kcl_REGION, row.region);
        item->SetValue(kcl_VERSION, row.version);
        item->SetValue(kcl_CREATED_ISO, row.created_iso);
        item->SetValue(kcl_CREATED, row.created);
        item->SetValue(kcl_AGE, row.age);
        item->SetValue(kcl_COST, row.cost);
        item->SetValue(kcl_RATE, row.rate);
        if (may_extend || may_destroy) item->ShowSection(row.is_over ? kcl_NO_TICK : kcl_TICK);
        include(*item, kcl_STATE, row.state);
        if (row.ends_iso.empty()) {
            show_if(*item, kcl_NO_END, kcl_WORDS, row.left);
            continue;
        }
        auto* end = item->AddSectionDictionary(kcl_ENDS);
        end->SetValue(kcl_ISO, row.ends_iso);
        end->SetValue(kcl_WHEN, row.ends);
        end->SetValue(kcl_LEFT, row.left);
    }
}

}  // namespace desk::views
