// templates/admin_queue.tpl, with parts/queue_jobs.tpl
#pragma once

#include "cgi/views/parts.hpp"
#include "core/store/brakes.hpp"
#include "core/store/jobs.hpp"
#include "core/store/workers.hpp"

namespace desk::views {

struct AdminQueue {
    struct Brake {
        std::string name = {}, title = {}, what = {}, by = {}, reason = {};
        State state = {};
        std::optional<Moment> since = {};  ///< nothing: not pulled
        bool is_wrong = false;             ///< the reason was missing
    };
    struct Worker {
        std::string host = {}, version = {};
        int leases = 0, slots = 0;
        bool is_draining = false;
        State state = {};
        Moment tick = {}, claim = {};
    };
    struct Job {
        std::string id = {}, title = {}, log = {}, cluster = {}, cluster_id = {}, trouble = {};
        std::string held = {};  ///< the brake that keeps workers from it; "" = none
        int attempts = 0;
        State state = {};
        Moment at = {};  ///< due, or ended
    };
    struct Jobs {
        std::string caption = {}, when = {};  ///< the table's, and of the column with its times
        std::vector<Job> jobs = {};
        int failed = 0;

        static constexpr const char* kFile = "parts/queue_jobs.tpl";
        void fill(Dictionary& out) const;
    };
    bool may_write = false;
    int blocked = 0, orphans = 0;  ///< blocked deletions; open orphans
    std::optional<ErrorSummary> errors = {};
    std::vector<Brake> brakes = {};
    std::vector<Worker> workers = {};
    Jobs open = {.caption = "Open jobs", .when = "Due"}, ended = {.caption = "Jobs that ended", .when = "Ended"};

    /// What a host says is wrong with itself.
    struct Fault {
        std::string host = {}, text = {};
    };
    std::vector<Fault> faults = {};

    /// What the page is made from.
    struct Source {
        std::vector<brakes::Pulled> brakes = {};
        std::vector<workers::Worker> workers = {};
        std::vector<jobs::Job> jobs = {};
        int blocked = 0, orphans = 0;
        bool may_write = false;
    };
    static AdminQueue of(const Source& source, const Reader& reader);
    void fill(Dictionary& out) const;
};

}  // namespace desk::views
