// Enums whose enumerators are the text in the database: DESK_ENUM(Colour, RED, GREEN) gives the enum, its texts in
// order, `text(value)` and `parse_enum<Colour>("RED")`. One list, so that code and text can't differ.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace desk {

namespace detail {
constexpr std::size_t count_names(std::string_view list) {
    std::size_t count = 1;
    for (char c : list) count += c == ',';
    return count;
}
template <std::size_t N>
constexpr std::array<std::string_view, N> split_names(std::string_view list) {
    std::array<std::string_view, N> names;
    for (std::size_t i = 0; i < N; ++i) {
        const auto comma = list.find(',');
        names[i] = list.substr(0, comma);
        if (comma == std::string_view::npos) break;
        list.remove_prefix(comma + 1);
        while (!list.empty() && list.front() == ' ') list.remove_prefix(1);
    }
    return names;
}
}  // namespace detail

#define DESK_ENUM(Type, ...)                                                                         \
    enum class Type { __VA_ARGS__ };                                                                 \
    constexpr auto enum_texts(Type) {                                                                \
        return ::desk::detail::split_names<::desk::detail::count_names(#__VA_ARGS__)>(#__VA_ARGS__); \
    }                                                                                                \
    constexpr std::string_view text(Type value) { return enum_texts(value)[static_cast<std::size_t>(value)]; }

/// All texts of an enum, in order.
template <class E>
constexpr auto all_texts() {
    return enum_texts(E{});
}

/// A type made by DESK_ENUM.
template <class E>
concept NamedEnum = requires(E e) {
    enum_texts(e);
};

/// The value with exactly this text, or nothing.
template <NamedEnum E>
constexpr std::optional<E> parse_enum(std::string_view wanted) {
    const auto names = all_texts<E>();
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i] == wanted) return static_cast<E>(i);
    return std::nullopt;
}

}  // namespace desk
