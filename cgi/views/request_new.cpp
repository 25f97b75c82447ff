#include "cgi/views/request_new.hpp"

#include <algorithm>

#include "cgi/dictionary.hpp"
#include "cgi/views/order_labels.hpp"
#include "cgi/views/profile_words.hpp"
#include "cgi/views/quota_words.hpp"
#include "core/base/text.hpp"
#include "keys/request_new.tpl.hpp"

namespace desk::views {
namespace {

std::vector<Field::Option> options_of(const std::vector<std::string>& values) {
    std::vector<Field::Option> options;
    for (const auto& value : values) options.push_back({value, value});
    return options;
}

/// A select with `typed` chosen, also when it is none of the options: then the form says what is wrong, and keeps it.
Field select(std::string name, std::string label, const std::string& typed, std::vector<Field::Option> options) {
    const bool is_known = std::any_of(options.begin(), options.end(), [&](const auto& o) { return o.value == typed; });
    if (!is_known) options.insert(options.begin(), {typed, typed.empty() ? "Choose one" : typed});
    return {.name = std::move(name),
            .label = std::move(label),
            .value = typed,
            .kind = Field::Kind::select,
            .options = std::move(options)};
}

/// What has a limit, and the money in any case.
Facts quota_facts(const Evaluation& evaluation, const std::string& team) {
    const auto& [user, group] = evaluation.quota;
    const auto& more = evaluation.demand;
    const auto clusters = [](int count) { return std::to_string(count); };
    const auto vcpus = [](int count) { return cat(count, " vCPU"); };
    const auto money = [](Money money) { return money.str(); };
    Facts facts;
    if (is_limited(user.clusters))
        facts.push_back({"Your clusters", now_and_after(user.clusters, more.clusters, clusters)});
    if (is_limited(group.clusters))
        facts.push_back({cat("Clusters of ", team), now_and_after(group.clusters, more.clusters, clusters)});
    if (is_limited(group.vcpus))
        facts.push_back({cat("vCPUs of ", team), now_and_after(group.vcpus, more.vcpus, vcpus)});
    facts.push_back({cat("This month, ", team), now_and_after(group.month, more.cost, money)});
    return facts;
}

/// Quoted for a POSIX shell.
std::string shell_quoted(std::string_view text) {
    std::string quoted = "'";
    for (const char c : text) c == '\'' ? quoted += R"('\'')" : quoted += c;
    return quoted + "'";
}

std::string curl_of(const Order& order, const std::string& public_url) {
    return cat("curl -sS -X POST ", shell_quoted(public_url + "/api/v1/clusters"),
               " \\\n  -H \"Authorization: Bearer $CLUSTERDESK_TOKEN\" \\\n",
               "  -H \"Idempotency-Key: $(uuidgen)\" \\\n  -H 'Content-Type: application/json' \\\n  -d ",
               shell_quoted(order.to_json().dump(2)));
}

/// What is still empty by name, what is wrong with its reason.
std::string faults_words(const FormErrors& errors, const Order& order) {
    std::vector<std::string> missing, wrong;
    for (const auto& error : errors) {
        const bool is_blank =
            (error.field == "name" && order.name.empty()) || (error.field == "costCenter" && order.cost_center.empty());
        if (is_blank)
            missing.push_back(label_of(error.field));
        else
            wrong.push_back(cat(label_of(error.field), ": ", error.error));
    }
    if (!missing.empty()) wrong.insert(wrong.begin(), cat("Still missing: ", join(missing, ", "), '.'));
    return join(wrong, " ");
}

void judge(RequestNew& page, const RequestNew::Source& in) {
    const auto& verdict = in.evaluation.verdict;
    if (!in.errors.empty()) {
        page.tone = in.show_errors ? "bad" : "";
        page.verdict = "Not complete yet";
        page.explanation = in.show_errors ? "Policy decides when what is marked in the form is corrected."
                                          : faults_words(in.errors, in.order);
        return;
    }
    const auto phrase = views::phrase(verdict.kind);
    page.tone = phrase.tone;
    page.verdict = phrase.word;
    page.explanation = verdict.explanation;
    page.rule = verdict.rule;
    if (verdict.kind == VerdictKind::NEEDS_APPROVAL)
        page.explanation +=
            cat(' ', verdict.approvals_needed == 1 ? "An approver" : cat(verdict.approvals_needed, " approvers"),
                " of team ", join(verdict.approver_teams, ", "), verdict.approvals_needed == 1 ? " decides" : " decide",
                "; undecided, the request lapses after ", verdict.lapse_hours, " h.");
}

}  // namespace

RequestNew RequestNew::of(const Source& in) {
    const auto& order = in.order;
    const auto& profile = in.profile;
    RequestNew page{.profile = profile.name,
                    .profile_title = profile.display_name.empty() ? profile.name : profile.display_name,
                    .purpose = profile.description,
                    .platform = order.platform,
                    .pace = pace_sentence(profile.pace()),
                    .last_order = in.last_order,
                    .warnings = in.notes};
    page.warnings.insert(page.warnings.end(), in.evaluation.warnings.begin(), in.evaluation.warnings.end());

    page.name = {.name = "name",
                 .label = "Name",
                 .value = order.name,
                 .hint = "Lower case letters, digits and '-'; it becomes part of every URL.",
                 .autocomplete = "off",
                 .required = true};
    page.version = select("version", "Version", order.version, options_of(profile.versions().allowlist));
    page.region = select("region", "Region", order.region, options_of(profile.regions.allowlist));
    page.base_domain =
        select("baseDomain", "Base domain", order.base_domain,
               options_of(profile.base_domains ? profile.base_domains->allowlist : std::vector<std::string>{}));
    page.team = select("team", "Team", order.team, options_of(in.teams));
    page.team.hint = "Owns the cluster and sees its credentials.";
    page.cost_center = {.name = "costCenter",
                        .label = "Cost centre",
                        .value = order.cost_center,
                        .hint = "Where the cost is booked.",
                        .required = true};
    page.ttl = {.name = "ttlHours",
                .label = "Lifetime in hours",
                .value = in.ttl_hours,
                .hint = cat("Counts from the moment it is ready. Profile: ", lifetime_words(profile), '.'),
                .type = "number",
                .required = true,
                .minimum = 1,
                .maximum = profile.lifecycle.max_ttl_hours};
    page.reason = {.name = "reason",
                   .label = "Reason",
                   .value = order.reason,
                   .hint = "Whoever decides reads it.",
                   .kind = Field::Kind::area,
                   .optional = true};
    page.owner = {.name = "owner",
                  .label = "Owner",
                  .value = order.owner,
                  .hint = cat("User name of a member of the team; empty = you, ", in.username, '.'),
                  .autocomplete = "off",
                  .optional = true};
    page.ssh_key = {.name = "sshPublicKey",
                    .label = "SSH public key",
                    .value = order.ssh_public_key,
                    .hint = "One line, to reach the machines as user core.",
                    .kind = Field::Kind::code_area,
                    .optional = true};
    page.tags = {.name = "extraTags",
                 .label = "Tags",
                 .value = in.extra_tags,
                 .hint = "One key=value on each line. The desk adds its own.",
                 .kind = Field::Kind::code_area,
                 .optional = true};
    if (profile.features.off_hours_scaling)
        page.offhours = Field{.name = "offhoursOptIn",
                              .label = "Scale down outside office hours",
                              .value = order.offhours_opt_in ? "yes" : "",
                              .kind = Field::Kind::checkbox};
    if (profile.platform == Platform::demo) {
        std::vector<Field::Option> failures;
        for (const auto word : all_texts<DemoFailure>()) {
            const auto failure = *parse_enum<DemoFailure>(word);
            failures.push_back({std::string(word), std::string(describe(failure))});
        }
        page.failure =
            select("failure", "What goes wrong, on purpose", std::string(text(order.failure)), std::move(failures));
        page.failure->hint = "The demo installer plays this failure as the real one would.";
    }
    const bool may_choose_repo = profile.gitops && !profile.gitops->allowed_repos.empty();
    if (may_choose_repo || !order.gitops_repo_url.empty() || !order.gitops_repo_ref.empty()) {
        page.gitops_repo = Field{.name = "gitopsRepoUrl",
                                 .label = "GitOps repository",
                                 .value = order.gitops_repo_url,
                                 .hint = cat("Empty = the profile's", profile.gitops ? ", " : "",
                                             profile.gitops ? profile.gitops->repo_url : "", '.'),
                                 .optional = true};
        page.gitops_ref = Field{.name = "gitopsRepoRef",
                                .label = "Branch, tag or commit",
                                .value = order.gitops_repo_ref,
                                .optional = true};
    }
    page.choices = join(std::vector{order.version, order.region, order.base_domain}, ", ");
    page.more_open = !order.gitops_repo_url.empty() || !order.owner.empty() || !order.ssh_public_key.empty() ||
                     !in.extra_tags.empty() || order.offhours_opt_in || order.failure != DemoFailure::NONE;

    if (in.show_errors && !in.errors.empty()) {
        page.errors = ErrorSummary::of(
            in.errors, counted(static_cast<long long>(in.errors.size()), "thing to correct", "things to correct"),
            order_labels());
        for (auto* field : {&page.name, &page.version, &page.region, &page.base_domain, &page.team, &page.cost_center,
                            &page.ttl, &page.reason})
            field->error = error_of(in.errors, field->name);
        for (const auto* field : {&page.version, &page.region, &page.base_domain})
            page.choices_open |= !field->error.empty();
        const auto pointer = [](std::optional<Field>& field) { return field ? &*field : nullptr; };
        for (auto* field : {&page.owner, &page.ssh_key, &page.tags, pointer(page.offhours), pointer(page.failure),
                            pointer(page.gitops_repo), pointer(page.gitops_ref)}) {
            if (!field) continue;
            field->error = error_of(in.errors, field->name);
            page.more_open |= !field->error.empty();
        }
    }

    if (in.show_errors && in.errors.empty() && in.evaluation.verdict.kind == VerdictKind::REFUSED)
        page.errors = ErrorSummary{.title = "Policy refuses this order",
                                   .lines = {{.field = "", .text = in.evaluation.verdict.explanation}}};

    const auto& price = in.evaluation.price;
    if (error_of(in.errors, "ttlHours").empty()) page.to_expiry = amount(price.to_expiry);
    page.price_words = cat("until it expires: ", amount(price.hourly), " an hour for ", order.ttl_hours,
                           " h. A whole month would be ", price.monthly.str(), '.');
    judge(page, in);
    page.facts = quota_facts(in.evaluation, order.team);
    if (error_of(in.errors, "name").empty()) {
        EffectiveOrder named;
        named.name = order.name;
        named.base_domain = order.base_domain;
        page.facts.push_back({"Console", named.console_url()});
        page.facts.push_back({"API", named.api_url()});
    }
    if (in.errors.empty() && in.evaluation.order)
        page.preview = InstallPreview::of(*in.evaluation.order, {.desk = in.desk});
    if (in.errors.empty()) page.call = curl_of(order, in.public_url);
    return page;
}

void RequestNew::fill(Dictionary& out) const {
    out.SetValue(krn_PROFILE, profile);
    out.SetValue(krn_PROFILE_TITLE, profile_title);
    out.SetValue(krn_PURPOSE, purpose);
    out.SetValue(krn_PLATFORM, platform);
    show_if(out, krn_DEMO, krn_PACE, pace);
    show_if(out, krn_AGAIN, krn_WHEN, last_order);
    include(out, krn_ERRORS, errors);
    include(out, krn_NAME, name);
    include(out, krn_VERSION, version);
    include(out, krn_REGION, region);
    include(out, krn_BASE_DOMAIN, base_domain);
    include(out, krn_TEAM, team);
    include(out, krn_COST_CENTER, cost_center);
    include(out, krn_TTL, ttl);
    include(out, krn_REASON, reason);
    include(out, krn_OWNER, owner);
    include(out, krn_SSH_KEY, ssh_key);
    include(out, krn_TAGS, tags);
    if (offhours) {
        out.ShowSection(krn_HAS_OFFHOURS);
        include(out, krn_OFFHOURS, *offhours);
    }
    if (failure) {
        out.ShowSection(krn_HAS_FAILURE);
        include(out, krn_FAILURE, *failure);
    }
    if (gitops_repo && gitops_ref) {
        out.ShowSection(krn_HAS_GITOPS);
        include(out, krn_GITOPS_REPO, *gitops_repo);
        include(out, krn_GITOPS_REF, *gitops_ref);
    }
    if (more_open) out.ShowSection(krn_MORE_OPEN);
    if (choices_open) out.ShowSection(krn_CHOICES_OPEN);
    out.SetValue(krn_CHOICES, choices);

    if (!to_expiry.empty()) {
        auto* priced = out.AddSectionDictionary(krn_PRICED);
        priced->SetValue(krn_TO_EXPIRY, to_expiry);
        priced->SetValue(krn_PRICE_WORDS, price_words);
    }
    out.SetValue(krn_ALERT, tone_of(tone).alert);
    out.SetValue(krn_ICON, tone_of(tone).icon);
    out.SetValue(krn_VERDICT, verdict);
    out.SetValue(krn_EXPLANATION, explanation);
    show_if(out, krn_BY_RULE, krn_RULE, rule);
    for (const auto& warning : warnings) show_if(out, krn_WARNING, krn_TEXT, warning);
    fill_facts(out, krn_FACT, krn_LABEL, krn_VALUE, facts);
    include(out, krn_PREVIEW, preview);
    show_if(out, krn_CALL, krn_TEXT, call);
}

}  // namespace desk::views
