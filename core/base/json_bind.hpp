// Structs as JSON and back by their field tables; an exact round trip.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "core/base/enum.hpp"
#include "core/base/error.hpp"
#include "core/base/fields.hpp"
#include "core/base/json.hpp"
#include "core/base/text.hpp"

namespace desk {

namespace detail {
template <class T>
inline constexpr bool kIsOptional = false;
template <class T>
inline constexpr bool kIsOptional<std::optional<T>> = true;
template <class T>
inline constexpr bool kIsVector = false;
template <class T>
inline constexpr bool kIsVector<std::vector<T>> = true;

[[noreturn]] inline void refuse_json(std::string_view what, std::string_view key) {
    throw Error(Code::internal, "A stored document is not what it should be.", cat(what, " \"", key, '"'));
}
}  // namespace detail

/// Every field is written, an empty optional as null; but see FieldRule::later.
template <class T>
Json encode(const T& value) {
    if constexpr (HasFields<T>) {
        Json out = Json::object();
        for_each_field<T>([&](const auto& row) {
            Json member = encode(value.*row.member);
            if (row.rule.later && member == encode(T{}.*row.member)) return;
            out[std::string(row.key)] = std::move(member);
        });
        return out;
    } else if constexpr (IsScalar<T>) {
        return Scalar<T>::str(value);
    } else if constexpr (NamedEnum<T>) {
        return text(value);
    } else if constexpr (detail::kIsOptional<T>) {
        return value ? encode(*value) : Json(nullptr);
    } else if constexpr (detail::kIsVector<T>) {
        Json out = Json::array();
        for (const auto& item : value) out.push_back(encode(item));
        return out;
    } else {
        return value;
    }
}

/// The exact inverse of encode(). Throws Error{internal} on a missing or unknown key and on a value of another type.
template <class T>
void decode(const Json& document, T& out, std::string_view key = "") {
    if constexpr (HasFields<T>) {
        if (!document.is_object()) detail::refuse_json("not an object:", key);
        std::size_t known = 0;
        for_each_field<T>([&](const auto& row) {
            const auto found = document.find(std::string(row.key));
            if (found == document.end() && row.rule.later) return;
            if (found == document.end()) detail::refuse_json("missing key", row.key);
            decode(*found, out.*row.member, row.key);
            ++known;
        });
        if (known != document.size()) detail::refuse_json("unknown keys in", key);
    } else if constexpr (IsScalar<T> || NamedEnum<T>) {
        std::optional<T> value;
        if (document.is_string()) {
            if constexpr (NamedEnum<T>)
                value = parse_enum<T>(document.template get_ref<const std::string&>());
            else
                value = Scalar<T>::parse(document.template get_ref<const std::string&>());
        }
        if (!value) detail::refuse_json("not a value of its type:", key);
        out = *value;
    } else if constexpr (detail::kIsOptional<T>) {
        out.reset();
        if (!document.is_null()) decode(document, out.emplace(), key);
    } else if constexpr (detail::kIsVector<T>) {
        if (!document.is_array()) detail::refuse_json("not a list:", key);
        out.clear();
        for (const auto& item : document) decode(item, out.emplace_back(), key);
    } else {
        const bool same_type = std::is_same_v<T, bool>          ? document.is_boolean()
                               : std::is_same_v<T, std::string> ? document.is_string()
                               : std::is_integral_v<T>          ? document.is_number_integer()
                                                                : document.is_object();
        if (!same_type) detail::refuse_json("not a value of its type:", key);
        try {
            out = document.template get<T>();
        } catch (const Json::exception&) {
            detail::refuse_json("not a value of its type:", key);
        }
    }
}

}  // namespace desk
