// import: a cluster.yaml as an order of a user, by the same policy as on the page.
#include <cstdio>

#include "core/base/text.hpp"
#include "core/store/brakes.hpp"
#include "core/store/profile_files.hpp"
#include "core/store/users.hpp"
#include "worker/verbs/order_file.hpp"
#include "worker/verbs/verbs.hpp"

namespace desk::worker::verbs {
namespace {

constexpr std::size_t kLongestOrder = 1U << 20U;  ///< the reader of YAML says by itself what is too long

Principal principal_of(pg::Transaction& tx, const std::string& username) {
    const auto user = users::find_by_name(tx, username);
    if (!user) throw Error(Code::not_found, cat("There is no user ", username, "."));
    if (user->disabled_at) throw Error(Code::forbidden, cat("User ", username, " is disabled."));
    return {.user = user->id,
            .username = user->username,
            .display_name = user->display_name,
            .time_zone = user->time_zone,
            .desk_roles = user->desk_roles,
            .teams = user->teams,
            .must_change_password = user->must_change_password};
}

std::string user_of(const Arguments& arguments) {
    if (!arguments.has("--user")) throw Usage{"needs --user: who orders"};
    return arguments.value("--user");
}

BesideFile beside(const Arguments& arguments) {
    BesideFile out{.profile = arguments.value("--profile"),
                   .owner = arguments.value("--owner"),
                   .team = arguments.value("--team"),
                   .cost_center = arguments.value("--cost-center"),
                   .reason = arguments.value("--reason")};
    if (!arguments.has("--ttl-hours")) return out;
    const auto hours = parse_int(arguments.value("--ttl-hours"));
    if (!hours || *hours < 1 || *hours > kMaxTtlHours)
        throw Usage{cat("--ttl-hours takes a number from 1 to ", kMaxTtlHours)};
    out.ttl_hours = static_cast<int>(*hours);
    return out;
}

void check_brakes(pg::Transaction& tx) {
    for (const auto& pulled : brakes::all(tx))
        if (pulled.brake == Brake::NO_CREATES || pulled.brake == Brake::READ_ONLY)
            throw Error(Code::conflict,
                        cat(pulled.by_name, " has pulled the brake ", text(pulled.brake), ": ", pulled.reason));
}

std::string lines_of(const FormErrors& errors) {
    std::vector<std::string> lines;
    for (const auto& error : errors) lines.push_back(cat(error.field, error.field.empty() ? "" : ": ", error.error));
    return join(lines, "\n");
}

/// 1, after a line for each reason.
int refuse(const FormErrors& errors, bool as_json) {
    Json all = Json::array();
    for (const auto& error : errors) all.push_back({{"field", error.field}, {"error", error.error}});
    if (as_json) print(Json{{"validationErrors", all}}.dump());
    if (!as_json) std::fputs(cat(lines_of(errors), '\n').c_str(), stderr);
    return 1;
}

Result<requests::Submitted, FormErrors> submit(pg::Transaction& tx, const Config& config, const Arguments& arguments,
                                               const fs::path& file) {
    check_brakes(tx);
    const Catalog catalog = load_profiles(config);
    const auto who = principal_of(tx, user_of(arguments));
    const auto wanted = ordering::evaluate_file(tx, catalog, who, read_file(file, kLongestOrder), beside(arguments));
    if (!wanted.errors.empty()) return Failure{wanted.errors};
    const auto submitted = ordering::submit(tx, catalog, who, wanted.order, Actor::of(who, "", "import"));
    if (!submitted) {
        const auto& why = submitted.error();
        return Failure{why.errors.empty() ? FormErrors{{"", why.verdict.explanation}} : under_pointers(why.errors)};
    }
    for (const auto& note : wanted.notes) std::fputs((note + '\n').c_str(), stderr);
    return *submitted;
}

}  // namespace

requests::Submitted order_by_file(pg::Transaction& tx, const Config& config, const Arguments& arguments,
                                  const fs::path& file) {
    auto submitted = submit(tx, config, arguments, file);
    if (!submitted) throw Error(Code::invalid, lines_of(submitted.error()));
    return *submitted;
}

EffectiveOrder read_order(pg::Transaction& tx, const Config& config, const Arguments& arguments, const fs::path& file) {
    const Catalog catalog = load_profiles(config);
    const auto who = principal_of(tx, user_of(arguments));
    const auto wanted = ordering::evaluate_file(tx, catalog, who, read_file(file, kLongestOrder), beside(arguments));
    if (!wanted.errors.empty()) throw Error(Code::invalid, lines_of(wanted.errors));
    return resolve(wanted.order, *wanted.profile, who.username);
}

int import_order(const Arguments& arguments) {
    arguments.want_words(1, "FILE");
    const Config config = arguments.config();
    pg::Database database({.url = config.database.url, .application_name = "clusterdesk-import"});
    const bool as_json = arguments.has("--json");
    auto tx = database.begin();
    const auto submitted = submit(tx, config, arguments, arguments.words().front());
    if (!submitted) return refuse(submitted.error(), as_json);
    tx.commit();

    const Json result = {{"clusterId", submitted->cluster.str()},
                         {"requestId", submitted->request.str()},
                         {"jobId", submitted->job ? Json(submitted->job->str()) : Json(nullptr)},
                         {"status", text(submitted->status)}};
    std::puts(as_json ? result.dump().c_str()
                      : cat(submitted->cluster, ' ', submitted->request, ' ', text(submitted->status)).c_str());
    return 0;
}

}  // namespace desk::worker::verbs
