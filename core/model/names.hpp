// What names may look like. Every function answers with the broken rule as a sentence, or with nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/model/platform.hpp"

namespace desk {

using Broken = std::optional<std::string>;

/// Cluster names: ^[a-z][a-z0-9-]*$, not ending in '-'; 3..21 on aws and ibmcloud, so that the infraID (name, '-', five
/// characters, at most 27) is not cut; 3..54 elsewhere (the installer's own limit).
Broken cluster_name_fault(Platform platform, std::string_view name);
int max_cluster_name(Platform platform);

/// Whether a zone's name is one of the region: "us-east-1a" on aws, "us-south-1" elsewhere.
bool is_zone_of(Platform platform, std::string_view region, std::string_view zone);

/// A lower-case DNS name of at least two labels, at most 253 characters.
Broken domain_fault(std::string_view domain);

/// The same for a domain that clusters stand below: at most 180 characters, which leaves room for a cluster's name and
/// the console's own labels.
Broken base_domain_fault(std::string_view domain);

/// 2..64 of A-Z a-z 0-9 . _ -
Broken cost_center_fault(std::string_view cost_center);

/// The address of a Git repository: https:// without user or token, or by SSH as git (ssh://git@host/path,
/// git@host:path).
Broken repo_url_fault(std::string_view url);
/// A branch, tag or commit that no program can take for an option.
Broken repo_ref_fault(std::string_view ref);

/// Valid UTF-8 of at most `max_bytes`, without control characters (C0, DEL, C1) and without the direction and
/// separator characters that make a text look like another one. `newlines` allows \n and \r\n.
Broken text_fault(std::string_view text, std::size_t max_bytes, bool newlines = false);

}  // namespace desk
