// The words of the desk for what the database calls by codes: one word per state, the same on every page.
#pragma once

#include <string>
#include <string_view>

#include "core/model/access.hpp"
#include "core/model/cluster.hpp"
#include "core/model/job.hpp"
#include "core/model/policy.hpp"
#include "core/model/request.hpp"

namespace desk::views {

/// How a state looks: good, busy, wait, bad, off. The word says it, the tone only helps the eye.
struct Phrase {
    std::string_view tone;
    std::string_view word;
};
Phrase phrase(ClusterStatus status);
Phrase phrase(JobStatus status);
Phrase phrase(RequestState state);
Phrase phrase(VerdictKind kind);

/// What a job does, as a heading: "Create", "Destroy at the end of its lifetime".
std::string_view title(JobType type);
std::string_view title(Role role);
/// Who can do something about a failure.
std::string_view whose_turn(Turn turn);
/// What kind of failure: "the order", "the cloud"...
std::string_view kind_of(FailureClass failure);
std::string_view title(Platform platform);

/// "1 cluster", "3 clusters".
std::string counted(long long number, std::string_view one, std::string_view many);

}  // namespace desk::views
