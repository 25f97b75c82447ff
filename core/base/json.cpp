#include "core/base/json.hpp"

#include <set>
#include <vector>

#include "core/base/text.hpp"

template class nlohmann::basic_json<>;

namespace desk {

std::string canonical(const Json& document) { return document.dump(-1, ' ', false, Json::error_handler_t::strict); }

Result<Json, std::string> parse_json(std::string_view text, std::size_t max_bytes) {
    if (text.size() > max_bytes) return Failure{cat("The document is larger than ", max_bytes, " bytes.")};
    constexpr int kMaxDepth = 32;
    std::vector<std::set<std::string>> keys;
    std::string fault;
    const auto check = [&](int depth, Json::parse_event_t event, Json& parsed) {
        if (depth > kMaxDepth) fault = "The document is nested deeper than 32 levels.";
        if (event == Json::parse_event_t::object_start) keys.emplace_back();
        if (event == Json::parse_event_t::object_end) keys.pop_back();
        if (event == Json::parse_event_t::key && !keys.back().insert(parsed.get<std::string>()).second)
            fault = cat("The key \"", parsed.get<std::string>(), "\" stands twice.");
        return true;
    };
    try {
        Json document = Json::parse(text, check);
        if (!fault.empty()) return Failure{fault};
        return document;
    } catch (const Json::exception&) {
        return Failure{std::string("The text is not valid JSON.")};
    }
}

}  // namespace desk
