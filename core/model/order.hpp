// An order as it was submitted, and as it is carried out with every value resolved.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/enum.hpp"
#include "core/base/json.hpp"
#include "core/base/result.hpp"
#include "core/model/lifetime.hpp"
#include "core/model/platform.hpp"
#include "core/model/profile.hpp"
#include "core/model/tags.hpp"

namespace desk {

/// One rule that a field breaks. `field` is the name of the API ("ttlHours"); `error` a sentence with the way out.
struct FieldError {
    std::string field;
    std::string error;

    bool operator==(const FieldError&) const = default;
};
using FormErrors = std::vector<FieldError>;

/// What a cluster of platform demo is to suffer, as chosen on the form of a demo profile.
DESK_ENUM(DemoFailure, NONE, CREDS, ZONE, PERMS, QUOTA, DNSRECORDS, INFRA, MACHINES, API, BOOTSTRAP, OPERATORS,
          UNSTABLE, PANIC, HANG, DESTROY_STUCK);

/// The mode in the words of demo-install (DEMO_FAIL): "" for NONE, "dnsrecords", "operators:1" (fails once), ...
std::string demo_fail_mode(DemoFailure failure);
/// What happens, in a sentence for the form.
std::string_view describe(DemoFailure failure);

/// What a person or a program submits. Nothing in it has been checked; texts are as typed.
struct Order {
    std::string name = {};
    std::string platform = {};
    std::string version = {};
    std::string profile = {};
    std::string region = {};
    std::string base_domain = {};
    std::string owner = {};  ///< who it is for; "" = the requester
    std::string team = {};
    std::string cost_center = {};
    int ttl_hours = 0;
    std::string ssh_public_key = {};  ///< optional
    Tags extra_tags = {};
    bool offhours_opt_in = false;
    std::string gitops_repo_url = {}, gitops_repo_ref = {};  ///< both "" = the profile's
    std::string reason = {};                                 ///< for the approver
    DemoFailure failure = DemoFailure::NONE;

    /// The body of POST /api/v1/clusters; optional fields that are empty are left out.
    Json to_json() const;
    /// Reads that body: unknown fields and wrong types are errors of the fields; whether values are allowed is up to
    /// evaluate(). Missing fields are left empty.
    static Result<Order, FormErrors> from_json(const Json& body);

    /// The order that a blank form of `profile` starts with.
    static Order defaults_of(const Profile& profile);

    bool operator==(const Order&) const = default;
};

/// Every resolved value that is needed to render, price, approve and destroy later, whatever becomes of the profile.
/// Holds no secret and no deadline. Immutable once approved: its digest is what an approver decides on.
struct EffectiveOrder {
    std::string name = {};
    Platform platform = Platform::demo;
    std::string version = {};
    std::string profile = {};
    std::string region = {};
    std::vector<std::string> zones = {};  ///< empty = the installer finds them
    std::string base_domain = {};
    std::string owner = {};
    std::string team = {};
    std::string cost_center = {};
    std::string environment = {};  ///< value of the tag Environment
    std::string ssh_public_key = {};
    Tags tags = {};  ///< defaults, required and the user's; the system tags are added by effective_tags()
    bool offhours_opt_in = false;
    DemoFailure failure = DemoFailure::NONE;

    int ttl_hours = 0;
    int max_ttl_hours = 0;
    int warn_before_destroy_hours = 0;
    bool allow_custom_ttl = false;
    Pace pace = {};
    Rates rates = {};  ///< per hour of the desk
    int vcpus = 0;

    CredentialsMode credentials_mode = CredentialsMode::Auto;
    ControlPlane control_plane = {};
    Workers workers = {};
    Networking networking = {};
    Features features = {};
    std::optional<AwsConfig> aws = {};
    std::optional<IbmcloudConfig> ibmcloud = {};
    std::optional<Install> install = {};
    Approval approval = {};
    Deadlines deadlines = {};
    Guardrail guardrail = {};
    std::optional<Gitops> gitops = {};

    /// Rates per hour of the wall, for state_intervals: on platform demo an hour passes faster.
    Rates wall_rates() const;

    std::string api_url() const;      ///< "https://api.<name>.<base domain>:6443"
    std::string console_url() const;  ///< "https://console-openshift-console.apps.<name>.<base domain>"

    Json to_json() const;
    /// Exact inverse of to_json(). Throws Error{internal} if `document` is not one of these.
    static EffectiveOrder from_json(const Json& document);
    /// sha256_hex(canonical(to_json())).
    std::string digest() const;

    bool operator==(const EffectiveOrder&) const = default;
};

}  // namespace desk
