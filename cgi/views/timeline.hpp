// parts/timeline.tpl: the states of a cluster and its jobs over time as a drawing, and as a table beside it.
#pragma once

#include <string>
#include <vector>

#include "cgi/views/parts.hpp"
#include "core/store/clusters.hpp"
#include "core/store/jobs.hpp"

namespace desk::views {

struct Timeline {
    struct Bar {
        std::string x = {}, width = {}, look = {}, words = {};  ///< look: a class of the sheet
    };
    struct Lane {
        std::string label = {};
        int y = 0;
        std::vector<Bar> bars = {};
    };
    struct Tick {
        std::string x = {}, percent = {}, anchor = {}, words = {};  ///< anchor: the side of the words that is at x
    };
    struct Row {
        std::string what = {}, lasted = {};
        Moment at = {};
        bool is_now = false;
    };
    std::vector<Lane> lanes = {};
    std::vector<Tick> ticks = {};
    int height = 0;
    std::string words = {};  ///< the drawing in a sentence
    std::vector<Row> rows = {};

    /// Nothing happened yet: no lanes. `stays` oldest first, `jobs` newest first.
    static Timeline of(const std::vector<clusters::Interval>& stays, const std::vector<jobs::Job>& jobs,
                       ClusterStatus status, const Reader& reader);

    static constexpr const char* kFile = "parts/timeline.tpl";
    void fill(Dictionary& out) const;
};

}  // namespace desk::views
