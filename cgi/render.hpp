// Templates: loaded and frozen at the start, expanded into the layout. A view is a struct of finished strings with
// `void fill(Dictionary&) const`; keys are the generated constants of keys/<name>.tpl.hpp.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "cgi/http.hpp"

namespace ctemplate {
class TemplateCache;
}

namespace desk {

struct App;
class Dictionary;

/// All *.tpl of a directory and its sub-directories, by their path in it ("parts/field.tpl").
class Templates {
  public:
    /// Throws Error{internal} naming the file that does not load.
    explicit Templates(const std::string& directory);
    ~Templates();

    using Fill = std::function<void(Dictionary&)>;
    /// Throws Error{internal} when `file` or one of its includes is not there.
    std::string expand(const std::string& file, const Fill& fill) const;

  private:
    std::unique_ptr<ctemplate::TemplateCache> cache_;
};

/// After how many seconds scripts fetch a page again on which something goes on.
inline constexpr int kRefreshSeconds = 5;

/// A page as the layout needs to know it.
struct Page {
    const char* file;  ///< "cluster_show.tpl"
    std::string title;
    int refresh_seconds = 0;  ///< the page is fetched again by scripts after this; 0 = never
    int status = 200;
};

/// The page in the layout. Besides what the view fills in, every template may use CSRF (the token for forms), ICONS
/// (the address of the sprite) and HELD_CREATES, HELD_DESTROYS and HELD_CHANGES (why a brake would refuse such a form;
/// "" when none does).
Response render_with(App& app, const Request& request, const Page& page, const Templates::Fill& fill);
template <class View>
Response render(App& app, const Request& request, const Page& page, const View& view) {
    return render_with(app, request, page, [&](Dictionary& out) { view.fill(out); });
}

/// A template alone, for what scripts put into a page.
Response fragment_with(App& app, const Request& request, const char* file, const Templates::Fill& fill);
template <class View>
Response fragment(App& app, const Request& request, const char* file, const View& view) {
    return fragment_with(app, request, file, [&](Dictionary& out) { view.fill(out); });
}

}  // namespace desk
