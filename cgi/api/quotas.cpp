// Quotas: lines and use of teams and people.
#include "cgi/api/api.hpp"
#include "cgi/api/documents.hpp"
#include "cgi/api/input.hpp"
#include "cgi/idempotent.hpp"
#include "core/store/quota_lines.hpp"
#include "core/store/quota_use.hpp"

namespace desk::api {
namespace {

constexpr int kMostOfAnything = 1'000'000;
constexpr std::size_t kKeyBytes = 63;

Json document(const quotas::Lines& lines, const QuotaUse& use) {
    Json document = api::document(lines.quota);
    document.update({{"holder", text(lines.holder)},
                     {"name", lines.name},
                     {"version", lines.version()},
                     {"clusters", use.clusters.used},
                     {"vcpus", use.vcpus.used},
                     {"monthly", use.month.used.decimal()}});
    return document;
}

Json documents(pg::Transaction& tx) {
    const auto lines = quotas::all(tx);
    std::vector<std::string> teams;
    std::vector<UserId> users;
    for (const auto& one : lines)
        one.holder == quotas::Holder::TEAM ? teams.push_back(one.name) : users.push_back(one.user);
    const auto uses = quotas::uses(tx, teams, users);
    Json list = Json::array();
    for (const auto& one : lines)
        list.push_back(
            document(one, one.holder == quotas::Holder::TEAM ? uses.teams.at(one.name) : uses.users.at(one.user)));
    return {{"quotas", std::move(list)}};
}

std::optional<int> line(Body& body, std::string_view name) {
    if (!body.has(name)) return std::nullopt;
    return body.number(name, 0, kMostOfAnything);
}

std::optional<std::int64_t> money_line(Body& body, std::string_view name) {
    if (!body.has(name)) return std::nullopt;
    const auto money = Money::parse(body.text(name, kKeyBytes));
    if (money && money->micros >= 0) return money->micros;
    body.faults.add(name, "must be dollars as a decimal text, like \"499.50\".");
    return std::nullopt;
}

}  // namespace

Response quota_list(const Request& request, App& app) {
    Query query(request, {});
    if (query.faults.any()) return validation_failed(request, query.faults.all());

    auto tx = app.db.begin(pg::Mode::read_only);
    return json(documents(tx));
}

Response quota_set(const Request& request, App& app) {
    return idempotent(request, app, [&](pg::Transaction& tx) {
        Body body(request, {"holder", "name", "version", "softClusters", "maxClusters", "softVcpu", "maxVcpu",
                            "softMonthly", "maxMonthly"});
        const auto holder = body.one_of<quotas::Holder>("holder");
        const auto name = body.text("name", kKeyBytes), version = body.text("version", kKeyBytes);
        if (name.empty()) body.faults.add("name", "names a team or an account.");
        if (version.empty()) body.faults.add("version", "is that of the lines that you have seen.");
        const teams::Quota quota{.soft_clusters = line(body, "softClusters"),
                                 .max_clusters = line(body, "maxClusters"),
                                 .soft_vcpu = line(body, "softVcpu"),
                                 .max_vcpu = line(body, "maxVcpu"),
                                 .soft_monthly_micros = money_line(body, "softMonthly"),
                                 .max_monthly_micros = money_line(body, "maxMonthly")};
        if (body.faults.any()) return validation_failed(request, body.faults.all());

        quotas::set(tx, *holder, name, quota, version, request.actor());
        return json(documents(tx));
    });
}

}  // namespace desk::api
