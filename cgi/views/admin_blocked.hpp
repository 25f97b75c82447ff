// templates/admin_blocked.tpl
#pragma once

#include "cgi/views/blocked_panel.hpp"

namespace desk::views {

struct AdminBlocked {
    std::vector<BlockedPanel> deletions = {};
    int only = 0;  ///< how many are shown of more; 0 = all

    /// `limit`: how many were asked for.
    static AdminBlocked of(const std::vector<blocked::Deletion>& deletions, int limit, const Principal& principal,
                           const Reader& reader);
    void fill(Dictionary& out) const;
};

}  // namespace desk::views
