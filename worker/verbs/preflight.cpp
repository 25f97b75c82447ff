// preflight: the checks that a job makes before it creates anything, asked for by an operator.
#include <cstdio>

#include "core/base/text.hpp"
#include "core/model/policy.hpp"
#include "core/store/ordering.hpp"
#include "core/store/profile_files.hpp"
#include "worker/platforms/platform.hpp"
#include "worker/verbs/verbs.hpp"

namespace desk::worker::verbs {
namespace {

constexpr const char* kOperator = "operator";

/// What is checked: an order as it was approved, or the one that a blank form of a profile starts with.
EffectiveOrder order_of(const Config& config, const std::string& word) {
    if (const auto id = ClusterId::parse(word)) {
        pg::Database database({.url = config.database.url, .application_name = "clusterdesk-preflight"});
        auto tx = database.begin(pg::Mode::read_only);
        const auto cluster = clusters::find(tx, *id, Reach{.all = true, .teams = {}, .user = {}});
        if (!cluster) throw Error(Code::not_found, cat("There is no cluster ", word, "."));
        return ordering::effective_order_of(tx, *cluster);
    }
    const Catalog catalog = load_profiles(config);
    const Profile* profile = catalog.find(word);
    if (profile == nullptr)
        throw Error(Code::not_found, cat(word, " is neither the id of a cluster nor the name of a profile."));
    Order order = Order::defaults_of(*profile);
    order.name = "preflight";
    return resolve(order, *profile, kOperator);
}

}  // namespace

int preflight(const Arguments& arguments) {
    arguments.want_words(1, "the id of a cluster, or the name of a profile");
    const auto config = arguments.config();
    const auto order = order_of(config, arguments.words()[0]);
    const auto platform = find_platform(order.platform, config);
    if (!platform)
        throw Error(Code::invalid, cat("This worker has no installer for platform ", text(order.platform), "."));

    bool fails = false;
    Json report = Json::array();
    for (const auto& check : platform->preflight(order)) {
        fails = fails || check.level == CheckLevel::FAIL;
        if (arguments.has("--json"))
            report.push_back(
                {{"id", check.id}, {"level", text(check.level)}, {"detail", check.detail}, {"remedy", check.remedy}});
        else
            std::puts(
                cat(text(check.level), ' ', check.id, ": ", check.detail, check.remedy.empty() ? "" : " ", check.remedy)
                    .c_str());
    }
    if (arguments.has("--json")) std::puts(report.dump().c_str());
    return fails ? 1 : 0;
}

}  // namespace desk::worker::verbs
