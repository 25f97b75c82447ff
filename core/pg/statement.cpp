#include "core/pg/statement.hpp"

namespace desk::pg {
namespace {
std::vector<const Statement*>& registry() {
    static std::vector<const Statement*> statements;
    return statements;
}
}  // namespace

Statement::Statement(const char* name, const char* sql) : name_(name), sql_(sql) { registry().push_back(this); }

const std::vector<const Statement*>& Statement::all() { return registry(); }

}  // namespace desk::pg
