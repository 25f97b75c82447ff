#include "core/model/ical.hpp"

#include <array>

#include "core/base/text.hpp"

namespace desk {
namespace {

constexpr std::size_t kLineBytes = 75;  // RFC 5545, 3.1; without the line end

/// "20261121T083000Z".
std::string utc(Time time) {
    std::string text = to_rfc3339(time);
    std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
    return text;
}

std::string escaped(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (c == '\r') continue;
        if (c == '\\' || c == ';' || c == ',') out += '\\';
        out += c == '\n' ? std::string("\\n") : std::string(1, c);
    }
    return out;
}

bool is_inside_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

class Lines {
  public:
    /// `value` as it stands in the file.
    void add(std::string_view name, std::string_view value) {
        std::string line = cat(name, ':', value);
        std::size_t room = kLineBytes;
        while (line.size() > room) {
            std::size_t cut = room;
            while (is_inside_character(line[cut])) --cut;
            text_ += line.substr(0, cut) + "\r\n ";
            line.erase(0, cut);
            room = kLineBytes - 1;  // the space counts
        }
        text_ += line + "\r\n";
    }
    void add_text(std::string_view name, const std::string& value) {
        if (!value.empty()) add(name, escaped(value));
    }
    std::string take() && { return std::move(text_); }

  private:
    std::string text_;
};

}  // namespace

std::string to_ical(const std::string& name, std::span<const CalendarEvent> events) {
    Lines lines;
    lines.add("BEGIN", "VCALENDAR");
    lines.add("VERSION", "2.0");
    lines.add("PRODID", "-//Clusterdesk//Deadlines//EN");
    lines.add("CALSCALE", "GREGORIAN");
    lines.add_text("X-WR-CALNAME", name);
    lines.add("REFRESH-INTERVAL;VALUE=DURATION", "PT1H");
    for (const auto& event : events) {
        lines.add("BEGIN", "VEVENT");
        lines.add("UID", event.uid);
        lines.add("SEQUENCE", std::to_string(event.sequence));
        lines.add("DTSTAMP", utc(event.stamp));
        lines.add("DTSTART", utc(event.at));
        lines.add("DURATION", "PT15M");
        lines.add("TRANSP", "TRANSPARENT");  // a deadline keeps nobody from meeting
        lines.add_text("SUMMARY", event.summary);
        lines.add_text("DESCRIPTION", event.description);
        lines.add("URL", event.url);
        lines.add("END", "VEVENT");
    }
    lines.add("END", "VCALENDAR");
    return std::move(lines).take();
}

}  // namespace desk
