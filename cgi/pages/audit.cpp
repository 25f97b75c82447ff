// GET /audit and /audit/table.csv: who did what, filtered by the URL, and whether the chain holds.
#include "cgi/views/audit.hpp"
#include "cgi/csv.hpp"
#include "cgi/pages/pages.hpp"
#include "cgi/render.hpp"
#include "core/base/text.hpp"

namespace desk::pages {
namespace {

constexpr int kEventsShown = 100;
constexpr int kEventsAtOnce = 10'000;  // of a table

AuditFilter read(const Form& query) {
    const auto before = query["before"].empty() ? std::optional<std::int64_t>(0) : parse_int(query["before"]);
    if (!before || *before < 0) throw Error(Code::invalid, "before: the number of an event.");
    return {.actor = std::string(trim(query["actor"])),
            .action = std::string(trim(query["action"])),
            .target = std::string(trim(query["target"])),
            .before = *before,
            .limit = kEventsShown + 1};
}

std::string url(std::string_view path, const AuditFilter& filter, std::int64_t before) {
    return cat(path, query_string({{"actor", filter.actor},
                                   {"action", filter.action},
                                   {"target", filter.target},
                                   {"before", before == 0 ? "" : std::to_string(before)}}));
}

}  // namespace

Response audit(const Request& request, App& app) {
    const Form& query = request.query();
    const auto filter = read(query);

    auto tx = app.db.begin(pg::Mode::read_only);
    auto entries = list_audit(tx, filter);

    views::AuditPage view{.actor = filter.actor, .action = filter.action, .target = filter.target};
    view.is_filtered = !filter.actor.empty() || !filter.action.empty() || !filter.target.empty();
    if (entries.size() > kEventsShown) {
        entries.resize(kEventsShown);
        view.older = url("/audit", filter, entries.back().row.id);
    }
    const auto reader = views::Reader::of(request);
    const bool may_see_people = request.principal().may(Permission::admin_read);
    for (const auto& entry : entries) view.events.push_back(views::AuditPage::event(entry, may_see_people, reader));
    view.csv = url("/audit/table.csv", filter, filter.before);
    if (query["verify"] == "yes") view.chain = views::AuditPage::chain_of(verify_audit(tx), reader);
    return render(app, request, {.file = "audit.tpl", .title = "Audit"}, view);
}

Response audit_csv(const Request& request, App& app) {
    auto filter = read(request.query());
    filter.limit = kEventsAtOnce;

    auto tx = app.db.begin(pg::Mode::read_only);
    Csv table({"id", "at", "who", "action", "target", "team", "address", "request", "before", "after"});
    const auto json = [](const Json& value) { return value.is_null() ? std::string() : value.dump(); };
    std::vector<AuditEntry> entries;
    do {
        entries = list_audit(tx, filter);
        for (const auto& [row, before, after] : entries)
            table.add({std::to_string(row.id), to_rfc3339(row.at), row.actor_name, row.action, row.target,
                       row.team.value_or(""), row.address, row.correlation_id, json(before), json(after)});
        if (!entries.empty()) filter.before = entries.back().row.id;
    } while (entries.size() == kEventsAtOnce && !table.is_cut());
    return std::move(table).answer("audit.csv");
}

}  // namespace desk::pages
