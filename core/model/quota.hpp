// Quotas: what a person and a team use, may use, and would use with one order more.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/cost.hpp"

namespace desk {

/// One quantity: how much is in use, above which line approval is needed, above which it is refused.
template <class Amount>
struct Allowance {
    Amount used = {};
    std::optional<Amount> soft = {};
    std::optional<Amount> hard = {};
};

struct QuotaUse {
    Allowance<int> clusters = {};  ///< open clusters: everything that is not in an end state
    Allowance<int> vcpus = {};     ///< of those clusters, as ordered
    Allowance<Money> month = {};   ///< accrued this calendar month and committed to expiry
};

/// Read under a lock by the store at submit, without one for the preview of the form.
struct QuotaState {
    QuotaUse user = {};
    QuotaUse team = {};
};

/// What an order adds.
struct Demand {
    int clusters = 1;
    int vcpus = 0;
    Money cost = {};
};

/// One line that the order would cross.
struct QuotaBreach {
    bool hard = false;
    std::string rule;         ///< stable id: "quota:team:vcpus"
    std::string explanation;  ///< "Team payments would use 52 of 48 vCPU. Destroy a cluster or ask ..."
};

/// All breaches, hard ones first.
std::vector<QuotaBreach> check_quota(const QuotaState& state, const Demand& demand, std::string_view username,
                                     std::string_view team);

/// vCPUs of a machine size ("m6i.xlarge" 4, "bx2-4x16" 4, "demo-4x16" 4); nothing for a size that is not known.
std::optional<int> vcpus_of(std::string_view instance_type);

}  // namespace desk
