// Urlencoded fields: the body of a form, and the query of a URL.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace desk {

/// Fields in the order of their arrival. A name may come several times (checkboxes, repeated filters).
class Form {
  public:
    static constexpr std::size_t kMostFields = 200;
    static constexpr std::size_t kMostBytes = 16U << 10U;  ///< of one name or value, decoded

    Form() = default;
    /// Throws Error{malformed} for a broken escape, text that is not UTF-8 or holds a NUL, and Error{too_large} above
    /// the limits.
    static Form parse(std::string_view urlencoded);

    /// The first value of `name`, or "". Valid while the form lives.
    std::string_view operator[](std::string_view name) const;
    bool has(std::string_view name) const;
    /// Every value of `name`.
    std::vector<std::string_view> all(std::string_view name) const;

    const std::vector<std::pair<std::string, std::string>>& fields() const { return fields_; }
    bool empty() const { return fields_.empty(); }

  private:
    std::vector<std::pair<std::string, std::string>> fields_;
};

/// "?a=1&b=x%20y", or "" without fields; fields with an empty value are left out.
std::string query_string(const std::vector<std::pair<std::string, std::string>>& fields);

}  // namespace desk
