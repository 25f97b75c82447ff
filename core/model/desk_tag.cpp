#include "core/model/desk_tag.hpp"

#include "core/base/text.hpp"

namespace desk {

std::string managed_by(std::string_view desk) { return cat(kManagedBy, '/', desk); }

bool is_of_another_desk(const Tags& tags, std::string_view desk) {
    const auto tag = tags.find("ManagedBy");
    return tag != tags.end() && tag->second.starts_with(managed_by("")) && tag->second != managed_by(desk);
}

}  // namespace desk
