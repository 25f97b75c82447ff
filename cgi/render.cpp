#include "cgi/render.hpp"

#include <keys/layout.tpl.hpp>

#include <ctemplate/template_cache.h>
#include <ctemplate/template_dictionary.h>

#include <array>

#include "cgi/app.hpp"
#include "cgi/brake_words.hpp"
#include "cgi/notice.hpp"
#include "cgi/views/parts.hpp"
#include "core/base/crypto.hpp"
#include "core/base/file.hpp"
#include "core/base/text.hpp"

namespace desk {
namespace {

// Pages hold <pre>, which STRIP_WHITESPACE would eat into.
constexpr auto kStrip = ctemplate::STRIP_BLANK_LINES;

struct NavItem {
    std::string_view href, text;
    Permission permission;
};
constexpr std::array kNav = {
    NavItem{"/", "Home", Permission::signed_in},
    NavItem{"/catalog", "Catalog", Permission::catalog_read},
    NavItem{"/requests", "Requests", Permission::request_read},
    NavItem{"/approvals", "Approvals", Permission::request_decide},
    NavItem{"/clusters", "Clusters", Permission::cluster_read},
    NavItem{"/audit", "Audit", Permission::audit_read},
    NavItem{"/admin/teams", "Teams", Permission::team_manage},
    NavItem{"/admin/users", "People", Permission::admin_read},
    NavItem{"/admin/profiles", "Profiles", Permission::admin_read},
    NavItem{"/admin/queue", "Queue", Permission::admin_read},
};

bool is_at(std::string_view path, std::string_view href) {
    if (href == "/") return path == href;
    return path.starts_with(href) && (path.size() == href.size() || path[href.size()] == '/');
}

void fill_layout(ctemplate::TemplateDictionary& out, const Request& request, const Page& page) {
    out.SetValue(kl_TITLE, page.title);
    out.SetValue(kl_VERSION, DESK_VERSION);
    out.SetValue(kl_STATIC_VERSION, DESK_STATIC_VERSION);
    out.SetValue(kl_REQUEST_ID, request.id());
    if (page.refresh_seconds > 0) out.AddSectionDictionary(kl_REFRESH)->SetIntValue(kl_SECONDS, page.refresh_seconds);
    for (const auto& pulled : request.brakes()) {
        auto* brake = out.AddSectionDictionary(kl_BRAKE);
        brake->SetValue(kl_WHAT, std::string(what_is_off(pulled.brake)));
        brake->SetValue(kl_MEANING, std::string(meaning(pulled.brake)));
        brake->SetValue(kl_BRAKE_NAME, std::string(text(pulled.brake)));
        brake->SetValue(kl_BY, pulled.by_name);
        brake->SetValue(kl_WHY, pulled.reason);
        views::include(*brake, kl_SINCE, views::Moment::of(pulled.since, views::Reader::of(request)));
        if (request.principal().may(Permission::admin_write)) brake->ShowSection(kl_MAY_RELEASE);
    }
    if (request.identity() == nullptr) return;

    const Principal& who = request.principal();
    out.ShowSection(kl_SIGNED_IN);
    out.SetValue(kl_USER_NAME, who.display_name);
    out.SetValue(kl_TIME_ZONE, who.time_zone);
    for (const auto& item : kNav) {
        if (!who.may(item.permission)) continue;
        auto* entry = out.AddSectionDictionary(kl_NAV);
        entry->SetValue(kl_HREF, std::string(item.href));
        entry->SetValue(kl_TEXT, std::string(item.text));
        if (is_at(request.path(), item.href)) entry->ShowSection(kl_CURRENT);
        if (item.permission == Permission::request_decide && request.inbox() > 0)
            entry->AddSectionDictionary(kl_COUNT)->SetIntValue(kl_NUMBER, request.inbox());
    }
}

/// What every form says when a brake would refuse it; in each template as {{HELD_CREATES}} and so on.
void fill_notes(ctemplate::TemplateDictionary& out, const Request& request) {
    const auto notes = FormNotes::of(request.brakes());
    out.SetTemplateGlobalValue("HELD_CREATES", notes.creates);
    out.SetTemplateGlobalValue("HELD_DESTROYS", notes.destroys);
    out.SetTemplateGlobalValue("HELD_CHANGES", notes.changes);
}

/// The page without what differs from call to call (the request id in the footer), for the scripts that fetch it again.
std::string etag_of(const std::string& page) {
    const auto begin = page.find("<div id=\"brakes\"");
    const auto end = page.rfind("</main>");
    if (begin == std::string::npos || end == std::string::npos) return {};
    return base64url(sha256(std::string_view(page).substr(begin, end - begin)).substr(0, 16));
}

}  // namespace

Templates::Templates(const std::string& directory) : cache_(std::make_unique<ctemplate::TemplateCache>()) {
    const fs::path root = fs::absolute(directory);
    if (!cache_->SetTemplateRootDirectory(root.string()))
        throw Error(Code::internal, cat("The templates are not in ", root.string(), '.'));
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
        if (entry.path().extension() != ".tpl") continue;
        const std::string name = fs::relative(entry.path(), root).string();
        if (!cache_->LoadTemplate(name, kStrip)) throw Error(Code::internal, cat("Template ", name, " does not load."));
    }
    cache_->Freeze();
}

Templates::~Templates() = default;

std::string Templates::expand(const std::string& file, const Fill& fill) const {
    ctemplate::TemplateDictionary dictionary(file);
    fill(dictionary);
    std::string out;
    if (!cache_->ExpandNoLoad(file, kStrip, &dictionary, nullptr, &out))
        throw Error(Code::internal, "Something went wrong inside the desk.",
                    cat("template ", file, " does not expand"));
    return out;
}

Response render_with(App& app, const Request& request, const Page& page, const Templates::Fill& fill) {
    const auto notice = notice_of(app, request);
    auto answer = html(app.templates.expand("layout.tpl", [&](ctemplate::TemplateDictionary& layout) {
                      layout.SetTemplateGlobalValue(kl_CSRF, request.csrf_token());
                      fill_notes(layout, request);
                      fill_layout(layout, request, page);
                      if (notice)
                          layout.AddSectionDictionary(kl_FLASH)->SetValue(kl_MESSAGE, std::string(sentence(*notice)));
                      auto* body = layout.AddIncludeDictionary(kl_BODY);
                      body->SetFilename(page.file);
                      fill(*body);
                  })).with_status(page.status);
    if (notice) return std::move(answer).with_cookie(forget_notice(app));
    if (page.refresh_seconds == 0 || page.status != 200) return answer;
    const std::string etag = etag_of(answer.body);
    return unless_known(request, etag, [&] { return std::move(answer); });
}

Response fragment_with(App& app, const Request& request, const char* file, const Templates::Fill& fill) {
    return html(app.templates.expand(file, [&](ctemplate::TemplateDictionary& out) {
        out.SetTemplateGlobalValue(kl_CSRF, request.csrf_token());
        fill_notes(out, request);
        fill(out);
    }));
}

}  // namespace desk
