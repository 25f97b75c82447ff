// Versions of OpenShift: "4.20.3", "4.22.0-ec.5", "4.19.0-0.nightly-2025-01-31-123456".
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace desk {

struct Version {
    int major = 0;
    int minor = 0;
    int patch = 0;
    std::string pre = {};  ///< behind the first '-': "rc.1"; "" = a release

    static std::optional<Version> parse(std::string_view text);

    std::string str() const;
    std::string minor_str() const;  ///< "4.20"

    /// Numbers as numbers, a pre-release before its release, parts of pre-releases as semver 2.0 orders them.
    std::strong_ordering operator<=>(const Version& other) const;
    bool operator==(const Version&) const = default;
};

}  // namespace desk
