// parts/leftovers.tpl: cloud resources that still exist, with the page of their cloud's console.
#pragma once

#include "cgi/views/parts.hpp"
#include "core/model/console_link.hpp"
#include "core/store/blocked.hpp"
#include "core/store/orphans.hpp"

namespace desk::views {

/// A link to a console, or why there is none.
struct ConsoleWords {
    std::string href = {}, text = {};
    std::string why_none = {};

    static ConsoleWords of(Platform platform, const CloudResource& resource);
};

struct Leftovers {
    struct Row {
        std::string type = {}, name = {}, id = {}, region = {};
        Moment since = {};
        ConsoleWords console = {};
        std::string closed_by = {}, note = {};  ///< of an orphan that is closed
    };
    std::string caption = {};
    std::vector<Row> rows = {};
    std::string if_none = {};  ///< instead of the table

    /// What the last sweep found; in words when none came so far or it found nothing.
    static Leftovers of(const blocked::Deletion& deletion, const Reader& reader);
    static Leftovers of(const std::vector<orphans::Orphan>& orphans, const Reader& reader);

    static constexpr const char* kFile = "parts/leftovers.tpl";
    void fill(Dictionary& out) const;
};

/// What a resource is called: the desk's own word where it stands for a whole infraID.
std::string type_words(const CloudResource& resource);

}  // namespace desk::views
