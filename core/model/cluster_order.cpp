#include "core/model/cluster_order.hpp"

#include <algorithm>
#include <array>

#include "core/base/text.hpp"
#include "core/base/yaml_bind.hpp"
#include "core/model/cluster_yaml_fields.hpp"
#include "core/model/version.hpp"

namespace desk {
namespace {

// --- what the file asks for

/// Says at once where file and call contradict each other.
template <class T>
void take(const T& in_file, const T& beside, T& out, std::string_view pointer, FormErrors& errors) {
    const T nothing = {};
    if (in_file != nothing && beside != nothing && in_file != beside)
        errors.push_back({std::string(pointer), "is another one in the file than beside it; leave one of them out."});
    out = in_file != nothing ? in_file : beside;
}

/// "4.20" is the newest release of that minor version that the profile offers; anything else is itself.
std::string release_of(const std::string& wanted, const Choice& offered) {
    if (std::count(wanted.begin(), wanted.end(), '.') != 1) return wanted;
    std::optional<Version> newest;
    for (const auto& text : offered.allowlist) {
        const auto version = Version::parse(text);
        if (version && version->minor_str() == wanted && (!newest || *newest < *version)) newest = version;
    }
    return newest ? newest->str() : wanted;
}

/// Tags that the profile sets by itself are in every file that the desk writes.
Tags own_tags(const Tags& tags, const TagRules& rules) {
    const Tags given = merge_tags(rules.defaults, rules.required, {});
    Tags own;
    for (const auto& tag : tags)
        if (const auto same = given.find(tag.first); same == given.end() || same->second != tag.second) own.insert(tag);
    return own;
}

Order order_by(const Profile& profile, const ClusterYaml& file, const BesideFile& wishes) {
    Order order;
    order.name = file.name;
    order.platform = file.platform.type;
    order.version = release_of(file.openshift.version, profile.versions());
    order.profile = profile.name;
    order.region = file.platform.region;
    order.base_domain = file.dns.base_domain;
    order.owner = wishes.owner;
    order.team = wishes.team;
    order.cost_center = wishes.cost_center;
    order.reason = wishes.reason;
    order.ttl_hours = wishes.ttl_hours.value_or(profile.lifecycle.default_ttl_hours);
    order.ssh_public_key = file.ssh_public_key;
    order.extra_tags = own_tags(file.tags, profile.tags);
    order.offhours_opt_in = file.offhours_opt_in.value_or(false);
    order.failure = parse_enum<DemoFailure>(file.failure).value_or(DemoFailure::NONE);
    const bool own_repo = profile.gitops && file.gitops && file.gitops->repo_url == profile.gitops->repo_url &&
                          file.gitops->repo_ref == profile.gitops->repo_ref;
    if (file.gitops && !own_repo) {
        order.gitops_repo_url = file.gitops->repo_url;
        order.gitops_repo_ref = file.gitops->repo_ref;
    }
    return order;
}

// --- whether a profile gives it

/// The texts of a value for a sentence.
std::string shown(const std::string& text) { return text; }
std::string shown(int number) { return std::to_string(number); }
std::string shown(bool flag) { return flag ? "true" : "false"; }
std::string shown(const ClusterYaml::PodNetwork& network) { return cat(network.cidr, " /", network.host_prefix); }
template <class T>
std::string shown(const std::vector<T>& list) {
    std::vector<std::string> texts;
    for (const auto& item : list) texts.push_back(shown(item));
    return join(texts, ", ");
}

/// Every value that a file says and a profile gives another for.
class Comparison {
  public:
    explicit Comparison(const Profile& profile) : profile_(profile) {}

    FormErrors misfits;

    void misfit(std::string pointer, std::string why) { misfits.push_back({std::move(pointer), std::move(why)}); }

