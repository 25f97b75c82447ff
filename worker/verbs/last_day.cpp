// cluster-destroy and orphans: a cluster's last day, and what clusters left behind.
#include <unistd.h>

#include <cstdio>
#include <iostream>

#include "core/base/error.hpp"
#include "core/base/text.hpp"
#include "core/store/jobs.hpp"
#include "core/store/orphan_sweeps.hpp"
#include "core/store/receipts.hpp"
#include "worker/platforms/orphan_search.hpp"
#include "worker/verbs/foreground.hpp"
#include "worker/verbs/target.hpp"
#include "worker/verbs/verbs.hpp"

namespace desk::worker::verbs {
namespace {

constexpr int kMostOrphans = 500;

/// Somebody who can't be asked has to have said it before.
void confirm(const Arguments& arguments, const clusters::Cluster& cluster) {
    std::string typed = arguments.value("--confirm");
    if (!arguments.has("--confirm")) {
        if (::isatty(STDIN_FILENO) == 0) throw Usage{cat("needs --confirm ", cluster.name, ": nobody is there to ask")};
        std::fputs(cat("Everything of ", cluster.name, " (", cluster.id, ") goes. Type its name: ").c_str(), stderr);
        std::getline(std::cin, typed);
    }
    if (typed != cluster.name)
        throw Error(Code::invalid, cat("This is ", cluster.name, ", not ", typed, ". Nothing was done."));
}

bool is_over(ClusterStatus status) { return is_final(status); }

/// One job after the other, as one gives way to the next. How the last one stands; nothing: none was needed.
std::optional<jobs::Standing> follow_to_the_end(pg::Database& database, const Config& config,
                                                const Arguments& arguments, const Target& target) {
    std::optional<jobs::Standing> last;
    for (;;) {
        std::optional<JobId> open;
        {
            auto tx = database.begin();
            open = jobs::find_open(tx, *target.cluster);
            if (open) jobs::make_due(tx, *open);
            tx.commit();
        }
        if (!open) return last;
        last = follow(database, config, arguments, *open);
        auto tx = database.begin(pg::Mode::read_only);
        target.keep(cat("logs/", *open, ".log"), log_of(tx, *open));
        if (is_open(last->status)) return last;
    }
}

Json describe(const orphans::Orphan& orphan) {
    return {{"id", orphan.id.str()},        {"platform", text(orphan.provider)},
            {"account", orphan.account},    {"region", orphan.resource.region},
            {"type", orphan.resource.type}, {"resource", orphan.resource.id},
            {"name", orphan.resource.name}, {"infraId", orphan.infra_id},
            {"owner", orphan.owner},        {"firstSeenAt", to_rfc3339(orphan.first_seen_at)}};
}

std::vector<orphans::Place> places_to_search(pg::Database& database, const Config& config, Platform platform) {
    auto tx = database.begin(pg::Mode::read_only);
    return find_orphan_search(platform, config)->places(orphans::known_places(tx, platform));
}

/// Every place of every platform that can be searched, now. False: one of them could not be.
bool sweep_everywhere(pg::Database& database, const Config& config, const Arguments& arguments) {
    bool is_complete = true;
    for (const auto platform : {Platform::demo, Platform::aws}) {
        if (std::ranges::find(config.profiles.platforms, text(platform)) == config.profiles.platforms.end()) continue;
        for (const auto& place : places_to_search(database, config, platform)) {
            auto tx = database.begin();
            const auto job = orphans::enqueue_sweep(tx, place, 0s);
            tx.commit();
            if (!job) continue;  // somebody else looks there just now
            const auto standing = follow(database, config, arguments, *job);
            tell(standing);
            is_complete = is_complete && standing.status == JobStatus::SUCCEEDED;
        }
    }
    return is_complete;
}

}  // namespace

int cluster_destroy(const Arguments& arguments) {
    const auto target = Target::of(arguments);
    const auto config = arguments.config();
    pg::Database database({.url = config.database.url, .application_name = "clusterdesk-destroy"});
    {
        auto tx = database.begin();
        const auto cluster = clusters::lock(tx, target.get_cluster());
        if (!is_over(cluster.status)) {
            confirm(arguments, cluster);
            jobs::want_destroy(tx, cluster, Actor::desk("operator"), "cluster-destroy");
        }
        tx.commit();
    }
    const auto last = follow_to_the_end(database, config, arguments, target);
    if (last) tell(*last);
    auto tx = database.begin(pg::Mode::read_only);
    const auto cluster = get_cluster(tx, *target.cluster);
    if (const auto receipt = receipts::find(tx, cluster.id)) target.keep("receipt.json", canonical(receipt->body));
    std::puts(arguments.has("--json")
                  ? Json{{"clusterId", cluster.id.str()}, {"status", text(cluster.status)}}.dump().c_str()
                  : cat(cluster.id, ' ', text(cluster.status)).c_str());
    if (!is_over(cluster.status)) return 1;
    if (!target.work.empty()) fs::remove(target.work / "kubeconfig");
    target.forget();
    return 0;
}

int orphans(const Arguments& arguments) {
    arguments.want_words(0, "no words");
    const auto config = arguments.config();
    pg::Database database({.url = config.database.url, .application_name = "clusterdesk-orphans"});
    const bool is_complete = !arguments.has("--sweep") || sweep_everywhere(database, config, arguments);
    auto tx = database.begin(pg::Mode::read_only);
    Json all = Json::array();
    for (const auto& orphan :
         desk::orphans::list(tx, {.state = OrphanState::OPEN, .cluster = {}, .limit = kMostOrphans})) {
        all.push_back(describe(orphan));
        if (arguments.has("--json")) continue;
        std::puts(cat(orphan.id, ' ', text(orphan.provider), ' ', orphan.resource.region, ' ', orphan.resource.type,
                      ' ', orphan.resource.name, orphan.infra_id.empty() ? "" : " of ", orphan.infra_id)
                      .c_str());
    }
    if (arguments.has("--json")) print(all.dump());
    return is_complete ? 0 : 1;
}

}  // namespace desk::worker::verbs
