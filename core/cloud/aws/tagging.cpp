#include "core/cloud/aws/tagging.hpp"

#include <functional>

#include "core/base/error.hpp"
#include "core/base/text.hpp"

namespace desk::aws::tagging {
namespace {

constexpr std::size_t kArnParts = 6;  // arn:partition:service:region:account:resource

/// All pages of an answer. The token of the last one is empty; some servers leave it out or say null.
void each_page(Client& client, const std::string& region, const char* action, Json body,
               const std::function<void(const Json&)>& take) {
    for (;;) {
        const Json answer = client.json("tagging", region, cat("ResourceGroupsTaggingAPI_20170126.", action), body);
        take(answer);
        const auto token = answer.find("PaginationToken");
        if (token == answer.end() || !token->is_string() || token->get<std::string>().empty()) return;
        body["PaginationToken"] = *token;
    }
}

}  // namespace

Arn parse_arn(const std::string& arn) {
    std::vector<std::string_view> parts = split(arn, ':');
    if (parts.size() < kArnParts || parts[0] != "arn")
        throw Error(Code::unavailable, "AWS gave an answer that can't be read.", cat("no ARN: ", arn));
    // the resource is "type/id", "type:id" or "id" alone, and an id may hold both signs
    const std::string resource(std::string_view(arn).substr(static_cast<std::size_t>(parts[5].data() - arn.data())));
    const auto cut = resource.find_first_of("/:");
    if (cut == std::string::npos) return {.service = std::string(parts[2]), .id = resource};
    return {.service = std::string(parts[2]), .type = resource.substr(0, cut), .id = resource.substr(cut + 1)};
}

std::vector<Tagged> resources(Client& client, const std::string& region, const std::string& key,
                              const std::string& value) {
    std::vector<Tagged> found;
    const Json body = {{"TagFilters", {{{"Key", key}, {"Values", {value}}}}}, {"ResourcesPerPage", 100}};
    each_page(client, region, "GetResources", body, [&](const Json& answer) {
        for (const auto& one : answer.at("ResourceTagMappingList")) {
            Tagged tagged{.arn = one.at("ResourceARN")};
            for (const auto& tag : one.at("Tags")) tagged.tags[tag.at("Key")] = tag.at("Value");
            found.push_back(std::move(tagged));
        }
    });
    return found;
}

std::vector<std::string> keys(Client& client, const std::string& region, std::string_view prefix) {
    std::vector<std::string> found;
    each_page(client, region, "GetTagKeys", Json::object(), [&](const Json& answer) {
        for (const auto& key : answer.at("TagKeys"))
            if (key.get<std::string>().starts_with(prefix)) found.push_back(key);
    });
    return found;
}

}  // namespace desk::aws::tagging
