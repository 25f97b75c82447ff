// templates/cluster_bulk.tpl: what will happen to each of several clusters, and afterwards what did.
#pragma once

#include "cgi/views/cluster_words.hpp"

namespace desk::views {

struct ClusterBulk {
    struct Row {
        std::string id = {}, name = {}, owner = {}, team = {};
        std::optional<State> state = {};
        std::string words = {};  ///< what will happen, or why nothing will
        bool is_refused = false;
        std::string seen = {};  ///< what the confirmation is bound to; "" = nothing can be confirmed
    };
    bool is_destroy = false, is_outcome = false, is_wrong = false;  ///< wrong: another word was typed
    int hours = 0;                                                  ///< to extend by
    std::string title = {}, summary = {};
    std::vector<Row> rows = {};

    /// Before: what extending by `hours` will do, its price, or why it can't be.
    static Row extension(const clusters::Cluster& cluster, int hours, const Reader& reader);
    /// Before: what a destroy means for it.
    static Row destruction(const clusters::Cluster& cluster);
    /// After.
    static Row outcome(const clusters::Cluster& cluster, std::string words, bool is_refused);
    /// After, of one of which nothing but the id is known.
    static Row unseen(std::string id, std::string words);

    void fill(Dictionary& out) const;
};

/// The state that a confirmation was shown for: another state, or another end, and it no longer holds.
std::string seen_state(const clusters::Cluster& cluster);

}  // namespace desk::views
