// templates/parts/cluster_head.tpl: name, state and tabs, the same on every page of a cluster.
#pragma once

#include "cgi/views/cluster_words.hpp"

namespace desk::views {

struct ClusterHead {
    struct Tab {
        std::string part = {}, text = {};
        bool is_current = false;
    };
    std::string id = {}, name = {}, profile = {}, version = {}, region = {}, owner = {}, team = {}, pace = {};
    State state = {};
    std::vector<Tab> tabs = {};

    /// `current` is the tab's part of the URL: "", "/outputs", "/logs", "/receipt".
    static ClusterHead of(const clusters::Cluster& cluster, const Principal& principal, std::string_view current);

    static constexpr const char* kFile = "parts/cluster_head.tpl";
    void fill(Dictionary& out) const;
};

}  // namespace desk::views
