// templates/admin_orphans.tpl
#pragma once

#include "cgi/views/leftovers.hpp"

namespace desk::views {

struct AdminOrphans {
    struct Row {
        std::string id = {}, type = {}, name = {}, resource = {}, provider = {}, account = {}, region = {},
                    infra_id = {}, owner = {};
        std::string cluster = {}, cluster_name = {};  ///< "" = of none that the desk knows
        std::string guess = {}, note = {}, closed_by = {};
        std::string adopted_as = {};                  ///< a cluster's id
        std::string typed = {}, typed_infra_id = {};  ///< what a person gave that was refused
        ConsoleWords console = {};
        Moment since = {}, last = {}, closed_at = {};
        State state = {};
        bool may_close = false, may_act = false, is_wrong = false, is_wrong_infra_id = false;
    };
    std::optional<ErrorSummary> errors = {};
    std::string shown = {};  ///< OPEN, CLOSED or ALL
    std::vector<Row> rows = {};
    int next_offset = 0;  ///< 0 = this is the last page

    /// What the page is made from: `orphans` is one more than a page where there is another one.
    struct Source {
        std::vector<orphans::Orphan> orphans = {};
        std::optional<OrphanState> state = {};
        int limit = 0, offset = 0;
        bool may_write = false;
    };
    static AdminOrphans of(Source source, const Reader& reader);
    void fill(Dictionary& out) const;
};

}  // namespace desk::views
