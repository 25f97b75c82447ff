#include "tests/support/test_db.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "core/base/crypto.hpp"
#include "core/base/file.hpp"
#include "core/base/text.hpp"
#include "core/pg/migrate.hpp"

namespace desk {
namespace {

constexpr const char* kMigrations = DESK_SOURCE_DIR "/migrations";

/// The tests' clock: as the migrations', plus what the test has added.
constexpr const char* kClock = R"sql(
    CREATE TABLE test_clock (ahead interval NOT NULL);
    INSERT INTO test_clock VALUES ('0');
    GRANT SELECT ON test_clock TO clusterdesk;
    CREATE OR REPLACE FUNCTION desk_now() RETURNS timestamptz LANGUAGE sql STABLE
        AS 'SELECT now() + (SELECT ahead FROM test_clock)')sql";

std::string server_url() {
    const char* url = std::getenv("DESK_TEST_DATABASE");
    if (url == nullptr || *url == '\0')
        throw Error(Code::internal, "DESK_TEST_DATABASE is not set: these tests need a PostgreSQL server.");
    return url;
}

/// `url` with another database, and another user if one is given; of a key that comes twice libpq takes the last.
std::string at(const std::string& url, const std::string& database, const std::string& user = {}) {
    if (url.find("://") == std::string::npos)
        return url + " dbname=" + database + (user.empty() ? "" : " user=" + user);
    const char* separator = url.find('?') == std::string::npos ? "?" : "&";
    return url + separator + "dbname=" + database + (user.empty() ? "" : "&user=" + user);
}

pg::Connection connect(const std::string& database) {
    using std::chrono::milliseconds;  // none: the lock of others who migrate is waited for, and so is a large table
    return pg::Connection({.url = at(server_url(), database),
                           .application_name = "clusterdesk tests",
                           .statement_timeout = milliseconds(0),
                           .idle_in_transaction_timeout = milliseconds(0)});
}

std::string digest_of_migrations() {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(kMigrations)) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::string all = kClock;
    for (const auto& file : files) all += file.filename().string() + '\0' + read_file(file);
    return sha256_hex(all).substr(0, 12);
}

bool exists(pg::Connection& server, const std::string& database) {
    return !server.execute("SELECT FROM pg_database WHERE datname = '" + database + "'").empty();
}

/// One at a time over all test programs: making the template, copying it, cleaning up.
class ServerLock {
  public:
    explicit ServerLock(pg::Connection& server) : server_(server) {
        server_.execute("SELECT pg_advisory_lock(hashtext('clusterdesk.tests'))");
    }
    ~ServerLock() {
        try {
            server_.execute("SELECT pg_advisory_unlock(hashtext('clusterdesk.tests'))");
        } catch (const Error&) {
            // the server lets go of it with the session
        }
    }
    ServerLock(const ServerLock&) = delete;
    ServerLock& operator=(const ServerLock&) = delete;

  private:
    pg::Connection& server_;
};

void make_template(pg::Connection& server, const std::string& name) {
    server.execute(
        "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'clusterdesk') THEN "
        "CREATE ROLE clusterdesk LOGIN; END IF; END $$");
    const std::string raw = name + "_raw";
    server.execute("DROP DATABASE IF EXISTS " + raw);
    server.execute("CREATE DATABASE " + raw + " TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'");
    {
        auto owner = connect(raw);
        pg::migrate(owner, kMigrations);
        owner.execute(kClock);
    }
    server.execute("ALTER DATABASE " + raw + " RENAME TO " + name);
}

/// Databases that a killed test program left behind: nobody is connected to them.
void drop_strays(pg::Connection& server) {
    for (const pg::Row row :
         server.execute("SELECT datname FROM pg_database d WHERE datname LIKE 'desk\\_test\\_%' AND NOT EXISTS "
                        "(SELECT FROM pg_stat_activity a WHERE a.datname = d.datname)"))
        server.execute(cat("DROP DATABASE IF EXISTS ", row["datname"].view()));
}

std::string copy_template(pg::Connection& server, const std::string& name) {
    static const std::string from = "desk_template_" + digest_of_migrations();
    if (!exists(server, from)) {
        drop_strays(server);
        make_template(server, from);
    }
    server.execute("CREATE DATABASE " + name + " TEMPLATE " + from);
    return name;
}

}  // namespace

TestDb::TestDb() : name_(cat("desk_test_", ::getpid(), "_", hex(random_bytes(4)))) {
    auto server = connect("postgres");
    const ServerLock lock(server);
    copy_template(server, name_);
    owner_ = std::make_unique<pg::Connection>(connect(name_));  // while the lock holds: a stray has no connection
    desk_ = std::make_unique<pg::Database>(pg::Options{.url = url(), .application_name = "clusterdesk tests"});
}

TestDb::~TestDb() {
    desk_.reset();
    owner_.reset();
    try {
        connect("postgres").execute("DROP DATABASE IF EXISTS " + name_ + " WITH (FORCE)");
    } catch (const Error&) {
        // the next test program that makes a template drops it
    }
}

pg::Connection& TestDb::owner() {
    if (owner_->is_broken()) *owner_ = connect(name_);
    return *owner_;
}

std::string TestDb::value(const std::string& sql) {
    const pg::Rows rows = owner().execute("SELECT (" + sql + ")::text AS value");
    return rows[0]["value"].value_or(std::string());
}

std::string TestDb::url() const { return at(server_url(), name_, "clusterdesk"); }
std::string TestDb::owner_url() const { return at(server_url(), name_); }

Time TestDb::now() { return owner_->execute("SELECT desk_now() AS now")[0]["now"]; }

void TestDb::advance(seconds by) {
    owner_->execute(cat("UPDATE test_clock SET ahead = ahead + interval '", by.count(), " seconds'"));
}

}  // namespace desk
