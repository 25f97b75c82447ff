#include "cgi/pages/order_form.hpp"

#include "core/base/text.hpp"

namespace desk::pages {
namespace {

std::string tag_lines(const Tags& tags) {
    std::string lines;
    for (const auto& [key, value] : tags) lines += cat(key, '=', value, '\n');
    return lines;
}

Tags read_tags(std::string_view text, FormErrors& errors) {
    Tags tags;
    for (const auto part : split(text, '\n')) {
        const auto line = trim(part);
        if (line.empty()) continue;
        const auto equals = line.find('=');
        const std::string key(trim(line.substr(0, equals)));
        if (equals == std::string_view::npos || key.empty())
            errors.push_back(
                {"extraTags", cat("Write each tag as key=value on a line of its own; \"", line, "\" is none.")});
        else if (!tags.emplace(key, trim(line.substr(equals + 1))).second)
            errors.push_back({"extraTags", cat("The key ", key, " is there twice.")});
    }
    return tags;
}

}  // namespace

OrderForm OrderForm::read(const Form& form, const Profile& profile, const Order& start) {
    OrderForm typed{.order = start, .failure = std::string(text(start.failure))};
    Order& order = typed.order;
    const auto take = [&](std::string_view field, std::string& value) {
        if (form.has(field)) value = trim(form[field]);
    };
    take("name", order.name);
    take("version", order.version);
    take("region", order.region);
    take("baseDomain", order.base_domain);
    take("owner", order.owner);
    take("team", order.team);
    take("costCenter", order.cost_center);
    take("sshPublicKey", order.ssh_public_key);
    take("gitopsRepoUrl", order.gitops_repo_url);
    take("gitopsRepoRef", order.gitops_repo_ref);
    take("reason", order.reason);
    // a form that was sent leaves out what is not checked
    if (form.has("offhoursOptIn") || form.has("csrf"))
        order.offhours_opt_in = form["offhoursOptIn"] == "yes" || form["offhoursOptIn"] == "true";

    typed.ttl_hours = std::to_string(order.ttl_hours);
    take("ttlHours", typed.ttl_hours);
    const auto hours = parse_int(typed.ttl_hours);
    if (!hours || *hours < 1 || *hours > kMaxTtlHours)
        typed.errors.push_back(
            {"ttlHours", cat("Use a whole number of hours, from 1 to ", profile.lifecycle.max_ttl_hours, '.')});
    order.ttl_hours = hours && *hours >= 1 && *hours <= kMaxTtlHours ? static_cast<int>(*hours) : 0;

    typed.extra_tags = form.has("extraTags") ? std::string(form["extraTags"]) : tag_lines(order.extra_tags);
    order.extra_tags = read_tags(typed.extra_tags, typed.errors);

    take("failure", typed.failure);
    if (!typed.failure.empty()) {
        const auto failure = parse_enum<DemoFailure>(typed.failure);
        if (failure)
            order.failure = *failure;
        else
            typed.errors.push_back({"failure", "Choose one of the list."});
    }
    return typed;
}

OrderForm OrderForm::of(const Order& order) {
    return {.order = order,
            .ttl_hours = std::to_string(order.ttl_hours),
            .extra_tags = tag_lines(order.extra_tags),
            .failure = std::string(text(order.failure))};
}

}  // namespace desk::pages
