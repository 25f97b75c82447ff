// Nothing that a job knows as a secret, and nothing that looks like one, is left in a line.
#include "worker/redact.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "core/base/json.hpp"
#include "core/base/lines.hpp"
#include "core/base/text.hpp"

namespace desk::worker {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string kValue = "Zx9\"&/q w<7\\kä";  // every character that an encoding treats in its own way

std::string redact_one(const std::string& secret, std::string_view line) {
    Redactor redactor;
    redactor.add(Secret(secret));
    return redactor.redact(line);
}

TEST(Redactor, HidesAValueWhereverItStands) {
    EXPECT_EQ(redact_one("hunter22", "hunter22"), "[redacted]");
    EXPECT_EQ(redact_one("hunter22", "a hunter22 b hunter22"), "a [redacted] b [redacted]");
    EXPECT_EQ(redact_one("hunter22", "xhunter22hunter22x"), "x[redacted]x");
    EXPECT_EQ(redact_one("hunter22", "hunter2 Hunter22"), "hunter2 Hunter22");
}

struct Form {
    const char* name;
    std::string (*of)(std::string_view);
};
std::string json_once(std::string_view text) { return Json(text).dump(); }
std::string json_twice(std::string_view text) { return Json(json_once(text)).dump(); }
std::string json_ascii_html(std::string_view) { return R"("Zx9\"\u0026/q w\u003c7\\kä")"; }
std::string percent_form(std::string_view text) {
    auto encoded = percent_encode(text);
    for (auto at = encoded.find("%20"); at != std::string::npos; at = encoded.find("%20")) encoded.replace(at, 3, "+");
    return encoded;
}
class EncodedSecret : public testing::TestWithParam<Form> {};

TEST_P(EncodedSecret, IsHidden) {
    const auto encoded = GetParam().of(kValue);

    const auto redacted = redact_one(kValue, "before " + encoded + " after");

    EXPECT_THAT(redacted, testing::AllOf(HasSubstr("[redacted]"), HasSubstr("before "), HasSubstr(" after")));
    EXPECT_LE(redacted.size(), std::string("before [redacted] after").size() + 6) << redacted;
}
INSTANTIATE_TEST_SUITE_P(Redactor, EncodedSecret,
                         testing::Values(Form{"json", json_once}, Form{"json_in_json", json_twice},
                                         Form{"json_of_go", json_ascii_html}, Form{"percent", percent_encode},
                                         Form{"form", percent_form}, Form{"base64", base64},
                                         Form{"base64url", base64url}),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(Redactor, HidesAValueInsideABase64TextAtEveryAlignment) {
    for (const auto* before : {"", "u", "us", "user:", "user:x"}) {
        for (const auto* after : {"", "\n", "}}", "abc"}) {
            const auto text = cat(before, "correct horse battery", after);

            const auto redacted = redact_one("correct horse battery", base64(text) + " " + base64url(text));

            // What is left besides the neighbours is at most one character on each side that shares bits with them.
            EXPECT_THAT(redacted, Not(HasSubstr(base64(text).substr(8, 8)))) << redacted;
            EXPECT_THAT(redacted, testing::ContainsRegex("\\[redacted\\].* .*\\[redacted\\]")) << redacted;
        }
    }
}

TEST(Redactor, HidesWrappedBase64) {
    const std::string secret(200, 'k');
    const auto encoded = base64(secret);
    for (const std::size_t columns : {64U, 76U}) {
        std::string wrapped;
        for (std::size_t at = 0; at < encoded.size(); at += columns) wrapped += encoded.substr(at, columns) + "\n";

        EXPECT_THAT(redact_one(secret, wrapped), Not(HasSubstr("a2tr"))) << columns;
    }
}

TEST(Redactor, HidesEachLineOfASecretOfSeveral) {
    const auto secret = "apiVersion: v1\nclient-key-data: bXktb3duLXByaXZhdGUta2V5LWRhdGE\nx: 1\n";

    EXPECT_EQ(redact_one(secret, "  client-key-data: bXktb3duLXByaXZhdGUta2V5LWRhdGE"), "  [redacted]");
    EXPECT_EQ(redact_one(secret, "key bXktb3duLXByaXZhdGUta2V5LWRhdGE!"), "key [redacted]!");
    EXPECT_EQ(redact_one(secret, "x: 1"), "x: 1");
}

TEST(Redactor, HidesTheTextsOfAJsonSecretHoweverItIsWritten) {
    const auto pull_secret = R"({"auths":{"quay.io":{"auth":"dXNlcjpzZWNyZXQ=","email":"me@example.com"}}})";

    EXPECT_EQ(redact_one(pull_secret, R"(auth is dXNlcjpzZWNyZXQ= for quay.io)"), "auth is [redacted] for quay.io");
    EXPECT_EQ(redact_one(pull_secret, cat("pullSecret: Invalid value: ", Json(pull_secret).dump(), ": bad")),
              "pullSecret: Invalid value: \"[redacted]\": bad");
}

TEST(Redactor, LeavesValuesAloneThatCouldBeAnyWord) {
    EXPECT_EQ(redact_one("admin", "admin logs in"), "admin logs in");
    EXPECT_EQ(redact_one("", "nothing"), "nothing");
    EXPECT_EQ(redact_one("secret", "a secret"), "a [redacted]");
}

TEST(Redactor, HidesTheBeginningOfAValueThatWasCutOff) {
    std::string heard;
    LineSplitter lines(20, [&](std::string_view line) { heard = line; });
    lines.feed("token is correct-horse-battery-staple and more\n");

    EXPECT_EQ(redact_one("correct-horse-battery-staple", heard), "token is [redacted] [cut: 26 bytes]");
}

struct Looks {
    const char* name;
    std::string line, redacted;
};
class LooksLikeASecret : public testing::TestWithParam<Looks> {};

TEST_P(LooksLikeASecret, AndIsHiddenUnlessItIsNone) {
    Redactor redactor;
    EXPECT_EQ(redactor.redact(GetParam().line), GetParam().redacted);
}
INSTANTIATE_TEST_SUITE_P(
    Redactor, LooksLikeASecret,
    testing::Values(
        Looks{"password", R"(user: "kubeadmin", and password: "tnjNB-CFB6m-tv4B5-zivDC")",
              R"(user: "kubeadmin", and password[redacted])"},
        Looks{"password_with_spaces", "PASSWORD=correct horse", "PASSWORD[redacted]"},
        Looks{"password_as_a_word", "Generating Kubeadmin Password...", "Generating Kubeadmin Password..."},
        Looks{"kubeadmin", "it is tnjNB-CFB6m-tv4B5-zivDC.", "it is [redacted]."},
        Looks{"longer_than_kubeadmin", "a1b2c-a1b2c-a1b2c-a1b2c-a1b2c", "a1b2c-a1b2c-a1b2c-a1b2c-a1b2c"},
        Looks{"uuid", "21068a74-fc00-4870-abd8-52926bdb14cc", "21068a74-fc00-4870-abd8-52926bdb14cc"},
        Looks{"infra_id", "demo1-kcj4t-master-0", "demo1-kcj4t-master-0"},
        Looks{"aws_key", "key AKIAIOSFODNN7EXAMPLE, ASIAIOSFODNN7EXAMPLE", "key [redacted], [redacted]"},
        Looks{"no_aws_key", "AKIAIOSFODNN7EXAMPLEX akiaiosfodnn7example", "AKIAIOSFODNN7EXAMPLEX akiaiosfodnn7example"},
        Looks{"aws_secret", "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
              "aws_secret_access_key = [redacted]"},
        Looks{"aws_secret_json", R"({"SecretAccessKey":"wJalrXUtn/EMI","Expires":1})",
              R"({"SecretAccessKey":"[redacted]","Expires":1})"},
        Looks{"aws_secret_xml", "<SecretAccessKey>wJalr</SecretAccessKey>",
              "<SecretAccessKey>[redacted]</SecretAccessKey>"},
        Looks{"aws_session", "AWS_SESSION_TOKEN=IQoJb3JpZ2luX2Vj next", "AWS_SESSION_TOKEN=[redacted] next"},
        Looks{"ibm", "IC_API_KEY=abcdef", "IC_API_KEY=[redacted]"},
        Looks{"bearer", "Authorization: Bearer abc.def-ghi", "Authorization:[redacted]"},
        Looks{"bearer_alone", "sent bearer abc.def-ghi to it", "sent bearer [redacted] to it"},
        Looks{"pull_secret", R"({"auths":{"quay.io":{"auth":"dXNlcjpw","email":"a@b"}}})",
              R"({"auths":{"quay.io":{"auth":"[redacted]","email":"a@b"}}})"},
        Looks{"pull_secret_escaped", R"(\"auth\":\"dXNlcjpw\",\"x\")", R"(\"auth\":\"[redacted]\",\"x\")"},
        Looks{"url", "clone https://bob:pa55@git.example.com/x.git",
              "clone https://bob:[redacted]@git.example.com/x.git"},
        Looks{"url_token", "https://0123456789abcdef0123456789@h/x", "https://[redacted]@h/x"},
        Looks{"plain_url", "https://api.demo1.example.com:6443/a@b", "https://api.demo1.example.com:6443/a@b"},
        Looks{"github", "ghs_0123456789abcdefghij and ghs_short", "[redacted] and ghs_short"},
        Looks{"vault", "token hvs.CAESIJ0123456789abcdef", "token [redacted]"},
        Looks{"openshift", "oc login --token=sha256~0123456789abcdefghij", "oc login --token=[redacted]"},
        Looks{"digest", "ocp-release@sha256:0123456789abcdef0123", "ocp-release@sha256:0123456789abcdef0123"},
        Looks{"web_token", "eyJhbGciOiJSUzI1NiIsImtpZCI6.eyJpc3Mi.sig", "[redacted]"},
        Looks{"pem", "key -----BEGIN RSA PRIVATE KEY-----\\nMII\\n-----END RSA PRIVATE KEY----- end",
              "key [redacted] end"},
        Looks{"plain", "Creating infrastructure resources...", "Creating infrastructure resources..."}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(LineRedactor, CarriesAPemBlockOverLines) {
    const Redactor redactor;
    LineRedactor lines(redactor);

    EXPECT_EQ(lines.redact_line("found -----BEGIN EC PRIVATE KEY-----"), "found [redacted]");
    EXPECT_EQ(lines.redact_line("  MHcCAQEEIBkg4LVWM9nuwNSk3yByxZpYRTBnVJk5oYaV"), "[redacted]");
    EXPECT_EQ(lines.redact_line("  AwEHoUQDQgAE+/=="), "[redacted]");
    EXPECT_EQ(lines.redact_line("-----END EC PRIVATE KEY----- done"), "[redacted] done");
    EXPECT_EQ(lines.redact_line("abc"), "abc");
}

TEST(LineRedactor, DoesNotWaitForeverForTheEndOfABlock) {
    const Redactor redactor;
    LineRedactor lines(redactor);

    EXPECT_EQ(lines.redact_line("-----BEGIN CERTIFICATE-----"), "[redacted]");
    EXPECT_EQ(lines.redact_line("MIIB"), "[redacted]");
    EXPECT_EQ(lines.redact_line("Waiting up to 20m0s for the Kubernetes API..."),
              "Waiting up to 20m0s for the Kubernetes API...");
    EXPECT_EQ(lines.redact_line("MIIB"), "MIIB");
}

TEST(LineRedactor, KeepsUpWithAnInstallersLog) {
    Redactor redactor;
    for (int i = 0; i < 50; ++i) redactor.add(Secret(cat("secret-number-", i, "-", std::string(1000, 'x'))));
    LineRedactor lines(redactor);
    const std::string line =
        "Still waiting for the cluster to initialize: Working towards 4.19.1: 526 of 901 done (58% complete), waiting "
        "on "
        "authentication, console, image-registry, ingress, kube-apiserver, machine-api, monitoring, openshift-samples";
    const auto begun = std::chrono::steady_clock::now();

    std::size_t bytes = 0;
    for (int i = 0; i < 20'000; ++i) bytes += lines.redact_line(line).size();

    EXPECT_EQ(bytes, 20'000 * line.size());
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(20));  // 0.5 s without optimisation
}

}  // namespace
}  // namespace desk::worker
