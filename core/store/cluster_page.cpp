#include "core/store/cluster_page.hpp"

#include "core/store/json_row.hpp"

namespace desk::cluster_page {
namespace {

const pg::Statement kDetails{"cluster_page_details", R"sql(
    SELECT (SELECT jsonb_agg(jsonb_build_object('status', i.status, 'from', i.from_at, 'to', i.to_at,
                                                'rate', i.hourly_rate_micros)
                             ORDER BY i.from_at, i.id)
              FROM state_intervals i WHERE i.cluster_id = c.id) AS timeline,
           (SELECT jsonb_agg()sql" STEP_AS_JSON R"sql( ORDER BY s.attempt, s.position)
              FROM job_steps s WHERE s.job_id = newest.id) AS steps,
           (SELECT jsonb_agg(jsonb_build_object('id', k.check_id, 'level', k.level, 'detail', k.detail,
                                                'remedy', k.remedy, 'at', k.checked_at) ORDER BY k.position)
              FROM job_checks k
             WHERE k.job_id = newest.id AND newest.type IN ('CREATE', 'VERIFY')
               AND k.attempt = (SELECT max(attempt) FROM job_checks WHERE job_id = newest.id)) AS checks,
           (SELECT jsonb_build_object('state_key', p.state_key, 'variables', p.variables, 'planned', p.planned,
                                      'outputs', p.outputs, 'applied_at', p.applied_at, 'destroyed_at', p.destroyed_at)
              FROM prereqs p WHERE p.cluster_id = c.id) AS prereqs,
           (SELECT jsonb_agg(jsonb_build_object('id', r.id, 'kind', r.kind, 'state', r.state, 'requester', u.username,
                                                'explanation', r.explanation, 'lapses_at', r.lapses_at,
                                                'order', r.effective_order)
                             ORDER BY r.created_at DESC, r.id DESC)
              FROM requests r JOIN users u ON u.id = r.requester_id WHERE r.cluster_id = c.id) AS requests,
           CASE WHEN c.status = 'CREATING' THEN (
               SELECT jsonb_build_object('samples', past.samples, 'median', past.median, 'p95', past.p95)
                 FROM )sql" HISTORY_OF("c.profile") R"sql( AS past) END AS install_time
      FROM clusters c
      LEFT JOIN LATERAL (SELECT id, type FROM jobs WHERE cluster_id = c.id ORDER BY created_at DESC, id DESC LIMIT 1)
                newest ON true
     WHERE c.id = $1)sql"};

checks::Made check_of(const Json& row) {
    return {.check = {.id = row.at("id"),
                      .level = enum_of<CheckLevel>(row.at("level")),
                      .detail = row.at("detail"),
                      .remedy = row.at("remedy")},
            .at = time_of(row.at("at"))};
}

prereqs::Prereqs prereqs_of(const Json& row) {
    return {.state_key = row.at("state_key"),
            .variables = row.at("variables"),
            .planned = row.at("planned"),
            .outputs = row.at("outputs"),
            .applied_at = maybe_time(row.at("applied_at")),
            .destroyed_at = maybe_time(row.at("destroyed_at"))};
}

requests::Request request_of(const Json& row) {
    requests::Request request;
    request.id = RequestId(row.at("id").get<std::string>());
    request.kind = enum_of<RequestKind>(row.at("kind"));
    request.state = enum_of<RequestState>(row.at("state"));
    request.requester_name = row.at("requester");
    request.explanation = row.at("explanation");
    request.lapses_at = maybe_time(row.at("lapses_at"));
    request.effective_order = row.at("order");
    return request;
}

Details read(const pg::Rows& rows) {
    if (rows.empty()) return {};
    const pg::Row row = rows[0];
    const auto list = [&](const char* column) { return row[column].value_or(Json::array()); };

    Details found;
    for (const Json& stay : list("timeline"))
        found.timeline.push_back({enum_of<ClusterStatus>(stay.at("status")),
                                  time_of(stay.at("from")),
                                  maybe_time(stay.at("to")),
                                  {stay.at("rate").get<std::int64_t>()}});
    for (const Json& step : list("steps")) found.steps.push_back(step_of(step));
    for (const Json& check : list("checks")) found.checks.push_back(check_of(check));
    for (const Json& request : list("requests")) found.requests.push_back(request_of(request));
    if (!row["prereqs"].is_null()) found.prereqs = prereqs_of(row["prereqs"].as<Json>());
    if (!row["install_time"].is_null()) {
        const auto past = row["install_time"].as<Json>();
        found.install_time = history::estimate(past.at("samples"), seconds(past.at("median").get<std::int64_t>()),
                                               seconds(past.at("p95").get<std::int64_t>()));
    }
    return found;
}

}  // namespace

pg::Later<Details> details(pg::Transaction::Batch& batch, const ClusterId& cluster) {
    return {batch.add(kDetails, cluster), read};
}

}  // namespace desk::cluster_page
