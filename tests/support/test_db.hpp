// A database for one test: migrated, empty, its business clock in the test's hands, gone when the test is over.
// DESK_TEST_DATABASE is the conninfo of a superuser on a PostgreSQL server that tests may fill with databases.
#pragma once

#include <memory>
#include <string>

#include "core/base/time.hpp"
#include "core/pg/transaction.hpp"

namespace desk {

/// Copies a template database that is made from migrations/ once (its name holds their digest), so that a test pays for
/// the copy alone.
class TestDb {
  public:
    TestDb();
    ~TestDb();
    TestDb(const TestDb&) = delete;
    TestDb& operator=(const TestDb&) = delete;

    /// As the desk's own role, with the rights that the migrations grant, and no more.
    pg::Database& desk() { return *desk_; }
    operator pg::Database&() { return *desk_; }  // NOLINT: a TestDb stands for its database
    pg::Transaction begin(pg::Mode mode = pg::Mode::read_write) { return desk_->begin(mode); }

    /// As superuser: to arrange and to look at what the desk's role may not touch.
    /// A new connection when the last one broke.
    pg::Connection& owner();
    /// One value as text; "" for NULL or no row.
    std::string value(const std::string& sql);
    int count(const std::string& sql) { return std::stoi(value(sql)); }

    /// Of the desk's role / of the superuser; for programs that a test starts.
    std::string url() const;
    std::string owner_url() const;

    /// desk_now() of this database.
    Time now();
    /// Moves desk_now() on; clock_timestamp(), which leases and sessions go by, stays.
    void advance(seconds by);

  private:
    std::string name_;
    std::unique_ptr<pg::Connection> owner_;
    std::unique_ptr<pg::Database> desk_;
};

}  // namespace desk
