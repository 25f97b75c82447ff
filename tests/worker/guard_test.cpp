// The guard: whatever happens to the runner, nothing that it started lives on.
#include "worker/guard.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <thread>

#include "core/base/error.hpp"
#include "core/base/spawn.hpp"
#include "core/base/text.hpp"
#include "tests/worker/scratch.hpp"
#include "worker/cgroup.hpp"
#include "worker/child.hpp"
#include "worker/strays.hpp"

namespace desk::worker {
namespace {

using std::chrono::milliseconds;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

/// Writes its number to the file `name`, whole or not at all.
std::string says_its_pid(const std::string& name) {
    return cat("echo $$ > ", name, ".new; mv ", name, ".new ", name, "; ");
}

/// What openshift-install does to its controllers: a session of their own, deaf to SIGTERM, still working when the
/// parent was killed.
const std::string kStubbornHelper = "setsid sh -c \"trap '' TERM; " +
                                    std::string("echo \\$\\$ > helper.new; mv helper.new helper; ") +
                                    "while :; do sleep 1; done\" & ";
const std::string kStubbornTree =
    kStubbornHelper + "trap '' TERM; " + says_its_pid("main") + "while :; do sleep 1; done";

pid_t find_guard(const Scratch& scratch) {
    for (const auto pid : strays_under(scratch.dir())) {
        std::ifstream file(cat("/proc/", pid, "/cmdline"));
        const std::string command((std::istreambuf_iterator<char>(file)), {});
        if (command.find(std::string("guard\0--dir", 11)) != std::string::npos) return pid;
    }
    throw std::runtime_error("no guard");
}

class GuardedProcess : public testing::Test {
  protected:
    Exit run(const Command& command, const std::stop_token& stop = {}) {
        return run_guarded(command, options_, heard_.sink(), stop);
    }
    /// Runs on a thread of its own, as a step does, until `act` was called and the program has ended.
    Exit run_while(const Command& command, const std::function<void()>& act) {
        Exit exit;
        std::jthread step([&] { exit = run(command); });
        act();
        step.join();
        return exit;
    }
    void expect_nothing_left(std::initializer_list<const char*> names) {
        for (const auto* name : names) EXPECT_FALSE(is_running(scratch_.pid_in(name))) << name;
        EXPECT_THAT(strays_under(scratch_.dir()), IsEmpty());
    }

