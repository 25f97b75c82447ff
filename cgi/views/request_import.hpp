// templates/request_import.tpl
#pragma once

#include "cgi/views/parts.hpp"
#include "core/model/profile_catalog.hpp"

namespace desk::views {

struct RequestImport {
    std::optional<ErrorSummary> errors = {};
    Field profile = {}, file = {};

    /// `profile` is the one to begin with, "" = the one that fits.
    static RequestImport of(const Catalog& catalog, const std::string& profile);
    /// The same after `text` was refused: all reasons at once, by JSON pointer.
    void refuse(const std::string& text, const FormErrors& faults);
    void fill(Dictionary& out) const;
};

}  // namespace desk::views
