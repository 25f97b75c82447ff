// What may be ordered: one pure function from an order, a profile and the quotas to errors, a verdict and a price. The
// form, its live preview, the API and the rule simulator all call it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/enum.hpp"
#include "core/model/cost.hpp"
#include "core/model/order.hpp"
#include "core/model/profile.hpp"
#include "core/model/quota.hpp"

namespace desk {

DESK_ENUM(VerdictKind, AUTO_APPROVED, NEEDS_APPROVAL, REFUSED);

struct Verdict {
    VerdictKind kind = VerdictKind::REFUSED;
    std::string rule = {};         ///< stable id: "auto-approve:ttl<=8h", "approvals:1", "quota:team:vcpus", "form"
    std::string explanation = {};  ///< a sentence for the requester
    int approvals_needed = 0;
    std::vector<std::string> approver_teams = {};  ///< whose approvers may decide; never empty when approval is needed
    int lapse_hours = 0;
};

/// Who asks.
struct Requester {
    std::string username = {};
    std::vector<std::string> teams = {};  ///< they may request for
};

struct Price {
    Money hourly = {};
    Money to_expiry = {};
    Money monthly = {};  ///< kHoursPerMonth hours
};

struct Evaluation {
    FormErrors errors = {};
    Verdict verdict = {};
    std::optional<EffectiveOrder> order = {};  ///< set when there are no errors
    Price price = {};                          ///< set whenever the profile is known
    std::vector<std::string> warnings = {};    ///< worth knowing before submitting: the profile's message, soft lines
    QuotaState quota = {};                     ///< what it was judged beside
    Demand demand = {};                        ///< what the order adds to that; set whenever the profile is known
};

/// What `order` comes to by `profile`, whatever is wrong with it; `username` is the owner if it names none.
EffectiveOrder resolve(const Order& order, const Profile& profile, const std::string& username);

/// `profile` is the one that the order names, or null if there is none. With errors the verdict is REFUSED by "form".
Evaluation evaluate(const Order& order, const Profile* profile, const QuotaState& quota, const Requester& requester);

/// What a verdict is about: an order, or the whole of a cluster's lifetime as it would be with a wish fulfilled.
struct Weight {
    int ttl_hours = 0;
    Money cost = {};
    std::string team = {};
};

/// What the quotas and the approval rules of a profile say of it.
Verdict decide(const Approval& approval, const std::string& profile, const Weight& weight,
               const std::vector<QuotaBreach>& breaches);

/// What the approval rule of `profile` alone says of an order, whatever the quotas do: approved at once, or by whom.
Verdict verdict_of(const Approval& rule, const std::string& profile, int ttl_hours, Money cost,
                   const std::string& team);

/// A wish for more time.
struct Extension {
    int hours = 0;
    Time first_ready_at = {};
    Time destroy_at = {};  ///< as it is now
};

struct ExtensionEvaluation {
    FormErrors errors = {};
    Verdict verdict = {};
    Time destroy_at = {};  ///< as it would be
    Money cost = {};       ///< of the added hours
    int hours_left = 0;    ///< that the profile still gives in all
};

/// Free while the whole lifetime from the first READY keeps the rule that approves orders; needs approval above it;
/// refused above the profile's maximum.
ExtensionEvaluation evaluate_extension(const Extension& extension, const EffectiveOrder& order,
                                       const QuotaState& quota);

}  // namespace desk
