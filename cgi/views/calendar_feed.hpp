// templates/calendar.tpl
#pragma once

#include "cgi/views/parts.hpp"
#include "core/base/secret.hpp"
#include "core/store/calendar_feeds.hpp"

namespace desk::views {

struct CalendarFeed {
    std::optional<Moment> made = {};  ///< nothing: there is no address
    Moment used = {};
    const Secret* address = nullptr;  ///< shown in this one answer

    static CalendarFeed of(const std::optional<calendar::Feed>& feed, const Reader& reader);
    void fill(Dictionary& out) const;
};

}  // namespace desk::views
