#include "core/model/orphan.hpp"

#include <array>

#include "core/base/text.hpp"
#include "core/model/desk_tag.hpp"

namespace desk {

bool carries_our_tags(const MarkedResource& found) {
    const auto tag = found.tags.find("ManagedBy");
    return tag != found.tags.end() && (tag->second == kManagedBy || tag->second.starts_with(managed_by("")));
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

std::string cluster_name_of(const std::string& infra_id) { return infra_id.substr(0, infra_id.rfind('-')); }

Json rebuilt_metadata(const std::string& infra_id, const std::string& region) {
    const std::string cluster_tag = "kubernetes.io/cluster/" + infra_id;
    const std::string provider_tag = "sigs.k8s.io/cluster-api-provider-aws/cluster/" + infra_id;
    return {{"clusterName", cluster_name_of(infra_id)},
            {"clusterID", ""},
            {"infraID", infra_id},
            {"aws",
             {{"region", region},
              {"identifier", {{{cluster_tag, "owned"}}, {{provider_tag, "owned"}}}},
              {"clusterDomain", ""}}},
            {"featureSet", ""},
            {"customFeatureSet", nullptr}};
}

std::string infra_id_of(const CloudResource& resource, const std::vector<std::string>& infra_ids) {
    for (const auto& infra_id : infra_ids)
        if (resource.name.find(infra_id) != std::string::npos || resource.id.find(infra_id) != std::string::npos)
            return infra_id;
    return infra_ids.size() == 1 ? infra_ids.front() : "";
}

}  // namespace desk
