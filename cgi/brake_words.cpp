#include "cgi/brake_words.hpp"

#include <algorithm>
#include <array>

#include "core/base/text.hpp"

namespace desk {
namespace {

struct BrakeRow {
    std::string_view off, title, meaning;
};
constexpr std::array<BrakeRow, all_texts<Brake>().size()> kBrakeRows = {{
    {"No new clusters for now.", "No creates", "Orders are refused and queued installs wait. What runs goes on."},
    {"No cluster is destroyed for now.", "No destroys",
     "Nothing is destroyed, also when its lifetime is over. Clusters go on costing money."},
    {"The desk is read-only for now.", "Read-only",
     "Nobody changes anything, and no worker takes a job. What runs goes on."},
}};
const BrakeRow& words_of(Brake brake) { return kBrakeRows[static_cast<std::size_t>(brake)]; }

const brakes::Pulled* find(const std::vector<brakes::Pulled>& pulled, Brake brake) {
    const auto found = std::ranges::find(pulled, brake, &brakes::Pulled::brake);
    return found == pulled.end() ? nullptr : &*found;
}

std::string note(const brakes::Pulled* pulled) {
    return pulled == nullptr ? "" : cat("This would be refused now. ", what_is_off(pulled->brake));
}

}  // namespace

std::string_view what_is_off(Brake brake) { return words_of(brake).off; }
std::string_view title(Brake brake) { return words_of(brake).title; }
std::string_view meaning(Brake brake) { return words_of(brake).meaning; }

const brakes::Pulled* holder_of(const std::vector<brakes::Pulled>& pulled, JobType type) {
    const auto found = std::ranges::find_if(pulled, [&](const auto& one) { return holds_back(one.brake, type); });
    return found == pulled.end() ? nullptr : &*found;
}

FormNotes FormNotes::of(const std::vector<brakes::Pulled>& pulled) {
    const auto* const read_only = find(pulled, Brake::READ_ONLY);
    const auto* const no_creates = find(pulled, Brake::NO_CREATES);
    const auto* const no_destroys = find(pulled, Brake::NO_DESTROYS);
    return {.creates = note(read_only != nullptr ? read_only : no_creates),
            .destroys = note(read_only != nullptr ? read_only : no_destroys),
            .changes = note(read_only)};
}

}  // namespace desk
