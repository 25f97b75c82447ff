// install-config.yaml: read, checked against the rules of the installer, and what the run needs of it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/base/file.hpp"
#include "core/base/json.hpp"

namespace desk::demo {

struct InstallConfig {
    Json document = {};     ///< as it was written, no defaults filled in
    std::string name = {};  ///< metadata.name
    std::string base_domain = {};
    std::string platform = {};  ///< demo, aws, ibmcloud, gcp or none: the one key of `platform`
    std::string region = {};    ///< "" on none
    std::string feature_set = {};
    int control_planes = 3;
    int workers = 3;                                    ///< of all compute pools
    std::map<std::string, std::string> user_tags = {};  ///< platform.<p>.userTags

    /// Takes the parts out of a document that has passed `broken_rules`.
    static InstallConfig of(Json document);
};

struct ReadConfig {
    InstallConfig config;
    std::vector<std::string> warnings = {};
};

/// Reads and checks `path`. Throws Stop (exit 3, "failed to create install config: ...") with the asset `target` in the
/// text when a rule is broken, Panic for a featureSet that the installer does not know. `strict`: unknown keys break a
/// rule.
ReadConfig read_install_config(const fs::path& path, const std::string& target, bool strict);

/// Every rule that `document` breaks, in the words of k8s.io/apimachinery field errors.
std::vector<std::string> broken_rules(const Json& document);

}  // namespace desk::demo
