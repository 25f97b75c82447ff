// What --help and `version` print on stdout.
#pragma once

#include <string>
#include <string_view>

namespace desk::demo {

/// Said wherever a person may look first: this program makes no real cluster.
constexpr std::string_view kHonestLine =
    "demo-install, the stand-in installer of Clusterdesk; nothing is created outside DEMO_CLOUD";

/// Help of the program, or of the group of commands named `group` ("create", "destroy", "wait-for", "gather").
std::string help_text(std::string_view group);

/// The lines of `version`; the commit and the release digest are made up from the version.
std::string version_text(std::string_view program, std::string_view version);

/// 40 hex digits, always the same for a version.
std::string commit_of(std::string_view version);

}  // namespace desk::demo
