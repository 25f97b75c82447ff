// What can be asked of a cluster: destroy, more time, more or fewer workers, sleep, cancel, the next try at once. Every
// answer is 202: a worker does it.
#include "cgi/api/api.hpp"
#include "cgi/api/documents.hpp"
#include "cgi/api/input.hpp"
#include "cgi/idempotent.hpp"
#include "cgi/within_reach.hpp"
#include "core/store/ordering.hpp"
#include "core/store/power.hpp"
#include "core/store/prereqs.hpp"

namespace desk::api {
namespace {

constexpr std::size_t kZoneBytes = 253;

Response accepted(const clusters::Cluster& cluster, const jobs::Wish& wish) {
    return json({{"clusterId", cluster.id.str()}, {"jobId", or_null(wish.job)}, {"status", text(wish.status)}}, 202);
}

Response switch_power(const Request& request, App& app,
                      jobs::Wish (*ask)(pg::Transaction&, const clusters::Cluster&, const Actor&)) {
    return idempotent(request, app, [&](pg::Transaction& tx) {
        Body body(request, {});
        if (body.faults.any()) return validation_failed(request, body.faults.all());

        const auto cluster = lock_cluster(tx, request);
        return accepted(cluster, ask(tx, cluster, request.actor()));
    });
}

}  // namespace

Response cluster_destroy(const Request& request, App& app) {
    return idempotent(request, app, [&](pg::Transaction& tx) {
        Body body(request, {"reason", "deleteZone"});
        const auto reason = body.text("reason", kLongestRequestReason);
        const auto zone = body.text("deleteZone", kZoneBytes);
        if (body.faults.any()) return validation_failed(request, body.faults.all());

        const auto cluster = lock_cluster(tx, request);
        if (!zone.empty())
            if (const auto fault = prereqs::confirm_zone(tx, cluster, zone, request.actor()))
                return validation_failed(request, {{"deleteZone", *fault}});
        return accepted(cluster, jobs::want_destroy(tx, cluster, request.actor(), reason));
    });
}

Response cluster_cancel(const Request& request, App& app) {
    return idempotent(request, app, [&](pg::Transaction& tx) {
        Body body(request, {});
        if (body.faults.any()) return validation_failed(request, body.faults.all());

        const auto cluster = lock_cluster(tx, request);
        return accepted(cluster, jobs::cancel(tx, cluster, request.actor()));
    });
}

Response cluster_verify(const Request& request, App& app) {
    return idempotent(request, app, [&](pg::Transaction& tx) {
        Body body(request, {});
        if (body.faults.any()) return validation_failed(request, body.faults.all());

        const auto cluster = lock_cluster(tx, request);
        return accepted(cluster, jobs::verify(tx, cluster, request.actor()));
    });
}

Response cluster_hibernate(const Request& request, App& app) { return switch_power(request, app, power::hibernate); }

Response cluster_resume(const Request& request, App& app) { return switch_power(request, app, power::resume); }

Response cluster_retry(const Request& request, App& app) {
    return idempotent(request, app, [&](pg::Transaction& tx) {
        Body body(request, {});
        if (body.faults.any()) return validation_failed(request, body.faults.all());

        const auto cluster = lock_cluster(tx, request);
        return accepted(cluster, jobs::hurry(tx, cluster, request.actor()));
    });
}

Response cluster_extend(const Request& request, App& app) {
    return idempotent(request, app, [&](pg::Transaction& tx) {
        Body body(request, {"hours", "reason"});
        const int hours = body.number("hours", 1, kMaxTtlHours);
        const auto reason = body.text("reason", kLongestRequestReason);
        if (body.faults.any()) return validation_failed(request, body.faults.all());

        const auto cluster = lock_cluster(tx, request);
        const auto extended = ordering::extend(tx, request.principal(), cluster, hours, reason, request.actor());
        if (!extended) {
            const ExtensionEvaluation& why = extended.error();
            return why.errors.empty() ? refused(request, why.verdict) : validation_failed(request, why.errors);
        }
        return json({{"clusterId", cluster.id.str()},
                     {"jobId", nullptr},
                     {"status", text(cluster.status)},
                     {"requestId", extended->request.str()},
                     {"requestState", text(extended->state)},
                     {"destroyAt", or_null(extended->destroy_at)}},
                    202);
    });
}

Response cluster_scale(const Request& request, App& app) {
    return idempotent(request, app, [&](pg::Transaction& tx) {
        Body body(request, {"replicas", "reason"});
        const int replicas = body.number("replicas", 0, kMostWorkers);
        const auto reason = body.text("reason", kLongestRequestReason);
        if (body.faults.any()) return validation_failed(request, body.faults.all());

        const auto cluster = lock_cluster(tx, request);
        const auto scaled = ordering::scale(tx, request.principal(), cluster, replicas, reason, request.actor());
        if (!scaled) {
            const ScalingEvaluation& why = scaled.error();
            return why.errors.empty() ? refused(request, why.verdict) : validation_failed(request, why.errors);
        }
        return json({{"clusterId", cluster.id.str()},
                     {"jobId", or_null(scaled->job)},
                     {"status", text(cluster.status)},
                     {"requestId", scaled->request.str()},
                     {"requestState", text(scaled->state)}},
                    202);
    });
}

}  // namespace desk::api
