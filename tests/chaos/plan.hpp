// Which cluster is ordered how, and where those who work on it die.
#pragma once

#include <map>
#include <random>
#include <string>
#include <vector>

#include "core/model/order.hpp"
#include "tests/worker/saboteur.hpp"

namespace desk::chaos {

/// A kind of life: each reaches points that others don't.
struct Scenario {
    std::string_view name;
    DemoFailure failure = DemoFailure::NONE;
    bool is_cancelled = false;  ///< destroyed while it is installed
};
inline constexpr std::array kScenarios = {
    Scenario{"plain"},
    Scenario{"quota", DemoFailure::QUOTA},
    Scenario{"infra", DemoFailure::INFRA},
    Scenario{"operators", DemoFailure::OPERATORS},
    Scenario{"cancelled", DemoFailure::NONE, true},
};

/// One cluster of the run.
struct Life {
    const Scenario* scenario = nullptr;
    std::string name = {};
    std::vector<Sabotage> sabotage = {};
};

/// What the scouts found: points by scenario, and those of ticks.
struct Map {
    std::map<std::string_view, std::vector<std::string>> by_scenario = {};
    std::vector<std::string> of_ticks = {};
};

/// Which scenario tries which points: the first one that comes to a point, so that the others need not try it again.
std::map<const Scenario*, std::vector<std::string>> points_by_owner(const Map& map);

/// `runs` lives, at each of them up to `deaths` processes die; a few freeze instead. Over all of them every point has
/// its turn before any has it again. The same for the same seed.
std::vector<Life> lives_of(const Map& map, int runs, int deaths, std::mt19937& random);

/// One life for each point at which fewer than `each` have died so far; `round` is for their names.
std::vector<Life> lives_for_the_rest(const Map& map, const std::map<std::string, int>& deaths, int each, int round);

}  // namespace desk::chaos
