// Rows as the documents of the API (docs/api/openapi.yaml has their schemas). Times are RFC 3339 in UTC, money is a
// decimal text in US dollars, what is not there is null.
#pragma once

#include "cgi/http.hpp"
#include "core/model/policy.hpp"
#include "core/store/checks.hpp"
#include "core/store/clusters.hpp"
#include "core/store/failures.hpp"
#include "core/store/jobs.hpp"
#include "core/store/request_comments.hpp"
#include "core/store/requests.hpp"
#include "core/store/teams.hpp"

namespace desk::api {

template <class IdType>
Json or_null(const std::optional<IdType>& id) {
    return id ? Json(id->str()) : Json(nullptr);
}
inline Json or_null(const std::optional<std::string>& text) { return text ? Json(*text) : Json(nullptr); }
inline Json or_null(const std::optional<Time>& time) { return time ? Json(to_rfc3339(*time)) : Json(nullptr); }
template <NamedEnum E>
Json or_null(const std::optional<E>& value) {
    return value ? Json(text(*value)) : Json(nullptr);
}

Json document(const clusters::Cluster& cluster);
Json document(const jobs::Job& job);
Json document(const jobs::Step& step);
Json document(const jobs::LogLine& line);
Json document(const checks::Made& made);
/// FailureStory: whose `nextRetryAt` is that of `job`.
Json document(const failures::Story& story, const jobs::Job& job);
Json document(const requests::Request& request);
Json document(const requests::Approval& approval);
Json document(const requests::Comment& comment);

/// The roles of somebody, as a list of words.
Json texts_of(const std::set<Role>& roles);
/// The teams of somebody: [{team, roles}].
Json teams_of(const std::map<std::string, std::set<Role>>& teams);
/// Its six lines; null where there is none.
Json document(const teams::Quota& quota);
/// What is used of each line, and where the lines are.
Json quota_of(const QuotaUse& use);

/// 422 for an order or extension that a rule refuses though its fields are fine: {code: REFUSED, message, details:
/// {rule}, requestId}.
Response refused(const Request& request, const Verdict& verdict);

/// Of each row its document.
Json list_of(const auto& rows) {
    Json list = Json::array();
    for (const auto& row : rows) list.push_back(document(row));
    return list;
}

}  // namespace desk::api
