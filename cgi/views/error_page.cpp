#include "cgi/views/error_page.hpp"

#include <keys/error.tpl.hpp>

#include <ctemplate/template_dictionary.h>

namespace desk::views {

void ErrorPage::fill(ctemplate::TemplateDictionary& page) const {
    page.SetIntValue(ke_STATUS, status);
    page.SetValue(ke_TITLE, std::string(title));
    page.SetValue(ke_MESSAGE, message);
    page.SetValue(ke_NEXT_STEP, std::string(next_step));
    auto* to = page.AddSectionDictionary(ke_LINK);
    to->SetValue(ke_HREF, std::string(link));
    to->SetValue(ke_TEXT, std::string(link_text));
    page.SetValue(ke_REQUEST_ID, request_id);
}

}  // namespace desk::views
