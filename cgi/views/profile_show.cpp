#include "cgi/views/profile_show.hpp"

#include "cgi/dictionary.hpp"
#include "core/base/text.hpp"
#include "keys/profile_show.tpl.hpp"

namespace desk::views {
namespace {

std::string choice_words(const Choice& choice) {
    std::vector<std::string> values;
    for (const auto& value : choice.allowlist)
        values.push_back(value == choice.default_value && choice.allowlist.size() > 1 ? value + " (default)" : value);
    return join(values, ", ");
}

std::string tags_words(const Tags& tags) {
    std::vector<std::string> pairs;
    for (const auto& [key, value] : tags) pairs.push_back(cat(key, '=', value));
    return join(pairs, ", ");
}

std::string networks_words(const Networking& networking) {
    std::vector<std::string> parts = {networking.network_type};
    for (const auto& network : networking.cluster_networks) parts.push_back("pods " + network.cidr);
    for (const auto& network : networking.service_network) parts.push_back("services " + network);
    for (const auto& network : networking.machine_network) parts.push_back("machines " + network.cidr);
    return join(parts, ", ");
}

/// Leaves out what has no value.
ProfileShow::Group group(std::string title, const Facts& facts) {
    ProfileShow::Group group{.title = std::move(title), .facts = {}};
    for (const auto& fact : facts)
        if (!fact.value.empty()) group.facts.push_back(fact);
    return group;
}

std::string capabilities_words(const Capabilities& capabilities) {
    const std::string set = capabilities.baseline_set.empty() ? "all of the version" : capabilities.baseline_set;
    return capabilities.additional.empty() ? set : cat(set, " and ", join(capabilities.additional, ", "));
}

Facts install_facts(const Install& install) {
    std::vector<std::string> mirrored;
    for (const auto& source : install.image_digest_sources)
        mirrored.push_back(cat(source.source, " from ", join(source.mirrors, ", ")));
    const auto proxy = install.proxy.value_or(Proxy{});
    return {{"Capabilities", install.capabilities ? capabilities_words(*install.capabilities) : ""},
            {"Feature set", install.feature_set},
            {"Proxy", proxy.https.empty() ? proxy.http : proxy.https},
            {"Certificates", install.trust_bundle.empty() ? "" : "trusts some of its own"},
            {"Images", join(mirrored, "; ")}};
}

}  // namespace

ProfileShow ProfileShow::of(const Profile& profile, const history::Profile& past, const Principal& principal) {
    const auto& why = profile.unavailable_reason();
    const Rates rates = profile.rates();
    ProfileShow page{.name = profile.name,
                     .title = profile.display_name.empty() ? profile.name : profile.display_name,
                     .description = profile.description,
                     .unavailable = why.value_or(""),
                     .pace = pace_sentence(profile.pace()),
                     .price = rates.running.str(),
                     .warning = profile.cost_controls.warning_message,
                     .install_time = install_time_words(past.install_time, profile),
                     .approval = approval_words(profile),
                     .results = Results::of(past.last_results),
                     .may_order = !why && principal.may(Permission::request_create),
                     .may_simulate = principal.may(Permission::admin_read)};

    page.groups.push_back(group("What you get", {
                                                    {"Profile", profile.name},
                                                    {"Platform", std::string(views::title(profile.platform))},
                                                    {"Nodes", nodes_words(profile)},
                                                    {"vCPUs", std::to_string(profile.vcpus())},
                                                    {"Network", networks_words(profile.networking)},
                                                }));
    page.groups.push_back(
        group("What you choose", {
                                     {"Versions", choice_words(profile.versions())},
                                     {"Regions", choice_words(profile.regions)},
                                     {"Zones", profile.zones ? choice_words(*profile.zones) : ""},
                                     {"Base domains", profile.base_domains ? choice_words(*profile.base_domains) : ""},
                                     {"Lifetime", lifetime_words(profile)},
                                     {"Own tags", profile.tags.allow_user_tags ? "allowed" : "not allowed"},
                                 }));
    page.groups.push_back(
        group("What is fixed", {
                                   {"Tags", tags_words(profile.tags.required)},
                                   {"Default tags", tags_words(profile.tags.defaults)},
                                   {"FIPS mode", profile.features.fips_mode ? "on" : ""},
                                   {"Private", profile.features.private_cluster ? "yes: no public endpoints" : ""},
                                   {"Install time limit", to_words(profile.deadlines.install)},
                                   {"Notes", profile.metadata ? join(profile.metadata->notes, " ") : ""},
                               }));
    if (profile.install) page.groups.push_back(group("Installed with", install_facts(*profile.install)));
    page.price_facts =
        group("",
              {
                  {"A day", (rates.running * 24).str()},
                  {"Default lifetime", (rates.running * profile.lifecycle.default_ttl_hours).str()},
                  {"Hibernated", rates.hibernated.str() + " an hour"},
                  {"Monthly limit",
                   profile.cost_controls.max_monthly_cost ? profile.cost_controls.max_monthly_cost->str() : ""},
              })
            .facts;
    return page;
}

void ProfileShow::fill(Dictionary& out) const {
    out.SetValue(kps_NAME, name);
    out.SetValue(kps_TITLE, title);
    out.SetValue(kps_DESCRIPTION, description);
    out.SetValue(kps_PRICE, price);
    out.SetValue(kps_INSTALL_TIME, install_time);
    out.SetValue(kps_APPROVAL, approval);
    if (may_order) out.ShowSection(kps_MAY_ORDER);
    if (may_simulate) out.ShowSection(kps_MAY_SIMULATE);
    show_if(out, kps_UNAVAILABLE, kps_WHY, unavailable);
    show_if(out, kps_DEMO, kps_PACE, pace);
    show_if(out, kps_WARNING, kps_TEXT, warning);
    include(out, kps_RESULTS, results);
    for (const auto& one : groups) {
        auto* section = out.AddSectionDictionary(kps_GROUP);
        section->SetValue(kps_GROUP_TITLE, one.title);
        fill_facts(*section, kps_FACT, kps_LABEL, kps_VALUE, one.facts);
    }
    fill_facts(out, kps_PRICE_FACT, kps_LABEL, kps_VALUE, price_facts);
}

}  // namespace desk::views
