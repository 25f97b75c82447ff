// A request in words: what lists, the inbox and its own page say of it.
#pragma once

#include "cgi/views/parts.hpp"
#include "core/store/requests.hpp"

namespace desk::views {

/// "Cluster demo-1", "More time for demo-1: 4 h".
std::string what_is_asked(const requests::Request& request);

/// Whether an approver's question waits for its answer.
bool is_asked(const requests::Request& request);

/// The order as an approver should see it: what, how big, how long.
Facts order_facts(const requests::Request& request);

/// parts/decision.tpl: approve, reject or ask. The digest says what was decided on.
struct DecisionForm {
    std::string id = {}, what = {}, digest = {}, comment = {};

    static constexpr const char* kFile = "parts/decision.tpl";
    void fill(Dictionary& out) const;
};

}  // namespace desk::views
