#include "worker/sweeps.hpp"

#include <algorithm>
#include <array>
#include <functional>

#include "core/base/log.hpp"
#include "core/base/text.hpp"
#include "core/model/lifetime.hpp"
#include "core/store/deadlines.hpp"
#include "core/store/jobs.hpp"
#include "core/store/leases.hpp"
#include "core/store/logs.hpp"
#include "core/store/maintenance.hpp"
#include "core/store/notices.hpp"
#include "core/store/orphan_sweeps.hpp"
#include "core/store/outbox.hpp"
#include "core/store/requests.hpp"
#include "worker/outcomes.hpp"
#include "worker/platforms/orphan_search.hpp"
#include "worker/strays.hpp"

namespace desk::worker {
namespace {

constexpr const char* kLockNotAvailable = "55P03";  ///< somebody holds the row for longer than lock_timeout
constexpr int kAtOnce = 100;                        ///< rows of one kind in one sweep; the next one comes soon

/// One transaction of one kind; false when another tick is at it.
bool take_turn(pg::Database& database, const char* kind, const std::function<void(pg::Transaction&)>& work) {
    auto tx = database.begin();
    if (!maintenance::try_turn(tx, kind)) return false;
    work(tx);
    tx.commit();
    return true;
}

std::vector<ClusterId> list(pg::Database& database, std::vector<ClusterId> (*find)(pg::Transaction&, int)) {
    auto tx = database.begin(pg::Mode::read_only);
    return find(tx, kAtOnce);
}

/// `work` on one of many. A fault that concerns it alone is logged, and the others do not wait for it.
void on_its_own(const char* kind, const std::string& subject, const std::function<void()>& work) {
    try {
        work();
    } catch (const pg::SqlError& error) {
        if (error.code() == Code::unavailable && error.sqlstate() != kLockNotAvailable) throw;  // concerns all of them
        log::error("sweep_failed", {{"kind", kind}, {"subject", subject}, {"why", error.for_log()}});
    } catch (const Error& error) {
        log::error("sweep_failed", {{"kind", kind}, {"subject", subject}, {"why", error.for_log()}});
    }
}

/// `work` for each cluster that `find` finds, the cluster locked.
void for_each_cluster(pg::Database& database, const char* kind, std::vector<ClusterId> (*find)(pg::Transaction&, int),
                      const std::function<void(pg::Transaction&, const clusters::Cluster&)>& work) {
    for (const auto& id : list(database, find))
        on_its_own(kind, id.str(),
                   [&] { take_turn(database, kind, [&](pg::Transaction& tx) { work(tx, clusters::lock(tx, id)); }); });
}

void end_lifetimes(pg::Database& database) {
    for_each_cluster(database, "lifetimes", deadlines::expired,
                     [](pg::Transaction& tx, const clusters::Cluster& cluster) {
                         if (!deadlines::is_expired(tx, cluster.id)) return;  // extended meanwhile
                         jobs::want_destroy(tx, cluster, Actor::desk("ttl"), "its lifetime is over");
                         log::info("lifetime_over", {{"cluster", cluster.id.str()}});
                     });
}

void clear_failed(pg::Database& database) {
    for_each_cluster(database, "failed", deadlines::failed_and_left,
                     [](pg::Transaction& tx, const clusters::Cluster& cluster) {
                         if (cluster.status != ClusterStatus::FAILED || cluster.destroy_wanted_at) return;
                         jobs::want_destroy(tx, cluster, Actor::desk("failure"), "its create failed");
                     });
}

void queue_forgotten(pg::Database& database) {
    for_each_cluster(database, "forgotten", deadlines::forgotten_destroys,
                     [](pg::Transaction& tx, const clusters::Cluster& cluster) {
                         if (jobs::follow_with_destroy(tx, cluster.id))
                             log::warning("destroy_was_forgotten", {{"cluster", cluster.id.str()}});
                     });
}

/// A search for orphans in every place whose last one is long ago.
void search_for_orphans(pg::Database& database, const Config& config) {
    if (config.worker.orphan_hours == 0) return;
    for (const auto platform : {Platform::demo, Platform::aws}) {
        const auto search = find_orphan_search(platform, config);
        take_turn(database, "orphans", [&](pg::Transaction& tx) {
            for (const auto& place : search->places(orphans::known_places(tx, platform)))
                if (const auto job = orphans::enqueue_sweep(tx, place, std::chrono::hours(config.worker.orphan_hours)))
                    log::info("orphan_sweep_queued", {{"job", job->str()}, {"subject", place.subject()}});
        });
    }
}

void lapse_requests(pg::Database& database) {
    take_turn(database, "requests", [](pg::Transaction& tx) {
        if (const int lapsed = requests::lapse_stale(tx, kAtOnce); lapsed > 0)
            log::info("requests_lapsed", {{"count", lapsed}});
    });
}

/// The newest warning that is due, unless it was written; older ones that nobody wrote are of no use any more.
std::optional<outbox::Message> warning_for(const deadlines::Ending& ending) {
    std::optional<Time> due;
    for (const Time at :
         warning_times(ending.began_at, ending.destroy_at, ending.warn_hours, {ending.seconds_per_hour}))
        if (at <= ending.now) due = at;
    if (!due) return std::nullopt;
    const auto hours = Pace{ending.seconds_per_hour}.hours_in(ending.destroy_at - *due);
    auto kind = cat("expires-in-", hours, "h");
    if (std::ranges::find(ending.warned, kind) != ending.warned.end()) return std::nullopt;
    return outbox::Message{.kind = std::move(kind),
                           .subject = ending.id.str(),
                           .deadline = ending.destroy_at,
                           .payload = {{"cluster", ending.name},
                                       {"team", ending.team},
                                       {"owner", ending.owner_name},
                                       {"email", ending.owner_email.value_or("")},
                                       {"hours", hours},
                                       {"destroyAt", to_rfc3339(ending.destroy_at)}}};
}

void warn_of_ends(pg::Database& database) {
    take_turn(database, "warnings", [](pg::Transaction& tx) {
        for (const auto& ending : deadlines::ending(tx, kAtOnce * 10))
            if (const auto message = warning_for(ending); message && outbox::add(tx, *message)) {
                const int hours = message->payload.at("hours");
                notices::of_end(tx, ending.id, ending.destroy_at - Pace{ending.seconds_per_hour}.wall(hours), hours,
                                ending.destroy_at);
                log::info("warned", {{"cluster", ending.id.str()}, {"kind", message->kind}});
            }
    });
}

void forget_old_rows(pg::Database& database) {
    take_turn(database, "rows", [](pg::Transaction& tx) {
        maintenance::forget_idempotency_keys(tx, kAtOnce * 10);
        maintenance::forget_sessions(tx, kAtOnce * 10);
        maintenance::forget_notices(tx, kAtOnce * 10);
        maintenance::forget_failures(tx, kAtOnce * 10);
    });
}

/// Whether nothing of the job acts on this host any more.
bool is_gone(const leases::Held& held, const Host& host) {
    return !host.is_alive(held.holder) && strays_under(host.job_dir(held.lease.job)).empty();
}

void rescue(pg::Database& database, const Config& config, const Host& host, const leases::Held& held) {
    const bool is_ours = held.host == host.name;
    if (is_ours && held.is_expired) host.kill(held.holder);
    if (is_ours && !is_gone(held, host)) return;  // it lives, or is being ended
    auto tx = database.begin();
    if (held.cluster_id) clusters::lock(tx, *held.cluster_id);
    // A holder of another boot is gone, or it lives on a second machine of our name: then only its lease tells.
    if (!leases::take_away(tx, held.lease, is_ours && host.is_of_this_boot(held.holder))) return;
    lose(tx, {held.lease.job, held.type, held.lease.attempt, held.cluster_id, {}}, config.worker, !is_ours, true);
    logs::note(tx, held.lease.job, held.lease.attempt, "WARNING",
               cat("The worker on ", held.host, " vanished. This attempt is over; nothing of it is changed any more."));
    tx.commit();
    log::warning("lease_rescued", {{"job", held.lease.job.str()}, {"host", held.host}});
}

}  // namespace

void rescue_leases(pg::Database& database, const Config& config, const Host& host) {
    std::vector<leases::Held> all;
    {
        auto tx = database.begin(pg::Mode::read_only);
        all =
            leases::to_look_after(tx, host.name, seconds(config.worker.lease_seconds + config.worker.silence_seconds));
    }
    for (const auto& held : all)
        on_its_own("leases", held.lease.job.str(), [&] { rescue(database, config, host, held); });
}

void sweep_all(pg::Database& database, const Config& config, const Host& host) {
    struct Kind {
        const char* name;
        std::function<void()> work;
    };
    const std::array kinds = {
        Kind{"leases", [&] { rescue_leases(database, config, host); }},
        Kind{"lifetimes", [&] { end_lifetimes(database); }},
        Kind{"failed", [&] { clear_failed(database); }},
        Kind{"forgotten", [&] { queue_forgotten(database); }},
        Kind{"orphans", [&] { search_for_orphans(database, config); }},
        Kind{"requests", [&] { lapse_requests(database); }},
        Kind{"warnings", [&] { warn_of_ends(database); }},
        Kind{"rows", [&] { forget_old_rows(database); }},
    };
    for (const auto& kind : kinds) {
        try {
            kind.work();
        } catch (const Error& error) {
            log::error("sweep_failed", {{"kind", kind.name}, {"why", error.for_log()}});
        }
    }
}

}  // namespace desk::worker
