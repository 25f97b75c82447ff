// templates/notices.tpl
#pragma once

#include "cgi/views/parts.hpp"
#include "core/store/notices.hpp"

namespace desk::views {

struct Notices {
    struct Item {
        std::string id = {}, title = {}, text = {}, href = {}, link = {};
        State state = {};
        Moment at = {};
        bool is_new = false;
    };
    std::vector<Item> items = {};
    std::string newest = {};  ///< id up to which the reader has seen them; "" = there is nothing new here
    std::string older = {};   ///< URL of the next page; "" = this is the last
    bool only_unread = false;

    static Item item(const notices::Notice& notice, const Reader& reader);
    void fill(Dictionary& out) const;
};

/// What an hour or a day more would cost, as far as the profile lets the cluster grow: "One more day costs $36.00.", or
/// "" when it can't be extended.
std::string price_of_more(const notices::Notice& notice);

}  // namespace desk::views
