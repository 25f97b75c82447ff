// parts/checks.tpl: what a job checked, and what is missing.
#pragma once

#include "cgi/views/parts.hpp"
#include "core/store/checks.hpp"
#include "core/store/clusters.hpp"
#include "core/store/jobs.hpp"

namespace desk::views {

struct ChecksPanel {
    struct Row {
        State state = {};
        std::string detail = {}, remedy = {};
    };
    std::string cluster = {}, title = {}, sentence = {};
    Moment at = {};
    bool is_open = false;  ///< unfolded: something needs a look
    std::vector<Row> rows = {};
    bool may_retry = false;  ///< it waits, and the reader may have it looked at again at once

    /// `job`: the one that made them. Nothing when there are none.
    static std::optional<ChecksPanel> of(const clusters::Cluster& cluster, const jobs::Job& job,
                                         const std::vector<checks::Made>& checks, const Principal& principal,
                                         const Reader& reader);

    static constexpr const char* kFile = "parts/checks.tpl";
    void fill(Dictionary& out) const;
};

}  // namespace desk::views
