#include "cgi/views/cluster_head.hpp"

#include <array>

#include "cgi/dictionary.hpp"
#include "keys/parts/cluster_head.tpl.hpp"

namespace desk::views {

ClusterHead ClusterHead::of(const clusters::Cluster& cluster, const Principal& principal, std::string_view current) {
    struct Known {
        std::string_view part, text;
        Permission permission;
    };
    static constexpr std::array kTabs = {
        Known{"", "Overview", Permission::cluster_read},
        Known{"/outputs", "Outputs", Permission::outputs_read},
        Known{"/logs", "Log", Permission::log_read},
        Known{"/receipt", "Receipt", Permission::receipt_read},
    };
    ClusterHead head{.id = cluster.id.str(),
                     .name = cluster.name,
                     .profile = cluster.profile,
                     .version = cluster.version,
                     .region = cluster.region,
                     .owner = cluster.owner_name,
                     .team = cluster.team,
                     .pace = pace_sentence({cluster.seconds_per_hour}),
                     .state = {phrase(cluster.status)}};
    for (const auto& tab : kTabs)
        if (principal.may(tab.permission))
            head.tabs.push_back(
                {.part = std::string(tab.part), .text = std::string(tab.text), .is_current = tab.part == current});
    return head;
}

void ClusterHead::fill(Dictionary& out) const {
    out.SetValue(kch_NAME, name);
    out.SetValue(kch_PROFILE, profile);
    out.SetValue(kch_VERSION, version);
    out.SetValue(kch_REGION, region);
    out.SetValue(kch_OWNER, owner);
    out.SetValue(kch_TEAM, team);
    include(out, kch_STATE, state);
    for (const auto& tab : tabs) {
        auto* item = out.AddSectionDictionary(kch_TAB);
        item->SetValue(kch_ID, id);
        item->SetValue(kch_PART, tab.part);
        item->SetValue(kch_TEXT, tab.text);
        if (tab.is_current) item->ShowSection(kch_CURRENT);
    }
    show_if(out, kch_DEMO, kch_PACE, pace);
}

}  // namespace desk::views
