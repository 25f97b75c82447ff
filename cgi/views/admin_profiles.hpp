// templates/admin_profiles.tpl
#pragma once

#include "cgi/views/profile_words.hpp"
#include "core/model/profile_catalog.hpp"

namespace desk::views {

struct AdminProfiles {
    struct File {
        std::string name = {};
        Facts faults = {};  ///< where, and what is wrong there
    };
    struct Row {
        std::string name = {}, why = {}, platform = {}, nodes = {}, lifetime = {}, price = {}, approval = {}, file = {};
        State state = {};
    };
    std::string directory = {};
    std::vector<File> files = {};  ///< that have faults
    std::vector<Row> rows = {};

    static AdminProfiles of(const Catalog& catalog, std::string directory);
    void fill(Dictionary& out) const;
};

}  // namespace desk::views
