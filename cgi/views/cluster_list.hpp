// templates/cluster_list.tpl
#pragma once

#include "cgi/views/cluster_words.hpp"

namespace desk::views {

struct ClusterList {
    struct Tab {
        std::string text = {}, href = {};
        bool is_current = false;
    };
    /// What a column can be sorted by: one thing, or several that stand below each other in it.
    struct Sort {
        std::string label = {}, href = {};
        std::string order = {};  ///< as aria-sort says it; "" = the list goes by another one
    };
    using Column = std::vector<Sort>;
    struct Saved {
        std::string name = {}, href = {};
        bool is_current = false;
    };
    struct Row {
        std::string id = {}, name = {}, owner = {}, team = {}, profile = {}, region = {}, version = {};
        std::string created_iso = {}, created = {}, age = {}, ends_iso = {}, ends = {}, left = {}, cost = {}, rate = {};
        bool is_over = false;  ///< nothing can be asked for any more
        State state = {};
    };
    std::string search = {};
    Field state = {};
    std::vector<Field> filters = {};  ///< all others; folded while none of them is used
    std::vector<Tab> tabs = {};
    std::vector<Column> columns = {};
    std::vector<Saved> saved = {};
    std::string query = {};             ///< of this list, without the question mark
    std::string whose = {}, sort = {};  ///< as the URL says, kept by the filters' form
    bool is_filtered = false, is_mine = false, may_order = false, may_extend = false, may_destroy = false;
    std::string total = {}, csv = {};
    std::vector<Row> rows = {};
    std::string next = {}, first = {};  ///< URLs of other pages; "" = there are none

    static Row row(const clusters::Cluster& cluster, Money cost, const Reader& reader);
    void fill(Dictionary& out) const;
};

}  // namespace desk::views
