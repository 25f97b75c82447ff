// parts/preflight.tpl: what was checked before anything was created, and what is missing.
#pragma once

#include "cgi/views/parts.hpp"
#include "core/store/clusters.hpp"
#include "core/store/jobs.hpp"
#include "core/store/preflights.hpp"

namespace desk::views {

struct PreflightPanel {
    struct Row {
        State state = {};
        std::string detail = {}, remedy = {};
    };
    std::string cluster = {}, sentence = {};
    Moment at = {};
    bool is_open = false;  ///< unfolded: something needs a look
    std::vector<Row> rows = {};
    bool may_retry = false;  ///< it waits, and the reader may have it looked at again at once

    /// `job`: the one that made them. Nothing when there are none.
    static std::optional<PreflightPanel> of(const clusters::Cluster& cluster, const jobs::Job& job,
                                            const std::vector<preflights::Made>& checks, const Principal& principal,
                                            const Reader& reader);

    static constexpr const char* kFile = "parts/preflight.tpl";
    void fill(Dictionary& out) const;
};

}  // namespace desk::views
