// templates/logs.tpl
#pragma once

#include "cgi/views/cluster_head.hpp"
#include "cgi/views/failure.hpp"
#include "cgi/views/log_lines.hpp"
#include "core/store/attempts.hpp"
#include "core/store/history.hpp"

namespace desk::views {

struct LogsPage {
    ClusterHead head = {};
    bool have_job = false;
    std::vector<Field::Option> jobs = {}, attempts = {};
    std::string job = {}, attempt = {};
    std::string raw = {}, live = {};           ///< URLs; live "" = the log is complete
    std::optional<FailurePanel> failure = {};  ///< of the attempt that is shown
    struct FirstError {
        std::string href = {}, number = {}, text = {};
    };
    std::optional<FirstError> first_error = {};  ///< when no failure is known
    /// How far an install has come by the clock: the bar is full when half of the last ones were ready.
    struct Bar {
        std::string words = {};
        long long value = 0, most = 0;  ///< seconds; most 0 = no history, no bar
    };
    std::optional<Bar> bar = {};
    Steps steps = {};
    std::string no_steps = {};
    std::string search = {}, found = {};  ///< what was searched for, and how many lines hold it
    LogLines lines = {};
    bool have_lines = false;
    std::string earlier = {}, later = {};  ///< URLs of the lines before and after; "" = there are none
    int lines_before = 0;

    /// What the page is made from. `job` null = there is none yet.
    struct Source {
        const clusters::Cluster& cluster;
        const Principal& principal;
        const Catalog& catalog;
        const std::vector<jobs::Job>& jobs;
        const jobs::Job* job = nullptr;
        std::string search = {};
        int attempt = 0;
        std::optional<attempts::Attempt> found = {};
        failures::Story story = {};  ///< of the job, up to the attempt
        std::optional<history::Estimate> install_time = {};
        std::vector<jobs::LogLine> lines = {};
        bool lines_stay = false;  ///< the page that is fetched anew keeps those it has, up to the last one
        int after = 0;            ///< the lines begin behind this one

        /// Whether no line comes any more. Not without a job.
        bool is_over() const { return !is_open(job->status) || attempt < job->attempts || (found && found->ended_at); }
    };
    static LogsPage of(const Source& source, const Reader& reader);
    void fill(Dictionary& out) const;
};

}  // namespace desk::views
