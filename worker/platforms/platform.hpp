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
#include "core/model/check.hpp"
#include "core/model/order.hpp"
#include "worker/redact.hpp"
#include "worker/terraform.hpp"

namespace desk::worker {

/// Everything by which a sweep may find what a cluster has left.
struct SweepScope {
    std::vector<std::string> infra_ids = {};
    std::vector<std::string> ccoctl_names = {};
    std::vector<std::string> roles = {};    ///< that Terraform was told to make, each with a policy of its name
    std::vector<std::string> regions = {};  ///< every one that an attempt touched
    std::string name = {}, base_domain = {};

    Json to_json() const;
};

/// A resource that still exists, as the service's own list says.
struct Leftover {
    std::string region = {}, type = {}, id = {}, name = {};

    Json to_json() const;
};

/// A program that comes with a version of OpenShift, and what for: a destroy may use that of a newer version.
struct ProgramUse {
    std::string_view program = "openshift-install";
    bool destroys = false;
};

/// How ccoctl makes, and takes away, what a cluster's operators sign in to the cloud with.
struct CcoctlWords {
    std::string_view platform = {}, create = {}, remove = {};  ///< "aws", "create-all", "delete"
    bool takes_region = true;
    bool removes_by_requests = false;  ///< it finds what it made by the requests of the release again
    bool makes_issuer = true;          ///< beside a manifest for each request: the tokens' issuer and its key
};

class PlatformDriver {
  public:
    virtual ~PlatformDriver() = default;

    /// Whether the installer makes the machines. If not, a cluster is READY when what they start from is handed over.
    virtual bool makes_machines() const { return true; }

    /// The account that the order's cluster goes to, or, after keep_to, that one; "" where a platform has no accounts.
    /// Throws Error{invalid} when it can't be told.
    virtual std::string account_of(const EffectiveOrder&) const { return {}; }
    /// From now on acts in this account alone: attempts of the cluster were made in it.
    virtual void keep_to(const std::string&) {}

    /// The program for this version. Throws Error{internal} when there is none.
    virtual fs::path program(const std::string& version, const ProgramUse& use = {}) const = 0;
    /// Variables of programs that act in the cloud, beyond PATH, HOME and TMPDIR; no other program gets them. They hold
    /// no secret, unless a program takes it in no other way; they may name files with secrets, which are written into
    /// `dir` (of the job, private) and kept good until the next call or the end of this object, which `redactor`
    /// outlives: it hides both from logs. Throws when the credentials are not the account's.
    virtual std::map<std::string, std::string> environment(const EffectiveOrder& order, const fs::path& dir,
                                                           Redactor& redactor) const = 0;
    /// As the order says, unless the platform's credentials leave no choice.
    virtual CredentialsMode credentials_mode(const EffectiveOrder& order) const { return order.credentials_mode; }
    /// Whether roles for the cluster's operators are made by ccoctl before the cluster (steps/credentials.cpp).
    virtual bool uses_ccoctl(const EffectiveOrder&) const { return false; }
    virtual CcoctlWords ccoctl() const { return {}; }
    /// For install-config.yaml.
    virtual Secret pull_secret() const = 0;

    /// What must stand before the installer runs, its state kept under `state_key`; nothing where nothing is needed.
    /// `variables` are those that were chosen for this cluster before; null: they are chosen now.
    virtual std::optional<TerraformRoot> prereqs(const EffectiveOrder&, const std::string& /*state_key*/,
                                                 const ClusterId&, const Json& /*variables*/) const {
        return std::nullopt;
    }
    /// Whether `prereqs` makes the public zone of the order's base domain where there is none.
    virtual bool makes_zone(const EffectiveOrder&) const { return false; }
    /// Whether the base domain leads to its zone, which must be there. Changes nothing.
    virtual Check delegation(const EffectiveOrder&) const { return Check::pass("delegation", "No zone is needed."); }
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
