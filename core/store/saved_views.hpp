// Views of the list of clusters that people keep: a name for a query string.
#pragma once

#include <string>
#include <vector>

#include "core/base/id.hpp"
#include "core/pg/transaction.hpp"

namespace desk::saved_views {

inline constexpr int kMostViews = 20, kLongestName = 60, kLongestQuery = 2000;

struct View {
    std::string name = {};
    std::string query = {};  ///< without the question mark; "" = the list as it opens
};

/// By name.
std::vector<View> list(pg::Transaction& tx, const UserId& user);
pg::Later<std::vector<View>> list(pg::Transaction::Batch& batch, const UserId& user);
/// In place of the one of this name, if there is one. Throws Error{invalid} when the name is empty or something is too
/// long, Error{conflict} when the user has kMostViews others.
void save(pg::Transaction& tx, const UserId& user, const View& view);
/// Throws Error{not_found}.
void remove(pg::Transaction& tx, const UserId& user, const std::string& name);

}  // namespace desk::saved_views
