#include "core/store/power.hpp"

#include "core/base/text.hpp"
#include "core/model/platform.hpp"

namespace desk::power {
namespace {

const pg::Statement kOpen{"power_open_job", R"sql(
    SELECT EXISTS (SELECT 1 FROM jobs WHERE subject = $1 AND status IN ('PENDING', 'RUNNING', 'RETRYING')) AS is_open)sql"};
const pg::Statement kTime{"power_time_in_step", R"sql(
    SELECT floor(extract(epoch FROM clock_timestamp() - started_at))::bigint AS seconds
      FROM job_steps WHERE job_id = $1 AND attempt = $2 AND step = $3)sql"};
const pg::Statement kMoment{"power_moment_in", "SELECT clock_timestamp() + $1::interval AS moment"};

/// One of the two ways.
struct Way {
    JobType job;
    ClusterEvent event;
    ClusterStatus from;
    const char* action;
};
constexpr Way kHibernate{JobType::HIBERNATE, ClusterEvent::HIBERNATE, ClusterStatus::READY, "cluster.hibernate"};
constexpr Way kResume{JobType::RESUME, ClusterEvent::RESUME, ClusterStatus::HIBERNATED, "cluster.resume"};

bool may_go(const clusters::Cluster& cluster, const Way& way) {
    return has_power_switch(cluster.platform) && cluster.status == way.from && !cluster.destroy_wanted_at;
}

jobs::Wish go(pg::Transaction& tx, const clusters::Cluster& cluster, const Actor& actor, const Way& way) {
    if (!has_power_switch(cluster.platform))
        throw Error(Code::conflict,
                    cat("The desk can't stop and start machines of platform ", text(cluster.platform), '.'));
    if (!may_go(cluster, way))
        throw Error(Code::conflict, cat(cluster.name, " is ", lower(text(cluster.status)), ": only a cluster that is ",
                                        lower(text(way.from)), " and stays can do that."));
    if (tx.run(kOpen, subject_of(cluster.id))[0]["is_open"])
        throw Error(Code::conflict, cat("Another job is open on ", cluster.name, ": wait until it is done."));
    const auto status = clusters::advance(tx, cluster.id, way.event).value();
    const auto job = jobs::enqueue(tx, way.job, cluster.id, actor.correlation_id);
    audit(tx, actor,
          {.action = way.action,
           .target = cluster.id.str(),
           .team = cluster.team,
           .before = {{"status", text(cluster.status)}},
           .after = {{"status", text(status)}, {"job", job.str()}}});
    return {.job = job, .status = status};
}

}  // namespace

bool may_hibernate(const clusters::Cluster& cluster) { return may_go(cluster, kHibernate); }
bool may_resume(const clusters::Cluster& cluster) { return may_go(cluster, kResume); }

jobs::Wish hibernate(pg::Transaction& tx, const clusters::Cluster& cluster, const Actor& actor) {
    return go(tx, cluster, actor, kHibernate);
}

jobs::Wish resume(pg::Transaction& tx, const clusters::Cluster& cluster, const Actor& actor) {
    return go(tx, cluster, actor, kResume);
}

seconds time_in_step(pg::Transaction& tx, const JobId& job, int attempt, std::string_view step) {
    return seconds(tx.run(kTime, job, attempt, step)[0]["seconds"].as<std::int64_t>());
}

Time moment_in(pg::Transaction& tx, seconds delay) { return tx.run(kMoment, delay)[0]["moment"]; }

}  // namespace desk::power
