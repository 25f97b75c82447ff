#include "cgi/views/order_again.hpp"

#include "cgi/form.hpp"
#include "core/base/text.hpp"
#include "core/model/order.hpp"
#include "core/model/order_again.hpp"

namespace desk::views {

std::optional<OrderAgain> OrderAgain::of(const clusters::Cluster& cluster, std::string_view code,
                                         const Catalog& catalog, const Principal& principal) {
    const auto* profile = catalog.find(cluster.profile);
    if (!profile || !profile->enabled || !principal.may_in(Permission::request_create, cluster.team))
        return std::nullopt;

    std::vector<std::pair<std::string, std::string>> fields = {{"profile", cluster.profile},
                                                               {"like", cluster.id.str()}};
    if (cluster.platform == Platform::demo)
        fields.emplace_back("failure", text(DemoFailure::NONE));  // one that was ordered was wanted once
    std::string words = "Order it again, everything as it was";
    const auto change = [&](std::string field, const std::string& old, std::string value, std::string_view what) {
        if (value.empty()) return;
        words = cat("Order it again with ", what, ' ', value, " instead of ", old);
        fields.emplace_back(std::move(field), std::move(value));
    };
    switch (change_after(code)) {
        case OrderChange::NAME:
            change("name", cluster.name, another_name(cluster.name), "name");
            break;
        case OrderChange::REGION:
            change("region", cluster.region, another_choice(cluster.region, profile->regions.allowlist), "region");
            break;
        case OrderChange::BASE_DOMAIN:
            if (profile->base_domains)
                change("baseDomain", cluster.base_domain,
                       another_choice(cluster.base_domain, profile->base_domains->allowlist), "base domain");
            break;
        case OrderChange::TAGS:
            words = "Order it again, with fewer or other tags";
            break;
        case OrderChange::NOTHING:
            break;
    }
    return OrderAgain{.href = "/requests/new" + query_string(fields), .words = std::move(words)};
}

}  // namespace desk::views
