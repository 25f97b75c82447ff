// The way of an order, the same for the form, its live preview, the API and the verb: profile, quotas, policy, rows.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/model/access.hpp"
#include "core/model/cluster_order.hpp"
#include "core/model/policy.hpp"
#include "core/model/profile_catalog.hpp"
#include "core/store/requests.hpp"

namespace desk::ordering {

/// What policy says of `order` if `principal` submitted it now. Changes nothing; good for a preview of half a form.
Evaluation evaluate(pg::Transaction& tx, const Catalog& catalog, const Principal& principal, const Order& order);

/// Whether `evaluation` lets the order through: no errors, and no rule that refuses it.
bool is_accepted(const Evaluation& evaluation);

/// The order in a cluster.yaml, and what is wrong with the file by itself and beside its profile.
FileOrder read_file(const Catalog& catalog, const Principal& principal, std::string_view text,
                    const BesideFile& beside);
/// The same with what policy says of the fields if `principal` submitted it now; each error by its JSON pointer.
/// Changes nothing.
FileOrder evaluate_file(pg::Transaction& tx, const Catalog& catalog, const Principal& principal, std::string_view text,
                        const BesideFile& beside);

/// Submits `order`: cluster, request and, if policy approves, the CREATE job; audited. The failure is why it was not
/// accepted, and then nothing was written. Throws requests::NameTaken, and RetryLater when the team orders too
/// often. The caller commits.
Result<requests::Submitted, Evaluation> submit(pg::Transaction& tx, const Catalog& catalog, const Principal& principal,
                                               const Order& order, const Actor& actor);

/// The order that `cluster` was made by; nothing when it came to the desk otherwise.
std::optional<EffectiveOrder> find_effective_order(pg::Transaction& tx, const clusters::Cluster& cluster);
/// Where there must be one. Throws Error{internal}.
EffectiveOrder effective_order_of(pg::Transaction& tx, const clusters::Cluster& cluster);

/// What policy says of `hours` more for `cluster`. Changes nothing. Throws Error{conflict} when it has no lifetime yet,
/// or no more.
ExtensionEvaluation evaluate_extension(pg::Transaction& tx, const clusters::Cluster& cluster, int hours);

/// Submits an extension as evaluate_extension() judges it; audited. The failure is why it was not accepted, and then
/// nothing was written. `cluster` must be locked by this transaction.
Result<requests::Extended, ExtensionEvaluation> extend(pg::Transaction& tx, const Principal& principal,
                                                       const clusters::Cluster& cluster, int hours,
                                                       const std::string& reason, const Actor& actor);

/// Submits another number of workers as evaluate_scaling() judges it; audited. The failure is why it was not accepted,
/// and then nothing was written. Throws Error{conflict} when the cluster's state forbids it. `cluster` must be locked
/// by this transaction.
Result<requests::Scaled, ScalingEvaluation> scale(pg::Transaction& tx, const Principal& principal,
                                                  const clusters::Cluster& cluster, int workers,
                                                  const std::string& reason, const Actor& actor);

}  // namespace desk::ordering
