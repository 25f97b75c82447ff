#include "core/model/search_terms.hpp"

#include "core/base/text.hpp"

namespace desk {

SearchTerms SearchTerms::parse(std::string_view text) {
    constexpr std::size_t kMostTerms = 20;
    SearchTerms terms;
    for (text = trim(text); !text.empty() && terms.wanted.size() + terms.unwanted.size() < kMostTerms;
         text = trim(text)) {
        const bool unwanted = text.size() > 1 && text.front() == '-' && text[1] != ' ';
        if (unwanted) text.remove_prefix(1);
        const bool quoted = text.front() == '"';
        if (quoted) text.remove_prefix(1);
        const auto end = text.find(quoted ? '"' : ' ');
        const auto term = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (!term.empty()) (unwanted ? terms.unwanted : terms.wanted).push_back(lower(term));
    }
    return terms;
}

std::string like_pattern(std::string_view term) {
    std::string pattern = "%";
    for (const char c : term) {
        if (c == '%' || c == '_' || c == '\\') pattern += '\\';
        pattern += c;
    }
    return pattern + "%";
}

std::vector<std::string> like_patterns(const std::vector<std::string>& terms) {
    std::vector<std::string> patterns;
    patterns.reserve(terms.size());
    for (const auto& term : terms) patterns.push_back(like_pattern(term));
    return patterns;
}

}  // namespace desk
