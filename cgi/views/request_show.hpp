// templates/request_show.tpl
#pragma once

#include "cgi/views/install_preview.hpp"
#include "cgi/views/request_words.hpp"

namespace desk::views {

struct RequestShow {
    struct Decision {
        std::string who = {}, verdict = {}, comment = {};
        Moment at = {};
    };
    std::string id = {}, what = {}, requester = {}, team = {}, cluster_id = {}, cluster = {};
    std::string tone = {}, sentence = {}, next_step = {};
    std::string reason = {}, rule = {}, explanation = {}, waiting = {}, cost = {}, cost_words = {}, digest = {};
    State state = {};
    Moment asked = {};
    std::optional<ErrorSummary> errors = {};
    Facts facts = {};
    std::vector<Decision> decisions = {};
    std::optional<InstallPreview> preview = {};  ///< of an order
    std::optional<DecisionForm> decision_form = {};
    bool may_withdraw = false;

    static RequestShow of(const requests::Request& request, const std::vector<requests::Approval>& approvals,
                          const Principal& principal, const Reader& reader);
    void fill(Dictionary& out) const;
};

}  // namespace desk::views
