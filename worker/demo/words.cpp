#include "worker/demo/words.hpp"

namespace desk::demo {

std::string fill(std::string_view pattern, const Words& words) {
    std::string text;
    while (!pattern.empty()) {
        const auto open = pattern.find('{');
        text += pattern.substr(0, open);
        if (open == std::string_view::npos) break;
        pattern.remove_prefix(open);
        const auto close = pattern.find('}');
        const auto word = close == std::string_view::npos ? words.end() : words.find(pattern.substr(1, close - 1));
        const std::size_t taken = word == words.end() ? 1 : close + 1;
        text += word == words.end() ? pattern.substr(0, 1) : std::string_view(word->second);
        pattern.remove_prefix(taken);
    }
    return text;
}

}  // namespace desk::demo
