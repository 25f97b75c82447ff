// templates/request_list.tpl
#pragma once

#include "cgi/views/request_words.hpp"

namespace desk::views {

struct RequestList {
    struct Tab {
        std::string href = {}, text = {};
        bool is_current = false;
    };
    struct Row {
        std::string id = {}, what = {}, profile = {}, requester = {}, team = {}, cost = {};
        std::string asked_something = {};  ///< "waits for an answer"; "" = nothing was asked
        State state = {};
        Moment asked = {};
    };
    std::vector<Tab> tabs = {};
    std::vector<Row> rows = {};
    std::string first = {}, next = {};  ///< where other pages of the list are; "" = nowhere
    bool may_order = false, is_filtered = false;

    /// What the page is made from.
    struct Source {
        const requests::Page& page;
        std::optional<RequestState> state = {};
        bool is_first = true;
        bool may_order = false;
    };
    static RequestList of(const Source& source, const Reader& reader);
    void fill(Dictionary& out) const;
};

}  // namespace desk::views
