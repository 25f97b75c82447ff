// The search box of lists: words, "quoted phrases" and -unwanted ones.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace desk {

struct SearchTerms {
    std::vector<std::string> wanted = {};    ///< all must match
    std::vector<std::string> unwanted = {};  ///< none may

    /// In lower case. A quote that is not closed goes to the end; a minus alone is a word. At most 20 terms count.
    static SearchTerms parse(std::string_view text);

    bool operator==(const SearchTerms&) const = default;
};

/// A term as a LIKE pattern, "%term%": %, _ and \ of the person are literal.
std::string like_pattern(std::string_view term);
std::vector<std::string> like_patterns(const std::vector<std::string>& terms);

}  // namespace desk
