// Texts with holes: "api.{domain}" and the words that fill them.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace desk::demo {

using Words = std::map<std::string, std::string, std::less<>>;

/// `pattern` with every `{word}` replaced; a hole without a word stays as it is.
std::string fill(std::string_view pattern, const Words& words);

}  // namespace desk::demo
