// The fields of a form that set the lines of a quota.
#pragma once

#include "cgi/form.hpp"
#include "core/model/order.hpp"
#include "core/store/teams.hpp"

namespace desk {

/// softClusters, maxClusters, softVcpu, maxVcpu, softMonthly, maxMonthly (dollars); empty = no line. What is wrong is
/// added to `errors`.
teams::Quota read_quota(const Form& form, FormErrors& errors);

}  // namespace desk
