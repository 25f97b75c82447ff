#include "cgi/views/words.hpp"

#include <array>

#include "core/base/text.hpp"
#include "core/model/status_words.hpp"

namespace desk::views {

namespace {

/// A table with a row for each enumerator, in order.
template <class E, class T>
using Table = std::array<T, all_texts<E>().size()>;

template <class E, class T>
constexpr const T& row_of(const Table<E, T>& table, E value) {
    return table[static_cast<std::size_t>(value)];
}

constexpr Table<ClusterStatus, std::string_view> kClusterTones = {
    "wait", "busy", "busy", "good", "busy", "off", "busy", "bad", "good",
    "busy", "busy", "bad",  "off",  "bad",  "off", "off",  "off", "off",
};
constexpr Table<JobStatus, Phrase> kJobPhrases = {{
    {"wait", "Queued"},
    {"busy", "Running"},
    {"wait", "Retrying"},
    {"good", "Done"},
    {"bad", "Failed"},
    {"off", "Cancelled"},
}};
constexpr Table<RequestState, Phrase> kRequestPhrases = {{
    {"wait", "Waiting for approval"},
    {"good", "Approved"},
    {"bad", "Rejected"},
    {"off", "Withdrawn"},
    {"off", "Lapsed"},
}};
constexpr Table<VerdictKind, Phrase> kVerdictPhrases = {{
    {"good", "Approved at once"},
    {"wait", "Needs approval"},
    {"bad", "Can’t be ordered like this"},
}};
constexpr Table<JobType, std::string_view> kJobTitles = {
    "Create",
    "Destroy",
    "Destroy at the end of its lifetime",
    "Change the number of workers",
    "Hibernate",
    "Wake up",
    "Hand over to GitOps",
    "Verify",
    "Look for orphans",
    "Deploy a preview",
    "Take a preview down",
    "Adopt",
};
constexpr Table<Role, std::string_view> kRoleTitles = {"Requester", "Approver", "Team admin", "Platform admin",
                                                       "Auditor"};
constexpr Table<Turn, std::string_view> kTurns = {
    "The requester’s: change the order and ask again.",
    "A platform administrator’s.",
    "Nobody’s: the desk tries again by itself.",
};
constexpr Table<FailureClass, std::string_view> kFailureKinds = {
    "The order itself",     "Credentials of the desk",     "A passing disturbance",   "A limit of the cloud account",
    "Trouble in the cloud", "Leftovers of an earlier try", "A fault inside the desk",
};
constexpr Table<Platform, std::string_view> kPlatforms = {
    "AWS", "IBM Cloud", "Google Cloud", "Azure", "None (own machines)", "DigitalOcean", "Demo (no real cloud)",
};

}  // namespace

Phrase phrase(ClusterStatus status) { return {row_of(kClusterTones, status), word_of(status)}; }
Phrase phrase(JobStatus status) { return row_of(kJobPhrases, status); }
Phrase phrase(RequestState state) { return row_of(kRequestPhrases, state); }
Phrase phrase(VerdictKind kind) { return row_of(kVerdictPhrases, kind); }
std::string_view title(JobType type) { return row_of(kJobTitles, type); }
std::string_view title(Role role) { return row_of(kRoleTitles, role); }
std::string_view whose_turn(Turn turn) { return row_of(kTurns, turn); }
std::string_view kind_of(FailureClass failure) { return row_of(kFailureKinds, failure); }
std::string_view title(Platform platform) { return row_of(kPlatforms, platform); }

std::string counted(long long number, std::string_view one, std::string_view many) {
    return cat(number, ' ', number == 1 ? one : many);
}

}  // namespace desk::views
