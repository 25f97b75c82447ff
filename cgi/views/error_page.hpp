// templates/error.tpl: one page for every refusal.
#pragma once

#include <string>
#include <string_view>

namespace desk {
class Dictionary;
}

namespace desk::views {

struct ErrorPage {
    int status = 500;
    std::string_view title = {};
    std::string message = {};         ///< what happened
    std::string_view next_step = {};  ///< what to do about it
    std::string_view link = {}, link_text = {};
    std::string request_id = {};

    void fill(Dictionary& page) const;
};

}  // namespace desk::views
