// What somebody asks for beyond what a profile gives anyway: for approvers.
#pragma once

#include <string>
#include <vector>

#include "core/model/order.hpp"
#include "core/model/profile.hpp"

namespace desk {

struct Difference {
    std::string field = {};  ///< by the name of the API
    std::string usual = {};  ///< what a blank form of the profile has; "" = nothing
    std::string asked = {};
};

/// In the order of the form. Name, team, owner, cost centre and reason have no default and are left out; of an SSH key
/// it is said that there is one. Tags: one line for each that is added, changed or taken out ("extraTags.colour").
std::vector<Difference> differences(const Order& order, const Profile& profile);

}  // namespace desk
