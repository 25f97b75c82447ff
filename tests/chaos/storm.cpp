#include "tests/chaos/storm.hpp"

#include <sys/prctl.h>
#include <sys/wait.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <functional>
#include <thread>

#include "core/base/error.hpp"
#include "core/base/text.hpp"
#include "core/store/jobs.hpp"

namespace desk::chaos {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::array kHosts = {"host-a", "host-b"};
constexpr int kOpenClusters = 14;  ///< at the same time
constexpr int kDeathsOfALife = 3;
constexpr int kRoundsForTheRest = 60;
constexpr int kLivesForTicks = 6;  ///< in each of these rounds: a tick comes to its points only when there is work
constexpr milliseconds kLook{25};
constexpr milliseconds kBetweenStrikes{400};  ///< on average

/// The database may be away at this moment: tried again until it answers.
template <class Ask>
auto insist(Ask ask) {
    constexpr int kRounds = 100;
    for (int round = 1;; ++round) {
        try {
            return ask();
        } catch (const pg::SqlError&) {
            if (round == kRounds) throw;
        } catch (const pg::CommitInDoubt&) {
            if (round == kRounds) throw;
        }
        std::this_thread::sleep_for(kLook * 4);
    }
}

void say(const std::string& line) { std::fprintf(stderr, "%s\n", line.c_str()); }

}  // namespace

Storm::Storm(const Options& options) : options_(options), random_(options.seed), orders_(desk_.dir / "orders") {
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);  // what loses its parent comes to us, and is reaped
    make_dir(orders_);
    replace_file(desk_.dir / "cloud" / "journal", "");
    desk_.program = "/proc/self/exe";
    desk_.environment = {{kOrdersDir, orders_.string()}};
    desk_.short_leases();
    desk_.config.worker.slots = 5;
    desk_.config.worker.tick_seconds = 3;
    desk_.install_deadline = "40s";
    desk_.destroy_deadline = "30s";
    for (const char* name : kHosts) hosts_.push_back({.name = name});
}

int Storm::kills() const {
    int kills = 0;
    for (const auto& [deed, times] : carried_out(orders_))
        if (deed.deed == Sabotage::Deed::kill) kills += times;
    for (const auto& [kind, times] : strikes_)
        if (kind.starts_with("SIGKILL")) kills += times;
    return kills;
}

std::map<std::string, int> Storm::deaths_by_point() const {
    std::map<std::string, int> deaths;
    for (const auto& [scenario, points] : map_.by_scenario)
        for (const auto& point : points) deaths[point];
    for (const auto& point : map_.of_ticks) deaths[kOfTicks + point];
    for (const auto& [deed, times] : carried_out(orders_)) deaths[deed.point] += times;
    return deaths;
}

std::size_t Storm::pick(std::size_t count) { return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_); }

void Storm::keep_ticks(bool with_orders) {
    for (auto& host : hosts_) {
        if (host.tick != 0 && !desk_.has_ended(host.tick)) continue;
        if (with_orders && !map_.of_ticks.empty() && random_() % 2 == 0) {
            if (tick_deck_.empty()) fill_tick_deck();
            kill_at(orders_, tick_of(host.name), {tick_deck_.back()});
            tick_deck_.pop_back();
        } else if (!with_orders) {
            sabotage(orders_, tick_of(host.name), {});
        }
        host.tick = desk_.start_tick(host.name);
    }
    while (::waitpid(-1, nullptr, WNOHANG) > 0) {
    }
}

void Storm::fill_tick_deck() {
    tick_deck_ = map_.of_ticks;
    std::ranges::shuffle(tick_deck_, random_);
    const auto deaths = deaths_by_point();
    if (is_tick_owed(deaths))
        std::erase_if(tick_deck_, [&](const auto& point) { return deaths.at(kOfTicks + point) >= options_.each; });
}

void Storm::order(const Life& life) {
    sabotage(orders_, life.name, life.sabotage);
    const auto id = insist([&]() -> ClusterId {
        // an order whose COMMIT had no answer may have come through
        const auto there = desk_.db.value("SELECT id FROM clusters WHERE name = '" + life.name + "'");
        if (const auto known = ClusterId::parse(there)) return *known;
        return desk_.order(
            {.name = life.name, .ttl_hours = 1 + static_cast<int>(pick(3)), .failure = life.scenario->failure});
    });
    by_name_.emplace(life.name, id);
    if (life.scenario->is_cancelled) to_cancel_.push_back(life.name);
}

