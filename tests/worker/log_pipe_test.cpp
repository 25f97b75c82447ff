// From raw lines to what is stored, and when.
#include "worker/log_pipe.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <mutex>

#include "core/base/text.hpp"
#include "tests/worker/scratch.hpp"

namespace desk::worker {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class PipeOfLog : public testing::Test {
  protected:
    LogPipe::Outlets outlets() {
        return {.store = [this](const std::vector<LogLine>& batch) { store(batch); },
                .mark = [this](Mark mark) { marks_.emplace_back(text(mark)); },
                .percent = [this](int percent) { percents_.push_back(percent); }};
    }
    void store(const std::vector<LogLine>& batch) {
        const std::lock_guard lock(mutex_);
        if (refuses_) throw std::runtime_error("no database");
        batches_.push_back(batch.size());
        for (const auto& line : batch) stored_.push_back(cat(text(line.level), ' ', text(line.source), ' ', line.text));
    }
    std::vector<std::string> stored() {
        const std::lock_guard lock(mutex_);
        return stored_;
    }
    void refuse(bool refuses) {
        const std::lock_guard lock(mutex_);
        refuses_ = refuses;
    }
    static void say(LogPipe& pipe, std::string_view line) {
        pipe.program_line(LogSource::INSTALLER, Stream::err, line);
    }

    /// Nothing leaves by itself, so that a test sees what leaves when.
    static constexpr LogPipe::Limits kOnlyByFlush{.batch_lines = 1'000'000, .batch_age = std::chrono::hours(1)};

    Redactor redactor_;
    std::vector<std::string> marks_;
    std::vector<int> percents_;

  private:
    std::mutex mutex_;
    bool refuses_ = false;

