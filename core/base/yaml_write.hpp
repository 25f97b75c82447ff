// Structs as YAML by their field tables. Every text is double-quoted, so that no value can become structure; the same
// bytes for the same value.
#pragma once

#include <yaml-cpp/emitter.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/error.hpp"
#include "core/base/fields.hpp"

namespace desk {

namespace detail {

inline void write_node(YAML::Emitter& out, const std::string& value) { out << YAML::DoubleQuoted << value; }
inline void write_node(YAML::Emitter& out, int value) { out << value; }
inline void write_node(YAML::Emitter& out, bool value) { out << value; }
inline void write_node(YAML::Emitter& out, const std::map<std::string, std::string>& texts) {
    out << YAML::BeginMap;
    for (const auto& [key, value] : texts) {
        out << YAML::Key << YAML::DoubleQuoted << key << YAML::Value;
        write_node(out, value);
    }
    out << YAML::EndMap;
}
template <class T>
void write_node(YAML::Emitter& out, const std::optional<T>& value);
template <HasFields T>
void write_node(YAML::Emitter& out, const T& value);
template <class T>
void write_node(YAML::Emitter& out, const std::vector<T>& list) {
    out << YAML::BeginSeq;
    for (const auto& item : list) write_node(out, item);
    out << YAML::EndSeq;
}
template <class T>
void write_node(YAML::Emitter& out, const std::optional<T>& value) {
    write_node(out, *value);
}

}  // namespace detail

/// Whether a value says nothing: an empty text, list, map or optional. Its key is not written.
template <class T>
bool is_unsaid(const T& value) {
    if constexpr (requires { value.has_value(); })
        return !value.has_value();
    else if constexpr (requires { value.empty(); })
        return value.empty();
    else
        return false;
}

template <HasFields T>
void detail::write_node(YAML::Emitter& out, const T& value) {
    out << YAML::BeginMap;
    for_each_field<T>([&](const auto& row) {
        if (is_unsaid(value.*row.member)) return;
        out << YAML::Key << std::string(row.key) << YAML::Value;
        write_node(out, value.*row.member);
    });
    out << YAML::EndMap;
}

/// Throws Error{internal} when a text can't be written (it is not UTF-8).
template <HasFields T>
std::string write_yaml(const T& value) {
    YAML::Emitter out;
    detail::write_node(out, value);
    if (!out.good()) throw Error(Code::internal, "A file can't be written.", out.GetLastError());
    return std::string(out.c_str()) + "\n";
}

}  // namespace desk
