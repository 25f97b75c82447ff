#include "tests/support/pg_server.hpp"

#include <pwd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>

#include "core/base/spawn.hpp"
#include "core/base/text.hpp"
#include "core/pg/connection.hpp"
#include "tests/support/wait.hpp"

namespace desk {
namespace {

constexpr const char* kUser = "postgres";  // PostgreSQL refuses to run as root

/// Where Debian has the newest one.
fs::path programs() {
    fs::path newest;
    for (const auto& version : fs::directory_iterator("/usr/lib/postgresql"))
        if (fs::exists(version.path() / "bin/postgres") && (newest.empty() || newest < version.path()))
            newest = version.path();
    if (newest.empty()) throw std::runtime_error("PostgreSQL is not installed");
    return newest / "bin";
}

std::string options_of(const fs::path& dir) {
    return cat("-c listen_addresses='' -c unix_socket_directories='", dir.string(),
               "' -c fsync=off -c max_connections=100 -c max_wal_senders=4");
}

}  // namespace

PgServer::PgServer() : PgServer(std::string()) {}

PgServer::PgServer(const std::string& source) {
    if (::geteuid() == 0) {
        const passwd* user = ::getpwnam(kUser);
        if (user == nullptr || ::chown(dir_.path().c_str(), user->pw_uid, user->pw_gid) != 0)
            throw std::runtime_error(cat("there is no user ", kUser));
    }
    if (source.empty())
        run("initdb", {"-D", dir_ / "data", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-sync"});
    else
        run("pg_basebackup", {"-D", dir_ / "data", "-d", source, "-R", "-c", "fast", "--no-sync"});
    start();
}

std::unique_ptr<PgServer> PgServer::standby_of(PgServer& primary) {
    std::unique_ptr<PgServer> standby(new PgServer(primary.url()));
    pg::Connection connection({.url = primary.url()});
    connection.execute("ALTER SYSTEM SET synchronous_standby_names = '*'");
    connection.execute("SELECT pg_reload_conf()");
    const bool follows = eventually(
        [&] { return !connection.execute("SELECT FROM pg_stat_replication WHERE sync_state = 'sync'").empty(); });
    if (!follows) throw std::runtime_error("the standby does not follow");
    return standby;
}

PgServer::~PgServer() {
    try {
        if (fs::exists(dir_ / "data/postmaster.pid")) stop("immediate");
    } catch (const std::exception&) {
        // it was ended before
    }
}

std::string PgServer::url() const { return cat("host=", dir_.path().string(), " user=postgres dbname=postgres"); }

void PgServer::start() {
    run("pg_ctl",
        {"start", "--wait", "--silent", "-D", dir_ / "data", "-l", dir_ / "log", "-o", options_of(dir_.path())});
}

void PgServer::stop(const std::string& mode) {
    run("pg_ctl", {"stop", "--wait", "--silent", "-D", dir_ / "data", "-m", mode});
}

void PgServer::promote() { run("pg_ctl", {"promote", "--wait", "--silent", "-D", dir_ / "data"}); }

void PgServer::run(const std::string& program, const std::vector<std::string>& args) const {
    Command command{.program = programs() / program, .args = args, .env = {{"PATH", "/usr/bin:/bin"}}, .dir = "/"};
    if (::geteuid() == 0) {
        command.args.insert(command.args.begin(), {"-u", kUser, "--", command.program.string()});
        command.program = "/usr/sbin/runuser";
    }
    const auto started = spawn(command);
    if (!started) throw std::runtime_error(started.error());
    int status = 0;
    ::waitpid(*started, &status, 0);
    if (status != 0) throw std::runtime_error(cat(program, " failed"));
}

}  // namespace desk