    template <class T>
    void compare(const T& said, const T& given, const std::string& pointer) {
        if constexpr (HasFields<T> && !std::is_same_v<T, ClusterYaml::PodNetwork>) {
            for_each_field<T>([&](const auto& row) {
                compare(said.*row.member, given.*row.member, pointer + pointer_part(row.key));
            });
        } else if constexpr (requires { said.has_value(); }) {
            if (said) compare(*said, given.value_or(typename T::value_type{}), pointer);
        } else if constexpr (requires { said.empty(); }) {
            if (!said.empty() && said != given) differ(said, given, given.empty(), pointer);
        } else {
            if (said != given) differ(said, given, false, pointer);
        }
    }

  private:
    template <class T>
    void differ(const T& said, const T& given, bool is_open, const std::string& pointer) {
        if constexpr (requires { shown(said); })
            misfit(pointer, is_open
                                ? cat("is ", shown(said), "; profile ", profile_.name, " sets nothing here.")
                                : cat("is ", shown(said), "; profile ", profile_.name, " gives ", shown(given), '.'));
    }

    const Profile& profile_;
};

/// What the profile would give, with the file's own word wherever a profile decides nothing.
ClusterYaml given_by(const Profile& profile, const ClusterYaml& file, const Order& order, const std::string& username) {
    ClusterYaml given = cluster_yaml_of(resolve(order, profile, username));
    given.api_version = file.api_version;
    given.profile = file.profile;
    given.owner = file.owner;
    given.destroy_at = file.destroy_at;
    given.ssh_public_key = file.ssh_public_key;
    given.offhours_opt_in = file.offhours_opt_in;
    given.failure = file.failure;
    given.tags = file.tags;
    given.dns.hosted_zone_id = file.dns.hosted_zone_id;
    given.openshift.version = file.openshift.version;
    given.openshift.max_minor = file.openshift.max_minor;
    if (file.credentials) {
        const std::string mode = given.credentials ? given.credentials->cco_mode : "";
        given.credentials = file.credentials;
        // left to the installer, it is mint wherever its credentials are allowed to
        if (profile.credentials_mode != CredentialsMode::Auto || file.credentials->cco_mode != "mint")
            given.credentials->cco_mode = mode;
    }
    std::ranges::sort(given.platform.zones);
    return given;
}

/// Not found in the comparison: what a profile offers several of.
void compare_offers(Comparison& comparison, const Profile& profile, const Order& order) {
    struct Offer {
        std::string_view pointer, what;
        const std::string& wanted;
        const Choice& choice;
    };
    const Choice none;
    const std::array offers = {
        Offer{"/openshift/version", "version", order.version, profile.versions()},
        Offer{"/platform/region", "region", order.region, profile.regions},
        Offer{"/dns/base_domain", "base domain", order.base_domain,
              profile.base_domains ? *profile.base_domains : none},
    };
    for (const auto& offer : offers)
        if (!offer.choice.allows(offer.wanted))
            comparison.misfit(std::string(offer.pointer),
                              cat("is ", offer.wanted, "; profile ", profile.name, " offers ", offer.what, ' ',
                                  join(offer.choice.allowlist, ", "), '.'));
}

FormErrors misfits_of(const Profile& profile, ClusterYaml file, const Order& order, const std::string& username) {
    Comparison comparison(profile);
    if (file.platform.type != text(profile.platform)) {
        comparison.misfit("/platform/type", cat("is ", file.platform.type, "; profile ", profile.name,
                                                " is for platform ", text(profile.platform), '.'));
        return std::move(comparison.misfits);
    }
    if (const auto& why = profile.unavailable_reason())
        comparison.misfit("/profile", cat("Profile ", profile.name, " can't be ordered: ", *why));
    compare_offers(comparison, profile, order);
    if (file.openshift.compute_market == "spot")
        comparison.misfit("/openshift/compute_market", "is spot; spot workers are not supported yet. Use on-demand.");
    file.openshift.compute_market.clear();
    std::ranges::sort(file.platform.zones);
    if (profile.guardrail.account_ids.size() > 1 && !file.platform.account_id.empty()) {
        comparison.misfit("/platform/account_id", cat("can't be chosen: profile ", profile.name,
                                                      " leaves several accounts to the desk. Leave it out."));
        file.platform.account_id.clear();
    }
    comparison.compare(file, given_by(profile, file, order, username), "");
    return std::move(comparison.misfits);
}

// --- which profile

struct Candidate {
    const Profile* profile;
    Order order;
    FormErrors misfits;
};

/// Takes the only one that fits; else says of each profile why it was not it.
void choose(const std::vector<Candidate>& candidates, FileOrder& out) {
    std::vector<std::string> fitting;
    for (const auto& candidate : candidates)
        if (candidate.misfits.empty()) fitting.push_back(candidate.profile->name);
    if (fitting.size() == 1) {
        const auto found = std::ranges::find(candidates, true, [](const Candidate& c) { return c.misfits.empty(); });
        out.order = found->order;
        out.profile = found->profile;
        return;
    }
    const std::string pointer = "/profile";
    if (fitting.size() > 1) {
        out.errors.push_back({pointer, cat("Several profiles fit: ", join(fitting, ", "), ". Name one of them.")});
        return;
    }
    out.errors.push_back({pointer, candidates.empty() ? "There are no profiles on this desk." : "No profile fits."});
    for (const auto& candidate : candidates) {
        std::vector<std::string> reasons;
        for (const auto& misfit : candidate.misfits) reasons.push_back(cat(misfit.field, ' ', misfit.error));
        out.errors.push_back({pointer, cat(candidate.profile->name, ": ", join(reasons, " "))});
    }
}

struct Aside {
    bool is_there;
    std::string_view note;
};

std::vector<std::string> notes_on(const ClusterYaml& file) {
    const auto credentials = file.credentials.value_or(ClusterYaml::Credentials{});
    const std::array asides = {
        Aside{!file.dns.hosted_zone_id.empty(),
              "dns.hosted_zone_id is not taken over: the zone of the base domain is found in the account."},
        Aside{!credentials.aws_profile.empty(),
              "credentials.aws_profile is not taken over: the desk acts by its own credentials of the account."},
        Aside{!credentials.role_arn.empty(),
              "credentials.role_arn is not taken over: the desk acts by its own credentials of the account."},
        Aside{!file.destroy_at.empty(),
              "destroy_at asks for nothing: a cluster lives for ttl_hours from the moment it is ready."},
    };
    std::vector<std::string> notes;
    for (const auto& aside : asides)
        if (aside.is_there) notes.emplace_back(aside.note);
    return notes;
}

std::string cco_mode_of(const EffectiveOrder& order) {
    if (order.platform != Platform::aws) return "";
    if (order.credentials_mode == CredentialsMode::Mint) return "mint";
    return order.credentials_mode == CredentialsMode::Manual ? "manual-sts" : "";
}

ClusterYaml::Networking networking_of(const Networking& networking) {
    ClusterYaml::Networking out{.network_type = "OVNKubernetes", .service_network = networking.service_network};
    if (networking.machine_network.size() == 1) out.machine_cidr = networking.machine_network.front().cidr;
    for (const auto& pods : networking.cluster_networks) out.cluster_network.push_back({pods.cidr, pods.host_prefix});
    return out;
}

struct Key {
    std::string_view field, pointer;
};
constexpr std::array kKeys = {
    Key{"name", "/name"},
    Key{"platform", "/platform/type"},
    Key{"version", "/openshift/version"},
    Key{"profile", "/profile"},
    Key{"region", "/platform/region"},
    Key{"baseDomain", "/dns/base_domain"},
    Key{"owner", "/owner"},
    Key{"team", "/team"},
    Key{"costCenter", "/cost_center"},
    Key{"ttlHours", "/ttl_hours"},
    Key{"sshPublicKey", "/ssh_public_key"},
    Key{"extraTags", "/tags"},
    Key{"offhoursOptIn", "/offhours_opt_in"},
    Key{"gitopsRepoUrl", "/gitops/repo_url"},
    Key{"gitopsRepoRef", "/gitops/repo_ref"},
    Key{"failure", "/failure"},
};

}  // namespace

FileOrder order_of(const ClusterYaml& file, const BesideFile& beside, const Catalog& catalog,
                   const Requester& requester) {
    FileOrder out{.notes = notes_on(file)};
    BesideFile wishes{.reason = beside.reason};
    take(file.profile, beside.profile, wishes.profile, "/profile", out.errors);
    take(file.owner, beside.owner, wishes.owner, "/owner", out.errors);
    take(file.team, beside.team, wishes.team, "/team", out.errors);
    take(file.cost_center, beside.cost_center, wishes.cost_center, "/cost_center", out.errors);
    take(file.ttl_hours, beside.ttl_hours, wishes.ttl_hours, "/ttl_hours", out.errors);
    if (wishes.team.empty() && requester.teams.size() == 1) wishes.team = requester.teams.front();

    std::vector<Candidate> candidates;
    for (const auto& [name, profile] : catalog.profiles()) {
        if (!wishes.profile.empty() && wishes.profile != name) continue;
        const Order order = order_by(profile, file, wishes);
        candidates.push_back({&profile, order, misfits_of(profile, file, order, requester.username)});
    }
    if (wishes.profile.empty()) {
        choose(candidates, out);
    } else if (candidates.empty()) {
        std::vector<std::string> names;
        for (const auto* profile : catalog.orderable()) names.push_back(profile->name);
        out.errors.push_back({"/profile", cat("There is no profile \"", wishes.profile,
                                              "\"; there are: ", names.empty() ? "none" : join(names, ", "), '.')});
    } else {
        out.order = candidates.front().order;
        out.profile = candidates.front().profile;
        for (auto& misfit : candidates.front().misfits) out.errors.push_back(std::move(misfit));
    }
    return out;
}

ClusterYaml cluster_yaml_of(const EffectiveOrder& order) {
    ClusterYaml out{.api_version = std::string(kPortalVersion)};
    out.name = order.name;
    out.env = order.environment;
    out.profile = order.profile;
    out.owner = order.owner;
    out.team = order.team;
    out.cost_center = order.cost_center;
    out.ttl_hours = order.ttl_hours;
    out.platform.type = text(order.platform);
    const auto& accounts = order.guardrail.account_ids;
    if (order.platform == Platform::aws && accounts.size() == 1) out.platform.account_id = accounts.front();
    out.platform.region = order.region;
    out.platform.zones = order.zones;
    out.dns.base_domain = order.base_domain;
    out.openshift.version = order.version;
    out.openshift.control_plane_replicas = order.control_plane.replicas;
    out.openshift.compute_replicas = order.workers.replicas;
    if (order.platform != Platform::none) {
        out.openshift.instance_type_control_plane = order.control_plane.instance_type;
        out.openshift.instance_type_compute = order.workers.instance_type;
    }
    if (const auto mode = cco_mode_of(order); !mode.empty())
        out.credentials = ClusterYaml::Credentials{.cco_mode = mode};
    if (order.gitops) out.gitops = {order.gitops->repo_url, order.gitops->repo_ref, order.gitops->env};
    out.networking = networking_of(order.networking);
    out.publish = order.features.private_cluster ? "Internal" : "External";
    out.fips = order.features.fips_mode;
    out.ssh_public_key = order.ssh_public_key;
    if (order.offhours_opt_in) out.offhours_opt_in = true;
    if (order.failure != DemoFailure::NONE) out.failure = text(order.failure);
    out.tags = order.tags;
    return out;
}

FormErrors under_pointers(const FormErrors& errors) {
    FormErrors out;
    for (const auto& error : errors) {
        const auto* const key = std::ranges::find(kKeys, error.field, &Key::field);
        out.push_back({key == kKeys.end() ? error.field : std::string(key->pointer), error.error});
    }
    return out;
}

}  // namespace desk
