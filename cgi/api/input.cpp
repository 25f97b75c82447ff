#include "cgi/api/input.hpp"

#include <algorithm>

#include "core/base/text.hpp"
#include "core/model/names.hpp"

namespace desk::api {

void Faults::add(const FormErrors& others) {
    for (const auto& other : others)
        if (std::ranges::find(errors_, other.field, &FieldError::field) == errors_.end()) errors_.push_back(other);
}

void Faults::add_unknown(std::string_view field, const std::vector<std::string_view>& known) {
    const std::string near = nearest(field, known);
    add(field, near.empty() ? "is not known here." : cat("is not known here; did you mean \"", near, "\"?"));
}

Query::Query(const Request& request, std::initializer_list<std::string_view> known) : form_(request.query()) {
    for (const auto& [name, value] : form_.fields())
        if (std::ranges::find(known, std::string_view(name)) == known.end()) faults.add_unknown(name, known);
}

std::vector<std::string> Query::values_of(std::string_view name, bool at_most_one) {
    std::vector<std::string> values;
    for (const auto value : form_.all(name)) {
        if (value.empty()) {
            faults.add(name, "must not be empty; leave it out.");
            return {};
        }
        values.emplace_back(value);
    }
    if (at_most_one && values.size() > 1) {
        faults.add(name, "may be given once.");
        return {};
    }
    return values;
}

bool Query::has(std::string_view name) const { return form_.has(name); }

std::string Query::text(std::string_view name) {
    const auto values = values_of(name, true);
    if (values.empty()) return {};
    if (const auto fault = text_fault(values.front(), 255)) {
        faults.add(name, *fault);
        return {};
    }
    return values.front();
}

int Query::number(std::string_view name, int least, int most, int fallback) {
    const auto values = values_of(name, true);
    if (values.empty()) return fallback;
    const auto value = parse_int(values.front());
    if (value && *value >= least && *value <= most) return static_cast<int>(*value);
    faults.add(name, cat("must be a whole number from ", least, " to ", most, "."));
    return fallback;
}

Body::Body(const Request& request, std::initializer_list<std::string_view> known)
    : json_(request.body().empty() ? Json::object() : request.json()) {
    for (const auto& [name, value] : json_.items())
        if (std::ranges::find(known, std::string_view(name)) == known.end()) faults.add_unknown(name, known);
}

bool Body::has(std::string_view name) const {
    const auto found = json_.find(name);
    return found != json_.end() && !found->is_null();
}

std::string Body::text(std::string_view name, std::size_t max_bytes) {
    if (!has(name)) return {};
    const Json& value = *json_.find(name);
    if (!value.is_string()) {
        faults.add(name, "must be a text.");
        return {};
    }
    auto text = value.get<std::string>();
    if (const auto fault = text_fault(text, max_bytes, true)) faults.add(name, *fault);
    return text;
}

Secret Body::secret(std::string_view name) const {
    const auto found = json_.find(name);
    return Secret(found != json_.end() && found->is_string() ? found->get<std::string>() : "");
}

std::vector<std::string> Body::words(std::string_view name, const std::vector<std::string>& known) {
    const auto found = json_.find(name);
    const auto is_known = [&](const Json& word) {
        return word.is_string() && std::ranges::find(known, word.get_ref<const std::string&>()) != known.end();
    };
    if (found != json_.end() && found->is_array() && std::ranges::all_of(*found, is_known))
        return found->get<std::vector<std::string>>();
    faults.add(name, cat("must be a list of: ", join(known, ", "), "."));
    return {};
}

int Body::number(std::string_view name, int least, int most) {
    const auto found = json_.find(name);
    // An unsigned number above the range of int64 would turn negative in get<>.
    const bool is_small = found != json_.end() && found->is_number_integer() &&
                          (!found->is_number_unsigned() || found->get<std::uint64_t>() <= std::uint64_t{1} << 62U);
    if (is_small) {
        const auto value = found->get<std::int64_t>();
        if (value >= least && value <= most) return static_cast<int>(value);
    }
    faults.add(name, cat("must be a whole number from ", least, " to ", most, "."));
    return least;
}

}  // namespace desk::api
