// The search box of lists: words, "quoted phrases" and -unwanted ones, as LIKE patterns.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace desk {

struct SearchTerms {
    std::vector<std::string> wanted = {};    ///< all must match
    std::vector<std::string> unwanted = {};  ///< none may

    /// Lower-cased patterns "%term%"; %, _ and \ of the person are literal. At most 20 terms count.
    static SearchTerms parse(std::string_view text);
};

}  // namespace desk
