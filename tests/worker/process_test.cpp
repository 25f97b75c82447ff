// The process runner, with real programs.
#include "core/base/process.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <fstream>
#include <thread>

#include "core/base/spawn.hpp"
#include "core/base/text.hpp"
#include "tests/worker/scratch.hpp"

namespace desk::worker {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class RunProcess : public testing::Test {
  protected:
    Exit run(const Command& command, const std::stop_token& stop = {}) {
        return runner_.run(command, heard_.sink(), stop);
    }

    Scratch scratch_;
    SystemProcessRunner runner_;
    Heard heard_;
};

TEST_F(RunProcess, GivesTheLinesOfBothStreams) {
    const auto exit = run(scratch_.script("echo one; echo oops >&2; echo two; exit 3"));

    EXPECT_THAT(heard_.out, ElementsAre("one", "two"));
    EXPECT_THAT(heard_.err, ElementsAre("oops"));
    EXPECT_EQ(exit.ending, Ending::own);
    EXPECT_EQ(exit.code, 3);
    EXPECT_FALSE(exit.ok());
    EXPECT_EQ(exit.why, "exit status 3");
}

TEST_F(RunProcess, PassesArgumentsAsTheyAre) {
    const auto exit = run({.program = "/usr/bin/printf", .args = {"<%s>\n", "$(id)", "a; b", "*", "", "c'\"d"}});

    EXPECT_TRUE(exit.ok());
    EXPECT_THAT(heard_.out, ElementsAre("<$(id)>", "<a; b>", "<*>", "<>", "<c'\"d>"));
}

TEST_F(RunProcess, GivesExactlyTheEnvironmentItWasGiven) {
    ::setenv("DESK_TEST_LEAK", "1", 1);

    run({.program = "/usr/bin/env", .env = {{"A", "1"}, {"B", "two words"}}});

    EXPECT_THAT(heard_.out, ElementsAre("A=1", "B=two words"));
}

TEST_F(RunProcess, LooksForANameInThePathOfTheChild) {
    EXPECT_TRUE(run({.program = "true", .env = {{"PATH", "/nowhere:/usr/bin:/bin"}}}).ok());
    EXPECT_EQ(run({.program = "true"}).why, "true: not found in PATH");
}

TEST_F(RunProcess, GivesAnEmptyStandardInput) {
    const auto exit = run(scratch_.script("readlink /proc/$$/fd/0; cat"));

    EXPECT_TRUE(exit.ok());
    EXPECT_THAT(heard_.out, ElementsAre("/dev/null"));
}

TEST_F(RunProcess, KeepsEveryOtherDescriptorToItself) {
    std::vector<UniqueFd> open_without_cloexec;
    for (int i = 0; i < 20; ++i) open_without_cloexec.emplace_back(::open("/dev/null", O_RDONLY));

    run(scratch_.script("ls /proc/$$/fd"));

    EXPECT_THAT(heard_.out, ElementsAre("0", "1", "2"));
}

TEST(Spawn, WiresDescriptorsWhoseNumbersAreSwapped) {
    const Scratch scratch;
    const UniqueFd was_three(::fcntl(3, F_DUPFD_CLOEXEC, 100)), was_four(::fcntl(4, F_DUPFD_CLOEXEC, 100));
    const UniqueFd first(::open((scratch / "first").c_str(), O_WRONLY | O_CREAT, 0600));
    const UniqueFd second(::open((scratch / "second").c_str(), O_WRONLY | O_CREAT, 0600));
    const UniqueFd first_high(::fcntl(first.get(), F_DUPFD_CLOEXEC, 100));
    const UniqueFd second_high(::fcntl(second.get(), F_DUPFD_CLOEXEC, 100));
    ::dup2(first_high.get(), 3);
    ::dup2(second_high.get(), 4);

    const auto pid = spawn(scratch.script("echo three >&3; echo four >&4"), {.fds = {-1, -1, -1, 4, 3}});
    for (const auto& [fd, before] : {std::pair{3, &was_three}, std::pair{4, &was_four}})
        *before ? ::dup2(before->get(), fd) : ::close(fd);

    ASSERT_TRUE(pid.ok());
    ASSERT_EQ(::waitpid(*pid, nullptr, 0), *pid);
    EXPECT_EQ(read_file(scratch / "first"), "four\n");
    EXPECT_EQ(read_file(scratch / "second"), "three\n");
}

TEST_F(RunProcess, MakesFilesThatOnlyTheOwnerCanRead) {
    run(scratch_.script("echo secret > file"));

    struct stat status = {};
    ASSERT_EQ(::stat((scratch_ / "file").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST_F(RunProcess, StartsWithDefaultSignalsInASessionOfItsOwn) {
    sigset_t blocked, before;
    ::sigemptyset(&blocked);
    ::sigaddset(&blocked, SIGTERM);
    ::pthread_sigmask(SIG_BLOCK, &blocked, &before);
    const auto was = ::signal(SIGPIPE, SIG_IGN);

    run(scratch_.script("grep -E 'Sig(Blk|Ign)' /proc/self/status; cut -d' ' -f6 /proc/$$/stat; echo $$"));
    ::signal(SIGPIPE, was);
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);

    ASSERT_EQ(heard_.out.size(), 4U);
    EXPECT_EQ(heard_.out[0], "SigBlk:\t0000000000000000");
    EXPECT_EQ(heard_.out[1], "SigIgn:\t0000000000000000");
    EXPECT_EQ(heard_.out[2], heard_.out[3]);
}

struct NoStart {
    const char* name;
    fs::path program, dir;
    const char* why;
};
class RefusedProgram : public testing::TestWithParam<NoStart> {};

TEST_P(RefusedProgram, IsReportedWithTheReasonOfTheSystem) {
    const Scratch scratch;
    std::ofstream(scratch / "data") << "no program";
    SystemProcessRunner runner;

    const auto exit =
        runner.run({.program = scratch.dir() / GetParam().program, .dir = scratch.dir() / GetParam().dir});

    EXPECT_EQ(exit.ending, Ending::not_started);
    EXPECT_FALSE(exit.ok());
    EXPECT_THAT(exit.why, HasSubstr(GetParam().why));
}
INSTANTIATE_TEST_SUITE_P(RunProcess, RefusedProgram,
                         testing::Values(NoStart{"missing", "none", ".", "none: No such file or directory"},
                                         NoStart{"not_executable", "data", ".", "data: Permission denied"},
                                         NoStart{"no_directory", "/bin/true", "gone",
                                                 "gone: No such file or directory"}),
                         [](const auto& test) { return test.param.name; });

TEST_F(RunProcess, TellsAProgramThatExits127FromOneThatDidNotStart) {
    const auto exit = run(scratch_.script("exit 127"));

    EXPECT_EQ(exit.ending, Ending::own);
    EXPECT_EQ(exit.code, 127);
}

TEST_F(RunProcess, TellsTheSignalThatEndedAProgram) {
    const auto exit = run(scratch_.script("kill -SEGV $$"));

    EXPECT_EQ(exit.ending, Ending::own);
    EXPECT_EQ(exit.code, 139);
    EXPECT_EQ(exit.signal, SIGSEGV);
    EXPECT_EQ(exit.why, "ended by signal 11 (Segmentation fault)");
}

TEST_F(RunProcess, EndsAProgramThatOverrunsItsTimeout) {
    auto command = scratch_.script("exec sleep 1000");
    command.timeout = std::chrono::milliseconds(50);

    const auto exit = run(command);

    EXPECT_TRUE(exit.timed_out());
    EXPECT_EQ(exit.signal, SIGTERM);
    EXPECT_EQ(exit.why, "timed out after 1 s");
}

TEST_F(RunProcess, KillsAProgramThatIgnoresSigterm) {
    auto command = scratch_.script("trap '' TERM; echo ready; while :; do sleep 1; done");
    command.timeout = std::chrono::seconds(3);  // with the start of the shell
    command.kill_after = std::chrono::milliseconds(50);

    const auto exit = run(command);

    EXPECT_TRUE(exit.timed_out());
    EXPECT_EQ(exit.signal, SIGKILL);
    EXPECT_EQ(exit.code, 137);
}

TEST_F(RunProcess, EndsAProgramWhenAStopIsRequested) {
    std::stop_source source;
    const auto stop_when_ready = [&](Stream, std::string_view line) {
        if (line == "ready") source.request_stop();
    };

    const auto exit = runner_.run(scratch_.script("echo ready; exec sleep 1000"), stop_when_ready, source.get_token());

    EXPECT_TRUE(exit.stopped());
    EXPECT_FALSE(exit.ok());
}

TEST_F(RunProcess, EndsAProgramWhoseSinkThrows) {
    const auto refuse = [](Stream, std::string_view) { throw std::runtime_error("the lease is gone"); };

    EXPECT_THROW(runner_.run(scratch_.script("echo $$ > pid.new; mv pid.new pid; echo x; exec sleep 1000"), refuse),
                 std::runtime_error);

    EXPECT_FALSE(is_running(scratch_.pid_in("pid")));
}

TEST_F(RunProcess, EndsWhatTheProgramLeavesInItsGroup) {
    const auto exit = run(scratch_.script("sleep 1000 & echo $!"));

    EXPECT_TRUE(exit.ok());
    const auto left = static_cast<pid_t>(parse_int(heard_.out.at(0)).value());
    EXPECT_TRUE(eventually([&] { return !is_running(left); }));
}

TEST_F(RunProcess, DoesNotWaitForAStrangerThatKeepsTheOutputOpen) {
    const auto exit = run(scratch_.script("setsid sleep 1000 & echo $!"));

    EXPECT_TRUE(exit.ok());
    const auto stranger = static_cast<pid_t>(parse_int(heard_.out.at(0)).value());
    ::kill(stranger, SIGKILL);
}

TEST_F(RunProcess, KeepsALastLineWithoutAnEnd) {
    run(scratch_.script("printf 'whole\\nhalf'"));

    EXPECT_THAT(heard_.out, ElementsAre("whole", "half"));
}

TEST_F(RunProcess, CutsALineOfAMegabyteAndSaysSo) {
    const auto exit = run(scratch_.script("head -c 1048576 /dev/zero | tr '\\0' x; echo; echo next"));

    EXPECT_TRUE(exit.ok());
    ASSERT_EQ(heard_.out.size(), 2U);
    EXPECT_EQ(heard_.out[0], std::string(65536, 'x') + " [cut: 983040 bytes]");
    EXPECT_EQ(heard_.out[1], "next");
}

TEST_F(RunProcess, TurnsAnyBytesIntoText) {
    const auto exit = run(scratch_.script("head -c 3000000 /dev/urandom; printf '\\n\\377\\000ok\\n'"));

    EXPECT_TRUE(exit.ok());
    for (const auto& line : heard_.out) ASSERT_TRUE(is_utf8(line) && line.find('\0') == std::string::npos);
    EXPECT_EQ(heard_.out.back(), "\xEF\xBF\xBD\xEF\xBF\xBDok");
}

TEST_F(RunProcess, DropsOutputBeyondItsLimitAndSaysHowMuch) {
    auto command = scratch_.script("printf '12345678\\nabc'");
    command.max_output_bytes = 5;

    run(command);

    EXPECT_THAT(heard_.out, ElementsAre("12345"));
    EXPECT_THAT(heard_.err, ElementsAre("[7 bytes more were not kept]"));
}

TEST_F(RunProcess, CapturesTheOutputOfAShortCommand) {
    const auto captured = capture(runner_, scratch_.script("echo a; echo b; echo c >&2"));

    EXPECT_TRUE(captured.exit.ok());
    EXPECT_EQ(captured.out, "a\nb\n");
    EXPECT_EQ(captured.err, "c\n");
}

TEST_F(RunProcess, WorksFromManyThreadsAtTheSameTime) {
    std::vector<std::string> heard(8);
    {
        std::vector<std::jthread> threads;
        for (auto& text : heard) {
            threads.emplace_back([&] {
                for (int i = 0; i < 10; ++i) text += capture(runner_, scratch_.script("ls /proc/$$/fd")).out;
            });
        }
    }

    std::string expected;
    for (int i = 0; i < 10; ++i) expected += "0\n1\n2\n";
    EXPECT_THAT(heard, testing::Each(expected));
}

}  // namespace
}  // namespace desk::worker
