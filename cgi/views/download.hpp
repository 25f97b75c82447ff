// templates/download.tpl: a download link that leads nowhere.
#pragma once

#include "cgi/views/parts.hpp"

namespace desk::views {

struct DeadLink {
    int status = 404;
    std::string title = {}, message = {}, next_step = {}, request_id = {};

    void fill(Dictionary& out) const;
};

}  // namespace desk::views
