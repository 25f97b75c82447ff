// Whether this database is the one that the program was built for.
#pragma once

#include "core/pg/transaction.hpp"

namespace desk {

/// Number of migrations this program was built with.
int built_for_schema();

/// Throws Error{internal}, with the way out, when the database has fewer migrations, or later ones that break programs
/// of this version, or when desk_now() is not the function of the migrations (only tests replace it). Start-up and
/// `doctor` call it. Later migrations that only add are fine: so hosts are upgraded one after the other.
void check_schema(pg::Database& db);

}  // namespace desk
