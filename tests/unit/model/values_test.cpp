// The small values of the model: versions, names, networks, SSH keys.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/text.hpp"
#include "core/model/architecture.hpp"
#include "core/model/cidr.hpp"
#include "core/model/names.hpp"
#include "core/model/platform.hpp"
#include "core/model/ssh_key.hpp"
#include "core/model/version.hpp"
#include "tests/unit/model/samples.hpp"

namespace desk {
namespace {

using ::testing::HasSubstr;

TEST(Version, ReadsReleasesAndPreReleases) {
    const auto version = Version::parse("4.22.0-ec.5");

    ASSERT_TRUE(version);
    EXPECT_EQ(version->minor, 22);
    EXPECT_EQ(version->pre, "ec.5");
    EXPECT_EQ(version->str(), "4.22.0-ec.5");
    EXPECT_EQ(version->minor_str(), "4.22");
    EXPECT_TRUE(Version::parse("4.19.0-0.nightly-2025-01-31-123456"));
}

TEST(Version, RefusesEverythingElse) {
    for (const char* text : {"", "4", "4.20", "4.20.", "4.20.3.1", "v4.20.3", "4.20.x", "04.20.3", "4.20.3-",
                             "4.20.3-a..b", " 4.20.3", "4.20.3\n", "4.20.-3", "9999999.0.0", "4.20.3-rc_1"})
        EXPECT_FALSE(Version::parse(text)) << text;
}

TEST(Version, OrdersNumbersAsNumbers) {
    const char* ascending[] = {"4.9.0",  "4.20.3-ec.2", "4.20.3-ec.10", "4.20.3-rc.1",
                               "4.20.3", "4.20.10",     "4.22.0",       "5.0.0"};
    for (std::size_t i = 0; i + 1 < std::size(ascending); ++i)
        EXPECT_LT(*Version::parse(ascending[i]), *Version::parse(ascending[i + 1])) << ascending[i];
}

TEST(ClusterName, FollowsThePlatformsLimits) {
    EXPECT_FALSE(cluster_name_fault(Platform::aws, "team-a-test-01"));
    EXPECT_FALSE(cluster_name_fault(Platform::aws, std::string(21, 'a')));
    EXPECT_THAT(*cluster_name_fault(Platform::aws, std::string(22, 'a')), HasSubstr("3 to 21"));
    EXPECT_FALSE(cluster_name_fault(Platform::demo, std::string(54, 'a')));
    EXPECT_TRUE(cluster_name_fault(Platform::demo, std::string(55, 'a')));
    for (const char* name : {"", "ab", "Upper", "1st", "-a-b", "abc-", "a.b.c", "a_bc", "abc\n", "äbc"})
        EXPECT_TRUE(cluster_name_fault(Platform::demo, name)) << name;
}

TEST(Architecture, FollowsTheFamilyOnAws) {
    for (const char* graviton :
         {"m6g.xlarge", "m6gd.metal", "c7gd.2xlarge", "c7gn.4xlarge", "t4g.large", "a1.xlarge", "r8g.xlarge",
          "x2gd.xlarge", "im4gn.xlarge", "is4gen.2xlarge", "g5g.xlarge", "hpc7g.16xlarge", "i8g.xlarge", "m10g.xlarge"})
        EXPECT_EQ(architecture_of(Platform::aws, graviton), Architecture::arm64) << graviton;
    for (const char* other :
         {"m6i.xlarge", "m5.metal", "g5.2xlarge", "g4dn.xlarge", "gr6.4xlarge", "g6e.xlarge", "m7i-flex.large",
          "m6a.xlarge", "x2iedn.xlarge", "u-6tb1.56xlarge", "trn1.2xlarge", "a10", "g", ""})
        EXPECT_EQ(architecture_of(Platform::aws, other), Architecture::amd64) << other;
    EXPECT_EQ(architecture_of(Platform::demo, "m6g.xlarge"), Architecture::amd64);
    EXPECT_EQ(architecture_of(Platform::ibmcloud, "gx2-8x64x1v100"), Architecture::amd64);
}

TEST(Domain, IsALowerCaseNameOfTwoLabelsOrMore) {
    EXPECT_FALSE(domain_fault("labs.example.com"));
    for (const char* name : {"", "com", "Labs.example.com", "a..b", ".a.b", "a.b.", "-a.b", "a_b.c", "a b.c"})
        EXPECT_TRUE(domain_fault(name)) << name;
    EXPECT_TRUE(domain_fault(std::string(64, 'a') + ".com"));
}

TEST(CostCenter, IsAShortWord) {
    EXPECT_FALSE(cost_center_fault("sandbox_7.b-2"));
    for (const char* text : {"", "a", "a b", "a/b", "a\nb", "kosten\xc3\xa4"})
        EXPECT_TRUE(cost_center_fault(text)) << text;
    EXPECT_TRUE(cost_center_fault(std::string(65, 'a')));
}

TEST(Text, MayNotHideAnything) {
    EXPECT_FALSE(text_fault("Grüße aus Köln 👋", 100));
    EXPECT_FALSE(text_fault("two\nlines", 100, true));
    EXPECT_TRUE(text_fault("two\nlines", 100));
    for (const char* bad : {"\x1b[31m", "\x7f", "\xc2\x85", "\xe2\x80\xae", "\xe2\x80\xa8", "\xef\xbb\xbf", "\xff"})
        EXPECT_TRUE(text_fault(bad, 100, true)) << bad;
    EXPECT_TRUE(text_fault(std::string("\0", 1), 100, true));
    EXPECT_TRUE(text_fault("four", 3));
}

TEST(Cidr, ReadsAndComparesNetworks) {
    const auto net = Cidr::parse("10.128.0.0/14");
    ASSERT_TRUE(net);
    EXPECT_EQ(net->str(), "10.128.0.0/14");
    EXPECT_FALSE(net->has_host_bits());
    EXPECT_TRUE(net->overlaps(*Cidr::parse("10.131.255.0/24")));
    EXPECT_FALSE(net->overlaps(*Cidr::parse("10.132.0.0/16")));
    EXPECT_TRUE(net->overlaps(*Cidr::parse("0.0.0.0/0")));
    EXPECT_EQ(Cidr::parse("10.0.0.1/16")->network().str(), "10.0.0.0/16");
    EXPECT_TRUE(Cidr::parse("10.0.0.1/16")->has_host_bits());
    for (const char* text : {"", "10.0.0.0", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/08", "10.0.0/8", "256.0.0.0/8",
                             "::/0", "10.0.0.0/8 "})
        EXPECT_FALSE(Cidr::parse(text)) << text;
}

constexpr std::string_view kEcdsa =
    "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBIcvYO0IrNLyMf3g6DlwhPbNxLPXFr24jq1ItJK+"
    "FHmnsOz1NCyi1sXuqL/Pv01Ds5sl/syGw1aqSvxMwtzTKgQ=";
constexpr std::string_view kRsa =
    "ssh-rsa "
    "AAAAB3NzaC1yc2EAAAADAQABAAABAQDD238OL00MY6MtP6v1+QrDmBcKLhN1BNHmU0eE567sVTrkxfexmYw/lMgqoeaHjYmnWgNQ9g/4VPk3"
    "rxVQ+H6xZiB0qAZ5PvDcqkIGSpEa7ibeOx7/LSXAgmX7w2eLuveahBjgQmqrh9GXIwjGIwTo1QKWIuy9KWBIVm43wQVgt/wc/u/"
    "T2lxdQEHhBsvYN0TV"
    "gMM9wpKAOTBBHAFsuu07xyiCsf2W6n0/WHVI+L9weTGy761rZC7FezNCts65ClDupWCmU1gWhNgjVHYUbjvwJltEMF3Z2sKngV+lS/"
    "YdNp0bEqccCvGo"
    "KqiBdarnWh4OwPlf2hOg/7OXEYADrRKP two words";

TEST(SshKey, TakesTheKindsThatOpenSshMakes) {
    for (const auto key : {samples::kSshKey, kEcdsa, kRsa})
        EXPECT_FALSE(ssh_key_fault(key)) << ssh_key_fault(key).value_or("");
}

TEST(SshKey, IsReadToItsLastByte) {
    const auto words = split(samples::kSshKey, ' ');
    const std::string blob = *from_base64(words[1]);
    const auto line = [](std::string_view type, std::string_view bytes) { return cat(type, ' ', base64(bytes)); };

    EXPECT_THAT(*ssh_key_fault(line("ssh-rsa", blob)), HasSubstr("the key itself says ssh-ed25519"));
    EXPECT_THAT(*ssh_key_fault(line("ssh-ed25519", blob.substr(0, blob.size() - 1))), HasSubstr("cut off"));
    EXPECT_THAT(*ssh_key_fault(line("ssh-ed25519", blob + "x")), HasSubstr("behind"));
    EXPECT_THAT(*ssh_key_fault(line("ssh-ed25519", std::string("\xff\xff\xff\xff", 4) + blob)), HasSubstr("cut off"));
    EXPECT_TRUE(ssh_key_fault(line("ssh-ed25519", "")));
}

TEST(SshKey, RefusesWhatIsNone) {
    EXPECT_THAT(*ssh_key_fault("-----BEGIN OPENSSH PRIVATE KEY-----"), HasSubstr("private key"));
    EXPECT_THAT(*ssh_key_fault("ssh-dss AAAA"), HasSubstr("types:"));
    EXPECT_THAT(*ssh_key_fault("ssh-ed25519"), HasSubstr("Paste one line"));
    EXPECT_THAT(*ssh_key_fault("ssh-ed25519 !!!!"), HasSubstr("base64"));
    EXPECT_TRUE(ssh_key_fault(std::string(samples::kSshKey) + "\nssh-rsa AAAA"));
    EXPECT_TRUE(ssh_key_fault("command=\"rm\" " + std::string(samples::kSshKey)));
}

TEST(Platforms, AreReadByName) {
    EXPECT_EQ(*parse_platforms({"demo", "aws"}), (Platforms{Platform::aws, Platform::demo}));
    EXPECT_THAT(parse_platforms({"demo", "amazon"}).error(), HasSubstr("\"amazon\""));
}

}  // namespace
}  // namespace desk
