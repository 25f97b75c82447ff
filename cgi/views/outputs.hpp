// templates/outputs.tpl
#pragma once

#include "cgi/views/cluster_head.hpp"
#include "core/base/secret.hpp"
#include "core/store/artifacts.hpp"
#include "core/store/downloads.hpp"
#include "core/store/outputs.hpp"

namespace desk::views {

struct OutputsPage {
    struct Link {
        std::string id = {}, by = {}, detail = {}, used = {};
        State state = {};
        Moment made = {};
        bool is_live = false;
    };
    struct Artifact {
        std::string name = {}, detail = {}, sha256 = {};
        std::string download = {};  ///< its id, where a button leads to it
    };
    struct NewLink {
        std::string url = {};
        Moment until = {};
    };

    ClusterHead head = {};
    std::string waiting_title = {}, waiting_step = {};  ///< instead of outputs
    std::string api_url = {}, console_url = {}, login = {}, life = {};
    bool is_handed_over = false;  ///< somebody else makes the machines
    Facts facts = {};
    std::vector<Link> links = {};
    std::vector<Artifact> artifacts = {};
    std::optional<NewLink> new_link = {};  ///< shown this once
    const Secret* password = nullptr;      ///< shown in this one answer; null = hidden

    /// What the page is made from.
    struct Source {
        const clusters::Cluster& cluster;
        const Principal& principal;
        std::optional<outputs::Outputs> outputs = {};
        std::vector<downloads::Download> links = {};
        std::vector<artifacts::Artifact> artifacts = {};
        seconds link_life{};
    };
    static OutputsPage of(const Source& source, const Reader& reader);
    void fill(Dictionary& out) const;
};

}  // namespace desk::views
