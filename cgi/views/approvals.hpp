// templates/approvals.tpl
#pragma once

#include "cgi/views/evidence.hpp"
#include "cgi/views/request_words.hpp"

namespace desk::views {

struct Approvals {
    struct Row {
        std::string id = {}, what = {}, requester = {}, team = {}, cost = {}, reason = {}, decisions = {};
        std::string waits = {};  ///< "waits for an answer"; "" = nothing was asked
        Moment asked = {}, lapses = {};
        EvidencePart evidence = {};
        Facts facts = {};
        DecisionForm form = {};
    };
    struct Lapsed {
        std::string id = {}, what = {}, requester = {}, team = {};
        Moment asked = {}, ended = {};
    };
    std::vector<Row> rows = {};
    int total = 0;  ///< of which these are the oldest
    std::vector<Lapsed> lapsed = {};
    int lapsed_days = 0;  ///< how far back those go

    /// What the page is made from.
    struct Source {
        const std::vector<requests::Request>& inbox;
        const evidence::Evidence& evidence;
        const Catalog& catalog;
        int total = 0;
        const std::vector<requests::Request>& lapsed;
        int lapsed_days = 0;
    };
    static Approvals of(const Source& source, const Reader& reader);
    void fill(Dictionary& out) const;
};

}  // namespace desk::views
