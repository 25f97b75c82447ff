#include "cgi/render.hpp"

#include <keys/layout.tpl.hpp>
#include <static_version.hpp>

#include <ctemplate/template_cache.h>

#include <array>

#include "cgi/app.hpp"
#include "cgi/brake_words.hpp"
#include "cgi/csrf.hpp"
#include "cgi/dictionary.hpp"
#include "cgi/notice.hpp"
#include "cgi/tour.hpp"
#include "cgi/views/parts.hpp"
#include "cgi/views/tour.hpp"
#include "core/base/crypto.hpp"
#include "core/base/file.hpp"
#include "core/base/text.hpp"

namespace desk {
namespace {

// Pages hold <pre>, which STRIP_WHITESPACE would eat into.
constexpr auto kStrip = ctemplate::STRIP_BLANK_LINES;

constexpr std::size_t kUsualBytes = 64 << 10;  // of a page: a list of fifty rows

struct NavItem {
    std::string_view group, href, text, icon;
    Permission permission;
};
constexpr std::string_view kAdministration = "Administration";
constexpr std::array kNav = {
    NavItem{"", "/", "Home", "home-fill", Permission::signed_in},
    NavItem{"", "/catalog", "Catalog", "package-fill", Permission::catalog_read},
    NavItem{"", "/requests", "Requests", "task-fill", Permission::request_read},
    NavItem{"", "/approvals", "Approvals", "check-circle-fill", Permission::request_decide},
    NavItem{"", "/clusters", "Clusters", "cluster-fill", Permission::cluster_read},
    NavItem{"", "/costs", "Costs", "dollar-sign", Permission::cost_read},
    NavItem{"", "/audit", "Audit", "list", Permission::audit_read},
    NavItem{kAdministration, "/admin/teams", "Teams", "users-fill", Permission::team_manage},
    NavItem{kAdministration, "/admin/users", "People", "profile-fill", Permission::admin_read},
    NavItem{kAdministration, "/admin/quotas", "Limits", "settings-fill", Permission::admin_read},
    NavItem{kAdministration, "/admin/profiles", "Profiles", "file-code-fill", Permission::admin_read},
    NavItem{kAdministration, "/admin/queue", "Queue", "server-fill", Permission::admin_read},
};

bool is_at(std::string_view path, std::string_view href) {
    if (href == "/") return path == href;
    return path.starts_with(href) && (path.size() == href.size() || path[href.size()] == '/');
}

/// Pages that belong to another entry than the one their path begins with.
std::string_view place_of(std::string_view path) {
    struct Page {
        std::string_view path, place;
    };
    static constexpr std::array kElsewhere = {Page{"/requests/new", "/catalog"}, Page{"/requests/import", "/catalog"},
                                              Page{"/admin/blocked", "/admin/queue"},
                                              Page{"/admin/orphans", "/admin/queue"}};
    for (const auto& page : kElsewhere)
        if (is_at(path, page.path)) return page.place;
    return path;
}

void fill_navigation(Dictionary& out, const Request& request) {
    const auto place = place_of(request.path());
    Dictionary* group = nullptr;
    const NavItem* before = nullptr;
    for (const auto& item : kNav) {
        if (!request.principal().may(item.permission)) continue;
        if (before == nullptr || before->group != item.group) {
            group = out.AddSectionDictionary(kl_NAV_GROUP);
            if (!item.group.empty()) group->AddSectionDictionary(kl_NAMED)->SetValue(kl_GROUP, item.group);
        }
        before = &item;
        auto* entry = group->AddSectionDictionary(kl_NAV);
        entry->SetValue(kl_HREF, item.href);
        entry->SetValue(kl_TEXT, item.text);
        entry->SetValue(kl_ICON, item.icon);
        if (is_at(place, item.href)) entry->ShowSection(kl_CURRENT);
        if (item.permission == Permission::request_decide && request.inbox() > 0)
            entry->AddSectionDictionary(kl_COUNT)->SetIntValue(kl_NUMBER, request.inbox());
    }
}

/// Whether scripts fetch this page anew. Not the answer to a form: its address may take no GET, and what was typed
/// stands in it.
bool is_fetched_again(const Request& request, const Page& page) {
    return page.refresh_seconds > 0 && page.status == 200 && !request.is_post();
}

void fill_layout(Dictionary& out, const Request& request, const Page& page) {
    out.SetValue(kl_TITLE, page.title);
    out.SetValue(kl_VERSION, DESK_VERSION);
    out.SetValue(kl_STATIC_VERSION, kStaticVersion);
    out.SetValue(kl_REQUEST_ID, request.id());
    if (is_fetched_again(request, page)) {
        auto* refresh = out.AddSectionDictionary(kl_REFRESH);
        refresh->SetIntValue(kl_SECONDS, page.refresh_seconds);
        refresh->SetValue(kl_HERE, request.target());
    }
    for (const auto& pulled : request.brakes()) {
        auto* brake = out.AddSectionDictionary(kl_BRAKE);
        brake->SetValue(kl_WHAT, what_is_off(pulled.brake));
        brake->SetValue(kl_MEANING, meaning(pulled.brake));
        brake->SetValue(kl_BRAKE_NAME, text(pulled.brake));
        brake->SetValue(kl_BY, pulled.by_name);
        brake->SetValue(kl_WHY, pulled.reason);
        views::include(*brake, kl_SINCE, views::Moment::of(pulled.since, views::Reader::of(request)));
        if (request.principal().may(Permission::admin_write)) brake->ShowSection(kl_MAY_RELEASE);
    }
    if (request.identity() == nullptr) return;

    const Principal& who = request.principal();
    const Theme theme = request.identity()->theme;
    if (theme != Theme::SYSTEM)
        out.AddSectionDictionary(kl_THEME)->SetValue(kl_CLASS,
                                                     theme == Theme::DARK ? "pf-v6-theme-dark" : "pf-v6-theme-light");
    out.ShowSection(kl_SIGNED_IN);
    out.SetValue(kl_USER_NAME, who.display_name);
    out.SetValue(kl_TIME_ZONE, who.time_zone);
    constexpr int kMostCounted = 99;
    if (request.unread() > kMostCounted)
        out.AddSectionDictionary(kl_UNREAD)->SetValue(kl_NUMBER, cat(kMostCounted, '+'));
    else if (request.unread() > 0)
        out.AddSectionDictionary(kl_UNREAD)->SetIntValue(kl_NUMBER, request.unread());
    fill_navigation(out, request);
}

/// What any template may use: the token of its forms, where icons are, and what a form says when a brake would refuse
/// it ({{HELD_CREATES}} and so on).
void fill_everywhere(Dictionary& out, const Request& request, const std::string& token) {
    static const std::string icons = cat("/static/icons.svg?v=", kStaticVersion);
    out.SetTemplateGlobalValue(kl_CSRF, token);
    out.SetTemplateGlobalValue(kl_ICONS, icons);
    const auto notes = FormNotes::of(request.brakes());
    out.SetTemplateGlobalValue("HELD_CREATES", notes.creates);
    out.SetTemplateGlobalValue("HELD_DESTROYS", notes.destroys);
    out.SetTemplateGlobalValue("HELD_CHANGES", notes.changes);
}

/// No secret, and nobody gains by two pages that share it. Of the page without what differs from call to call (the
/// token of its forms, the request id in the footer), for the scripts that fetch it again.
std::string etag_of(const std::string& page, const std::string& token) {
    const auto begin = page.find("<body>");
    const auto end = page.rfind("</main>");
    if (begin == std::string::npos || end == std::string::npos) return {};
    std::string content = page.substr(begin, end - begin);
    for (std::size_t at = 0; !token.empty() && (at = content.find(token, at)) != std::string::npos;)
        content.erase(at, token.size());
    return std::to_string(std::hash<std::string>()(content));
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
    Dictionary dictionary;
    fill(dictionary);
    std::string out;
    out.reserve(kUsualBytes);
    if (!cache_->ExpandNoLoad(file, kStrip, &dictionary, nullptr, &out))
        throw Error(Code::internal, "Something went wrong inside the desk.",
                    cat("template ", file, " does not expand"));
    return out;
}

Response render_with(App& app, const Request& request, const Page& page, const Templates::Fill& fill) {
    const auto notice = notice_of(app, request);
    const auto token = masked(request.csrf_token());
    auto answer =
        html(app.templates.expand("layout.tpl", [&](Dictionary& layout) {
            fill_everywhere(layout, request, token);
            fill_layout(layout, request, page);
            if (notice) layout.AddSectionDictionary(kl_FLASH)->SetValue(kl_MESSAGE, sentence(*notice));
            if (const auto* step = tour_step(request, page.file))
                views::include(layout, kl_TOUR, views::TourPart::of(*step, request.is_post() ? "/" : request.target()));
            auto* body = layout.AddIncludeDictionary(kl_BODY);
            body->SetFilename(page.file);
            fill(*body);
        })).with_status(page.status);
    if (notice) return std::move(answer).with_cookie(forget_notice(app));
    if (!is_fetched_again(request, page)) return answer;
    const std::string etag = etag_of(answer.body, token);
    return unless_known(request, etag, [&] { return std::move(answer); });
}

Response fragment_with(App& app, const Request& request, const char* file, const Templates::Fill& fill) {
    return html(app.templates.expand(file, [&](Dictionary& out) {
        fill_everywhere(out, request, masked(request.csrf_token()));
        fill(out);
    }));
}

}  // namespace desk
