// parts/danger.tpl: how a cluster is ended or its job stopped, and what that will do, before anything is clicked.
#pragma once

#include "cgi/views/parts.hpp"
#include "core/store/clusters.hpp"
#include "core/store/jobs.hpp"

namespace desk::views {

struct Danger {
    std::string id = {}, name = {};
    std::string title = {}, what = {};
    std::string verb = {};  ///< of the button; "" = nothing can be asked for, and `what` says why
    bool is_wrong = false;  ///< another name was typed
    std::string zone = {};  ///< that terraform made for it, and that goes with it when its name is typed; "" = none
    std::string typed_zone = {};
    bool is_zone_wrong = false;  ///< another name was typed
    std::string cancel = {};     ///< what stopping the open job alone means; "" = there is none that can be stopped

    /// `jobs` newest first; `kill_after`: how long a program has from being told to stop to being ended by force.
    /// Nothing for a cluster that has ended.
    static std::optional<Danger> of(const clusters::Cluster& cluster, const std::vector<jobs::Job>& jobs,
                                    seconds kill_after);

    static constexpr const char* kFile = "parts/danger.tpl";
    void fill(Dictionary& out) const;
};

}  // namespace desk::views
