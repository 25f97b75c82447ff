// A worker as cron would run it: real processes, a real database, the demo installer, everything in one directory.
#pragma once

#include <sys/types.h>

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/base/config.hpp"
#include "core/base/id.hpp"
#include "core/base/process.hpp"
#include "core/model/cluster.hpp"
#include "core/model/order.hpp"
#include "tests/support/given.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/support/test_db.hpp"

namespace desk {

/// What a test asks for beside the usual. An hour of its clusters lasts a second.
struct OrderSpec {
    std::string name = "alpha";
    int ttl_hours = 12;
    DemoFailure failure = DemoFailure::NONE;
};

class RunningDesk {
  public:
    RunningDesk();
    ~RunningDesk();
    RunningDesk(const RunningDesk&) = delete;
    RunningDesk& operator=(const RunningDesk&) = delete;

    TestDb db;
    TempDir dir;
    given::People people;

    /// Settings, to be changed before the first tick. Nobody loses a lease, however busy the machine is.
    Config config;
    /// Settings of tests that wait for the end of a lease.
    void short_leases() {
        config.worker.starve_seconds = 6;
        config.worker.lease_seconds = 10;
    }
    /// For ticks, and so for their runners.
    std::map<std::string, std::string> environment = {};
    /// Which program is the worker.
    std::string program = DESK_BINARY_DIR "/clusterdesk-worker";
    /// What the worker is started by: a program and its first arguments ("unshare", "--net"). Empty = nothing.
    std::vector<std::string> launcher = {};
    /// Of the profile that orders are made from.
    int seconds_per_hour = 1;
    std::string install_deadline = "60s", destroy_deadline = "60s";

    /// An order that policy approves at once: the cluster is PENDING, its CREATE job due.
    ClusterId order(const OrderSpec& spec = {});
    /// The same by another profile, of any platform.
    ClusterId order(const std::string& profile, const OrderSpec& spec);
    /// As the cluster's owner would.
    void destroy(const ClusterId& cluster);

    /// From now on the installer is a shell script of these lines, which may hand over with `exec $INSTALLER "$@"`.
    void script_installer(const std::string& lines);
    /// From now on the worker is started by a shell script of these lines, in a mount namespace of its own (and a
    /// network namespace, if the database is reached by a unix socket): what is mounted there it sees alone.
    void launch_in_namespaces(const std::string& lines);
    /// From now on every host is a machine: with namespaces and a boot id of its own.
    void launch_on_machines();
    /// The next tick of `host` finds another boot id. What ran there has to be killed by the test.
    void restart_machine(const std::string& host);

    /// Starts a tick in the background, as a host of this name ("" = the configured one).
    pid_t start_tick(const std::string& host = {});
    /// Whether it is gone; it is reaped then.
    bool has_ended(pid_t tick);
    /// Asks it to end, and waits for it.
    static void stop_tick(pid_t pid);
    /// A verb in the foreground; its exit code.
    int run(const std::vector<std::string>& args);
    /// The same with what it says; without a terminal.
    Captured ask(std::vector<std::string> args);

    /// Waits until `sql` gives `wanted`; false after `patience`.
    bool comes_true(const std::string& sql, const std::string& wanted, seconds patience = 300s);
    bool reaches(const ClusterId& cluster, ClusterStatus status, seconds patience = 300s);
    ClusterStatus status(const ClusterId& cluster);
    /// Why a test failed: state, jobs, steps, logs.
    std::string story(const ClusterId& cluster);

    /// Resources in the demo cloud: their files, from the cloud's directory on.
    std::vector<std::string> leftovers() const;
    int resources() const { return static_cast<int>(leftovers().size()); }
    /// Names of all files under the work directory that belong to jobs.
    int job_directories() const;
    /// Processes of this desk.
    std::vector<pid_t> processes() const;
    /// Those of them that have `word` in their command line: "run-job", "guard", "create cluster".
    std::vector<pid_t> processes(const std::string& word) const;
    /// The runner that holds the lease of `cluster`.
    pid_t runner_of(const ClusterId& cluster);

  private:
    void write_config();
    pid_t start(const std::vector<std::string>& args, const std::map<std::string, std::string>& extra);

    bool is_configured_ = false;
    std::vector<pid_t> ticks_;
};

/// Waits until `holds`; false after `patience`.
bool comes_true(const std::function<bool()>& holds, seconds patience = 300s);

/// Whether this kernel lets us make the namespaces of launch_in_namespaces.
bool has_namespaces();

}  // namespace desk
