// templates/cluster_list.tpl
#pragma once

#include "cgi/views/cluster_words.hpp"

namespace desk::views {

/// The choices of the list's state filter: one state, or a group of states that belong together.
struct StatusChoice {
    std::string_view value, text;
    std::vector<ClusterStatus> states = {};  ///< empty = does not filter
    bool only_unfinished = false;
};
const std::vector<StatusChoice>& status_choices();

struct ClusterList {
    struct Filter {
        std::string name = {}, label = {}, value = {};
        std::vector<Field::Option> options = {};
    };
    struct Row {
        std::string id = {}, name = {}, owner = {}, team = {}, profile = {}, region = {}, version = {};
        std::string created_iso = {}, created = {}, age = {}, ends_iso = {}, ends = {}, left = {}, rate = {};
        State state = {};
    };
    std::string search = {}, owner = {};
    std::vector<Filter> filters = {};
    bool is_filtered = false, may_order = false;
    std::string total = {};
    std::vector<Row> rows = {};
    std::string older = {};  ///< URL of the next page; "" = this is the last

    static Row row(const clusters::Cluster& cluster, const Reader& reader);
    void fill(Dictionary& out) const;
};

}  // namespace desk::views
