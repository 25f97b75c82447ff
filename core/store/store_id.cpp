#include "core/store/store_id.hpp"

#include "core/base/text.hpp"

namespace desk {
namespace {

const pg::Statement kFind{"store_id_find", "SELECT value FROM settings WHERE name = 'store_id'"};
const pg::Statement kInsertId{"store_id_insert", R"sql(
    INSERT INTO settings (name, value) VALUES ('store_id', $1) ON CONFLICT (name) DO NOTHING)sql"};

std::optional<std::string> find_id(pg::Transaction& tx) {
    return tx.maybe(kFind, [](pg::Row r) { return std::string(r["value"]); });
}

}  // namespace

std::string desk_id(pg::Transaction& tx) { return find_id(tx).value_or(""); }

std::string bind_store(pg::Transaction& tx, ObjectStore& store) {
    if (const auto bound = find_id(tx)) return *bound;
    tx.execute(kInsertId, store.make_id());
    return desk_id(tx);
}

std::optional<std::string> store_fault(pg::Transaction& tx, const ObjectStore& store) {
    const auto bound = find_id(tx);
    const std::string here = store.id();
    if (!bound) return "The database has no store yet: run `clusterdesk-worker migrate`.";
    if (here.empty())
        return cat("The store in ", store.place(), " has no store.id; the database's store is ", *bound,
                   ". Is a mount missing?");
    if (here != *bound)
        return cat("The store in ", store.place(), " is ", here, ", the database's store is ", *bound,
                   ": this host sees another store.");
    return std::nullopt;
}

}  // namespace desk
