#include "cgi/views/cluster_bulk.hpp"

#include "cgi/dictionary.hpp"
#include "core/base/text.hpp"
#include "core/model/lifetime.hpp"
#include "keys/cluster_bulk.tpl.hpp"

namespace desk::views {
namespace {

ClusterBulk::Row row_of(const clusters::Cluster& cluster) {
    return {.id = cluster.id.str(),
            .name = cluster.name,
            .owner = cluster.owner_name,
            .team = cluster.team,
            .state = State{phrase(cluster.status)}};
}

ClusterBulk::Row refused(const clusters::Cluster& cluster, std::string why) {
    auto row = row_of(cluster);
    row.words = std::move(why);
    row.is_refused = true;
    return row;
}

ClusterBulk::Row allowed(const clusters::Cluster& cluster, std::string what) {
    auto row = row_of(cluster);
    row.words = std::move(what);
    row.seen = seen_state(cluster);
    return row;
}

}  // namespace

std::string seen_state(const clusters::Cluster& cluster) {
    const auto end = cluster.destroy_at ? cluster.destroy_at->time_since_epoch().count() : 0;
    return cat(cluster.id, '.', text(cluster.status), '.', cluster.destroy_wanted_at ? "ending" : "", end);
}

ClusterBulk::Row ClusterBulk::extension(const clusters::Cluster& cluster, int hours, const Reader& reader) {
    if (!can_be_extended(cluster))
        return refused(cluster, cat("Can’t be extended: ", lower(phrase(cluster.status).word), '.'));
    const Pace pace{cluster.seconds_per_hour};
    const auto more = pace.wall(hours), left = cluster.max_lifetime - cluster.lifetime;
    if (more > left)
        return refused(cluster, cat("Refused: its profile allows ", to_words(cluster.max_lifetime),
                                    " from ready on, so ", to_words(left), " more at the most."));
    return allowed(cluster, cat(amount(hourly_running(cluster) * hours), " more; ends ",
                                to_local(*cluster.destroy_at + more, reader.time_zone), " instead of ",
                                to_local(*cluster.destroy_at, reader.time_zone), '.'));
}

ClusterBulk::Row ClusterBulk::destruction(const clusters::Cluster& cluster) {
    switch (meaning_of_destroy(cluster.status)) {
        case DestroyMeaning::WITHDRAW:
            return allowed(cluster, "The request is withdrawn. Nothing was created yet.");
        case DestroyMeaning::CANCEL:
            return allowed(cluster, "The order is cancelled before anything exists.");
        case DestroyMeaning::ALREADY:
            return refused(cluster, "It is being destroyed already.");
        case DestroyMeaning::IMPOSSIBLE:
            return refused(cluster, "There is nothing to destroy.");
        case DestroyMeaning::DESTROY:
            break;
    }
    if (cluster.destroy_wanted_at) return refused(cluster, "It is being destroyed already.");
    return allowed(cluster, cluster.status == ClusterStatus::CREATING
                                ? "The install is stopped, and what it has made is destroyed."
                                : "It is destroyed with everything on it. There is no way back.");
}

ClusterBulk::Row ClusterBulk::outcome(const clusters::Cluster& cluster, std::string words, bool is_refused) {
    auto row = row_of(cluster);
    row.words = std::move(words);
    row.is_refused = is_refused;
    return row;
}

ClusterBulk::Row ClusterBulk::unseen(std::string id, std::string words) {
    return {.id = id, .name = id, .words = std::move(words), .is_refused = true};
}

void ClusterBulk::fill(Dictionary& out) const {
    out.SetValue(kcb_TITLE, title);
    out.SetValue(kcb_SUMMARY, summary);
    if (rows.empty()) return out.ShowSection(kcb_NONE);

    auto* table = out.AddSectionDictionary(kcb_HAVE);
    table->ShowSection(is_outcome ? kcb_AFTER : kcb_BEFORE);
    bool can_go_on = false;
    for (const auto& row : rows) {
        auto* item = table->AddSectionDictionary(kcb_ROW);
        item->SetValue(kcb_ID, row.id);
        item->SetValue(kcb_NAME, row.name);
        item->SetValue(kcb_OWNER, row.owner);
        item->SetValue(kcb_TEAM, row.team);
        item->SetValue(kcb_WORDS, row.words);
        include(*item, kcb_STATE, row.state);
        item->ShowSection(row.is_refused ? kcb_REFUSED : kcb_ALLOWED);
        can_go_on = can_go_on || !row.seen.empty();
    }
    if (is_outcome) return;
    auto* form = can_go_on ? out.AddSectionDictionary(is_destroy ? kcb_DESTROY : kcb_EXTEND) : nullptr;
    if (form == nullptr) return out.ShowSection(kcb_NOTHING_LEFT);
    form->SetIntValue(kcb_HOURS, hours);
    if (is_wrong) form->ShowSection(kcb_WRONG);
    for (const auto& row : rows)
        if (!row.seen.empty()) form->AddSectionDictionary(kcb_CHOSEN)->SetValue(kcb_SEEN, row.seen);
}

}  // namespace desk::views
