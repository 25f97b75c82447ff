// templates/audit.tpl
#pragma once

#include "cgi/views/parts.hpp"
#include "core/store/audit_list.hpp"

namespace desk::views {

struct AuditPage {
    struct Event {
        std::string id = {}, who = {}, what = {}, target = {}, href = {}, team = {}, address = {}, details = {};
        Moment at = {};
    };
    struct Chain {
        std::string tone = {}, title = {}, text = {}, hash = {};
        Moment checked = {};
    };
    std::string actor = {}, action = {}, target = {};
    bool is_filtered = false;
    std::optional<Chain> chain = {};  ///< when it was asked for
    std::vector<Event> events = {};
    std::string csv = {};    ///< URL of these events as a table
    std::string older = {};  ///< URL of the next page; "" = this is the last

    /// `may_see_people`: accounts are linked to their pages.
    static Event event(const AuditEntry& entry, bool may_see_people, const Reader& reader);
    static Chain chain_of(const ChainState& state, const Reader& reader);
    void fill(Dictionary& out) const;
};

}  // namespace desk::views
