// Brakes in words: what each one stops, what it holds back, and what a form says whose action would be refused.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/store/brakes.hpp"

namespace desk {

/// "No new clusters for now."
std::string_view what_is_off(Brake brake);
/// As a heading: "No creates".
std::string_view title(Brake brake);
/// What it does to orders, jobs and pages, for who pulls it and who meets it.
std::string_view meaning(Brake brake);

/// The brake that keeps jobs of this type from being taken; null when none does.
const brakes::Pulled* holder_of(const std::vector<brakes::Pulled>& pulled, JobType type);

/// What forms say before they are sent, "" when nothing holds them: those that order a cluster, those that end one, and
/// all others that change something.
struct FormNotes {
    std::string creates = {}, destroys = {}, changes = {};

    static FormNotes of(const std::vector<brakes::Pulled>& pulled);
};

}  // namespace desk
