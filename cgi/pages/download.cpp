// GET /d/{token}: what a download link leads to. The file itself comes from the web server.
#include "cgi/views/download.hpp"

#include <array>

#include "cgi/pages/pages.hpp"
#include "cgi/render.hpp"
#include "core/base/log.hpp"
#include "core/store/downloads.hpp"

namespace desk::pages {
namespace {

using downloads::Refusal;

constexpr auto kRedirectLife = 60s;  // long enough for the redirect; a download that has begun goes on

struct Words {
    Refusal refusal;
    int status;
    const char* title;
    const char* message;
};
constexpr const char* kAskAnew = "Make a new one on the cluster's page of outputs, or ask whoever sent you this one.";
constexpr std::array kWords = {
    Words{Refusal::unknown, 404, "There is no such link",
          "It is not one of this desk's, or a part of it was lost when it was copied."},
    Words{Refusal::expired, 410, "This link has expired", "Download links hold for a short time only."},
    Words{Refusal::revoked, 410, "This link was revoked", "Somebody of the cluster's team has ended it."},
    Words{Refusal::used, 410, "This link was used already",
          "It was made for one download. If that was not you, tell the cluster's team."},
    Words{Refusal::gone, 410, "This file is gone", "It was removed with what the desk kept of the cluster."},
};
static_assert([] {
    for (std::size_t i = 0; i < kWords.size(); ++i)
        if (static_cast<std::size_t>(kWords[i].refusal) != i) return false;
    return true;
}());

Response refuse(const Request& request, App& app, Refusal refusal) {
    const Words& words = kWords[static_cast<std::size_t>(refusal)];
    return render(app, request, {.file = "download.tpl", .title = words.title, .status = words.status},
                  views::DeadLink{.status = words.status,
                                  .title = words.title,
                                  .message = words.message,
                                  .next_step = refusal == Refusal::gone ? "" : kAskAnew,
                                  .request_id = request.id()});
}

}  // namespace

Response download(const Request& request, App& app) {
    const std::string& token = request.path_text("token");
    auto tx = app.db.begin(request.is_head() ? pg::Mode::read_only : pg::Mode::read_write);
    const auto object = request.is_head() ? downloads::look(tx, app.keys, token)
                                          : downloads::redeem(tx, app.keys, token, request.address());
    if (!object) return refuse(request, app, object.error());

    // Before the use is committed: a one-time link is not used up by a file that can't be sent.
    if (!app.objects.exists(object->object_key, Visibility::public_)) {
        log::error("download.missing", {{"cluster", object->cluster_id.str()}, {"object", object->object_key}});
        return refuse(request, app, Refusal::gone);
    }
    tx.commit();
    if (auto url = app.objects.find_url(object->object_key, object->file_name, kRedirectLife))
        return see_other(std::move(*url));
    return x_accel("/_store/" + object->object_key, "application/octet-stream", object->file_name);
}

}  // namespace desk::pages
