// The forms in which openshift-install and its controllers speak.
#include "worker/installer_lines.hpp"

#include <gtest/gtest.h>

#include <string>

namespace desk::worker {
namespace {

struct Raw {
    const char* name;
    std::string line;
    LogLevel level;
    std::string text;
    bool has_level = true;
};
class InstallerLine : public testing::TestWithParam<Raw> {};

TEST_P(InstallerLine, IsTakenApart) {
    const auto parsed = parse_line(GetParam().line);

    EXPECT_EQ(text(parsed.level), text(GetParam().level));
    EXPECT_EQ(parsed.text, GetParam().text);
    EXPECT_EQ(parsed.has_level, GetParam().has_level);
}
INSTANTIATE_TEST_SUITE_P(
    Forms, InstallerLine,
    testing::Values(
        Raw{"stderr", "level=info msg=Creating infrastructure resources...", LogLevel::INFO,
            "Creating infrastructure resources..."},
        Raw{"stderr_keeps_indentation", "level=info msg=    export KUBECONFIG=/d/auth/kubeconfig", LogLevel::INFO,
            "    export KUBECONFIG=/d/auth/kubeconfig"},
        Raw{"stderr_keeps_quotes", "level=warning msg=\"a\" is b", LogLevel::WARNING, "\"a\" is b"},
        Raw{"stderr_fields", "level=debug msg=Deleted id=vpc-1 public zone=/z", LogLevel::DEBUG,
            "Deleted id=vpc-1 public zone=/z"},
        Raw{"stderr_empty", "level=error msg=", LogLevel::ERROR, ""},
        Raw{"fatal", "level=fatal msg=no", LogLevel::ERROR, "no"},
        Raw{"file", R"(time="2026-11-21T00:22:39Z" level=debug msg="OpenShift Installer v4.19.0")", LogLevel::DEBUG,
            "OpenShift Installer v4.19.0"},
        Raw{"file_word", R"(time="2026-11-21T00:22:39Z" level=info msg=Deleted id=vpc-1 arn="arn:aws:x")",
            LogLevel::INFO, R"(Deleted id=vpc-1 arn="arn:aws:x")"},
        Raw{"file_escapes", R"(time="2026-11-21T00:22:39Z" level=error msg="a \"b\" \\ c\nd\te\x1b")", LogLevel::ERROR,
            "a \"b\" \\ c\nd\te\\x1b"},
        Raw{"file_cut_short", R"(time="2026-11-21T00:22:39Z" level=error msg="half a li)", LogLevel::ERROR,
            "half a li"},
        Raw{"before_logging_is_set_up",
            R"(time="2026-11-21T00:22:39Z" level=fatal msg="Error executing openshift-install: unknown flag: --bogus")",
            LogLevel::ERROR, "Error executing openshift-install: unknown flag: --bogus"},
        Raw{"klog_info", "I0812 14:37:46.543646 1434068 warning_handler.go:65] \"a\"", LogLevel::INFO,
            "warning_handler.go:65] \"a\""},
        Raw{"klog_error", "E1121 14:37:46.543646       7 controller.go:329] b", LogLevel::ERROR,
            "controller.go:329] b"},
        Raw{"almost_klog", "E1121 14:37", LogLevel::INFO, "E1121 14:37", false},
        Raw{"panic", "panic: runtime error: invalid memory address", LogLevel::ERROR,
            "panic: runtime error: invalid memory address", false},
        Raw{"other", "Cloning into 'gitops-src'...", LogLevel::INFO, "Cloning into 'gitops-src'...", false},
        Raw{"unknown_level", "level=loud msg=x", LogLevel::INFO, "level=loud msg=x", false},
        Raw{"colours", "\x1b[36mINFO\x1b[0m x", LogLevel::INFO, "INFO x", false},
        Raw{"colour_cut_short", "x\x1b[3", LogLevel::INFO, "x", false}, Raw{"empty", "", LogLevel::INFO, "", false}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(InstallerMark, IsKnownByItsBeginning) {
    EXPECT_EQ(find_mark("Creating infrastructure resources..."), Mark::INFRASTRUCTURE);
    EXPECT_EQ(find_mark("API v1.32.6 up"), Mark::API_UP);
    EXPECT_EQ(find_mark("Destroying the bootstrap resources..."), Mark::BOOTSTRAP_ENDING);
    EXPECT_EQ(find_mark("Finished destroying bootstrap resources"), Mark::BOOTSTRAPPED);
    EXPECT_EQ(
        find_mark("Waiting up to 40m0s (until 3:46PM UTC) for the cluster at https://api.c.b:6443 to initialize..."),
        Mark::BOOTSTRAPPED);
    EXPECT_EQ(find_mark("Install complete!"), Mark::INSTALLED);
    EXPECT_EQ(find_mark("Uninstallation complete!"), Mark::UNINSTALLED);
}

TEST(InstallerMark, IsNotSeenInOtherText) {
    EXPECT_EQ(find_mark("Waiting for: Install complete!"), std::nullopt);
    EXPECT_EQ(find_mark("Waiting up to 20m0s (until 3:03PM UTC) for the Kubernetes API at https://api.c.b:6443..."),
              std::nullopt);
    EXPECT_EQ(find_mark("API version is old"), std::nullopt);
    EXPECT_EQ(find_mark(""), std::nullopt);
}

TEST(InstallerProgress, IsThePercentageInParentheses) {
    EXPECT_EQ(find_percent("Working towards 4.19.1: 526 of 901 done (58% complete), waiting on x"), 58);
    EXPECT_EQ(find_percent("(100% complete)"), 100);
    EXPECT_EQ(find_percent("(101% complete)"), std::nullopt);
    EXPECT_EQ(find_percent("58% complete)"), std::nullopt);
    EXPECT_EQ(find_percent("(x% complete)"), std::nullopt);
    EXPECT_EQ(find_percent("58 of 100"), std::nullopt);
}

TEST(InstallerFault, IsAlsoAControllersErrorInADebugLine) {
    const auto fault = find_fault(
        R"(time="2026-11-21T00:22:39Z" level=debug msg="E1121 00:22:39.543646   12 controller.go:329] VpcLimitExceeded")");

    ASSERT_TRUE(fault.has_value());
    EXPECT_EQ(fault->level, LogLevel::ERROR);
    EXPECT_EQ(fault->text, "controller.go:329] VpcLimitExceeded");
    EXPECT_FALSE(find_fault("level=debug msg=I1121 00:22:39.543646   12 x.go:1] fine").has_value());
    EXPECT_FALSE(find_fault("level=info msg=fine").has_value());
}

}  // namespace
}  // namespace desk::worker
