// A worker that dies or freezes at the points it is told to: `worker_tests tick|run-job ...` and
// `desk-chaos tick|run-job ...` are that worker.
#pragma once

#include <compare>
#include <map>
#include <string>
#include <vector>

#include "core/base/file.hpp"

namespace desk {

/// Names the directory in which the worker finds its orders and notes what it did.
inline constexpr const char* kOrdersDir = "DESK_SABOTAGE_DIR";

/// What happens to a process at a point.
struct Sabotage {
    enum class Deed { kill, freeze } deed = Deed::kill;  ///< SIGKILL, SIGSTOP
    std::string point = {};
    auto operator<=>(const Sabotage&) const = default;
};

/// The worker's main.
int sabotaged_worker_main(int argc, char** argv);

/// Orders for whoever works on `subject` (a cluster's name, or a host's tick): each is carried out once, by the process
/// that comes to its point first, in any order.
void sabotage(const fs::path& dir, const std::string& subject, const std::vector<Sabotage>& orders);
/// The same, all of them SIGKILL.
void kill_at(const fs::path& dir, const std::string& subject, const std::vector<std::string>& points);
/// Orders that nobody has carried out yet.
std::vector<Sabotage> orders_left(const fs::path& dir, const std::string& subject);

/// Stands before the points of ticks in what was carried out: a runner's point of the same name is another one.
inline const std::string kOfTicks = "tick:";

/// Where processes died or froze, and how often.
std::map<Sabotage, int> carried_out(const fs::path& dir);

/// From now on every worker that starts notes the points it comes to.
void start_scouting(const fs::path& dir);
void stop_scouting(const fs::path& dir);
/// The points that those who worked on `subject` came to, each once, in their order.
std::vector<std::string> scouted(const fs::path& dir, const std::string& subject);

/// How the tick of `host` is called among the subjects.
std::string tick_of(const std::string& host);

}  // namespace desk