/// Once its installer runs, or it got further than that unseen.
void Storm::cancel_what_should_be() {
    std::erase_if(to_cancel_, [&](const std::string& name) {
        const auto& id = by_name_.at(name);
        const auto waits = insist([&] {
            return desk_.db.value(
                "SELECT c.status IN ('PENDING', 'CREATING') AND NOT EXISTS (SELECT 1 FROM job_steps s "
                "JOIN jobs j ON j.id = s.job_id WHERE j.cluster_id = c.id AND s.step = 'install') "
                "FROM clusters c WHERE c.id = '" +
                id.str() + "'");
        });
        if (waits == "true") return false;
        insist([&] {
            try {
                desk_.destroy(id);
            } catch (const Error& error) {
                if (error.code() != Code::conflict) throw;  // it has ended already
            }
            return true;
        });
        return true;
    });
}

int Storm::open_clusters() {
    return insist([&] {
        return desk_.db.count(
            "SELECT count(*) FROM clusters WHERE status NOT IN ('DESTROYED', 'CANCELLED', 'WITHDRAWN')");
    });
}

void Storm::scout() {
    keep_ticks(false);  // the first ones on a new database come to points that nobody comes to again
    if (!desk_.comes_true("SELECT count(*) FROM workers", std::to_string(hosts_.size())))
        throw std::runtime_error("the ticks did not start");
    start_scouting(orders_);
    for (const auto& scenario : kScenarios) order({.scenario = &scenario, .name = cat("scout-", scenario.name)});
    const bool ended = comes_true(
        [&] {
            keep_ticks(false);
            cancel_what_should_be();
            return open_clusters() == 0;
        },
        300s);
    stop_scouting(orders_);
    if (!ended) throw std::runtime_error("the scouts did not come back");
    for (const auto& scenario : kScenarios)
        map_.by_scenario[scenario.name] = scouted(orders_, cat("scout-", scenario.name));
    for (const auto& host : hosts_)
        for (const auto& point : scouted(orders_, tick_of(host.name)))
            if (std::ranges::find(map_.of_ticks, point) == map_.of_ticks.end()) map_.of_ticks.push_back(point);
}

void Storm::kill_somebody(int signal, const std::string& kind) {
    const auto processes = desk_.processes();
    if (processes.empty()) return;
    if (::kill(processes[pick(processes.size())], signal) == 0) ++strikes_[kind];
}

void Storm::freeze_somebody() {
    const auto processes = desk_.processes();
    if (processes.empty()) return;
    const pid_t pid = processes[pick(processes.size())];
    if (::kill(pid, SIGSTOP) != 0) return;
    // some for a moment, some for longer than a lease lives
    const milliseconds nap = pick(4) == 0 ? seconds(desk_.config.worker.lease_seconds + 3) : milliseconds(pick(2000));
    frozen_.push_back({.pid = pid, .until = steady_clock::now() + nap});
    ++strikes_["SIGSTOP"];
}

void Storm::thaw(bool all) {
    std::erase_if(frozen_, [&](const Frozen& frozen) {
        if (!all && steady_clock::now() < frozen.until) return false;
        ::kill(frozen.pid, SIGCONT);
        return true;
    });
}

void Storm::note_arguments() {
    std::string fresh;
    for (const pid_t pid : desk_.processes()) {
        try {
            std::string line = read_file(cat("/proc/", pid, "/cmdline"));
            std::ranges::replace(line, '\0', ' ');
            if (arguments_.insert(line).second) fresh += line + '\n';
        } catch (const Error&) {
            continue;  // it is gone
        }
    }
    if (!fresh.empty()) std::ofstream(desk_.dir / "arguments.log", std::ios::app) << fresh;
}

