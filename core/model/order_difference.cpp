#include "core/model/order_difference.hpp"

#include "core/base/text.hpp"

namespace desk {
namespace {

std::string yes_or_no(bool value) { return value ? "yes" : "no"; }
std::string value_of(const Tags& tags, const std::string& key) {
    const auto found = tags.find(key);
    return found == tags.end() ? "" : found->second;
}

}  // namespace

std::vector<Difference> differences(const Order& order, const Profile& profile) {
    const Order usual = Order::defaults_of(profile);
    std::vector<Difference> out;
    const auto compare = [&](std::string field, std::string before, std::string asked) {
        if (before != asked) out.push_back({std::move(field), std::move(before), std::move(asked)});
    };
    compare("version", usual.version, order.version);
    compare("region", usual.region, order.region);
    compare("baseDomain", usual.base_domain, order.base_domain);
    compare("ttlHours", cat(usual.ttl_hours, " h"), cat(order.ttl_hours, " h"));
    compare("sshPublicKey", usual.ssh_public_key.empty() ? "" : "given", order.ssh_public_key.empty() ? "" : "given");
    Tags keys = usual.extra_tags;
    keys.insert(order.extra_tags.begin(), order.extra_tags.end());
    for (const auto& [key, value] : keys)
        compare("extraTags." + key, value_of(usual.extra_tags, key), value_of(order.extra_tags, key));
    compare("offhoursOptIn", yes_or_no(usual.offhours_opt_in), yes_or_no(order.offhours_opt_in));
    const auto own = profile.gitops.value_or(Gitops{});
    compare("gitopsRepoUrl", own.repo_url, order.gitops_repo_url.empty() ? own.repo_url : order.gitops_repo_url);
    compare("gitopsRepoRef", own.repo_ref, order.gitops_repo_ref.empty() ? own.repo_ref : order.gitops_repo_ref);
    compare("failure", "", order.failure == DemoFailure::NONE ? "" : std::string(describe(order.failure)));
    return out;
}

}  // namespace desk
