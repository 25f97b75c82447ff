#include "cgi/views/cluster_list.hpp"

#include <ctemplate/template.h>

#include "core/base/text.hpp"
#include "keys/cluster_list.tpl.hpp"

namespace desk::views {

const std::vector<StatusChoice>& status_choices() {
    using S = ClusterStatus;
    static const auto choices = [] {
        std::vector<StatusChoice> all = {
            {"", "Not ended", {}, true},
            {"ALL", "All, ended ones too"},
            {"BUSY",
             "In progress",
             {S::PENDING, S::CREATING, S::HIBERNATING, S::RESUMING, S::DESTROYING, S::DESTROY_VERIFYING}},
            {"TROUBLE", "Needs attention", {S::FAILED, S::DESTROY_FAILED}},
        };
        for (const auto name : all_texts<S>()) {
            const S status = *parse_enum<S>(name);
            all.push_back({name, phrase(status).word, {status}});
        }
        return all;
    }();
    return choices;
}

ClusterList::Row ClusterList::row(const clusters::Cluster& cluster, const Reader& reader) {
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
            .rate = amount(hourly(cluster)),
            .state = {phrase(cluster.status)}};
}

void ClusterList::fill(Dictionary& out) const {
    out.SetValue(kcl_SEARCH, search);
    out.SetValue(kcl_OWNER, owner);
    out.SetValue(kcl_TOTAL, total);
    if (may_order) out.ShowSection(kcl_MAY_ORDER);
    if (is_filtered) out.ShowSection(kcl_FILTERED);
    for (const auto& filter : filters) {
        auto* item = out.AddSectionDictionary(kcl_FILTER);
        item->SetValue(kcl_ID, filter.name);
        item->SetValue(kcl_LABEL, filter.label);
        for (const auto& option : filter.options) {
            auto* choice = item->AddSectionDictionary(kcl_OPTION);
            choice->SetValue(kcl_VALUE, option.value);
            choice->SetValue(kcl_TEXT, option.text);
            if (option.value == filter.value) choice->ShowSection(kcl_SELECTED);
        }
    }
    if (!older.empty()) show_if(out, kcl_MORE, kcl_HREF, older);
    if (rows.empty()) {
        auto* none = out.AddSectionDictionary(kcl_NONE);
        none->SetValue(kcl_TITLE, is_filtered ? "No cluster matches." : "There are no clusters here.");
        none->SetValue(kcl_NEXT_STEP, is_filtered ? "Take a term or a filter away, or look at all states."
                                                  : "Order one from the catalog; it appears here at once.");
        return;
    }
    auto* table = out.AddSectionDictionary(kcl_HAVE);
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
        item->SetValue(kcl_RATE, row.rate);
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
