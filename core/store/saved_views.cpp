#include "core/store/saved_views.hpp"

#include "core/base/text.hpp"
#include "core/model/names.hpp"

namespace desk::saved_views {
namespace {

const pg::Statement kList{"saved_views_list", "SELECT name, query FROM saved_views WHERE user_id = $1 ORDER BY name"};
const pg::Statement kSave{"saved_views_save", R"sql(
    INSERT INTO saved_views (user_id, name, query)
    SELECT $1, $2, $3 WHERE (SELECT count(*) FROM saved_views WHERE user_id = $1 AND name <> $2) < $4
    ON CONFLICT (user_id, name) DO UPDATE SET query = excluded.query, saved_at = clock_timestamp())sql"};
const pg::Statement kRemove{"saved_views_remove", "DELETE FROM saved_views WHERE user_id = $1 AND name = $2"};

View read(pg::Row r) { return {r["name"], r["query"]}; }

}  // namespace

std::vector<View> list(pg::Transaction& tx, const UserId& user) { return tx.all(kList, read, user); }

pg::Later<std::vector<View>> list(pg::Transaction::Batch& batch, const UserId& user) {
    return {batch.add(kList, user), [](const pg::Rows& rows) { return pg::all(rows, read); }};
}

void save(pg::Transaction& tx, const UserId& user, const View& view) {
    if (trim(view.name).empty()) throw Error(Code::invalid, "name: give the view a name.");
    if (const auto fault = text_fault(view.name, kLongestName)) throw Error(Code::invalid, cat("name: ", *fault));
    if (const auto fault = text_fault(view.query, kLongestQuery)) throw Error(Code::invalid, cat("query: ", *fault));
    if (tx.execute(kSave, user, view.name, view.query, kMostViews) == 0)
        throw Error(Code::conflict, cat("You have ", kMostViews, " views already: delete one first."));
}

void remove(pg::Transaction& tx, const UserId& user, const std::string& name) {
    if (tx.execute(kRemove, user, name) == 0) throw Error(Code::not_found, "There is no such view.");
}

}  // namespace desk::saved_views
