#include "cgi/views/error_page.hpp"

#include <keys/error.tpl.hpp>

#include "cgi/dictionary.hpp"

namespace desk::views {

void ErrorPage::fill(Dictionary& page) const {
    page.SetIntValue(ke_STATUS, status);
    page.SetValue(ke_TITLE, title);
    page.SetValue(ke_MESSAGE, message);
    page.SetValue(ke_NEXT_STEP, next_step);
    auto* to = page.AddSectionDictionary(ke_LINK);
    to->SetValue(ke_HREF, link);
    to->SetValue(ke_TEXT, link_text);
    page.SetValue(ke_REQUEST_ID, request_id);
}

}  // namespace desk::views
