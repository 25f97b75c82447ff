// Strict YAML over yaml-cpp: at most 64 KB unless told otherwise, depth 32, no anchors, aliases or tags, duplicate keys
// refused, quoted and plain scalars kept apart, every node with its line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace desk {

/// One fault of a file. `line` starts at 1; 0 = the file as a whole.
struct Fault {
    std::string file = {};
    int line = 0;
    std::string where = {};    ///< path of the key, e.g. "compute.workers.replicas"
    std::string message = {};  ///< the rule that was broken and the way out

    /// "file:line: where: message"
    std::string str() const;
};
using Faults = std::vector<Fault>;

/// A node of a document: its own tree, so that yaml-cpp stays inside yaml.cpp.
struct Yaml {
    enum class Kind { null, scalar, list, map } kind = Kind::null;
    int line = 0;  ///< of the key, for a member of a map
    std::string scalar = {};
    bool quoted = false;
    std::vector<Yaml> items = {};                            ///< of a list
    std::vector<std::pair<std::string, Yaml>> members = {};  ///< of a map, in order

    const Yaml* find(std::string_view key) const;
    bool is_null() const { return kind == Kind::null; }
};

/// What YAML (1.1 or 1.2) makes of a scalar that is not quoted, where a text was meant: "a number" (4.20 is 4.2), "a
/// boolean" (yes, on), "a date", "nothing" (~); "" when it stays a text.
std::string_view other_reading(const Yaml& node);

/// What a file that people write may have.
inline constexpr std::size_t kMaxYamlBytes = 64U << 10U;

/// The one document in `text`; else every fault that could be found.
Result<Yaml, Faults> parse_yaml(std::string_view text, const std::string& file_name,
                                std::size_t max_bytes = kMaxYamlBytes);

}  // namespace desk
