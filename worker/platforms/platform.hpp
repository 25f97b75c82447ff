// What differs between clouds, behind one interface. A new platform is one file here and a row in find_platform.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/config.hpp"
#include "core/base/file.hpp"
#include "core/base/json.hpp"
#include "core/base/secret.hpp"
#include "core/model/order.hpp"
#include "core/model/preflight.hpp"

namespace desk::worker {

/// Everything by which a sweep may find what a cluster has left.
struct SweepScope {
    std::vector<std::string> infra_ids = {};
    std::vector<std::string> ccoctl_names = {};
    std::vector<std::string> regions = {};  ///< every one that an attempt touched
    std::string name = {}, base_domain = {};

    Json to_json() const;
};

/// A resource that still exists, as the service's own list says.
struct Leftover {
    std::string region = {}, type = {}, id = {}, name = {};

    Json to_json() const;
};

class PlatformDriver {
  public:
    virtual ~PlatformDriver() = default;

    /// The installer for this version. Throws Error{internal} when there is none.
    virtual fs::path installer(const std::string& version) const = 0;
    /// Variables of the installer beyond PATH, HOME and TMPDIR. Never a secret that it does not need.
    virtual std::map<std::string, std::string> environment(const EffectiveOrder& order) const = 0;
    /// For install-config.yaml.
    virtual Secret pull_secret() const = 0;
    /// Everything that must hold before an installation may begin on this host, each thing checked whatever the others
    /// say. What could not be asked is a FAIL. Changes nothing anywhere.
    virtual std::vector<Check> preflight(const EffectiveOrder& order) const = 0;

    /// What exists of a cluster, asked of the cloud itself and never of the installer. Throws Error{unavailable} when
    /// it can't be asked: not to know is not to be clean.
    virtual std::vector<Leftover> sweep(const SweepScope& scope) const = 0;
    /// The questions that `sweep` asks, in words for the receipt.
    virtual std::vector<std::string> queries(const SweepScope& scope) const = 0;
};

/// Null for a platform that this desk has no installer for.
std::unique_ptr<PlatformDriver> find_platform(Platform platform, const Config& config);

}  // namespace desk::worker
