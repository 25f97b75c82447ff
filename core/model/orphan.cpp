#include "core/model/orphan.hpp"

namespace desk {

std::string infra_id_of(const CloudResource& resource, const std::vector<std::string>& infra_ids) {
    for (const auto& infra_id : infra_ids)
        if (resource.name.find(infra_id) != std::string::npos || resource.id.find(infra_id) != std::string::npos)
            return infra_id;
    return infra_ids.size() == 1 ? infra_ids.front() : "";
}

}  // namespace desk
