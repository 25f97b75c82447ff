// templates/admin_queue.tpl
#pragma once

#include "cgi/views/parts.hpp"
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
        State state = {};
        Moment tick = {}, claim = {};
    };
    struct Job {
        std::string title = {}, log = {}, cluster = {}, cluster_id = {}, trouble = {};
        int attempts = 0;
        State state = {};
        Moment due = {};
    };
    bool may_write = false;
    std::optional<ErrorSummary> errors = {};
    std::vector<Brake> brakes = {};
    std::vector<Worker> workers = {};
    std::vector<Job> jobs = {};

    static AdminQueue of(const std::vector<brakes::Pulled>& pulled, const std::vector<workers::Worker>& workers,
                         const std::vector<jobs::Job>& jobs, bool may_write, const Reader& reader);
    void fill(Dictionary& out) const;
};

}  // namespace desk::views
