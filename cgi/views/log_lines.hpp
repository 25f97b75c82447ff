// templates/parts/log_lines.tpl: lines of a log, each with an anchor. Also alone, for the script that follows a log.
#pragma once

#include "cgi/views/parts.hpp"
#include "core/store/jobs.hpp"

namespace desk::views {

/// Lines on one page of a log.
inline constexpr int kLogPageLines = 1000;

/// The page of the log of an attempt.
std::string url_of_log(const ClusterId& cluster, const JobId& job, int attempt);
/// The page that holds this line of it, at that line.
std::string url_of_line(const ClusterId& cluster, const JobId& job, int attempt, int line);

struct LogLines {
    struct Line {
        int number = 0;
        std::string level = {}, source = {}, iso = {};
        std::string when = {}, clock = {};  ///< in the reader's zone; `when` with UTC beside it
        std::string text = {};
        std::string place = {};  ///< the page that holds it; "" = this one
    };
    std::vector<Line> lines = {};

    static LogLines of(const std::vector<jobs::LogLine>& lines, const Reader& reader);

    static constexpr const char* kFile = "parts/log_lines.tpl";
    void fill(Dictionary& out) const;
};

}  // namespace desk::views