    Scratch scratch_;
    Heard heard_;
    GuardOptions options_{.dir = scratch_.dir(), .starve = std::chrono::minutes(1), .kill_after = milliseconds(200)};
};

TEST_F(GuardedProcess, EndsAsTheProgramDoes) {
    const auto exit = run(scratch_.script("echo out; echo err >&2; exit 6"));

    EXPECT_EQ(exit.ending, Ending::own);
    EXPECT_EQ(exit.code, 6);
    EXPECT_EQ(exit.why, "exit status 6");
    EXPECT_THAT(heard_.out, ElementsAre("out"));
    EXPECT_THAT(heard_.err, ElementsAre("err"));
}

TEST_F(GuardedProcess, GetsTheSameWorldAsAnyOther) {
    auto command = scratch_.script(
        "ls /proc/$$/fd; readlink /proc/$$/fd/0; umask; pwd; env | grep -v -e PWD -e _=; "
        "printf '<%s>' \"$@\"");
    command.args.insert(command.args.end(), {"sh", "$(id)", "--", ""});
    command.env["ONE"] = "1";

    const auto exit = run(command);

    EXPECT_TRUE(exit.ok());
    EXPECT_THAT(heard_.out, ElementsAre("0", "1", "2", "/dev/null", "0077", scratch_.dir().native(), "ONE=1",
                                        "PATH=/usr/bin:/bin", "<$(id)><--><>"));
}

TEST_F(GuardedProcess, SaysWhyTheProgramCouldNotStart) {
    const auto exit = run({.program = scratch_ / "none"});

    EXPECT_EQ(exit.ending, Ending::not_started);
    EXPECT_THAT(exit.why, HasSubstr("none: No such file or directory"));
}

TEST_F(GuardedProcess, SaysWhyTheGuardCouldNotStart) {
    options_.program = scratch_ / "none";

    const auto exit = run(scratch_.script("exit 0"));

    EXPECT_EQ(exit.ending, Ending::not_started);
    EXPECT_THAT(exit.why, HasSubstr("guard: "));
}

TEST_F(GuardedProcess, LeavesNothingBehindWhenItEndsByItself) {
    const auto exit = run(scratch_.script(kStubbornHelper + "while [ ! -e helper ]; do sleep 0.01; done"));

    EXPECT_TRUE(exit.ok());
    expect_nothing_left({"helper"});
}

TEST_F(GuardedProcess, CannotHideBehindAClearedEnvironmentAnotherDirectoryAndAnotherSession) {
    const auto hidden =
        cat("cd / && exec env -i setsid sh -c 'echo $$ > ", (scratch_ / "hidden").native(), "; exec /bin/sleep 1000'");

    const auto exit = run(scratch_.script("(" + hidden + ") & while [ ! -s hidden ]; do sleep 0.01; done"));

    EXPECT_TRUE(exit.ok());
    expect_nothing_left({"hidden"});
}

TEST_F(GuardedProcess, EndsWithItsWholeTreeAtItsTimeout) {
    auto command = scratch_.script(kStubbornTree);
    command.timeout = std::chrono::seconds(5);  // with the start of the tree

    const auto exit = run(command);

    EXPECT_TRUE(exit.timed_out());
    EXPECT_EQ(exit.code, 137);
    EXPECT_EQ(exit.why, "timed out after 5 s");
    expect_nothing_left({"main", "helper"});
}

TEST_F(GuardedProcess, EndsWithItsWholeTreeWhenAStopIsRequested) {
    std::stop_source source;
    std::jthread cancel([&] {
        scratch_.pid_in("main"), scratch_.pid_in("helper");
        source.request_stop();
    });

    const auto exit = run(scratch_.script(kStubbornTree), source.get_token());

    EXPECT_TRUE(exit.stopped());
    EXPECT_EQ(exit.why, "stopped");
    expect_nothing_left({"main", "helper"});
}

TEST_F(GuardedProcess, EndsWithItsWholeTreeWhenTheLeaseIsLost) {
    std::atomic held = true;
    options_.starve = std::chrono::seconds(30);
    options_.alive = [&] { return held.load(); };

    const auto exit = run_while(scratch_.script(kStubbornTree), [&] {
        scratch_.pid_in("main"), scratch_.pid_in("helper");
        held = false;
    });

    EXPECT_TRUE(exit.stopped());
    EXPECT_EQ(exit.why, "the lease was lost");
    expect_nothing_left({"main", "helper"});
}

TEST_F(GuardedProcess, DoesNotBeginWithoutALease) {
    options_.alive = [] { return false; };

    const auto exit = run(scratch_.script("touch began"));

    EXPECT_TRUE(exit.stopped());
    EXPECT_FALSE(fs::exists(scratch_ / "began"));
}

TEST_F(GuardedProcess, EndsWithItsWholeTreeWhenTheSinkThrows) {
    const auto refuse = [](Stream, std::string_view) { throw std::runtime_error("the lease is gone"); };

    EXPECT_THROW(run_guarded(scratch_.script("echo x; " + kStubbornTree), options_, refuse), std::runtime_error);

    EXPECT_THAT(strays_under(scratch_.dir()), IsEmpty());
}

TEST_F(GuardedProcess, GetsOneSigtermAndTheTimeItWasPromised) {
    options_.kill_after = std::chrono::minutes(1);
    std::stop_source source;
    const auto stop_when_ready = [&](Stream stream, std::string_view line) {
        heard_.sink()(stream, line);
        if (line == "ready") source.request_stop();
    };
    const auto tears_down = scratch_.script(
        "trap 'echo asked; asked=1' TERM; echo ready; while [ -z \"$asked\" ]; do sleep 0.05; done; "
        "n=0; while [ $n -lt 20 ]; do n=$((n+1)); sleep 0.02; done; echo torn down; exit 8");

    const auto exit = run_guarded(tears_down, options_, stop_when_ready, source.get_token());

    EXPECT_THAT(heard_.out, ElementsAre("ready", "asked", "torn down"));
    EXPECT_TRUE(exit.stopped());
    EXPECT_EQ(exit.code, 8);
}

TEST_F(GuardedProcess, IsFedWhileTheRunnerLives) {
    options_.starve = std::chrono::seconds(4);

    const auto exit = run(scratch_.script("sleep 6"));

    EXPECT_TRUE(exit.ok()) << exit.why;
}

TEST_F(GuardedProcess, EndsWithItsWholeTreeWhenItsGuardIsKilled) {
    const auto exit = run_while(scratch_.script(kStubbornTree), [&] {
        scratch_.pid_in("main"), scratch_.pid_in("helper");
        ::kill(find_guard(scratch_), SIGKILL);
    });

    EXPECT_TRUE(exit.lost());
    EXPECT_FALSE(exit.ok());
    expect_nothing_left({"main", "helper"});
}

TEST_F(GuardedProcess, EndsWithItsWholeTreeWhenItsGuardIsToldTo) {
    const auto exit = run_while(scratch_.script(kStubbornTree), [&] {
        scratch_.pid_in("main"), scratch_.pid_in("helper");
        const auto guard = find_guard(scratch_);  // soon after the first signal it is gone
        for (const int signal : {SIGHUP, SIGINT, SIGTERM}) ::kill(guard, signal);
    });

    EXPECT_TRUE(exit.stopped());
    expect_nothing_left({"main", "helper"});
}

TEST_F(GuardedProcess, RunsInACgroupOfItsOwnWhereTheHostAllowsIt) {
    if (JobCgroup(scratch_.dir()).procs() < 0) GTEST_SKIP() << "no writable cgroup v2 here";

    run(scratch_.script("grep ^0:: /proc/self/cgroup"));

    ASSERT_EQ(heard_.out.size(), 1U);
    EXPECT_THAT(heard_.out[0], testing::EndsWith("/" + JobCgroup::name_for(scratch_.dir())));
}

/// These tests again, where no cgroup can be had: what the guard does must not hang on the host's kindness.
TEST_F(GuardedProcess, LeavesNothingBehindOnAHostWithoutCgroupsEither) {
    const auto self = fs::read_symlink("/proc/self/exe").string();
    const auto result =
        SystemProcessRunner().run({.program = "/usr/bin/unshare",
                                   .args = {"--user", "--map-root-user", "--mount", "/bin/sh", "-c",
                                            "mount -t tmpfs none /sys/fs/cgroup || exit 99; exec \"$0\" \"$1\"", self,
                                            "--gtest_filter=GuardedProcess.CannotHide*:GuardedProcess.EndsWith*"},
                                   .env = {{"PATH", "/usr/sbin:/usr/bin:/sbin:/bin"}},
                                   .dir = scratch_.dir()},
                                  heard_.sink());
    if (result.code == 99 || (result.code == 1 && heard_.out.empty()))
        GTEST_SKIP() << "no mount namespace here: " << testing::PrintToString(heard_.err);

    EXPECT_TRUE(result.ok()) << testing::PrintToString(heard_.out);
}

TEST_F(GuardedProcess, IsRunByTheRunnerOfAJobThatEitherStopEnds) {
    std::stop_source job, one_run;
    GuardedRunner runner(options_, job.get_token());
    const auto when_ready = [](std::stop_source& source) {
        return [&source](Stream, std::string_view) { source.request_stop(); };
    };

    EXPECT_TRUE(runner.run(scratch_.script("exit 0")).ok());
    EXPECT_TRUE(
        runner.run(scratch_.script("echo; exec sleep 1000"), when_ready(one_run), one_run.get_token()).stopped());
    EXPECT_TRUE(runner.run(scratch_.script("echo; exec sleep 1000"), when_ready(job)).stopped());
}

/// A runner in a process of its own.
class Runner {
  public:
    Runner(const Scratch& scratch, milliseconds starve, const std::string& script)
        : pid_(spawn({.program = "/proc/self/exe",
                      .args = {"runner", scratch.dir().native(), std::to_string(starve.count()), script}})
                   .value()) {}
    ~Runner() {
        signal(SIGKILL);
        ::waitpid(pid_, nullptr, 0);
    }
    void signal(int signal) const { ::kill(pid_, signal); }

