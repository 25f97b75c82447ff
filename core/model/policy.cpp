#include "core/model/policy.hpp"

#include <algorithm>
#include <array>

#include "core/base/text.hpp"
#include "core/model/aws_zones.hpp"
#include "core/model/names.hpp"
#include "core/model/request.hpp"
#include "core/model/ssh_key.hpp"
#include "core/model/version.hpp"

namespace desk {
namespace {

/// What the rules of the fields look at.
struct Context {
    const Order& order;
    const Profile& profile;
    const Requester& requester;
};

Broken not_offered(std::string_view what, const std::string& value, const Choice& choice, const Profile& profile) {
    if (choice.allows(value)) return std::nullopt;
    if (value.empty()) return cat("Choose a ", what, ": ", join(choice.allowlist, ", "), '.');
    return cat("Profile ", profile.name, " does not offer ", what, ' ', value,
               "; choose one of: ", join(choice.allowlist, ", "), '.');
}

Broken check_name(const Context& in) { return cluster_name_fault(in.profile.platform, in.order.name); }

Broken check_platform(const Context& in) {
    const auto wanted = text(in.profile.platform);
    if (in.order.platform == wanted) return std::nullopt;
    return cat("Profile ", in.profile.name, " is for platform ", wanted, ", not \"", in.order.platform,
               "\"; choose that platform or another profile.");
}

Broken check_version(const Context& in) {
    if (!in.order.version.empty() && !Version::parse(in.order.version)) return "Use a full version such as 4.20.3.";
    return not_offered("version", in.order.version, in.profile.versions(), in.profile);
}

Broken check_profile(const Context& in) {
    const auto& p = in.profile;
    if (const auto& reason = p.unavailable_reason()) return cat("Profile ", p.name, " can't be ordered: ", *reason);
    if (p.post_deployment && p.post_deployment->enabled)
        return cat("Profile ", p.name, " can't be ordered: its postDeployment is not supported yet.");
    if (!p.default_addons.empty())
        return cat("Profile ", p.name, " can't be ordered: its defaultAddons are not supported yet.");
    return std::nullopt;
}

Broken check_region(const Context& in) {
    return not_offered("region", in.order.region, in.profile.regions, in.profile);
}

Broken check_base_domain(const Context& in) {
    const Choice none;
    const Choice& choice = in.profile.base_domains ? *in.profile.base_domains : none;
    if (auto fault = not_offered("base domain", in.order.base_domain, choice, in.profile)) return fault;
    constexpr std::size_t kLongestPrefix = sizeof("console-openshift-console.apps.") - 1;
    if (kLongestPrefix + in.order.name.size() + 1 + in.order.base_domain.size() > 253)
        return "Name and base domain together are too long for the console's DNS name; use a shorter name.";
    return std::nullopt;
}

Broken check_owner(const Context& in) { return text_fault(in.order.owner, 200); }

Broken check_team(const Context& in) {
    const auto& teams = in.requester.teams;
    if (std::find(teams.begin(), teams.end(), in.order.team) != teams.end()) return std::nullopt;
    if (teams.empty()) return "You are in no team that may request clusters. Ask an administrator to add you to one.";
    return cat(in.order.team.empty() ? "Choose a team" : cat("You may not request for team ", in.order.team),
               "; your teams: ", join(teams, ", "), '.');
}

Broken check_cost_center(const Context& in) { return cost_center_fault(in.order.cost_center); }

Broken check_ttl(const Context& in) {
    const int ttl = in.order.ttl_hours;
    const auto& life = in.profile.lifecycle;
    if (ttl < 1) return cat("Use 1 to ", life.max_ttl_hours, " hours.");
    if (ttl > life.max_ttl_hours)
        return cat(ttl, " h exceeds the maximum of profile ", in.profile.name, ", ", life.max_ttl_hours,
                   " h. Ask for less; it can be extended up to that.");
    if (!life.allow_custom_ttl && ttl != life.default_ttl_hours)
        return cat("Profile ", in.profile.name, " has one lifetime for all: ", life.default_ttl_hours, " h.");
    return std::nullopt;
}

Broken check_ssh_key(const Context& in) {
    const auto key = trim(in.order.ssh_public_key);
    if (key.empty()) return std::nullopt;
    if (auto fault = ssh_key_fault(key)) return fault;
    const bool is_fips_type = key.starts_with("ssh-rsa ") || key.starts_with("ecdsa-sha2-");
    if (in.profile.features.fips_mode && !is_fips_type)
        return cat("Profile ", in.profile.name, " is in FIPS mode, which takes keys of type rsa and ecdsa only.");
    return std::nullopt;
}

Broken check_tags(const Context& in) {
    const auto& tags = in.order.extra_tags;
    if (tags.empty()) return std::nullopt;
    for (const auto& [key, value] : tags) {
        if (text_fault(key, 1024) || text_fault(value, 1024))
            return "Tags are short lines of text without control characters.";
        if (auto fault = tag_fault(in.profile.platform, key, value)) return fault;
    }
    if (!in.profile.tags.allow_user_tags)
        return cat("Profile ", in.profile.name, " takes no tags of your own. Leave them out.");
    const auto& rules = in.profile.tags;
    const int own = static_cast<int>(merge_tags(rules.defaults, rules.required, {}).size());
    const int all = static_cast<int>(merge_tags(rules.defaults, rules.required, tags).size());
    const int most = max_free_tags(in.profile.platform);
    if (all > most)
        return cat("These are too many tags: platform ", text(in.profile.platform), " takes ",
                   max_tags(in.profile.platform), " in all, the desk and the profile set ",
                   static_cast<int>(kReservedTags.size()) + own, ", so ", most - own, " are left.");
    return std::nullopt;
}

Broken check_offhours(const Context& in) {
    if (!in.order.offhours_opt_in || in.profile.features.off_hours_scaling) return std::nullopt;
    return cat("Profile ", in.profile.name, " has no off-hours scaling. Leave it off.");
}

/// The repository is code that runs with the cluster's credentials, so it is never the requester's free choice.
Broken check_gitops(const Context& in) {
    const auto& [order, profile, requester] = in;
    if (order.gitops_repo_url.empty() && order.gitops_repo_ref.empty()) return std::nullopt;
    if (!profile.gitops) return cat("Profile ", profile.name, " hands nothing over to GitOps. Leave it out.");
    const auto& own = *profile.gitops;
    if (order.gitops_repo_url == own.repo_url && order.gitops_repo_ref == own.repo_ref) return std::nullopt;
    std::vector<std::string> allowed = {cat(own.repo_url, " at ", own.repo_ref)};
    for (const auto& repo : own.allowed_repos)
        for (const auto& ref : repo.refs) {
            if (order.gitops_repo_url == repo.repo_url && order.gitops_repo_ref == ref) return std::nullopt;
            allowed.push_back(cat(repo.repo_url, " at ", ref));
        }
    return cat("Profile ", profile.name, " does not allow this repository and ref; it allows ", join(allowed, ", "),
               '.');
}

Broken check_reason(const Context& in) { return text_fault(in.order.reason, kLongestRequestReason, true); }

Broken check_failure(const Context& in) {
    if (in.order.failure == DemoFailure::NONE || in.profile.platform == Platform::demo) return std::nullopt;
    return "Failures can be chosen on platform demo only.";
}

struct FieldCheck {
    std::string_view field;
    Broken (*check)(const Context&);
};
constexpr std::array kFieldChecks = {
    FieldCheck{"name", check_name},
    FieldCheck{"platform", check_platform},
    FieldCheck{"version", check_version},
    FieldCheck{"profile", check_profile},
    FieldCheck{"region", check_region},
    FieldCheck{"baseDomain", check_base_domain},
    FieldCheck{"owner", check_owner},
    FieldCheck{"team", check_team},
    FieldCheck{"costCenter", check_cost_center},
    FieldCheck{"ttlHours", check_ttl},
    FieldCheck{"sshPublicKey", check_ssh_key},
    FieldCheck{"extraTags", check_tags},
    FieldCheck{"offhoursOptIn", check_offhours},
    FieldCheck{"gitopsRepoUrl", check_gitops},
    FieldCheck{"reason", check_reason},
    FieldCheck{"failure", check_failure},
};

/// Texts that come back in sentences must be fit to be shown, whatever else is wrong with them.
FormErrors unreadable_texts(const Order& order) {
    struct Text {
        std::string_view field;
        const std::string& value;
        std::size_t max_bytes;
    };
    const std::array texts = {
        Text{"name", order.name, 253},
        Text{"platform", order.platform, 64},
        Text{"version", order.version, 64},
        Text{"profile", order.profile, 64},
        Text{"region", order.region, 64},
        Text{"baseDomain", order.base_domain, 253},
        Text{"team", order.team, 128},
        Text{"costCenter", order.cost_center, 128},
        Text{"gitopsRepoUrl", order.gitops_repo_url, 500},
        Text{"gitopsRepoRef", order.gitops_repo_ref, 250},
    };
    FormErrors errors;
    for (const auto& each : texts)
        if (auto fault = text_fault(each.value, each.max_bytes)) errors.push_back({std::string(each.field), *fault});
    return errors;
}

bool has_error(const FormErrors& errors, std::string_view field) {
    return std::any_of(errors.begin(), errors.end(), [&](const FieldError& error) { return error.field == field; });
}

/// The profile's zones of the region. Without any, on aws one for each control plane machine, at most three: the
/// installer's own choice is every zone of the region, and six NAT gateways are more addresses than an account has (5).
std::vector<std::string> zones_for(const Profile& profile, const std::string& region) {
    std::vector<std::string> zones;
    if (profile.zones) {
        for (const auto& zone : profile.zones->allowlist)
            if (is_zone_of(profile.platform, region, zone)) zones.push_back(zone);
        return zones;
    }
    if (profile.platform != Platform::aws) return {};
    if (profile.platform_config.aws && !profile.platform_config.aws->subnets.empty()) return {};
    const auto known = zones_of(region);
    if (!known.same_for_all) return {};
    const auto count = static_cast<std::size_t>(profile.control_plane().replicas);
    for (const char letter : known.letters.substr(0, std::max<std::size_t>(1, std::min<std::size_t>(3, count))))
        zones.push_back(region + letter);
    return zones;
}

std::string environment_of(const Profile& profile) {
    for (const Tags* tags : {&profile.tags.required, &profile.tags.defaults})
        if (const auto found = tags->find("Environment"); found != tags->end()) return found->second;
    if (profile.gitops) return profile.gitops->env;
    return profile.platform == Platform::demo ? "demo" : "unspecified";
}

// --- verdicts

/// Which limits of the rule hold, as parts of its id and in words, and the first that does not, as a sentence.
struct RuleOutcome {
    std::vector<std::string> held, words;
    std::string broken;
};

RuleOutcome weigh(const AutoApprove& rule, const Weight& weight) {
    RuleOutcome out;
    const auto check = [&](bool holds, std::string id, std::string words) {
        if (holds) {
            out.held.push_back(std::move(id));
            out.words.push_back(std::move(words));
        } else if (out.broken.empty()) {
            out.broken = cat("Orders ", words, " would be approved at once.");
        }
    };
    if (rule.max_ttl_hours)
        check(weight.ttl_hours <= *rule.max_ttl_hours, cat("ttl<=", *rule.max_ttl_hours, 'h'),
              cat("of up to ", *rule.max_ttl_hours, " h"));
    if (rule.max_cost_to_expiry)
        check(weight.cost <= *rule.max_cost_to_expiry, cat("cost<=", rule.max_cost_to_expiry->str()),
              cat("of up to ", rule.max_cost_to_expiry->str()));
    if (!rule.teams.empty())
        check(std::find(rule.teams.begin(), rule.teams.end(), weight.team) != rule.teams.end(), "team",
              "of team " + join(rule.teams, ", "));
    return out;
}

Verdict refused(std::string rule, std::string explanation) {
    return {.kind = VerdictKind::REFUSED, .rule = std::move(rule), .explanation = std::move(explanation)};
}

Verdict needs(const Approval& approval, const Weight& weight, std::string rule, std::string explanation) {
    return {.kind = VerdictKind::NEEDS_APPROVAL,
            .rule = std::move(rule),
            .explanation = std::move(explanation),
            .approvals_needed = std::max(1, approval.approvals),
            .approver_teams = approval.approver_teams.empty() ? std::vector{weight.team} : approval.approver_teams,
            .lapse_hours = approval.lapse_hours};
}

std::string count_of_approvals(int count) { return cat(count, count == 1 ? " approval" : " approvals"); }

Price price_of(const Profile& profile, int ttl_hours) {
    const Money hourly = profile.rates().running;
    return {hourly, hourly * std::clamp(ttl_hours, 0, kMaxTtlHours), hourly * kHoursPerMonth};
}

std::vector<std::string> warnings_for(const Profile& profile, const Price& price,
                                      const std::vector<QuotaBreach>& breaches) {
    std::vector<std::string> warnings;
    const auto& costs = profile.cost_controls;
    if (!costs.warning_message.empty()) warnings.push_back(costs.warning_message);
    if (costs.max_monthly_cost && costs.budget_alert_threshold) {
        const auto line = static_cast<std::int64_t>(static_cast<double>(costs.max_monthly_cost->micros) *
                                                    *costs.budget_alert_threshold);
        if (price.to_expiry.micros > line)
            warnings.push_back(cat("This order costs ", price.to_expiry.str(), " of the ",
                                   costs.max_monthly_cost->str(), " that profile ", profile.name, " allows."));
    }
    for (const auto& breach : breaches)
        if (!breach.hard) warnings.push_back(breach.explanation);
    return warnings;
}

}  // namespace

Verdict decide(const Approval& approval, const std::string& profile, const Weight& weight,
               const std::vector<QuotaBreach>& breaches) {
    if (!breaches.empty()) {
        std::vector<std::string> sentences;
        for (const auto& breach : breaches)
            if (breach.hard == breaches.front().hard) sentences.push_back(breach.explanation);
        const std::string all = join(sentences, " ");
        return breaches.front().hard ? refused(breaches.front().rule, all)
                                     : needs(approval, weight, breaches.front().rule, all);
    }
    if (approval.approvals == 0)
        return {.kind = VerdictKind::AUTO_APPROVED,
                .rule = "approvals:0",
                .explanation = cat("Profile ", profile, " approves every order within the quotas.")};
    const auto outcome = approval.auto_approve ? weigh(*approval.auto_approve, weight) : RuleOutcome{};
    if (approval.auto_approve && outcome.broken.empty())
        return {.kind = VerdictKind::AUTO_APPROVED,
                .rule = "auto-approve:" + join(outcome.held, ","),
                .explanation = cat("Profile ", profile, " approves orders ", join(outcome.words, ", "), " at once.")};
    return needs(approval, weight, cat("approvals:", approval.approvals),
                 cat("Profile ", profile, " requires ", count_of_approvals(approval.approvals), '.',
                     outcome.broken.empty() ? "" : " ", outcome.broken));
}

EffectiveOrder resolve(const Order& order, const Profile& profile, const std::string& username) {
    EffectiveOrder out;
    out.name = order.name;
    out.platform = profile.platform;
    out.version = order.version;
    out.profile = profile.name;
    out.region = order.region;
    out.zones = zones_for(profile, order.region);
    out.base_domain = order.base_domain;
    out.owner = order.owner.empty() ? username : order.owner;
    out.team = order.team;
    out.cost_center = order.cost_center;
    out.environment = environment_of(profile);
    out.ssh_public_key = trim(order.ssh_public_key);
    out.tags = merge_tags(profile.tags.defaults, profile.tags.required, order.extra_tags);
    out.offhours_opt_in = order.offhours_opt_in;
    out.failure = order.failure;
    out.ttl_hours = order.ttl_hours;
    out.max_ttl_hours = profile.lifecycle.max_ttl_hours;
    out.warn_before_destroy_hours = profile.lifecycle.warn_before_destroy_hours;
    out.allow_custom_ttl = profile.lifecycle.allow_custom_ttl;
    out.pace = profile.pace();
    out.rates = profile.rates();
    out.vcpus = profile.vcpus();
    out.credentials_mode = profile.credentials_mode;
    out.control_plane = profile.control_plane();
    out.workers = profile.workers();
    out.networking = profile.networking;
    out.features = profile.features;
    out.aws = profile.platform_config.aws;
    out.ibmcloud = profile.platform_config.ibmcloud;
    out.install = profile.install;
    out.approval = profile.approval;
    out.deadlines = profile.deadlines;
    out.guardrail = profile.guardrail;
    out.gitops = profile.gitops;
    if (out.gitops && !order.gitops_repo_url.empty()) {
        out.gitops->repo_url = order.gitops_repo_url;
        out.gitops->repo_ref = order.gitops_repo_ref;
    }
    return out;
}

Evaluation evaluate(const Order& order, const Profile* profile, const QuotaState& quota, const Requester& requester) {
    Evaluation out;
    out.quota = quota;
    out.errors = unreadable_texts(order);
    if (profile == nullptr) {
        if (!has_error(out.errors, "profile"))
            out.errors.push_back({"profile", order.profile.empty() ? std::string("Choose a profile from the catalog.")
                                                                   : cat("There is no profile \"", order.profile,
                                                                         "\"; choose one from the catalog.")});
        out.verdict = refused("form", "Choose a profile first.");
        return out;
    }
    const Context in{order, *profile, requester};
    for (const auto& row : kFieldChecks) {
        if (has_error(out.errors, row.field)) continue;
        if (auto fault = row.check(in)) out.errors.push_back({std::string(row.field), std::move(*fault)});
    }
    out.price = price_of(*profile, order.ttl_hours);
    out.demand = {1, profile->vcpus(), out.price.to_expiry};
    if (!out.errors.empty()) {
        out.verdict = refused("form", "Correct the marked fields first.");
        return out;
    }

    out.order = resolve(order, *profile, requester.username);
    const auto breaches = check_quota(quota, out.demand, requester.username, order.team);
    out.warnings = warnings_for(*profile, out.price, breaches);
    const auto& most = profile->cost_controls.max_monthly_cost;
    if (most && out.price.to_expiry > *most)
        out.verdict =
            refused("profile:max-cost", cat("This order would cost ", out.price.to_expiry.str(), "; profile ",
                                            profile->name, " allows ", most->str(), ". Choose a shorter lifetime."));
    else
        out.verdict =
            decide(profile->approval, profile->name, {order.ttl_hours, out.price.to_expiry, order.team}, breaches);
    return out;
}

Verdict verdict_of(const Approval& rule, const std::string& profile, int ttl_hours, Money cost,
                   const std::string& team) {
    return decide(rule, profile, {ttl_hours, cost, team}, {});
}

ExtensionEvaluation evaluate_extension(const Extension& extension, const EffectiveOrder& order,
                                       const QuotaState& quota) {
    ExtensionEvaluation out;
    const Time cap = lifetime_cap(extension.first_ready_at, order.max_ttl_hours, order.pace);
    out.hours_left = std::max(0, static_cast<int>((cap - extension.destroy_at) / order.pace.wall(1)));
    out.destroy_at = extension.destroy_at;
    const auto refuse = [&](std::string rule, std::string error) {
        out.errors.push_back({"hours", error});
        out.verdict = refused(std::move(rule), std::move(error));
        return out;
    };
    if (extension.hours < 1 || extension.hours > kMaxTtlHours)
        return refuse("form", cat("Use 1 to ", kMaxTtlHours, " hours."));
    if (extension.hours > out.hours_left)
        return refuse("lifetime:max", cat(extension.hours, " h more exceeds the ", order.max_ttl_hours,
                                          " h that profile ", order.profile, " gives a cluster in all; ",
                                          out.hours_left == 0 ? std::string("nothing is left.")
                                                              : cat("at most ", out.hours_left, " h are left.")));

    out.destroy_at = extension.destroy_at + order.pace.wall(extension.hours);
    out.cost = order.rates.running * extension.hours;
    const int whole = order.pace.hours_in(out.destroy_at - extension.first_ready_at);
    const auto breaches = check_quota(quota, {0, 0, out.cost}, order.owner, order.team);
    out.verdict = decide(order.approval, order.profile, {whole, order.rates.running * whole, order.team}, breaches);
    if (out.verdict.kind == VerdictKind::AUTO_APPROVED && !order.allow_custom_ttl)
        out.verdict = needs(order.approval, {whole, {}, order.team}, "fixed-lifetime",
                            cat("Profile ", order.profile, " has one lifetime for all; an approver decides on more."));
    return out;
}

}  // namespace desk
