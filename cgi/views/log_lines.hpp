// templates/parts/log_lines.tpl: lines of a log, each with an anchor. Also alone, for the script that follows a log.
#pragma once

#include "cgi/views/parts.hpp"
#include "core/store/jobs.hpp"

namespace desk::views {

struct LogLines {
    struct Line {
        int number = 0;
        std::string level = {}, source = {}, iso = {}, utc = {}, clock = {}, text = {};
    };
    std::vector<Line> lines = {};

    static LogLines of(const std::vector<jobs::LogLine>& lines, const Reader& reader);

    static constexpr const char* kFile = "parts/log_lines.tpl";
    void fill(Dictionary& out) const;
};

}  // namespace desk::views
