// GET /notices and its forms: what the reader was told, and what of it is read.
#include "cgi/views/notices.hpp"

#include <algorithm>

#include "cgi/pages/pages.hpp"
#include "cgi/render.hpp"

namespace desk::pages {
namespace {

constexpr int kShown = 50;

std::string url(bool only_unread, const std::string& before) {
    return "/notices" + query_string({{"show", only_unread ? "new" : ""}, {"before", before}});
}

std::optional<NoticeId> id_in(const Form& form, std::string_view name) {
    if (form[name].empty()) return std::nullopt;
    auto id = NoticeId::parse(form[name]);
    if (!id) throw Error(Code::invalid, std::string(name) + ": the id of a notice.");
    return id;
}

}  // namespace

Response notices(const Request& request, App& app) {
    const Form& query = request.query();
    const notices::Filter filter{
        .only_unread = query["show"] == "new", .before = id_in(query, "before"), .limit = kShown + 1};

    auto tx = app.db.begin(pg::Mode::read_only);
    auto found = notices::list(tx, request.principal().user, filter);

    views::Notices view{.only_unread = filter.only_unread};
    if (found.size() > kShown) {
        found.resize(kShown);
        view.older = url(filter.only_unread, found.back().id.str());
    }
    const auto reader = views::Reader::of(request);
    for (const auto& notice : found) view.items.push_back(views::Notices::item(notice, reader));
    if (std::ranges::any_of(view.items, &views::Notices::Item::is_new)) view.newest = found.front().id.str();
    return render(app, request, {.file = "notices.tpl", .title = "Notices"}, view);
}

Response notices_read(const Request& request, App& app) {
    const auto newest = id_in(request.form(), "newest");
    if (!newest) throw Error(Code::invalid, "newest: the id of the newest notice that you have seen.");

    auto tx = app.db.begin();
    notices::mark_all_read(tx, request.principal().user, *newest);
    tx.commit();
    return see_other("/notices");
}

Response notice_read(const Request& request, App& app) {
    auto tx = app.db.begin();
    if (!notices::mark_read(tx, request.principal().user, request.path_id<NoticeId>("notice"))) return not_found();
    tx.commit();
    return see_other("/notices");
}

}  // namespace desk::pages
