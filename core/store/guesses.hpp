// Guesses of passwords: how many are looked at, from whatever door they come.
#pragma once

#include <optional>
#include <string>

#include "core/base/time.hpp"
#include "core/pg/transaction.hpp"

namespace desk::guesses {

/// Wrong ones within kWindow after which the next one must wait. A guess counts as wrong until it is proven right, so
/// that many at the same time are no way around.
inline constexpr int kPerName = 5;
inline constexpr int kPerAddress = 20;
inline constexpr seconds kWindow = std::chrono::minutes(15);

/// Counts a guess at the password of `username`, which may be anything that was typed, or says how long to wait before
/// one may be made. In a transaction of its own: what follows may fail, and the password is hashed outside of any.
std::optional<seconds> begin(pg::Database& db, const std::string& username, const std::string& address);

/// The guess was right: those before it are forgotten.
void forget(pg::Transaction& tx, const std::string& username, const std::string& address);

}  // namespace desk::guesses
