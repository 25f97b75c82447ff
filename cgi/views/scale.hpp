// parts/scale.tpl: how many workers a cluster has, and the form for another number.
#pragma once

#include "cgi/views/parts.hpp"
#include "core/store/requests.hpp"

namespace desk::views {

struct Scale {
    std::string id = {};
    std::string now = {};   ///< "It has 3 workers (m6i.xlarge)."
    std::string help = {};  ///< what a number costs, and which are allowed
    int least = 0, most = 0;
    int chosen = 0;  ///< what the form begins with
    std::string reason = {};
    std::string open_request = {};  ///< its id, when another number waits for approval already
    bool may_ask = false;

    /// `requests` of the cluster, the one that made it among them. Nothing where the number can't be changed now, or
    /// never.
    static std::optional<Scale> of(const clusters::Cluster& cluster, const std::vector<requests::Request>& requests,
                                   bool may_change);

    static constexpr const char* kFile = "parts/scale.tpl";
    void fill(Dictionary& out) const;
};

}  // namespace desk::views
