// Tables of the fields of a struct: one row per key, from which YAML, JSON and the environment are read and written.
//
//     template <> inline constexpr auto kFields<Lifecycle> = std::tuple{
//         field("maxTTLHours", &Lifecycle::max_ttl_hours, {.required = true, .least = 1, .most = 720}),
//         field("allowCustomTTL", &Lifecycle::allow_custom_ttl)};
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <tuple>
#include <vector>

namespace desk {

/// What a value must be beside its type. The range is for numbers; `least` 1 on a text or a list means "not empty".
/// `later`: the key came when JSON documents without it were stored already. It is left out of them while it has its
/// default value, so that they, and the digests of them, stay what they were.
struct FieldRule {
    bool required = false;
    bool later = false;
    std::int64_t least = std::numeric_limits<std::int64_t>::min();
    std::int64_t most = std::numeric_limits<std::int64_t>::max();
};

template <class Owner, class Member>
struct Field {
    std::string_view key;
    Member Owner::*member;
    FieldRule rule;
};

template <class Owner, class Member>
constexpr Field<Owner, Member> field(std::string_view key, Member Owner::*member, FieldRule rule = {}) {
    return {key, member, rule};
}

/// Specialised for every struct that has a table.
template <class T>
inline constexpr std::nullptr_t kFields = nullptr;

template <class T>
concept HasFields = !std::is_same_v<std::remove_cvref_t<decltype(kFields<T>)>, std::nullptr_t>;

/// Calls `visit(row)` for every row of T's table, in order.
template <HasFields T, class Visit>
constexpr void for_each_field(Visit&& visit) {
    std::apply([&](const auto&... row) { (visit(row), ...); }, kFields<T>);
}

/// The keys of T's table, in order.
template <HasFields T>
std::vector<std::string_view> keys_of() {
    std::vector<std::string_view> keys;
    for_each_field<T>([&](const auto& row) { keys.push_back(row.key); });
    return keys;
}

/// How a value type that is one scalar is written: specialise with
///     static std::optional<T> parse(std::string_view);  static std::string str(const T&);
///     static constexpr std::string_view kForm = "an amount in dollars, such as 2.50";
template <class T>
struct Scalar {};

template <class T>
concept IsScalar = requires(const T& value) {
    Scalar<T>::parse(std::string_view{});
    Scalar<T>::str(value);
    Scalar<T>::kForm;
};

}  // namespace desk
