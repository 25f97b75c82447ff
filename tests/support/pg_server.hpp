// A PostgreSQL server of a test's own: it may be killed, restarted, and followed by a standby.
#pragma once

#include <sys/types.h>

#include <memory>
#include <string>
#include <vector>

#include "tests/support/temp_dir.hpp"

namespace desk {

class PgServer {
  public:
    /// An empty one, running.
    PgServer();
    /// A standby of `primary`, which from now on waits with every COMMIT until the standby has it.
    static std::unique_ptr<PgServer> standby_of(PgServer& primary);
    ~PgServer();
    PgServer(const PgServer&) = delete;
    PgServer& operator=(const PgServer&) = delete;

    /// Of a superuser.
    std::string url() const;
    std::string socket() const { return dir_ / ".s.PGSQL.5432"; }

    void start();
    /// `mode`: "fast" (sessions are ended in order) or "immediate" (as in a crash).
    void stop(const std::string& mode);
    /// The standby takes over.
    void promote();

  private:
    explicit PgServer(const std::string& source);
    /// A program of PostgreSQL; throws when it fails.
    void run(const std::string& program, const std::vector<std::string>& args) const;

    TempDir dir_;
};

}  // namespace desk
