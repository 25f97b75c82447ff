// C++ type <-> PostgreSQL's text format: one specialisation per type. Adding a type means adding one here (or, for a
// type of the model that has text()/parse_enum or is an Id, nothing).
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/enum.hpp"
#include "core/base/error.hpp"
#include "core/base/id.hpp"
#include "core/base/json.hpp"
#include "core/base/text.hpp"
#include "core/base/time.hpp"

namespace desk::pg {

/// Bytes for a bytea column (a plain std::string is text).
struct Bytes {
    std::string value;
};

template <class T>
struct Type;  // static std::string to_text(const T&); static T from_text(std::string_view);

[[noreturn]] void bad_text(std::string_view type, std::string_view text);

template <>
struct Type<std::string> {
    static std::string to_text(const std::string& value) { return value; }
    static std::string from_text(std::string_view text) { return std::string(text); }
};
template <>
struct Type<std::string_view> {
    static std::string to_text(std::string_view value) { return std::string(value); }
};
template <std::size_t N>
struct Type<char[N]> {
    static std::string to_text(const char* value) { return value; }
};
template <>
struct Type<bool> {
    static std::string to_text(bool value) { return value ? "t" : "f"; }
    static bool from_text(std::string_view text) { return text == "t"; }
};
template <std::integral T>
requires(!std::same_as<T, bool>) struct Type<T> {
    static std::string to_text(T value) { return std::to_string(value); }
    static T from_text(std::string_view text) {
        const auto value = parse_int(text);
        if (!value || !std::in_range<T>(*value)) bad_text("integer", text);
        return static_cast<T>(*value);
    }
};
template <>
struct Type<double> {
    static std::string to_text(double value);
    static double from_text(std::string_view text);
};
template <>
struct Type<Time> {
    static std::string to_text(Time value);
    static Time from_text(std::string_view text);
};
/// Durations are interval parameters and integer columns of seconds.
template <>
struct Type<seconds> {
    static std::string to_text(seconds value) { return std::to_string(value.count()); }
    static seconds from_text(std::string_view text) { return seconds(Type<std::int64_t>::from_text(text)); }
};
template <>
struct Type<Json> {
    static std::string to_text(const Json& value);
    static Json from_text(std::string_view text);
};
template <>
struct Type<Bytes> {
    static std::string to_text(const Bytes& value) { return "\\x" + hex(value.value); }
    static Bytes from_text(std::string_view text);
};
template <class Tag>
struct Type<Id<Tag>> {
    static std::string to_text(const Id<Tag>& value) { return value.str(); }
    static Id<Tag> from_text(std::string_view text) { return Id<Tag>(std::string(text)); }
};
template <NamedEnum E>
struct Type<E> {
    static std::string to_text(E value) { return std::string(text(value)); }
    static E from_text(std::string_view wanted) {
        const auto value = parse_enum<E>(wanted);
        if (!value) bad_text("enum", wanted);
        return *value;
    }
};

/// Arrays are text[] and the like; no nulls inside.
std::string array_text(const std::vector<std::string>& items);
std::vector<std::string> array_items(std::string_view text);
template <class T>
struct Type<std::vector<T>> {
    static std::string to_text(const std::vector<T>& values) {
        std::vector<std::string> items;
        items.reserve(values.size());
        for (const auto& value : values) items.push_back(Type<T>::to_text(value));
        return array_text(items);
    }
    static std::vector<T> from_text(std::string_view text) {
        std::vector<T> values;
        for (const auto& item : array_items(text)) values.push_back(Type<T>::from_text(item));
        return values;
    }
};

/// A parameter as sent: text, or NULL.
using Param = std::optional<std::string>;

template <class T>
Param to_param(const T& value) {
    return Type<T>::to_text(value);
}
template <class T>
Param to_param(const std::optional<T>& value) {
    if (!value) return std::nullopt;
    return Type<T>::to_text(*value);
}
inline Param to_param(std::nullopt_t) { return std::nullopt; }

}  // namespace desk::pg
