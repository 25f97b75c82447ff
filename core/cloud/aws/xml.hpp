// Reading the XML that AWS answers. Namespaces are no part of the names here.
#pragma once

#include <pugixml.hpp>
#include <string>

#include "core/cloud/aws/resource.hpp"

namespace desk::aws {

/// The text of the element at this path below `node` ("instanceState/name"); "" when there is none.
inline std::string text_at(const pugi::xml_node& node, const char* path) {
    return node.first_element_by_path(path).text().get();
}

/// The tags in `list`, whose children are one tag each; `key` and `value` are the names of its two elements (EC2 writes
/// them small, the others with a capital).
inline Tags tags_in(const pugi::xml_node& list, const char* key = "Key", const char* value = "Value") {
    Tags tags;
    for (const auto& tag : list.children()) tags[tag.child(key).text().get()] = tag.child(value).text().get();
    return tags;
}

}  // namespace desk::aws
