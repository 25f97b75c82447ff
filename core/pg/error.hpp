// What PostgreSQL refused, as an Error with its SQLSTATE and constraint.
#pragma once

#include <string>

#include "core/base/error.hpp"

namespace desk::pg {

/// Code is `conflict` for unique violations and serialisation failures, `unavailable` for lost connections, lock and
/// statement timeouts and shutdowns, else `internal`.
class SqlError : public Error {
  public:
    SqlError(std::string sqlstate, std::string constraint, std::string message, std::string statement);
    const std::string& sqlstate() const { return sqlstate_; }  ///< five characters; "08000" for a lost connection
    const std::string& constraint() const { return constraint_; }
    bool is_unique_violation() const { return sqlstate_ == "23505"; }

  private:
    std::string sqlstate_, constraint_;
};

/// The answer to COMMIT was lost: it may or may not have happened. Never retry; look at the rows.
class CommitInDoubt : public Error {
  public:
    explicit CommitInDoubt(std::string reason);
};

}  // namespace desk::pg
