#include "core/model/install_rules.hpp"

#include <algorithm>
#include <array>

#include "core/base/text.hpp"
#include "core/model/names.hpp"
#include "core/model/version.hpp"

namespace desk {
namespace {

/// The group while it is checked.
struct Rules {
    const Install& install;
    Platform platform;
    const std::vector<std::string>& versions;
    std::vector<InstallFault> faults = {};

    void require(bool ok, std::string path, std::string message) {
        if (!ok) faults.push_back({std::move(path), std::move(message)});
    }
};

// --- capabilities

/// A capability and the first set (v4.N) that has it (openshift/api, ClusterVersionCapabilitySets).
struct Capability {
    std::string_view name;
    int since;
};
constexpr std::array kCapabilities = {
    Capability{"baremetal", 11},
    Capability{"marketplace", 11},
    Capability{"openshift-samples", 11},
    Capability{"MachineAPI", 11},
    Capability{"Console", 12},
    Capability{"Insights", 12},
    Capability{"Storage", 12},
    Capability{"CSISnapshot", 12},
    Capability{"NodeTuning", 13},
    Capability{"Build", 14},
    Capability{"DeploymentConfig", 14},
    Capability{"ImageRegistry", 14},
    Capability{"OperatorLifecycleManager", 15},
    Capability{"CloudCredential", 15},
    Capability{"Ingress", 16},
    Capability{"CloudControllerManager", 16},
    Capability{"OperatorLifecycleManagerV1", 18},
};

constexpr int kAllSets = 1000;  // vCurrent, and no set at all

/// N of "v4.N"; 0 for None; nothing when it is no set.
std::optional<int> set_number(std::string_view set) {
    if (set.empty() || set == "vCurrent") return kAllSets;
    if (set == "None") return 0;
    if (!set.starts_with("v4.")) return std::nullopt;
    const auto minor = parse_int(set.substr(3));
    if (!minor || *minor < 11 || *minor > 99 || set != cat("v4.", *minor)) return std::nullopt;
    return static_cast<int>(*minor);
}

bool is_enabled(const Capabilities& capabilities, int set, std::string_view name) {
    const auto* const known = std::ranges::find(kCapabilities, name, &Capability::name);
    return (known != kCapabilities.end() && known->since <= set) ||
           std::ranges::find(capabilities.additional, name) != capabilities.additional.end();
}

void check_capabilities(Rules& in) {
    if (!in.install.capabilities) return;
    const auto& capabilities = *in.install.capabilities;
    const std::string set_path = "capabilities.baselineCapabilitySet";
    const auto set = set_number(capabilities.baseline_set);
    if (!set) return in.require(false, set_path, "must be None, vCurrent or a set such as v4.20.");
    for (const auto& text : in.versions)
        if (const auto version = Version::parse(text); version && *set != kAllSets)
            in.require(*set <= version->minor, set_path, cat("is not known to version ", text, '.'));

    const auto& more = capabilities.additional;
    for (std::size_t i = 0; i < more.size(); ++i) {
        const std::string path = cat("capabilities.additionalEnabledCapabilities[", i, ']');
        in.require(std::ranges::find(kCapabilities, more[i], &Capability::name) != kCapabilities.end(), path,
                   cat('"', more[i], "\" is no capability of OpenShift."));
        in.require(std::ranges::count(more, more[i]) == 1, path, "stands twice.");
    }
    const auto need = [&](std::string_view name, std::string_view why) {
        in.require(is_enabled(capabilities, *set, name), "capabilities.additionalEnabledCapabilities",
                   cat("needs ", name, ": ", why, '.'));
    };
    need("Ingress", "no cluster is installed without it");
    if (in.platform != Platform::none)
        for (const auto* const name : {"MachineAPI", "CloudCredential", "CloudControllerManager"})
            need(name, "the installer makes the machines");
    if (is_enabled(capabilities, *set, "marketplace")) need("OperatorLifecycleManager", "marketplace builds on it");
}

void check_feature_set(Rules& in) {
    const auto& set = in.install.feature_set;
    in.require(set.empty() || set == "TechPreviewNoUpgrade" || set == "DevPreviewNoUpgrade", "featureSet",
               "must be TechPreviewNoUpgrade or DevPreviewNoUpgrade; the installer crashes on others.");
}

// --- proxy

/// "http://proxy.example.com:3128": a host, perhaps a port, and no password that would be in everybody's view.
Broken proxy_fault(std::string_view url, bool may_be_https) {
    const bool is_https = url.starts_with("https://");
    if (!url.starts_with("http://") && !(is_https && may_be_https))
        return may_be_https ? "must begin with http:// or https://." : "must begin with http://.";
    auto rest = url.substr(is_https ? 8 : 7);
    if (rest.find('@') != std::string_view::npos)
        return "must not hold a user or a password: everybody may read a profile.";
    if (rest.ends_with('/')) rest.remove_suffix(1);
    const auto colon = rest.find(':');
    const auto host = rest.substr(0, colon);
    const auto port =
        colon == std::string_view::npos ? std::optional<std::int64_t>(80) : parse_int(rest.substr(colon + 1));
    const bool is_host =
        !host.empty() && host.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-") == std::string_view::npos;
    if (!is_host || !port || *port < 1 || *port > 65535)
        return "must be an address such as http://proxy.example.com:3128.";
    return std::nullopt;
}

void check_proxy(Rules& in) {
    if (!in.install.proxy) return;
    const auto& proxy = *in.install.proxy;
    in.require(!proxy.http.empty() || !proxy.https.empty(), "proxy", "needs httpProxy or httpsProxy.");
    if (!proxy.http.empty())
        if (const auto fault = proxy_fault(proxy.http, false)) in.require(false, "proxy.httpProxy", *fault);
    if (!proxy.https.empty())
        if (const auto fault = proxy_fault(proxy.https, true)) in.require(false, "proxy.httpsProxy", *fault);
    if (proxy.no_proxy.empty() || proxy.no_proxy == "*") return;
    for (const auto part : split(proxy.no_proxy, ','))
        in.require(!part.empty() &&
                       part.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-/") == std::string_view::npos,
                   "proxy.noProxy", cat('"', part, "\" is no domain, address or network; separate them by ',' alone."));
}

// --- certificates

/// How many certificates `pem` holds; nothing when anything in it is none.
std::optional<int> count_certificates(std::string_view pem) {
    constexpr std::string_view kBegin = "-----BEGIN CERTIFICATE-----", kEnd = "-----END CERTIFICATE-----";
    int count = 0;
    for (auto rest = trim(pem); !rest.empty(); ++count) {
        const auto end = rest.find(kEnd);
        if (!rest.starts_with(kBegin) || end == std::string_view::npos) return std::nullopt;
        std::string body(rest.substr(kBegin.size(), end - kBegin.size()));
        std::erase_if(body, [](char c) { return c == '\n' || c == '\r' || c == ' '; });
        const auto der = from_base64(body);
        constexpr char kSequence = 0x30;  // what every certificate begins with
        if (!der || der->empty() || der->front() != kSequence) return std::nullopt;
        rest = trim(rest.substr(end + kEnd.size()));
    }
    return count;
}

void check_trust(Rules& in) {
    const auto& install = in.install;
    const auto& policy = install.trust_bundle_policy;
    in.require(policy.empty() || policy == "Proxyonly" || policy == "Always", "additionalTrustBundlePolicy",
               "must be Proxyonly or Always.");
    in.require(policy.empty() || !install.trust_bundle.empty(), "additionalTrustBundlePolicy",
               "says how additionalTrustBundle is used, which is missing.");
    if (install.trust_bundle.empty()) return;
    in.require(count_certificates(install.trust_bundle).value_or(0) > 0, "additionalTrustBundle",
               "must hold certificates in PEM and nothing else.");
    in.require(install.proxy || policy == "Always", "additionalTrustBundlePolicy",
               "must be Always: without a proxy the certificates would not be used.");
}

// --- images

/// "registry.example.com:5000/openshift/release": no scheme, tag or digest.
bool is_repository(std::string_view name) {
    const auto slash = name.find('/');
    const auto host = name.substr(0, slash);
    const auto path = slash == std::string_view::npos ? std::string_view() : name.substr(slash);
    constexpr std::string_view kHost = "abcdefghijklmnopqrstuvwxyz0123456789.-:";
    constexpr std::string_view kPath = "abcdefghijklmnopqrstuvwxyz0123456789._-/";
    return host.find('.') != std::string_view::npos && host.find_first_not_of(kHost) == std::string_view::npos &&
           path.find_first_not_of(kPath) == std::string_view::npos && path.find("//") == std::string_view::npos &&
           !name.ends_with('/');
}

void check_images(Rules& in) {
    const std::string rule = "must be a repository such as registry.example.com/openshift/release, without tag.";
    const auto& sources = in.install.image_digest_sources;
    for (std::size_t i = 0; i < sources.size(); ++i) {
        const std::string path = cat("imageDigestSources[", i, ']');
        in.require(is_repository(sources[i].source), path + ".source", rule);
        in.require(std::ranges::count(sources, sources[i].source, &ImageDigestSource::source) == 1, path + ".source",
                   "stands twice.");
        for (std::size_t k = 0; k < sources[i].mirrors.size(); ++k)
            in.require(is_repository(sources[i].mirrors[k]), cat(path, ".mirrors[", k, ']'), rule);
    }
}

constexpr std::array kInstallRules = {check_capabilities, check_feature_set, check_proxy, check_trust, check_images};

}  // namespace

std::vector<InstallFault> install_faults(const Install& install, Platform platform,
                                         const std::vector<std::string>& versions) {
    Rules rules{install, platform, versions};
    for (const auto& check : kInstallRules) check(rules);
    return std::move(rules.faults);
}

}  // namespace desk