  private:
    pid_t pid_;
};

TEST(Guard, EndsTheTreeWhenItsRunnerIsKilled) {
    const Scratch scratch;
    const Runner runner(scratch, std::chrono::minutes(1), kStubbornTree);
    const auto main = scratch.pid_in("main"), helper = scratch.pid_in("helper");

    runner.signal(SIGKILL);

    EXPECT_TRUE(eventually([&] { return !is_running(main) && !is_running(helper); }));
    EXPECT_TRUE(eventually([&] { return strays_under(scratch.dir()).empty(); }));
}

TEST(Guard, TakesTheProgramWithItWhenBothAreKilledAndLeavesTheRestToTheTick) {
    const Scratch scratch;
    const Runner runner(scratch, std::chrono::minutes(1), kStubbornTree);
    const auto main = scratch.pid_in("main"), helper = scratch.pid_in("helper");

    runner.signal(SIGSTOP);
    ::kill(find_guard(scratch), SIGKILL);
    runner.signal(SIGKILL);

    EXPECT_TRUE(eventually([&] { return !is_running(main); }));
    EXPECT_TRUE(is_running(helper));
    EXPECT_TRUE(end_tree(scratch.dir(), milliseconds(50)));
    EXPECT_FALSE(is_running(helper));
}

TEST(Guard, EndsTheTreeWhenItsRunnerFreezes) {
    const Scratch scratch;
    const Runner runner(scratch, std::chrono::seconds(4), kStubbornTree);
    const auto main = scratch.pid_in("main"), helper = scratch.pid_in("helper");

    runner.signal(SIGSTOP);

    EXPECT_TRUE(eventually([&] { return !is_running(main) && !is_running(helper); }));
}

TEST(Guard, RefusesWrongUsage) {
    Scratch scratch;
    SystemProcessRunner runner;

    for (const std::vector<std::string>& args : std::vector<std::vector<std::string>>{
             {"guard"},
             {"guard", "--dir", "/x", "--starve-ms", "0", "--kill-ms", "1", "--", "/bin/true"},
             {"guard", "--dir", "/x", "--starve-ms", "1", "--kill-ms", "-1", "--", "/bin/true"},
             {"guard", "--dir", "/x", "--starve-ms", "1", "--kill-ms", "1", "--"}})
        EXPECT_EQ(runner.run({.program = "/proc/self/exe", .args = args}).code, 2) << join(args, " ");
}

TEST(GuardReport, SurvivesItsLine) {
    const GuardReport report{.reason = GuardReport::Reason::starved, .wait_status = 9, .left = 2, .error = "a \"b\"\n"};

    const auto read = GuardReport::from_line(report.to_line());

    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(read->reason, GuardReport::Reason::starved);
    EXPECT_EQ(read->wait_status, 9);
    EXPECT_EQ(read->left, 2);
    EXPECT_EQ(read->error, "a \"b\"\n");
}

TEST(GuardReport, IsNothingWhenCutShort) {
    EXPECT_FALSE(GuardReport::from_line("").has_value());
    EXPECT_FALSE(GuardReport::from_line("{\"reason\":\"star").has_value());
    EXPECT_FALSE(GuardReport::from_line("{\"reason\":\"bored\"}").has_value());
}

// ---- Strays: processes without a guard, as the tick finds them after a crash.

class Strays : public testing::Test {
  protected:
    pid_t start(const Command& command) {
        const auto pid = spawn(command);
        started_.push_back(pid.value());
        return pid.value();
    }
    ~Strays() override {
        for (const auto pid : started_) {
            ::kill(pid, SIGKILL);
            ::waitpid(pid, nullptr, 0);
        }
    }

