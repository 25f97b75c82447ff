// JSON is nlohmann-json; here only what it lacks.
#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

#include "core/base/result.hpp"

extern template class nlohmann::basic_json<>;  // compiled once, in json.cpp, not in each of 400 files

namespace desk {

using Json = nlohmann::json;  // std::map inside: keys are always sorted

/// The one byte form of a document that digests are taken of: keys sorted by bytes, no white space, UTF-8 unescaped.
/// Numbers in it are integers or short decimals, which nlohmann prints shortest (Grisu2), so the form is stable.
std::string canonical(const Json& document);

/// Parses text strictly: at most `max_bytes`, depth 32, no duplicate keys, nothing behind the end.
/// The error is a sentence for people.
Result<Json, std::string> parse_json(std::string_view text, std::size_t max_bytes = 1U << 20U);

}  // namespace desk
