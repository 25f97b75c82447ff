// POST /tour: ends the tour of the first order, or begins it anew.
#include "cgi/tour.hpp"
#include "cgi/notice.hpp"
#include "cgi/pages/pages.hpp"
#include "core/store/users.hpp"

namespace desk::pages {
namespace {

/// Back to where the button was; to the home page from anywhere else than a page of this desk.
std::string path_back(std::string_view wanted) {
    const bool is_ours = wanted.starts_with('/') && !wanted.starts_with("//") &&
                         wanted.find_first_of("\\\r\n") == std::string_view::npos;
    return is_ours ? std::string(wanted) : "/";
}

}  // namespace

Response tour(const Request& request, App& app) {
    const bool begins = request.form()["wish"] == "begin";

    auto tx = app.db.begin();
    users::set_tour(tx, request.principal().user, begins);
    tx.commit();
    return begins ? see_other("/") : see_other(app, path_back(request.form()["back"]), Notice::TOUR_ENDED);
}

}  // namespace desk::pages
