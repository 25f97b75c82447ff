// templates/request_show.tpl
#pragma once

#include "cgi/views/evidence.hpp"
#include "cgi/views/install_preview.hpp"
#include "cgi/views/request_words.hpp"
#include "core/store/request_comments.hpp"

namespace desk::views {

struct RequestShow {
    /// A decision, a question or an answer.
    struct Entry {
        std::string who = {}, did = {}, comment = {};
        Time when = {};
        Moment at = {};
    };
    std::string id = {}, what = {}, requester = {}, team = {}, cluster_id = {}, cluster = {};
    std::string tone = {}, sentence = {}, next_step = {};
    std::string reason = {}, rule = {}, explanation = {}, waiting = {}, cost = {}, cost_words = {}, digest = {};
    State state = {};
    Moment asked = {};
    std::optional<ErrorSummary> errors = {};
    Facts facts = {};
    std::vector<Entry> entries = {};  ///< oldest first
    EvidencePart evidence = {};
    std::optional<InstallPreview> preview = {};  ///< of an order
    std::optional<DecisionForm> decision_form = {};
    std::optional<Field> answer = {};  ///< for who asked for it
    bool may_withdraw = false;
    std::string again = {};  ///< where the order form is filled with this order; "" = it is not over, or not theirs

    /// What the page is made from.
    struct Source {
        const requests::Request& request;
        const requests::Thread& thread;
        const evidence::Evidence& evidence;
        const Catalog& catalog;
        const Principal& principal;
        std::optional<requests::Withdrawal> withdrawal = {};
        std::string desk = {};  ///< its id
    };
    /// Somebody still has to decide.
    bool is_open() const { return !waiting.empty(); }
    static RequestShow of(const Source& source, const Reader& reader);
    void fill(Dictionary& out) const;
};

}  // namespace desk::views
