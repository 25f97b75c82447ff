// preflight and verify: the checks that jobs make, asked for by an operator.
#include <cstdio>

#include "core/base/text.hpp"
#include "core/cloud/open_store.hpp"
#include "core/model/policy.hpp"
#include "core/store/ordering.hpp"
#include "core/store/outputs.hpp"
#include "core/store/profile_files.hpp"
#include "worker/cluster_access.hpp"
#include "worker/health.hpp"
#include "worker/platforms/platform.hpp"
#include "worker/verbs/order_file.hpp"
#include "worker/verbs/target.hpp"
#include "worker/verbs/verbs.hpp"

namespace desk::worker::verbs {
namespace {

constexpr const char* kOperatorName = "operator";

/// What is checked: an order as it was approved, one that a file would be, or the one that a blank form of a profile
/// starts with.
EffectiveOrder order_of(const Config& config, const Arguments& arguments) {
    const auto& word = arguments.words()[0];
    if (const auto target = Target::find(word, arguments)) {
        pg::Database database({.url = config.database.url, .application_name = "clusterdesk-preflight"});
        auto tx = database.begin();  // a file is judged under the locks of an order
        return target->cluster ? ordering::effective_order_of(tx, get_cluster(tx, *target->cluster))
                               : read_order(tx, config, arguments, target->file);
    }
    const Catalog catalog = load_profiles(config);
    const Profile* profile = catalog.find(word);
    if (profile == nullptr)
        throw Error(Code::not_found,
                    cat(word, " is neither the id of a cluster, nor a cluster.yaml, nor the name of a profile."));
    Order order = Order::defaults_of(*profile);
    order.name = "preflight";
    return resolve(order, *profile, kOperatorName);
}

/// One line each, or one JSON array; 1 when a check failed.
int report(const std::vector<Check>& checks, bool as_json) {
    bool fails = false;
    Json all = Json::array();
    for (const auto& [id, level, detail, remedy, error_class, turn] : checks) {
        fails = fails || level == CheckLevel::FAIL;
        all.push_back({{"id", id}, {"level", text(level)}, {"detail", detail}, {"remedy", remedy}});
        if (!as_json) print(cat(text(level), ' ', id, ": ", detail, remedy.empty() ? "" : " ", remedy));
    }
    if (as_json) print(all.dump());
    return fails ? 1 : 0;
}

}  // namespace

int preflight(const Arguments& arguments) {
    arguments.want_words(1, "the id of a cluster, a cluster.yaml, or the name of a profile");
    const auto config = arguments.config();
    const auto order = order_of(config, arguments);
    const auto platform = find_platform(order.platform, config);
    if (!platform)
        throw Error(Code::invalid, cat("This worker has no installer for platform ", text(order.platform), "."));
    return report(platform->preflight(order), arguments.has("--json"));
}

int verify(const Arguments& arguments) {
    const auto id = Target::of(arguments).get_cluster();
    const auto config = arguments.config();
    pg::Database database({.url = config.database.url, .application_name = "clusterdesk-verify"});
    auto tx = database.begin(pg::Mode::read_only);
    const auto cluster = get_cluster(tx, id);
    const auto outputs = outputs::find(tx, id);
    if (!outputs || !has_api(cluster.platform))
        throw Error(Code::conflict, cat(cluster.name, " has no API that could be asked."));
    CurlTransport transport;
    kube::Api api(transport, read_access(*open_store(config), artifacts::get(tx, outputs->kubeconfig)));
    return report(ask_health(api, cluster.version), arguments.has("--json"));
}

}  // namespace desk::worker::verbs