  protected:
    std::vector<std::size_t> batches_;
    std::vector<std::string> stored_;
};

TEST_F(PipeOfLog, KeepsLevelSourceAndOrder) {
    LogPipe pipe(redactor_, outlets(), kOnlyByFlush);

    say(pipe, "level=info msg=one");
    pipe.note(LogLevel::WARNING, "two\nthree");
    pipe.sink(LogSource::PROGRAM)(Stream::out, "four");
    pipe.add({{.level = LogLevel::ERROR, .source = LogSource::INSTALLER_FILE, .text = "five"}});
    pipe.flush();

    EXPECT_THAT(stored(), ElementsAre("INFO INSTALLER one", "WARNING DESK two", "WARNING DESK three",
                                      "INFO PROGRAM four", "ERROR INSTALLER_FILE five"));
}

TEST_F(PipeOfLog, StoresNothingUnredacted) {
    redactor_.add(Secret("correct-horse"));
    LogPipe pipe(redactor_, outlets(), kOnlyByFlush);

    say(pipe, "level=error msg=got correct-horse");
    say(pipe, R"(time="2026-11-21T00:22:39Z" level=info msg="-----BEGIN KEY-----\nMII\n-----END KEY-----\nafter")");
    pipe.note(LogLevel::INFO, "note of correct-horse");
    pipe.flush();

    EXPECT_THAT(stored(),
                ElementsAre("ERROR INSTALLER got [redacted]", "INFO INSTALLER [redacted]", "INFO INSTALLER [redacted]",
                            "INFO INSTALLER [redacted]", "INFO INSTALLER after", "INFO DESK note of [redacted]"));
    EXPECT_EQ(pipe.recent_faults().at(0).text, "got [redacted]");
}

TEST_F(PipeOfLog, KeepsTheStreamsApartWhileAPemBlockIsOpen) {
    LogPipe pipe(redactor_, outlets(), kOnlyByFlush);

    pipe.program_line(LogSource::PROGRAM, Stream::out, "-----BEGIN KEY-----");
    pipe.program_line(LogSource::PROGRAM, Stream::err, "MII");
    pipe.program_line(LogSource::PROGRAM, Stream::out, "MII");
    pipe.flush();

    EXPECT_THAT(stored(), ElementsAre("INFO PROGRAM [redacted]", "INFO PROGRAM MII", "INFO PROGRAM [redacted]"));
}

TEST_F(PipeOfLog, CountsAStackTraceAsErrorUntilTheNextLineWithALevel) {
    LogPipe pipe(redactor_, outlets(), kOnlyByFlush);

    for (const auto* line : {"panic: boom", "", "goroutine 1 [running]:", "main.main()", "level=info msg=on", "plain"})
        say(pipe, line);
    pipe.flush();

    EXPECT_THAT(stored(), ElementsAre("ERROR INSTALLER panic: boom", "ERROR INSTALLER ",
                                      "ERROR INSTALLER goroutine 1 [running]:", "ERROR INSTALLER main.main()",
                                      "INFO INSTALLER on", "INFO INSTALLER plain"));
}

TEST_F(PipeOfLog, StoresSoonWithoutBeingAsked) {
    LogPipe pipe(redactor_, outlets(), {.batch_age = std::chrono::milliseconds(10)});

    say(pipe, "level=info msg=one");

    EXPECT_TRUE(eventually([&] { return stored().size() == 1; }));
}

TEST_F(PipeOfLog, StoresAFullBatchAtOnce) {
    LogPipe pipe(redactor_, outlets(), {.batch_lines = 3, .batch_age = std::chrono::hours(1)});

    for (int i = 0; i < 3; ++i) say(pipe, "x");

    EXPECT_TRUE(eventually([&] { return stored().size() == 3; }));
}

TEST_F(PipeOfLog, StoresInBatchesOfTheAgreedSize) {
    LogPipe pipe(redactor_, outlets(), {.batch_lines = 4, .batch_age = std::chrono::hours(1)});

    pipe.add(std::vector<LogLine>(10));
    pipe.flush();

    EXPECT_EQ(stored().size(), 10U);
    EXPECT_LE(std::ranges::max(batches_), 4U);
}

TEST_F(PipeOfLog, OffersABatchAgainThatWasRefused) {
    LogPipe pipe(redactor_, outlets(), {.batch_age = std::chrono::milliseconds(5)});
    refuse(true);

    say(pipe, "one");
    say(pipe, "two");
    EXPECT_THROW(pipe.flush(), std::runtime_error);
    refuse(false);

    EXPECT_TRUE(eventually([&] { return stored().size() == 2; }));
    EXPECT_THAT(stored(), ElementsAre("INFO INSTALLER one", "INFO INSTALLER two"));
}

TEST_F(PipeOfLog, StoresTheRestWhenItCloses) {
    { LogPipe(redactor_, outlets(), kOnlyByFlush).note(LogLevel::INFO, "last"); }

    EXPECT_THAT(stored(), ElementsAre("INFO DESK last"));
}

TEST_F(PipeOfLog, TellsEachMarkOnceAndEachChangeOfThePercentage) {
    LogPipe pipe(redactor_, outlets(), kOnlyByFlush);

    for (int i = 0; i < 2; ++i) {
        say(pipe, "level=info msg=Creating infrastructure resources...");
        say(pipe, "level=debug msg=Still waiting: 1 of 9 done (11% complete)");
        say(pipe, "level=debug msg=Still waiting: 1 of 9 done (11% complete)");
        say(pipe, "level=info msg=Install complete!");
    }
    say(pipe, "level=debug msg=Still waiting: 9 of 9 done (100% complete)");

    EXPECT_THAT(marks_, ElementsAre("INFRASTRUCTURE", "INSTALLED"));
    EXPECT_THAT(percents_, ElementsAre(11, 100));
    EXPECT_TRUE(pipe.has_seen(Mark::INSTALLED));
    EXPECT_FALSE(pipe.has_seen(Mark::UNINSTALLED));
}

TEST_F(PipeOfLog, BelievesMarksOfTheInstallerOnly) {
    LogPipe pipe(redactor_, outlets(), kOnlyByFlush);

    pipe.program_line(LogSource::PROGRAM, Stream::out, "Install complete!");

    EXPECT_THAT(marks_, IsEmpty());
}

TEST_F(PipeOfLog, PassesOnThatAMarkCouldNotBeWritten) {
    auto outlets_that_refuse = outlets();
    outlets_that_refuse.mark = [](Mark) { throw std::runtime_error("the lease is gone"); };
    LogPipe pipe(redactor_, outlets_that_refuse, kOnlyByFlush);

    EXPECT_THROW(say(pipe, "level=info msg=Install complete!"), std::runtime_error);
}

TEST_F(PipeOfLog, KeepsFaultsAndASampleOfAFloodAndSaysSo) {
    LogPipe pipe(redactor_, outlets(), {.batch_lines = 1'000'000, .batch_age = std::chrono::hours(1), .max_lines = 10});

    for (int i = 1; i <= 2500; ++i) say(pipe, cat("level=debug msg=", i));
    for (int i = 1; i <= 20; ++i) say(pipe, cat("level=error msg=fault ", i));
    pipe.flush();

    const auto lines = stored();
    ASSERT_EQ(lines.size(), 10 + 1 + 2 + 8 + 1U);
    EXPECT_EQ(lines[9], "DEBUG INSTALLER 10");
    EXPECT_THAT(lines[10], HasSubstr("WARNING DESK The log is longer than 10 lines."));
    EXPECT_EQ(lines[11], "DEBUG INSTALLER 1000");
    EXPECT_EQ(lines[12], "DEBUG INSTALLER 2000");
    EXPECT_EQ(lines[13], "ERROR INSTALLER fault 1");
    EXPECT_EQ(lines.back(), "WARNING DESK 2500 lines were not kept.");
    EXPECT_EQ(pipe.recent_faults().size(), 20U);
}

TEST_F(PipeOfLog, TakesLinesFromManyThreads) {
    {
        LogPipe pipe(redactor_, outlets(), {.batch_lines = 7, .batch_age = std::chrono::milliseconds(1)});
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&] {
                for (int line = 0; line < 500; ++line) say(pipe, "level=info msg=x");
            });
        }
    }

    EXPECT_EQ(stored().size(), 2000U);
}

