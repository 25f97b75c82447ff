// The storm: clusters are ordered, and meanwhile everything dies: at named points and, unless it is calm, at random.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "tests/chaos/plan.hpp"
#include "tests/worker/running_desk.hpp"

namespace desk::chaos {

struct Options {
    int runs = 40;  ///< clusters
    unsigned seed = 1;
    int each = 0;                 ///< more clusters are ordered until so many have died at every point
    bool is_calm = false;         ///< only the named points, so that two runs of one seed try the same
    bool crashes_server = false;  ///< SIGKILL of PostgreSQL's backends: the server must be ours alone
};

class Storm {
  public:
    explicit Storm(const Options& options);

    /// Scouts, storms, waits until all is over or `patience` has passed.
    void run(std::chrono::seconds patience);

    RunningDesk& desk() { return desk_; }
    const fs::path& orders() const { return orders_; }
    int clusters() const { return static_cast<int>(by_name_.size()); }
    /// Processes that were killed, at points and at random.
    int kills() const;
    /// All named points, and how often somebody died or froze at each.
    std::map<std::string, int> deaths_by_point() const;
    /// Strikes by kind.
    const std::map<std::string, int>& strikes() const { return strikes_; }

  private:
    struct Host {
        std::string name = {};
        pid_t tick = 0;
    };
    struct Frozen {
        pid_t pid = 0;
        std::chrono::steady_clock::time_point until = {};
    };

    void scout();
    /// Orders `lives`, not all at once, until few are open.
    void weather(const std::vector<Life>& lives, bool is_calm);
    /// Whether somebody still has to die at a tick's point.
    bool is_tick_owed(const std::map<std::string, int>& deaths) const;
    void keep_ticks(bool with_orders);
    void fill_tick_deck();
    void order(const Life& life);
    void cancel_what_should_be();
    void strike();
    void thaw(bool all);
    /// Command lines of everything that runs: no secret may be in them either.
    void note_arguments();
    int open_clusters();
    std::size_t pick(std::size_t count);

    void kill_somebody(int signal, const std::string& kind);
    void freeze_somebody();
    void cut_connections(bool all);
    void crash_server();
    void destroy_somebody();

    Options options_;
    std::mt19937 random_;
    RunningDesk desk_;
    fs::path orders_;
    std::vector<Host> hosts_;
    Map map_;
    std::vector<std::string> tick_deck_;
    std::map<std::string, ClusterId> by_name_;
    std::vector<std::string> to_cancel_;
    std::vector<Frozen> frozen_;
    std::map<std::string, int> strikes_;
    std::set<std::string> arguments_;
    std::chrono::steady_clock::time_point next_strike_ = {};
};

}  // namespace desk::chaos
