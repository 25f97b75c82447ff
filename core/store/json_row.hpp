// Rows that come as JSON inside another row, so that a page asks once for all that it shows.
#pragma once

#include "core/store/jobs.hpp"

namespace desk {

inline Time time_of(const Json& text) { return pg::Type<Time>::from_text(text.get<std::string>()); }
inline std::optional<Time> maybe_time(const Json& text) {
    return text.is_null() ? std::nullopt : std::optional(time_of(text));
}
template <class E>
E enum_of(const Json& text) {
    return pg::Type<E>::from_text(text.get<std::string>());
}

/// SQL: a row of job_steps as the object that step_of() reads; `s` is its name in the query.
#define STEP_AS_JSON                                                                                          \
    "jsonb_build_object('attempt', s.attempt, 'step', s.step, 'position', s.position, 'from', s.started_at, " \
    "'to', s.ended_at, 'outcome', s.outcome, 'detail', s.detail)"

inline jobs::Step step_of(const Json& row) {
    jobs::Step step{.attempt = row.at("attempt"),
                    .step = row.at("step"),
                    .position = row.at("position"),
                    .started_at = time_of(row.at("from")),
                    .ended_at = maybe_time(row.at("to")),
                    .detail = row.at("detail")};
    if (const auto& outcome = row.at("outcome"); !outcome.is_null()) step.outcome = enum_of<StepOutcome>(outcome);
    return step;
}

}  // namespace desk
