// GET /api/openapi.json: docs/api/openapi.yaml as JSON.
#include <string>

#include "cgi/api/api.hpp"
#include "core/base/text.hpp"
#include "core/base/yaml.hpp"

namespace desk::api {
namespace {

constexpr const char* kText =
#include "api/openapi.inc"
    ;

/// What YAML 1.2 says of a scalar that is not quoted: true and false, whole numbers, else a text.
Json plain_scalar(const std::string& scalar) {
    if (scalar == "true" || scalar == "false") return scalar == "true";
    if (const auto number = parse_int(scalar)) return *number;
    return scalar;
}

Json to_json(const Yaml& node) {
    switch (node.kind) {
        case Yaml::Kind::null:
            return nullptr;
        case Yaml::Kind::scalar:
            return node.quoted ? Json(node.scalar) : plain_scalar(node.scalar);
        case Yaml::Kind::list: {
            Json list = Json::array();
            for (const auto& item : node.items) list.push_back(to_json(item));
            return list;
        }
        case Yaml::Kind::map: {
            Json map = Json::object();
            for (const auto& [key, value] : node.members) map[key] = to_json(value);
            return map;
        }
    }
    return nullptr;
}

Json read_description() {
    constexpr std::size_t kMostBytes = 256U << 10U;  // our own file, and it grows with every call
    const auto document = parse_yaml(kText, "openapi.yaml", kMostBytes);
    if (!document) throw Error(Code::internal, "The description is not readable.", document.error().front().str());
    return to_json(*document);
}

}  // namespace

Response openapi(const Request&, App&) {
    static const Json description = read_description();
    return json(description);
}

}  // namespace desk::api
