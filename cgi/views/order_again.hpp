// The link that fills the order form with what a failed cluster was, and what might help changed.
#pragma once

#include <optional>
#include <string>

#include "core/model/access.hpp"
#include "core/model/profile_catalog.hpp"
#include "core/store/clusters.hpp"

namespace desk::views {

struct OrderAgain {
    std::string href = {}, words = {};

    /// After the failure of its install that the rule `code` recognised. Nothing for who may not order in its team, or
    /// when its profile can't be ordered any more.
    static std::optional<OrderAgain> of(const clusters::Cluster& cluster, std::string_view code, const Catalog& catalog,
                                        const Principal& principal);
};

}  // namespace desk::views
