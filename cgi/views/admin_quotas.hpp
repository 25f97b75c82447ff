// templates/admin_quotas.tpl
#pragma once

#include "cgi/views/parts.hpp"
#include "core/store/quota_lines.hpp"
#include "core/store/quota_use.hpp"

namespace desk::views {

struct AdminQuotas {
    struct Line {
        std::string name = {}, label = {}, soft = {}, hard = {};  ///< "Clusters" of fields softClusters, maxClusters
    };
    struct Row {
        std::string id = {};  ///< of the row, for labels: "TEAM-demo"
        std::string holder = {}, name = {}, version = {};
        std::string clusters = {}, vcpus = {}, month = {};  ///< "2 of 5"
        State state = {};
        std::vector<Line> lines = {};
        bool is_open = false;  ///< its form is unfolded: it was refused
    };
    bool may_write = false;
    std::optional<ErrorSummary> errors = {};
    std::vector<Row> teams = {}, people = {};
    std::vector<Line> blank = {};  ///< for somebody who has no lines yet
    std::string new_name = {};
    std::string blank_version = {};

    static AdminQuotas of(const std::vector<quotas::Lines>& lines, const quotas::Uses& uses, bool may_write);
    /// Puts what was typed back, with what is wrong with it.
    void refuse(const FormErrors& faults, const Form& typed);
    void fill(Dictionary& out) const;
};

}  // namespace desk::views
