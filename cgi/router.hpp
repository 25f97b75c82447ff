// From method and path to a row of the routes table.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "cgi/http.hpp"

namespace desk {

struct App;

enum class Method { get, post };
constexpr std::string_view text(Method method) { return method == Method::get ? "GET" : "POST"; }

/// What a caller needs for a route, and which rows it then reaches.
struct Access {
    Permission permission;
    Scope scope;
};

using Handler = Response (*)(const Request&, App&);

/// What is special about a route; combined by |.
enum class Flags : unsigned {
    none = 0,
    writes = 1,  ///< a GET that writes (a link, an audit row): not by HEAD, READ tokens, or while the desk is read-only
    sensitive = 2,   ///< its answer is never stored for replays
    creates = 4,     ///< refused while brake NO_CREATES is pulled
    destroys = 8,    ///< refused while brake NO_DESTROYS is pulled
    unbraked = 16,   ///< a POST that works while the desk is read-only: signing in and out, brakes and hosts
    unchanged = 32,  ///< open to who must change the password first
};
constexpr Flags operator|(Flags a, Flags b) {
    return static_cast<Flags>(static_cast<unsigned>(a) | static_cast<unsigned>(b));
}
constexpr bool has(Flags flags, Flags flag) {
    return (static_cast<unsigned>(flags) & static_cast<unsigned>(flag)) != 0;
}

struct Route {
    Method method;
    std::string_view path;  ///< static parts and {names}: "/clusters/{cluster}/extend"
    Access access;
    Handler handler;
    Flags flags = Flags::none;
};

using Routes = std::span<const Route>;

/// Whether two rows answer the same method and the same shape of path. A static part wins over a {name}, so
/// "/requests/new" and "/requests/{request}" may stand together.
constexpr bool is_same_shape(std::string_view a, std::string_view b) {
    while (!a.empty() && !b.empty()) {
        const auto part_a = a.substr(0, a.find('/', 1));
        const auto part_b = b.substr(0, b.find('/', 1));
        const bool both_names = part_a.starts_with("/{") && part_b.starts_with("/{");
        if (!both_names && part_a != part_b) return false;
        a.remove_prefix(part_a.size());
        b.remove_prefix(part_b.size());
    }
    return a.empty() && b.empty();
}
template <class Table>
constexpr bool unambiguous(const Table& routes) {
    for (std::size_t i = 0; i < std::size(routes); ++i)
        for (std::size_t k = i + 1; k < std::size(routes); ++k)
            if (routes[i].method == routes[k].method && is_same_shape(routes[i].path, routes[k].path)) return false;
    return true;
}

struct Match {
    const Route* route = nullptr;  ///< null: no row answers this method and path
    std::map<std::string, std::string, std::less<>> path_parts = {};
    std::string allow = {};  ///< "GET, HEAD, POST" when the path is known by other methods
};
/// HEAD is answered by the GET row.
Match match(Routes routes, std::string_view method, std::string_view path);

/// Every URL of the desk (cgi/routes.cpp).
extern const Routes kAllRoutes;

}  // namespace desk