    Scratch scratch_;
    std::vector<pid_t> started_;
};

TEST_F(Strays, AreFoundByExecutableDirectoryArgumentAndHome) {
    fs::copy_file("/bin/sleep", scratch_ / "controller");
    const auto by_executable = start({.program = scratch_ / "controller", .args = {"1000"}, .dir = "/"});
    const auto by_directory = start({.program = "/bin/sleep", .args = {"1000"}, .dir = scratch_.dir()});
    std::ofstream(scratch_ / "file") << "x";
    const auto by_argument = start({.program = "/usr/bin/tail", .args = {"-f", scratch_ / "file"}, .dir = "/"});
    const auto by_home =
        start({.program = "/bin/sleep", .args = {"1000"}, .env = {{"HOME", scratch_ / "home"}}, .dir = "/"});

    const auto found = strays_under(scratch_.dir());

    EXPECT_THAT(found, testing::IsSupersetOf({by_executable, by_directory, by_argument, by_home}));
    EXPECT_THAT(found, Not(Contains(::getpid())));
}

TEST_F(Strays, AreNotThoseOfAJobWithALongerName) {
    const auto longer = scratch_.dir().native() + "2";
    const auto other = start({.program = "/bin/sleep", .args = {"1000"}, .env = {{"HOME", longer}}, .dir = "/"});

    EXPECT_THAT(strays_under(scratch_.dir()), Not(Contains(other)));
    EXPECT_THAT(strays_under(longer), ElementsAre(other));
}

TEST_F(Strays, AreNeverLookedForInTheWholeSystem) {
    for (const auto* dir : {"", "/", "/var", "var/lib", "/var/..", "/var/lib/../.."})
        EXPECT_THROW(strays_under(dir), Error) << dir;
}

TEST_F(Strays, AreEndedEvenIfTheyIgnoreSigterm) {
    const auto polite = start(scratch_.script(says_its_pid("polite") + "exec sleep 1000"));
    const auto deaf = start(scratch_.script("trap '' TERM; " + says_its_pid("deaf") + "while :; do sleep 1; done"));
    scratch_.pid_in("polite"), scratch_.pid_in("deaf");

    const bool all_gone = end_tree(scratch_.dir(), milliseconds(100));

    EXPECT_TRUE(all_gone);
    EXPECT_FALSE(is_running(polite));
    EXPECT_FALSE(is_running(deaf));
}

TEST_F(Strays, AreLeftToTheirGuardWhileItLives) {
    // `wait` ends at once for a signal, so that a second one is heard as well.
    const auto program = "trap 'echo asked >> heard' TERM; sleep 1000 & " + says_its_pid("main") +
                         "wait; sleep 0.3 & wait $!; wait $!; echo torn down >> heard";
    Exit exit;
    std::jthread step([&] {
        exit = run_guarded(
            scratch_.script(program),
            {.dir = scratch_.dir(), .starve = std::chrono::minutes(1), .kill_after = std::chrono::minutes(1)});
    });
    scratch_.pid_in("main");

    const bool all_gone = end_tree(scratch_.dir(), std::chrono::seconds(20));
    step.join();

    EXPECT_TRUE(all_gone);
    EXPECT_TRUE(exit.stopped());
    EXPECT_EQ(read_file(scratch_ / "heard"), "asked\ntorn down\n");
}

}  // namespace
}  // namespace desk::worker
