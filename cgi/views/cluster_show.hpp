// templates/cluster_show.tpl
#pragma once

#include "cgi/views/blocked_panel.hpp"
#include "cgi/views/checks.hpp"
#include "cgi/views/cluster_head.hpp"
#include "cgi/views/cluster_words.hpp"
#include "cgi/views/danger.hpp"
#include "cgi/views/failure.hpp"
#include "core/store/prereqs.hpp"

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
    struct Event {
        std::string word = {}, lasted = {};
        Moment at = {};
        bool is_now = false;
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
    std::string longest = {};
    std::vector<Choice> choices = {};
    std::string no_extension = {}, extension_reason = {};
    int chosen_hours = 0;
    std::string cost = {}, rate = {}, at_expiry = {};
    std::vector<Event> timeline = {};
    bool may_verify = false;
    std::optional<Power> power = {};
    std::optional<ChecksPanel> checks = {};
    std::optional<BlockedPanel> blocked = {};
    std::optional<LeftBehind> left_behind = {};
    std::optional<Danger> danger = {};

    /// What the page is made from.
    struct Source {
        const clusters::Cluster& cluster;
        const Principal& principal;
        std::vector<jobs::Job> jobs = {};       ///< newest first
        std::vector<jobs::Step> steps = {};     ///< of the newest job
        const jobs::Job* troubled = nullptr;    ///< of `jobs`: the one whose failure explains the cluster's state
        failures::Story story = {};             ///< of that one
        std::vector<checks::Made> checks = {};  ///< of the newest job
        std::optional<prereqs::Prereqs> prereqs = {};
        std::vector<clusters::Interval> timeline = {};
        std::vector<requests::Request> requests = {};  ///< newest first
        std::optional<jobs::Estimate> install_time = {};
        std::optional<blocked::Deletion> blocked = {};
        std::vector<orphans::Orphan> orphans = {};            ///< of a cluster that was given up
        const std::vector<brakes::Pulled>* brakes = nullptr;  ///< null: none
        seconds kill_after{};                                 ///< see Danger::of
    };
    static ClusterShow of(const Source& source, const Reader& reader);
    void fill(Dictionary& out) const;
};

}  // namespace desk::views
