// Query parameters and JSON bodies of the API, read strictly: what is not known is refused, and all faults are told at
// once.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cgi/http.hpp"
#include "core/base/enum.hpp"
#include "core/base/secret.hpp"

namespace desk::api {

/// "A, B, C": the words of an enum for the sentence that refuses another one.
template <NamedEnum E>
std::string words_of() {
    std::string words;
    for (const auto word : all_texts<E>()) words += (words.empty() ? "" : ", ") + std::string(word);
    return words;
}

/// What was wrong with an input; the base of both readers.
class Faults {
  public:
    void add(std::string_view field, std::string error) { errors_.push_back({std::string(field), std::move(error)}); }
    /// Those of fields that have no fault yet.
    void add(const FormErrors& others);
    /// An unknown field, with the known one nearest to it.
    void add_unknown(std::string_view field, const std::vector<std::string_view>& known);
    bool any() const { return !errors_.empty(); }
    const FormErrors& all() const { return errors_; }

  private:
    FormErrors errors_;
};

/// The query of a call. Every parameter but those of any_of() may come once, and none with an empty value: a filter
/// that does not filter would be a lie.
class Query {
  public:
    Query(const Request& request, std::initializer_list<std::string_view> known);

    /// "" when it is not there.
    std::string text(std::string_view name);
    bool has(std::string_view name) const;
    int number(std::string_view name, int least, int most, int fallback);
    template <NamedEnum E>
    std::optional<E> one_of(std::string_view name) {
        const auto found = any_of<E>(name, true);
        if (found.empty()) return std::nullopt;
        return found.front();
    }
    /// Also "status=READY&status=FAILED".
    template <NamedEnum E>
    std::vector<E> any_of(std::string_view name, bool at_most_one = false) {
        std::vector<E> values;
        for (const auto& word : values_of(name, at_most_one)) {
            if (const auto value = parse_enum<E>(word))
                values.push_back(*value);
            else
                faults.add(name, "must be one of: " + words_of<E>() + ".");
        }
        return values;
    }

    Faults faults;

  private:
    std::vector<std::string> values_of(std::string_view name, bool at_most_one);

    const Form& form_;
};

/// The body of a call. An absent body has no fields.
class Body {
  public:
    Body(const Request& request, std::initializer_list<std::string_view> known);

    bool has(std::string_view name) const;
    /// "" when it is not there or null. Longer than `max_bytes`, or with control characters (line ends are fine): a
    /// fault.
    std::string text(std::string_view name, std::size_t max_bytes);
    /// A text that may be any, kept as a secret; empty when it is not there or no text.
    Secret secret(std::string_view name) const;
    /// Required: a list, which may be empty, of words that are `known`. Empty with a fault.
    std::vector<std::string> words(std::string_view name, const std::vector<std::string>& known);
    /// Required.
    int number(std::string_view name, int least, int most);
    /// Required.
    template <NamedEnum E>
    std::optional<E> one_of(std::string_view name) {
        const auto found = json_.find(name);
        const auto value = found != json_.end() && found->is_string()
                               ? parse_enum<E>(found->get_ref<const std::string&>())
                               : std::nullopt;
        if (!value) faults.add(name, "must be one of: " + words_of<E>() + ".");
        return value;
    }

    Faults faults;

  private:
    Json json_;
};

}  // namespace desk::api
