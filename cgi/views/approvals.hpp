// templates/approvals.tpl
#pragma once

#include "cgi/views/request_words.hpp"

namespace desk::views {

struct Approvals {
    struct Row {
        std::string id = {}, what = {}, requester = {}, team = {}, cost = {}, reason = {}, explanation = {}, rule = {};
        std::string decisions = {};
        Moment asked = {}, lapses = {};
        Facts facts = {};
        DecisionForm form = {};
    };
    std::vector<Row> rows = {};

    static Approvals of(const std::vector<requests::Request>& inbox, const Reader& reader);
    void fill(Dictionary& out) const;
};

}  // namespace desk::views
