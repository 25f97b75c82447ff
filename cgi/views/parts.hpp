// What many pages share. Each struct holds finished strings and fills one template of templates/parts; a page's view
// puts it in place of a {{>MARKER}} with include().
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cgi/http.hpp"
#include "cgi/views/words.hpp"
#include "core/base/time.hpp"
#include "core/model/cost.hpp"
#include "core/model/order.hpp"

namespace ctemplate {
class TemplateString;
}

namespace desk {
class Dictionary;
}

namespace desk::views {

using Key = ctemplate::TemplateString;

/// For whom a page is written: their time zone, and what time it is for the desk.
struct Reader {
    Time now = {};
    std::string time_zone = "Etc/UTC";

    static Reader of(const Request& request) { return {request.now(), request.time_zone()}; }
};

/// How a tone looks: PatternFly's colour of a label and kind of an alert, and an icon of the sprite.
struct Tone {
    std::string_view name;  ///< good, busy, wait, bad, off
    const char* label;
    const char* alert;
    const char* icon;
};
/// "off" for a name that is none of them.
const Tone& tone_of(std::string_view name);

/// parts/state.tpl: a state by its word, in its tone.
struct State {
    Phrase phrase = {};

    static constexpr const char* kFile = "parts/state.tpl";
    void fill(Dictionary& out) const;
};

/// parts/moment.tpl: a time in the reader's zone, in UTC and relative to now; or words when there is none.
struct Moment {
    std::string iso = {}, utc = {}, local = {}, relative = {};
    std::string words = {};  ///< instead of a time

    static Moment of(Time time, const Reader& reader);
    static Moment of(const std::optional<Time>& time, const Reader& reader, std::string_view words_if_none);

    static constexpr const char* kFile = "parts/moment.tpl";
    void fill(Dictionary& out) const;
};

/// parts/errors.tpl: everything that is wrong with a form, each with a link to its field.
struct ErrorSummary {
    std::string title = {};
    struct Line {
        std::string field = {};  ///< "" = of the form as a whole
        std::string text = {};
    };
    std::vector<Line> lines = {};

    /// `labels` turns names of fields into what people read; a field that is not in it is not linked to.
    using Labels = std::vector<std::pair<std::string, std::string>>;
    static ErrorSummary of(const FormErrors& errors, std::string title, const Labels& labels);

    static constexpr const char* kFile = "parts/errors.tpl";
    void fill(Dictionary& out) const;
};

/// What is said about `field` (and about parts of it, "extraTags.colour"), or "".
std::string error_of(const FormErrors& errors, std::string_view field);

/// parts/field.tpl: a labelled field of a form with its hint and its fault.
struct Field {
    enum class Kind { input, area, code_area, select, checkbox };
    struct Option {
        std::string value = {}, text = {};
    };

    std::string name = {};  ///< also its id
    std::string label = {};
    std::string value = {};  ///< as typed; for a checkbox "yes" is checked
    std::string hint = {};
    std::string error = {};
    Kind kind = Kind::input;
    std::string type = "text";  ///< of an input
    std::string autocomplete = {};
    bool required = false;
    bool optional = false;  ///< says so beside the label
    std::optional<int> minimum = {}, maximum = {};
    std::vector<Option> options = {};

    static constexpr const char* kFile = "parts/field.tpl";
    void fill(Dictionary& out) const;
};

/// parts/step_list.tpl: the steps of an attempt.
struct Steps {
    struct Step {
        std::string tone = {};  ///< done, now, wait, bad, next
        std::string name = {}, word = {}, duration = {}, detail = {};
    };
    std::vector<Step> steps = {};

    static constexpr const char* kFile = "parts/step_list.tpl";
    void fill(Dictionary& out) const;
};

/// A label and what stands beside it.
struct Fact {
    std::string label = {};
    std::string value = {};
};
using Facts = std::vector<Fact>;

/// "An hour of a demo cluster lasts 10 seconds...", or "" when its hours are hours.
std::string pace_sentence(Pace pace);

/// "$0.40"; small amounts keep the digits that tell them from nothing: "$0.0004".
std::string amount(Money money);

/// "12.3 MB".
std::string size_words(std::int64_t bytes);

/// Shows `section` with `text` in it, unless the text is empty.
void show_if(Dictionary& out, const Key& section, const Key& key, const std::string& text);

/// One `section` for each fact.
void fill_facts(Dictionary& out, const Key& section, const Key& label, const Key& value, const Facts& facts);

/// Fills the template of `part` in place of the marker `key`.
void include_with(Dictionary& page, const Key& key, const char* file, const void* part,
                  void (*fill)(const void*, Dictionary&));
template <class Part>
void include(Dictionary& page, const Key& key, const Part& part) {
    include_with(page, key, Part::kFile, &part,
                 [](const void* self, Dictionary& out) { static_cast<const Part*>(self)->fill(out); });
}
template <class Part>
void include(Dictionary& page, const Key& key, const std::optional<Part>& part) {
    if (part) include(page, key, *part);
}

}  // namespace desk::views
