#include "cgi/views/calendar_feed.hpp"

#include "cgi/dictionary.hpp"
#include "keys/calendar.tpl.hpp"

namespace desk::views {

CalendarFeed CalendarFeed::of(const std::optional<calendar::Feed>& feed, const Reader& reader) {
    if (!feed) return {};
    return {.made = Moment::of(feed->created_at, reader), .used = Moment::of(feed->last_used_at, reader, "never")};
}

void CalendarFeed::fill(Dictionary& out) const {
    if (address != nullptr) out.AddSectionDictionary(kc_NEW)->SetValue(kc_ADDRESS, address->reveal());
    if (!made) return out.ShowSection(kc_NONE);
    auto* have = out.AddSectionDictionary(kc_HAVE);
    include(*have, kc_MADE, *made);
    include(*have, kc_USED, used);
}

}  // namespace desk::views