TEST_F(PipeOfLog, EndsAlsoWhenItsLinesAreRefused) {
    refuse(true);
    {
        LogPipe pipe(redactor_, outlets(), {.batch_age = std::chrono::milliseconds(1)});
        say(pipe, "level=info msg=x");
    }

    EXPECT_THAT(stored(), IsEmpty());
}

TEST(MineLogFile, FindsTheReasonThatTheScreenDidNotTell) {
    const Scratch scratch;
    Redactor redactor;
    redactor.add(Secret("correct-horse"));
    std::ofstream(scratch / "log")
        << R"(time="2026-11-21T00:22:39Z" level=info msg="Creating infrastructure resources..."
time="2026-11-21T00:22:40Z" level=debug msg="E1121 00:22:40.000001   12 c.go:329] VpcLimitExceeded correct-horse"
time="2026-11-21T00:22:41Z" level=debug msg="I1121 00:22:41.000001   12 c.go:329] fine"
time="2026-11-21T00:22:42Z" level=debug msg="E1121 00:22:42.000001   12 c.go:329] VpcLimitExceeded correct-horse"
time="2026-11-21T00:22:43Z" level=error msg="infrastructure was not ready within 15m0s"
)";

    const auto faults = mine_log_file(scratch / "log", redactor);

    ASSERT_EQ(faults.size(), 2U);
    EXPECT_EQ(faults[0].text, "c.go:329] VpcLimitExceeded [redacted]");
    EXPECT_EQ(text(faults[0].source), "INSTALLER_FILE");
    EXPECT_EQ(faults[1].text, "infrastructure was not ready within 15m0s");
}

TEST(MineLogFile, GivesTheLastOnesOfALongFile) {
    const Scratch scratch;
    std::ofstream file(scratch / "log");
    for (int i = 0; i < 100'000; ++i) file << "level=debug msg=" << std::string(90, 'x') << "\n";
    for (int i = 0; i < 9; ++i) file << "level=error msg=fault " << i << "\n";
    file.close();

    const auto faults = mine_log_file(scratch / "log", Redactor(), 2);

    ASSERT_EQ(faults.size(), 2U);
    EXPECT_EQ(faults[0].text, "fault 7");
    EXPECT_EQ(faults[1].text, "fault 8");
}

TEST(MineLogFile, FindsNothingWithoutAFile) { EXPECT_THAT(mine_log_file("/nonexistent/log", Redactor()), IsEmpty()); }

}  // namespace
}  // namespace desk::worker
