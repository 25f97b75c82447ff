// templates/cluster_show.tpl
#pragma once

#include "cgi/views/blocked_panel.hpp"
#include "cgi/views/checks.hpp"
#include "cgi/views/cluster_head.hpp"
#include "cgi/views/cluster_words.hpp"
#include "cgi/views/danger.hpp"
#include "cgi/views/failure.hpp"
#include "cgi/views/scale.hpp"
#include "cgi/views/timeline.hpp"
#include "core/store/cluster_page.hpp"

namespace desk::views {

struct ClusterShow {
    struct CurrentJob {
        std::string title = {}, log = {}, progress_words = {};
        int step = 0, steps_in_all = 0;
        Steps steps = {};
    };
    struct JobRow {
        std::string title = {}, log = {}, attempts = {}, took = {};
        State state = {};
        Moment asked = {};
    };
    struct Choice {
        int hours = 0;
        std::string words = {}, detail = {};
    };
    /// Sleep, or waking up: what it does, what speaks against it, and its button.
    struct Power {
        std::string title = {}, what = {}, warning = {}, verb = {}, path = {};
    };
    struct RequestLink {
        std::string label = {}, id = {}, text = {};
    };

    ClusterHead head = {};
    Status status = {};
    std::optional<ErrorSummary> errors = {};
    std::optional<FailurePanel> failure = {};
    std::optional<CurrentJob> job = {};
    Facts facts = {};
    Facts prepared = {};  ///< what terraform made for it; empty = nothing
    std::vector<RequestLink> requests = {};
    std::map<std::string, std::string> tags = {};
    std::vector<JobRow> jobs = {};
    Moment ends = {};
    bool is_over = false;      ///< then neither how long it may live nor what it costs by the hour counts any more
    std::string longest = {};  ///< "" when it is over, as its rate
    std::vector<Choice> choices = {};  ///< by one click each
    std::string cap = {};              ///< how much more there can be, and who says so; "" = it can't be extended
    std::string until = {}, least_until = {}, most_until = {};  ///< of the field for date and time
    std::string hour_price = {}, extension_reason = {};
    std::string cost = {}, rate = {}, at_expiry = {};
    Timeline timeline = {};
    bool may_verify = false;
    std::optional<Power> power = {};
    std::optional<Scale> scale = {};
    std::optional<ChecksPanel> checks = {};
    std::optional<BlockedPanel> blocked = {};
    std::optional<LeftBehind> left_behind = {};
    std::optional<Danger> danger = {};

    /// What the page is made from.
    struct Source {
        const clusters::Cluster& cluster;
        const Principal& principal;
        const Catalog& catalog;
        const cluster_page::Details& details;
        std::vector<jobs::Job> jobs = {};     ///< newest first
        const jobs::Job* troubled = nullptr;  ///< of `jobs`: the one whose failure explains the cluster's state
        failures::Story story = {};           ///< of that one
        std::optional<blocked::Deletion> blocked = {};
        std::vector<orphans::Orphan> orphans = {};            ///< of a cluster that was given up
        const std::vector<brakes::Pulled>* brakes = nullptr;  ///< null: none
        seconds kill_after{};                                 ///< see Danger::of
    };
    static ClusterShow of(const Source& source, const Reader& reader);
    void fill(Dictionary& out) const;
};

}  // namespace desk::views
