#include "cgi/form.hpp"

#include <algorithm>

#include "core/base/error.hpp"
#include "core/base/text.hpp"

namespace desk {
namespace {

std::string decode(std::string_view escaped) {
    if (escaped.size() > 3 * Form::kMostBytes) throw Error(Code::too_large, "A field of the form is too long.");
    auto decoded = percent_decode(escaped, true);
    if (!decoded || !is_utf8(*decoded) || decoded->find('\0') != std::string::npos)
        throw Error(Code::malformed, "A field of the form is not text.");
    if (decoded->size() > Form::kMostBytes) throw Error(Code::too_large, "A field of the form is too long.");
    return std::move(*decoded);
}

}  // namespace

Form Form::parse(std::string_view urlencoded) {
    Form form;
    if (urlencoded.empty()) return form;
    for (const auto pair : split(urlencoded, '&')) {
        if (pair.empty()) continue;
        if (form.fields_.size() == kMostFields) throw Error(Code::too_large, "The form has too many fields.");
        const auto equals = pair.find('=');
        form.fields_.emplace_back(decode(pair.substr(0, equals)),
                                  equals == std::string_view::npos ? std::string() : decode(pair.substr(equals + 1)));
    }
    return form;
}

std::string_view Form::operator[](std::string_view name) const {
    const auto found = std::find_if(fields_.begin(), fields_.end(), [&](const auto& f) { return f.first == name; });
    return found == fields_.end() ? std::string_view() : std::string_view(found->second);
}

bool Form::has(std::string_view name) const {
    return std::any_of(fields_.begin(), fields_.end(), [&](const auto& f) { return f.first == name; });
}

std::vector<std::string_view> Form::all(std::string_view name) const {
    std::vector<std::string_view> values;
    for (const auto& [key, value] : fields_)
        if (key == name) values.push_back(value);
    return values;
}

std::string query_string(const std::vector<std::pair<std::string, std::string>>& fields) {
    std::string out;
    for (const auto& [name, value] : fields) {
        if (value.empty()) continue;
        out += out.empty() ? '?' : '&';
        out += percent_encode(name) + '=' + percent_encode(value);
    }
    return out;
}

}  // namespace desk
