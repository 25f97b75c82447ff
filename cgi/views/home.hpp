// templates/home.tpl
#pragma once

#include "cgi/views/cluster_words.hpp"
#include "core/store/desk_state.hpp"

namespace desk::views {

struct Home {
    struct Tile {
        std::string href = {}, text = {};
        int number = 0;
    };
    struct Row {
        std::string id = {}, name = {}, profile = {}, rate = {};
        State state = {};
        Moment ends = {};
    };
    /// Something to do, and the one action that does it.
    struct Need {
        std::string href = {}, text = {}, detail = {}, action = {};
    };
    /// What waits for somebody else.
    struct Waiting {
        std::string href = {}, text = {};
        Moment lapses = {};
    };
    std::string name = {};
    bool may_order = false, may_extend = false;
    bool may_tour = false;  ///< it can be begun again
    std::vector<Tile> tiles = {};
    std::vector<Row> mine = {};
    std::vector<Need> needs = {};
    std::vector<Waiting> waiting = {};
    std::vector<Row> soon = {};
    std::string horizon = {};
    std::string workers = {}, queue = {}, brakes = {};

    /// What the page is made from.
    struct Facts {
        const Principal& principal;
        bool on_tour = false;
        clusters::Counts counts = {};
        std::vector<clusters::Cluster> mine = {};
        std::vector<requests::Request> open_requests = {};  ///< of mine
        std::vector<clusters::Cluster> ending_soon = {};
        seconds horizon{};
        int inbox = 0;
        int blocked = 0;  ///< deletions that wait for an administrator; 0 for everybody else
        DeskState desk = {};
        const std::vector<brakes::Pulled>& brakes;
    };
    static Home of(const Facts& facts, const Reader& reader);
    void fill(Dictionary& out) const;
};

}  // namespace desk::views
