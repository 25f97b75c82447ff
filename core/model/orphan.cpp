#include "core/model/orphan.hpp"

#include <array>

#include "core/base/text.hpp"
#include "core/model/tags.hpp"

namespace desk {

bool carries_our_tags(const MarkedResource& found) {
    const auto tag = found.tags.find("ManagedBy");
    return tag != found.tags.end() && tag->second == kManagedBy;
}

std::string owner_guess(const MarkedResource& found) {
    struct Word {
        const char *tag, *before;
    };
    constexpr std::array kWords = {Word{"Owner", ""}, Word{"Team", "team "}, Word{"ClusterName", "cluster "},
                                   Word{"RequestId", "request "}};
    std::vector<std::string> words;
    for (const auto& word : kWords)
        if (const auto tag = found.tags.find(word.tag); tag != found.tags.end())
            words.push_back(cat(word.before, tag->second));
    return join(words, ", ");
}

std::string infra_id_of(const CloudResource& resource, const std::vector<std::string>& infra_ids) {
    for (const auto& infra_id : infra_ids)
        if (resource.name.find(infra_id) != std::string::npos || resource.id.find(infra_id) != std::string::npos)
            return infra_id;
    return infra_ids.size() == 1 ? infra_ids.front() : "";
}

}  // namespace desk
