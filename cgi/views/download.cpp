#include "cgi/views/download.hpp"

#include "cgi/dictionary.hpp"
#include "keys/download.tpl.hpp"

namespace desk::views {

void DeadLink::fill(Dictionary& out) const {
    out.SetIntValue(kd_STATUS, status);
    out.SetValue(kd_TITLE, title);
    out.SetValue(kd_MESSAGE, message);
    out.SetValue(kd_NEXT_STEP, next_step);
    out.SetValue(kd_REQUEST_ID, request_id);
}

}  // namespace desk::views
