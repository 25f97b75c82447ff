#include "cgi/router.hpp"

#include "core/base/text.hpp"

namespace desk {
namespace {

/// Takes "/part" off the front of a path.
std::string_view take_part(std::string_view& path) {
    const auto part = path.substr(0, path.find('/', 1));
    path.remove_prefix(part.size());
    return part;
}

bool is_name(std::string_view part) { return part.starts_with("/{"); }

bool fits(std::string_view pattern, std::string_view path) {
    if (!path.starts_with('/')) return false;
    while (!pattern.empty() && !path.empty()) {
        const auto wanted = take_part(pattern);
        const auto part = take_part(path);
        if (is_name(wanted) ? part == "/" : wanted != part) return false;
    }
    return pattern.empty() && path.empty();
}

/// Of two patterns that fit: the one that is static where they first differ.
bool is_closer(std::string_view a, std::string_view b) {
    while (!a.empty() && !b.empty()) {
        const bool name_a = is_name(take_part(a));
        const bool name_b = is_name(take_part(b));
        if (name_a != name_b) return name_b;
    }
    return false;
}

}  // namespace

Match match(Routes routes, std::string_view method, std::string_view path) {
    const std::string_view wanted = method == "HEAD" ? "GET" : method;
    Match best;
    bool get = false;
    bool post = false;
    for (const Route& route : routes) {
        if (!fits(route.path, path)) continue;
        (route.method == Method::get ? get : post) = true;
        if (text(route.method) == wanted && (best.route == nullptr || is_closer(route.path, best.route->path)))
            best.route = &route;
    }
    if (best.route == nullptr) {
        best.allow = get && post ? "GET, HEAD, POST" : get ? "GET, HEAD" : post ? "POST" : "";
        return best;
    }
    for (std::string_view pattern = best.route->path; !pattern.empty();) {
        const auto name = take_part(pattern);
        const auto part = take_part(path);
        if (!is_name(name)) continue;
        auto decoded = percent_decode(part.substr(1));
        if (!decoded || !is_utf8(*decoded) || decoded->find('\0') != std::string::npos) return {};
        best.path_parts.emplace(name.substr(2, name.size() - 3), std::move(*decoded));
    }
    return best;
}

}  // namespace desk
