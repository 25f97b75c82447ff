// Holds answers against the schemas of /api/openapi.json: the part of JSON Schema that they use.
#pragma once

#include <regex>
#include <string>
#include <vector>

#include "core/base/json.hpp"
#include "core/base/text.hpp"
#include "core/base/time.hpp"

namespace desk {

class Schemas {
  public:
    explicit Schemas(Json description) : description_(std::move(description)) {}

    /// Every way in which `value` is not what schema `name` says, one line each; "" = it is.
    std::string faults(const std::string& name, const Json& value) const {
        std::vector<std::string> found;
        check(description_.at("components").at("schemas").at(name), value, name, found);
        return join(found, "\n");
    }

  private:
    const Json& resolve(const Json& schema) const {
        if (!schema.contains("$ref")) return schema;
        return description_.at(Json::json_pointer(schema.at("$ref").get<std::string>().substr(1)));
    }

    static bool is_of_type(const std::string& type, const Json& value) {
        if (type == "object") return value.is_object();
        if (type == "array") return value.is_array();
        if (type == "string") return value.is_string();
        if (type == "integer") return value.is_number_integer();
        if (type == "number") return value.is_number();
        return value.is_boolean();
    }

    void check(const Json& reference, const Json& value, const std::string& where,
               std::vector<std::string>& found) const {
        const Json& schema = resolve(reference);
        if (value.is_null() && schema.value("nullable", false)) return;
        for (const auto& part : schema.value("allOf", Json::array())) check(part, value, where, found);
        if (schema.contains("type") && !is_of_type(schema.at("type"), value)) {
            found.push_back(cat(where, ": is no ", schema.at("type").get<std::string>(), " but ", value.dump()));
            return;
        }
        if (const auto words = schema.find("enum"); words != schema.end())
            if (std::find(words->begin(), words->end(), value) == words->end())
                found.push_back(cat(where, ": ", value.dump(), " is none of its words"));
        if (value.is_string()) check_text(schema, value.get<std::string>(), where, found);
        if (value.is_array() && schema.contains("items"))
            for (const auto& item : value) check(schema.at("items"), item, where + "[]", found);
        if (value.is_object()) check_members(schema, value, where, found);
    }

    static void check_text(const Json& schema, const std::string& text, const std::string& where,
                           std::vector<std::string>& found) {
        if (schema.contains("pattern") && !std::regex_search(text, std::regex(schema.at("pattern").get<std::string>())))
            found.push_back(cat(where, ": ", text, " does not match its pattern"));
        if (schema.value("format", "") == "date-time" && (!parse_time(text) || !text.ends_with('Z')))
            found.push_back(cat(where, ": ", text, " is no RFC 3339 time in UTC"));
    }

    void check_members(const Json& schema, const Json& value, const std::string& where,
                       std::vector<std::string>& found) const {
        for (const auto& name : schema.value("required", Json::array()))
            if (!value.contains(name)) found.push_back(cat(where, ": lacks ", name.get<std::string>()));
        const Json properties = schema.value("properties", Json::object());
        for (const auto& [name, member] : value.items()) {
            if (properties.contains(name))
                check(properties.at(name), member, cat(where, '.', name), found);
            else if (schema.value("additionalProperties", Json(true)) == Json(false))
                found.push_back(cat(where, ": ", name, " is not described"));
        }
    }

    Json description_;
};

}  // namespace desk
