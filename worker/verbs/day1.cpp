// render, tf-apply, cluster-create: a cluster's first day, step by step. The steps are those of its CREATE job; a
// cluster.yaml is ordered first.
#include <cstdio>

#include "core/base/error.hpp"
#include "core/base/text.hpp"
#include "core/cloud/open_store.hpp"
#include "core/model/desk_tag.hpp"
#include "core/store/artifacts.hpp"
#include "core/store/outputs.hpp"
#include "core/store/requests.hpp"
#include "core/store/store_id.hpp"
#include "worker/platforms/platform.hpp"
#include "worker/rendering.hpp"
#include "worker/verbs/foreground.hpp"
#include "worker/verbs/order_file.hpp"
#include "worker/verbs/target.hpp"
#include "worker/verbs/verbs.hpp"

namespace desk::worker::verbs {
namespace {

constexpr std::string_view kInstallConfig = "install-config.yaml";
constexpr const char* kNotYet = "known-when-ordered";

std::unique_ptr<PlatformDriver> get_platform(Platform platform, const Config& config) {
    if (auto driver = find_platform(platform, config)) return driver;
    throw Error(Code::invalid, cat("This worker has no installer for platform ", text(platform), "."));
}

std::string request_of(pg::Transaction& tx, const ClusterId& cluster) {
    for (const auto& request : requests::of_cluster(tx, cluster))
        if (request.kind == RequestKind::CREATE) return request.id.str();
    return kNotYet;
}

/// As the job renders it; before there is an order, with words in place of ids.
Secret rendered(pg::Transaction& tx, const Config& config, const Arguments& arguments, const Target& target) {
    EffectiveOrder order;
    Tags tags;
    if (target.cluster) {
        const auto cluster = get_cluster(tx, *target.cluster);
        order = ordering::effective_order_of(tx, cluster);
        tags = effective_tags(order, cluster.id.str(), request_of(tx, cluster.id),
                              cluster.destroy_at.value_or(clusters::desk_now(tx) + cluster.lifetime));
    } else {
        order = read_order(tx, config, arguments, target.file);
        tags = effective_tags(order, kNotYet, kNotYet, clusters::desk_now(tx));
    }
    tags["ManagedBy"] = managed_by(desk_id(tx));
    const auto platform = get_platform(order.platform, config);
    return render_install_config(*platform, order, tags, platform->pull_secret());
}

/// The job that makes the cluster; a file is ordered for it.
JobId job_of(pg::Database& database, const Config& config, const Arguments& arguments, Target& target,
             std::string_view until) {
    auto tx = database.begin();
    std::optional<JobId> job;
    std::optional<ClusterId> ordered;
    if (!target.cluster) {
        const auto submitted = order_by_file(tx, config, arguments, target.file);
        ordered = submitted.cluster;
        job = submitted.job;
    } else if (const auto open = jobs::find_open(tx, *target.cluster);
               open && jobs::standing(tx, *open).type == JobType::CREATE) {
        job = open;
    }
    if (job) {
        until.empty() ? jobs::let_go(tx, *job) : jobs::hold_after(tx, *job, until);
        jobs::make_due(tx, *job);
    }
    tx.commit();  // an order that waits for an approver is an order
    if (ordered) target.remember(*ordered);
    if (job) return *job;
    auto look = database.begin(pg::Mode::read_only);
    const auto cluster = get_cluster(look, *target.cluster);
    throw Error(Code::conflict, cat(cluster.name, " (", cluster.id, ") is ", text(cluster.status),
                                    ": there is nothing to make. What waits for approval goes on after it."));
}

void keep_what_was_made(pg::Transaction& tx, const Config& config, const Arguments& arguments, const Target& target,
                        const JobId& job) {
    target.keep(cat("logs/", job, ".log"), log_of(tx, job));
    target.keep(kInstallConfig, rendered(tx, config, arguments, target).reveal());
    const auto cluster = get_cluster(tx, *target.cluster);
    target.keep("create-status.txt", cat(text(cluster.status), '\n'));
    const auto outputs = outputs::find(tx, cluster.id);
    if (!outputs) return;
    const auto kubeconfig = artifacts::get(tx, outputs->kubeconfig);
    target.keep("kubeconfig", open_store(config)->get(kubeconfig.object_key, kubeconfig.visibility()));
    target.keep("metadata.json", outputs->metadata.dump());
}

/// Leads the job up to a step, or to its end.
int make(const Arguments& arguments, std::string_view until) {
    auto target = Target::of(arguments);
    const auto config = arguments.config();
    pg::Database database({.url = config.database.url, .application_name = "clusterdesk-create"});
    const auto job = job_of(database, config, arguments, target, until);
    const auto standing = follow(database, config, arguments, job);
    auto tx = database.begin(pg::Mode::read_only);
    keep_what_was_made(tx, config, arguments, target, job);
    tell(standing);
    const auto cluster = get_cluster(tx, *target.cluster);
    const Json result = {{"clusterId", cluster.id.str()},
                         {"jobId", job.str()},
                         {"status", text(cluster.status)},
                         {"isHeld", standing.is_held},
                         {"work", target.work.string()}};
    std::puts(arguments.has("--json") ? result.dump().c_str()
                                      : cat(cluster.id, ' ', job, ' ', text(cluster.status)).c_str());
    return standing.status == JobStatus::SUCCEEDED || standing.is_held ? 0 : 1;
}

}  // namespace

int render(const Arguments& arguments) {
    const auto target = Target::of(arguments);
    if (target.work.empty()) throw Usage{"needs --work: where the file goes, which has the pull secret in it"};
    const auto config = arguments.config();
    pg::Database database({.url = config.database.url, .application_name = "clusterdesk-render"});
    auto tx = database.begin(pg::Mode::read_only);
    target.keep(kInstallConfig, rendered(tx, config, arguments, target).reveal());
    print((target.work / kInstallConfig));
    return 0;
}

int tf_apply(const Arguments& arguments) { return make(arguments, "prereqs"); }

int cluster_create(const Arguments& arguments) { return make(arguments, ""); }

}  // namespace desk::worker::verbs
