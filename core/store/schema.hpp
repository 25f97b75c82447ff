// Whether this database is the one that the program was built for.
#pragma once

#include "core/pg/transaction.hpp"

namespace desk {

/// Number of migrations this program was built with.
int built_for_schema();

/// Throws Error{internal}, with the way out, when the database has fewer or more migrations, or when desk_now() is not
/// the function of the migrations (only tests replace it). Start-up and `doctor` call it.
void check_schema(pg::Database& db);

}  // namespace desk
