// Calendars: RFC 5545, line by line. tests/e2e has them read by a program that others wrote.
#include "core/model/ical.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/text.hpp"

namespace desk {
namespace {

using ::testing::HasSubstr;

CalendarEvent event(const std::string& summary) {
    return {.uid = "x@desk",
            .sequence = 3,
            .stamp = *parse_time("2026-11-20T01:02:03Z"),
            .at = *parse_time("2026-11-21T08:30:00Z"),
            .summary = summary,
            .url = "https://desk.example.com/clusters/clu_1"};
}

std::string file(const CalendarEvent& one) { return to_ical("Deadlines", std::span(&one, 1)); }

/// As a reader puts folded lines together again.
std::string unfolded(std::string text) {
    for (std::size_t at = 0; (at = text.find("\r\n ", at)) != std::string::npos;) text.erase(at, 3);
    return text;
}

TEST(Ical, NamesTheMomentInUtcAndWhatItIsTheSameAs) {
    const auto text = file(event("blue ends"));

    for (const char* line : {"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "\r\nUID:x@desk\r\n", "\r\nSEQUENCE:3\r\n",
                             "\r\nDTSTAMP:20261120T010203Z\r\n", "\r\nDTSTART:20261121T083000Z\r\n",
                             "\r\nSUMMARY:blue ends\r\n", "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"})
        EXPECT_THAT(text, HasSubstr(line));
}

TEST(Ical, EscapesWhatWouldEndAValueOrALine) {
    EXPECT_THAT(file(event("a,b;c\\d\r\ne\nBEGIN:VALARM")),
                HasSubstr("\r\nSUMMARY:a\\,b\\;c\\\\d\\ne\\nBEGIN:VALARM\r\n"));
}

TEST(Ical, FoldsLongLinesBetweenCharacters) {
    std::string summary;
    for (int i = 0; i < 60; ++i) summary += i % 2 == 0 ? "ü" : "日本";
    const auto text = file(event(summary));

    for (const auto line : split(text, '\n')) {
        EXPECT_LE(line.size(), 76U) << "75 and CR";
        EXPECT_TRUE(line.empty() || line.ends_with('\r'));
        EXPECT_TRUE(is_utf8(line)) << line;
    }
    EXPECT_THAT(unfolded(text), HasSubstr("SUMMARY:" + summary + "\r\n"));
}

TEST(Ical, FoldsLinesOfEveryLengthWithoutLoss) {
    for (std::size_t length = 60; length < 160; ++length) {
        const std::string summary(length, 'x');
        EXPECT_THAT(unfolded(file(event(summary))), HasSubstr("SUMMARY:" + summary + "\r\n")) << length;
    }
}

TEST(Ical, IsACalendarWithoutEventsToo) { EXPECT_THAT(to_ical("Deadlines", {}), HasSubstr("END:VCALENDAR\r\n")); }

}  // namespace
}  // namespace desk
