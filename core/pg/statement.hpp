// A named SQL statement with $n parameters. Constants of core/store; each registers itself, so that a test can prepare
// all of them against the migrated schema.
#pragma once

#include <string>
#include <vector>

namespace desk::pg {

class Statement {
  public:
    /// Both must be string literals (they are kept, not copied). Names are unique; define only at namespace scope.
    Statement(const char* name, const char* sql);
    Statement(const Statement&) = delete;

    const char* name() const { return name_; }
    const char* sql() const { return sql_; }

    /// Every statement of the program.
    static const std::vector<const Statement*>& all();

  private:
    const char* name_;
    const char* sql_;
};

}  // namespace desk::pg
