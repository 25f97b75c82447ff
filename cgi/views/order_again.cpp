#include "cgi/views/order_again.hpp"

#include "cgi/form.hpp"
#include "core/base/text.hpp"
#include "core/model/lifetime.hpp"
#include "core/model/order_again.hpp"

namespace desk::views {

std::optional<OrderAgain> OrderAgain::of(const clusters::Cluster& cluster, std::string_view code,
                                         const Catalog& catalog, const Principal& principal) {
    const auto* profile = catalog.find(cluster.profile);
    if (!profile || !profile->enabled || !principal.may_in(Permission::request_create, cluster.team))
        return std::nullopt;

    std::string name = cluster.name, region = cluster.region, domain = cluster.base_domain;
    std::string words = "Order it again, everything as it was";
    const auto change = [&](std::string& field, std::string value, std::string_view what) {
        if (value.empty()) return;
        words = cat("Order it again with ", what, ' ', value, " instead of ", field);
        field = std::move(value);
    };
    switch (change_after(code)) {
        case OrderChange::NAME:
            change(name, another_name(name), "name");
            break;
        case OrderChange::REGION:
            change(region, another_choice(region, profile->regions.allowlist), "region");
            break;
        case OrderChange::BASE_DOMAIN:
            change(domain,
                   another_choice(
                       domain, profile->base_domains ? profile->base_domains->allowlist : std::vector<std::string>()),
                   "base domain");
            break;
        case OrderChange::TAGS:
            words = "Order it again, with fewer or other tags";
            break;
        case OrderChange::NOTHING:
            break;
    }
    const auto hours = Pace{cluster.seconds_per_hour}.hours_in(cluster.lifetime);
    return OrderAgain{.href = "/requests/new" + query_string({{"profile", cluster.profile},
                                                              {"name", name},
                                                              {"version", cluster.version},
                                                              {"region", region},
                                                              {"baseDomain", domain},
                                                              {"team", cluster.team},
                                                              {"costCenter", cluster.cost_center},
                                                              {"ttlHours", std::to_string(hours)}}),
                      .words = std::move(words)};
}

}  // namespace desk::views