void Storm::cut_connections(bool all) {
    insist([&] {
        desk_.db.owner().execute(
            cat("SELECT pg_terminate_backend(pid) FROM (SELECT pid FROM pg_stat_activity WHERE datname = "
                "current_database() AND application_name LIKE 'clusterdesk-%' ORDER BY random() LIMIT ",
                all ? 1000 : 1, ") AS chosen"));
        return true;
    });
    ++strikes_[all ? "all connections cut" : "connection cut"];
}

void Storm::crash_server() {
    const auto backend = insist([&] { return desk_.db.count("SELECT pg_backend_pid()"); });
    if (::kill(backend, SIGKILL) == 0) ++strikes_["database crashed"];
}

void Storm::destroy_somebody() {
    const auto open = insist([&] {
        return desk_.db.value(
            "SELECT id FROM clusters WHERE status NOT IN ('DESTROYED', 'CANCELLED') AND "
            "destroy_wanted_at IS NULL ORDER BY random() LIMIT 1");
    });
    const auto id = ClusterId::parse(open);
    if (!id) return;
    try {
        desk_.destroy(*id);
        ++strikes_["destroy asked for"];
    } catch (const Error&) {
        // ended meanwhile, or the database is away: somebody else's turn
    }
}

void Storm::strike() {
    struct Kind {
        int weight;
        std::function<void()> work;
    };
    const std::array kinds = {
        Kind{12, [&] { kill_somebody(SIGKILL, "SIGKILL"); }},
        Kind{2, [&] { kill_somebody(SIGTERM, "SIGTERM"); }},
        Kind{3, [&] { freeze_somebody(); }},
        Kind{3, [&] { cut_connections(false); }},
        Kind{1, [&] { cut_connections(true); }},
        Kind{1, [&] { destroy_somebody(); }},
        Kind{options_.crashes_server ? 1 : 0, [&] { crash_server(); }},
    };
    int all = 0;
    for (const auto& kind : kinds) all += kind.weight;
    auto at = static_cast<int>(pick(static_cast<std::size_t>(all)));
    for (const auto& kind : kinds) {
        at -= kind.weight;
        if (at < 0) return kind.work();
    }
}

void Storm::run(std::chrono::seconds patience) {
    scout();
    const auto lives = lives_of(map_, options_.runs, kDeathsOfALife, random_);
    say(cat("seed ", options_.seed, ": ", lives.size(), " clusters, ", deaths_by_point().size(), " points"));

    weather(lives, options_.is_calm);
    for (int round = 0; round < kRoundsForTheRest; ++round) {
        const auto deaths = deaths_by_point();
        auto rest = lives_for_the_rest(map_, deaths, options_.each, round);
        if (rest.empty() && !is_tick_owed(deaths)) break;
        for (int i = 0; i < kLivesForTicks; ++i)
            rest.push_back({.scenario = &kScenarios.front(), .name = cat("tick-rest-", round, '-', i)});
        fill_tick_deck();
        weather(rest, true);
    }
    say("the storm is over");
    comes_true(
        [&] {
            thaw(true);
            keep_ticks(false);
            cancel_what_should_be();
            return open_clusters() == 0;
        },
        patience);
    for (const auto& host : hosts_) RunningDesk::stop_tick(host.tick);
}

bool Storm::is_tick_owed(const std::map<std::string, int>& deaths) const {
    return std::ranges::any_of(map_.of_ticks,
                               [&](const auto& point) { return deaths.at(kOfTicks + point) < options_.each; });
}

void Storm::weather(const std::vector<Life>& lives, bool is_calm) {
    std::size_t ordered = 0;
    auto next_strike = steady_clock::now();
    for (int open = 0; ordered < lives.size() || open > kOpenClusters / 2; std::this_thread::sleep_for(kLook)) {
        keep_ticks(true);
        open = open_clusters();
        while (ordered < lives.size() && open < kOpenClusters) {
            order(lives[ordered++]);
            ++open;
            if (ordered % 20 == 0) say(cat(ordered, " of ", lives.size(), " ordered, ", kills(), " kills"));
        }
        cancel_what_should_be();
        note_arguments();
        thaw(false);
        if (!is_calm && steady_clock::now() >= next_strike) {
            strike();
            next_strike = steady_clock::now() + milliseconds(pick(2 * kBetweenStrikes.count()));
        }
    }
}

}  // namespace desk::chaos
