// scan, reconcile: one place of a cloud is searched for what carries the mark of a cluster and is no living cluster's.
// destroy, before them: everything of one infraID, by the installer, because an administrator said so.
#include <algorithm>

#include "core/base/text.hpp"
#include "core/model/desk_tag.hpp"
#include "core/model/list_price.hpp"
#include "core/store/orphan_sweeps.hpp"
#include "core/store/store_id.hpp"
#include "worker/installer.hpp"
#include "worker/platforms/orphan_search.hpp"
#include "worker/steps/steps.hpp"

namespace desk::worker::steps {
namespace {

constexpr seconds kDestroyDeadline = 60min;

std::unique_ptr<OrphanSearch> search_of(const StepContext& in, const orphans::Place& place) {
    auto search = find_orphan_search(place.provider, in.config);
    if (!search)
        throw Error(Code::internal, cat("The desk can't search platform ", text(place.provider), " for orphans."));
    return search;
}

Marks live_marks(StepContext& in, const orphans::Place& place) {
    const auto marks = in.db.write([&](pg::Transaction& tx) { return orphans::live_marks(tx, place.provider); });
    return {marks.begin(), marks.end()};
}

/// What the search found that is no living cluster's. Asked for before and after: a cluster may have begun or ended
/// while the cloud was asked.
std::vector<MarkedResource> find_orphans(StepContext& in, const orphans::Place& place) {
    auto found = search_of(in, place)->look(place, live_marks(in, place));
    const auto live = live_marks(in, place);
    std::erase_if(found, [&](const MarkedResource& one) { return live.contains(one.mark); });
    return found;
}

/// Marks that this desk made: an attempt of ours stored them, or something with them carries the desk's tags. Others
/// are clusters of other people or of another desk in the same account, and no business of ours.
struct Ours {
    std::map<std::string, ClusterId> clusters = {};
    Marks marks = {};
};
Ours find_ours(StepContext& in, const std::vector<MarkedResource>& found) {
    std::vector<std::string> marks;
    for (const auto& one : found) marks.push_back(one.mark);
    Ours ours;
    std::string desk;
    in.db.write([&](pg::Transaction& tx) {
        ours.clusters = orphans::owners(tx, marks);
        desk = desk_id(tx);
    });
    const auto is_ours = [&](const MarkedResource& one) {
        return carries_our_tags(one) && !is_of_another_desk(one.tags, desk);
    };
    for (const auto& one : found)
        if (is_ours(one) || ours.clusters.contains(one.mark)) ours.marks.insert(one.mark);
    return ours;
}

orphans::Sighting sighting_of(const MarkedResource& one, const Ours& ours) {
    const auto cluster = ours.clusters.find(one.mark);
    return {.resource = one.resource,
            .infra_id = one.is_infra_id ? one.mark : "",
            .cluster = cluster == ours.clusters.end() ? std::nullopt : std::optional(cluster->second),
            .owner = owner_guess(one),
            .is_ours = one.is_infra_id,
            .hourly = hourly_guess(one)};
}

}  // namespace

StepResult destroy_orphans(StepContext& in) {
    const auto place = orphans::Place::from_json(in.params);
    const std::string infra_id = in.params.at("destroy");
    auto found = find_orphans(in, place);
    std::erase_if(found, [&](const MarkedResource& one) { return one.mark != infra_id; });
    if (found.empty()) return StepResult::done("nothing of it is there, or a cluster that lives has it");
    if (!find_ours(in, found).marks.contains(infra_id))
        return StepResult::fail({.error_class = FailureClass::user,
                                 .code = "not-ours",
                                 .message = cat("Nothing of ", infra_id, " carries the desk's tags any more."),
                                 .hint = "Delete by hand what is left, if it is yours.",
                                 .turn = Turn::ADMIN});

    auto metadata = in.db.write([&](pg::Transaction& tx) { return orphans::find_metadata(tx, infra_id); });
    if (metadata.is_null()) metadata = rebuilt_metadata(infra_id, place.region);
    const InstallerCall call{.verb = {"destroy", "cluster"},
                             .dir = in.dir / infra_id,
                             .deadline = kDestroyDeadline,
                             .last_word = Mark::UNINSTALLED};
    make_dir(call.dir);
    replace_file(call.dir / "metadata.json", metadata.dump());
    in.note(
        cat("Destroying everything of ", infra_id, " in ", place.region, ": ", found.size(), " things were found."));
    const auto end = run_installer(in, call);
    if (!end.is_complete) return installer_failed(in, call, end);
    return StepResult::done(cat(infra_id, " uninstalled"));
}

StepResult scan(StepContext& in) {
    const auto place = orphans::Place::from_json(in.params);
    const auto found = find_orphans(in, place);
    const auto ours = find_ours(in, found);
    int seen = 0;
    in.db.write([&](pg::Transaction& tx) {
        seen = 0;
        for (const auto& one : found) {
            if (!ours.marks.contains(one.mark)) continue;
            orphans::see(tx, place, sighting_of(one, ours));
            ++seen;
        }
    });
    return StepResult::done(seen == 0 ? "found nothing" : cat("found ", seen));
}

StepResult reconcile(StepContext& in) {
    const auto place = orphans::Place::from_json(in.params);
    const auto regions = search_of(in, place)->regions(place);
    const int closed = in.db.write(
        [&](pg::Transaction& tx) { return orphans::close_unseen(tx, place, regions, in.job, in.attempt, "scan"); });
    return StepResult::done(closed == 0 ? "nothing is gone" : cat(closed, " gone since the last sweep"));
}

}  // namespace desk::worker::steps
