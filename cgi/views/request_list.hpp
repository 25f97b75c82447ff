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
        State state = {};
        Moment asked = {};
    };
    std::vector<Tab> tabs = {};
    std::vector<Row> rows = {};
    bool may_order = false, is_filtered = false;

    static RequestList of(const std::vector<requests::Request>& requests, std::optional<RequestState> state,
                          bool may_order, const Reader& reader);
    void fill(Dictionary& out) const;
};

}  // namespace desk::views
