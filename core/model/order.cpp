#include "core/model/order.hpp"

#include <array>
#include <limits>

#include "core/base/crypto.hpp"
#include "core/base/json_bind.hpp"
#include "core/base/text.hpp"
#include "core/model/names.hpp"
#include "core/model/order_fields.hpp"

namespace desk {
namespace {

struct FailureText {
    DemoFailure failure;
    std::string_view mode;  ///< of DEMO_FAIL
    std::string_view text;
};
constexpr std::array kFailures = {
    FailureText{DemoFailure::NONE, "", "Nothing goes wrong."},
    FailureText{DemoFailure::CREDS, "creds", "The cloud refuses the credentials at once."},
    FailureText{DemoFailure::ZONE, "zone", "The base domain has no public DNS zone."},
    FailureText{DemoFailure::PERMS, "perms", "The credentials lack permissions."},
    FailureText{DemoFailure::QUOTA, "quota", "A quota of the cloud account has not enough left."},
    FailureText{DemoFailure::DNSRECORDS, "dnsrecords", "DNS records of this name exist already."},
    FailureText{DemoFailure::INFRA, "infra", "The network does not become ready in time."},
    FailureText{DemoFailure::MACHINES, "machines", "The control plane machines do not start in time."},
    FailureText{DemoFailure::API, "api", "The Kubernetes API never answers."},
    FailureText{DemoFailure::BOOTSTRAP, "bootstrap", "Bootstrapping does not complete."},
    FailureText{DemoFailure::OPERATORS, "operators:1", "Operators are late once; the next attempt goes on from there."},
    FailureText{DemoFailure::UNSTABLE, "unstable", "Operators do not settle in time."},
    FailureText{DemoFailure::PANIC, "panic", "The installer itself crashes."},
    FailureText{DemoFailure::HANG, "hang", "The installer waits for ever, until its deadline."},
    FailureText{DemoFailure::DESTROY_STUCK, "destroy-stuck", "Installs well; one thing can't be deleted at the end."},
};
static_assert([] {
    for (std::size_t i = 0; i < kFailures.size(); ++i)
        if (static_cast<std::size_t>(kFailures[i].failure) != i) return false;
    return kFailures.size() == all_texts<DemoFailure>().size();
}());

const FailureText& row(DemoFailure failure) { return kFailures[static_cast<std::size_t>(failure)]; }

/// Reads one member of the body; the answer is what it must be instead.
Broken take(const Json& value, std::string& out) {
    if (!value.is_string()) return "must be a text.";
    out = value.get<std::string>();
    return std::nullopt;
}
Broken take(const Json& value, int& out) {
    if (!value.is_number_integer()) return "must be a whole number.";
    constexpr std::int64_t kMost = std::numeric_limits<int>::max();
    const bool fits = value.is_number_unsigned() ? value.get<std::uint64_t>() <= static_cast<std::uint64_t>(kMost)
                                                 : value.get<std::int64_t>() >= -kMost;
    if (!fits) return "is out of range.";
    out = value.get<int>();
    return std::nullopt;
}
Broken take(const Json& value, bool& out) {
    if (!value.is_boolean()) return "must be true or false.";
    out = value.get<bool>();
    return std::nullopt;
}
Broken take(const Json& value, Tags& out) {
    if (!value.is_object()) return "must be an object of texts.";
    for (const auto& [key, item] : value.items()) {
        if (!item.is_string()) return cat("must be an object of texts; \"", key, "\" is none.");
        out[key] = item.get<std::string>();
    }
    return std::nullopt;
}
Broken take(const Json& value, DemoFailure& out) {
    const auto failure =
        value.is_string() ? parse_enum<DemoFailure>(value.get_ref<const std::string&>()) : std::nullopt;
    if (!failure) {
        std::string words;
        for (const auto word : all_texts<DemoFailure>()) words += (words.empty() ? "" : ", ") + std::string(word);
        return cat("must be one of: ", words, '.');
    }
    out = *failure;
    return std::nullopt;
}

}  // namespace

std::string demo_fail_mode(DemoFailure failure) { return std::string(row(failure).mode); }
std::string_view describe(DemoFailure failure) { return row(failure).text; }

Json Order::to_json() const {
    const Order blank;
    Json out = Json::object();
    for_each_field<Order>([&](const auto& row) {
        if (this->*row.member != blank.*row.member) out[std::string(row.key)] = encode(this->*row.member);
    });
    return out;
}

Result<Order, FormErrors> Order::from_json(const Json& body) {
    if (!body.is_object()) return Failure{FormErrors{{"body", "The body must be a JSON object."}}};
    Order order;
    FormErrors errors;
    for (const auto& [key, value] : body.items()) {
        bool known = false;
        for_each_field<Order>([&](const auto& row) {
            if (row.key != key) return;
            known = true;
            if (value.is_null()) return;
            if (const auto broken = take(value, order.*row.member)) errors.push_back({key, cat(key, ' ', *broken)});
        });
        if (known) continue;
        const std::string near = nearest(key, keys_of<Order>());
        errors.push_back({key, cat('"', key, "\" is not a field of an order",
                                   near.empty() ? "." : cat("; did you mean \"", near, "\"?"))});
    }
    if (!errors.empty()) return Failure{std::move(errors)};
    return order;
}

Order Order::defaults_of(const Profile& profile) {
    Order order;
    order.platform = text(profile.platform);
    order.version = profile.versions().default_value;
    order.profile = profile.name;
    order.region = profile.regions.default_value;
    if (profile.base_domains) order.base_domain = profile.base_domains->default_value;
    order.ttl_hours = profile.lifecycle.default_ttl_hours;
    return order;
}

Rates EffectiveOrder::wall_rates() const {
    const auto faster = [&](Money hourly) { return Money{hourly.micros * 3600 / pace.seconds_per_hour}; };
    return {faster(rates.running), faster(rates.hibernated)};
}

std::string EffectiveOrder::api_url() const { return cat("https://api.", name, '.', base_domain, ":6443"); }
std::string EffectiveOrder::console_url() const {
    return cat("https://console-openshift-console.apps.", name, '.', base_domain);
}

Json EffectiveOrder::to_json() const { return encode(*this); }

EffectiveOrder EffectiveOrder::from_json(const Json& document) {
    EffectiveOrder order;
    decode(document, order);
    return order;
}

std::string EffectiveOrder::digest() const { return sha256_hex(canonical(to_json())); }

}  // namespace desk
