#include "tests/chaos/plan.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "core/base/text.hpp"

namespace desk::chaos {
namespace {

constexpr int kOneIsFrozenOf = 25;  // a frozen runner costs a whole lease

/// Hands out the points of one scenario, shuffled, again and again.
class Deck {
  public:
    Deck(std::vector<std::string> points, std::mt19937& random) : points_(std::move(points)), random_(random) {}

    std::string take() {
        if (next_ == 0) std::ranges::shuffle(points_, random_);
        const std::string& point = points_[next_];
        next_ = (next_ + 1) % points_.size();
        return point;
    }
    bool is_empty() const { return points_.empty(); }
    std::size_t size() const { return points_.size(); }

  private:
    std::vector<std::string> points_;
    std::mt19937& random_;
    std::size_t next_ = 0;
};

}  // namespace

std::map<const Scenario*, std::vector<std::string>> points_by_owner(const Map& map) {
    std::map<const Scenario*, std::vector<std::string>> owned;
    std::set<std::string> known;
    for (const auto& scenario : kScenarios)
        for (const auto& point : map.by_scenario.at(scenario.name))
            if (known.insert(point).second) owned[&scenario].push_back(point);
    return owned;
}

std::vector<Life> lives_for_the_rest(const Map& map, const std::map<std::string, int>& deaths, int each, int round) {
    std::vector<Life> lives;
    for (const auto& [scenario, points] : points_by_owner(map))
        for (const auto& point : points)
            if (deaths.at(point) < each)
                lives.push_back({.scenario = scenario,
                                 .name = cat(scenario->name, "-rest-", round, '-', lives.size()),
                                 .sabotage = {{.point = point}}});
    return lives;
}

std::vector<Life> lives_of(const Map& map, int runs, int deaths, std::mt19937& random) {
    std::vector<std::pair<const Scenario*, Deck>> decks;
    for (auto& [scenario, points] : points_by_owner(map)) decks.emplace_back(scenario, Deck(std::move(points), random));

    // Scenarios have their turns by how many points are theirs.
    std::vector<double> weights;
    for (const auto& [scenario, deck] : decks) weights.push_back(static_cast<double>(deck.size()) + 1);
    std::vector<double> owed(decks.size(), 0);
    std::vector<Life> lives;
    for (int run = 0; run < runs; ++run) {
        for (std::size_t i = 0; i < decks.size(); ++i) owed[i] += weights[i];
        const auto next = static_cast<std::size_t>(std::ranges::max_element(owed) - owed.begin());
        for (std::size_t i = 0; i < decks.size(); ++i) owed[next] -= weights[i];
        auto& [scenario, deck] = decks[next];
        Life life{.scenario = scenario, .name = cat(scenario->name, '-', run)};
        for (int i = 0; i < deaths && !deck.is_empty(); ++i) {
            const bool freezes = random() % kOneIsFrozenOf == 0;
            life.sabotage.push_back(
                {.deed = freezes ? Sabotage::Deed::freeze : Sabotage::Deed::kill, .point = deck.take()});
        }
        lives.push_back(std::move(life));
    }
    return lives;
}

}  // namespace desk::chaos
