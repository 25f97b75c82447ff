#include "core/cloud/aws/resource.hpp"

namespace desk::aws {

std::string name_of(const Tags& tags, const std::string& id) {
    const auto name = tags.find("Name");
    return name == tags.end() || name->second.empty() ? id : name->second;
}

}  // namespace desk::aws
