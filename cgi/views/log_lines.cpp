#include "cgi/views/log_lines.hpp"

#include "cgi/dictionary.hpp"
#include "core/base/text.hpp"
#include "keys/parts/log_lines.tpl.hpp"

namespace desk::views {

std::string url_of_log(const ClusterId& cluster, const JobId& job, int attempt) {
    return cat("/clusters/", cluster, "/logs?job=", job, "&attempt=", attempt);
}

std::string url_of_line(const ClusterId& cluster, const JobId& job, int attempt, int line) {
    const int after = (line - 1) / kLogPageLines * kLogPageLines;
    return cat(url_of_log(cluster, job, attempt), "&after=", after, "#L", line);
}

LogLines LogLines::of(const std::vector<jobs::LogLine>& lines, const Reader& reader) {
    LogLines shown;
    shown.lines.reserve(lines.size());
    for (const auto& line : lines) {
        shown.lines.push_back(
            {.number = line.line,
             .level = line.level,
             .source = line.source,
             .iso = to_rfc3339(line.at),
             .when = cat(to_local(line.at, reader.time_zone), " (", to_clock(line.at, "Etc/UTC"), " UTC)"),
             .clock = to_clock(line.at, reader.time_zone),
             .text = line.text});
    }
    return shown;
}

void LogLines::fill(Dictionary& out) const {
    for (const auto& line : lines) {
        auto* item = out.AddSectionDictionary(kll_LINE);
        item->SetIntValue(kll_NUMBER, line.number);
        item->SetValue(kll_PLACE, line.place.empty() ? cat("#L", line.number) : line.place);
        item->SetValue(kll_LEVEL, line.level);
        item->SetValue(kll_SOURCE, line.source);
        item->SetValue(kll_ISO, line.iso);
        item->SetValue(kll_WHEN, line.when);
        item->SetValue(kll_CLOCK, line.clock);
        item->SetValue(kll_TEXT, line.text);
    }
}

}  // namespace desk::views
