// templates/catalog.tpl
#pragma once

#include "cgi/views/profile_words.hpp"
#include "core/model/profile_catalog.hpp"

namespace desk::views {

struct CatalogPage {
    struct Card {
        std::string name = {}, title = {}, description = {}, platform = {}, nodes = {}, lifetime = {}, price = {};
        std::string install_time = {}, approval = {};
        Results results = {};
        int lately = 0;  ///< how often people took it: the order of the cards
    };
    struct Closed {
        std::string name = {}, title = {}, why = {};
    };
    std::vector<Card> cards = {};
    std::vector<Closed> closed = {};  ///< profiles that can't be ordered now
    std::string empty_because = {};
    bool may_order = false;

    static CatalogPage of(const Catalog& catalog, const std::map<std::string, history::Profile>& history,
                          const Principal& principal);
    void fill(Dictionary& out) const;
};

}  // namespace desk::views
