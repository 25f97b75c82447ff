// Installers by exact version, each pinned by its checksum.
#include "worker/installer_catalog.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/crypto.hpp"
#include "core/base/error.hpp"
#include "core/base/text.hpp"
#include "tests/support/temp_dir.hpp"

namespace desk::worker {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Installers : public ::testing::Test {
  protected:
    /// A program that says of itself that it is `version`.
    fs::path program(const std::string& version, const std::string& more = "") {
        const auto file = dir_ / "download";
        replace_file(file, cat("#!/bin/sh\n# ", more, "\necho \"$0 ", version, "\"\necho built from commit 0\n"), 0755);
        return file;
    }
    InstallerCatalog::Pin add(const std::string& version) {
        return catalog_.add(version, kInstaller, program(version));
    }
    fs::path place(const std::string& version) { return dir_ / "catalog" / version / "openshift-install"; }

    template <class Act>
    std::string refusal_of(Act act) {
        try {
            act();
        } catch (const Error& error) {
            return error.for_user();
        }
        return "";
    }

    TempDir dir_;
    InstallerCatalog catalog_{dir_ / "catalog"};
};

TEST_F(Installers, AreCopiedAndPinnedAsSha256sumReadsIt) {
    const auto pin = add("4.20.3");

    EXPECT_EQ(pin.sha256, sha256_hex(read_file(dir_ / "download")));
    EXPECT_EQ(read_file(dir_ / "catalog/SHA256SUMS"), cat(pin.sha256, "  4.20.3/openshift-install\n"));
    EXPECT_EQ(catalog_.get("4.20.3"), place("4.20.3"));
    EXPECT_THAT(catalog_.faults(), IsEmpty());
}

TEST_F(Installers, OfAnotherVersionThanTheySayAreRefused) {
    const auto file = program("4.20.4");

    EXPECT_THAT(refusal_of([&] { catalog_.add("4.20.3", kInstaller, file); }),
                HasSubstr("is version 4.20.4 and not 4.20.3"));
    EXPECT_THAT(catalog_.pins(), IsEmpty());
    EXPECT_FALSE(fs::exists(dir_ / "catalog/4.20.3"));
}

TEST_F(Installers, WithAnotherChecksumThanAskedForAreNeverRun) {
    const auto file = dir_ / "download";
    replace_file(file, cat("#!/bin/sh\ntouch ", (dir_ / "was-run").string(), "\necho installer 4.20.3\n"), 0755);

    EXPECT_THAT(refusal_of([&] { catalog_.add("4.20.3", kInstaller, file, std::string(64, 'a')); }),
                HasSubstr("don't run it"));
    EXPECT_FALSE(fs::exists(dir_ / "was-run"));
}

TEST_F(Installers, AreReplacedOnlyWhenThatIsSaid) {
    add("4.20.3");
    const auto other = program("4.20.3", "another build");

    EXPECT_THAT(refusal_of([&] { catalog_.add("4.20.3", kInstaller, other); }), HasSubstr("--replace"));
    catalog_.add("4.20.3", kInstaller, other, sha256_hex(read_file(other)), true);

    EXPECT_EQ(catalog_.pins().size(), 1U);
    EXPECT_THAT(catalog_.faults(), IsEmpty());
}

TEST_F(Installers, ThatWereChangedAreNotUsed) {
    add("4.20.3");
    ASSERT_EQ(catalog_.find_fault("4.20.3"), std::nullopt);  // and remembered

    replace_file(place("4.20.3"), read_file(place("4.20.3")) + "echo more\n", 0755);

    EXPECT_THAT(refusal_of([&] { catalog_.get("4.20.3"); }), HasSubstr("is not what was pinned"));
    EXPECT_EQ(catalog_.faults().size(), 1U);
}

TEST_F(Installers, ThatNobodyAddedAreNotUsed) {
    add("4.20.3");
    make_dir(place("4.20.9").parent_path());
    fs::copy_file(place("4.20.3"), place("4.20.9"));

    EXPECT_THAT(refusal_of([&] { catalog_.get("4.20.9"); }), HasSubstr("installers add 4.20.9 FILE"));
    EXPECT_THAT(catalog_.faults(), ElementsAre(HasSubstr("has no pin")));
}

TEST_F(Installers, ForADestroyMayBeNewerOfTheSameMajor) {
    for (const auto* version : {"4.19.9", "4.20.10", "4.20.4", "5.0.0"}) add(version);

    EXPECT_EQ(catalog_.get_for_destroy("4.20.4"), place("4.20.4"));
    EXPECT_EQ(catalog_.get_for_destroy("4.20.3"), place("4.20.4"));
    EXPECT_EQ(catalog_.get_for_destroy("4.20.5"), place("4.20.10"));
    EXPECT_THAT(refusal_of([&] { catalog_.get_for_destroy("4.21.0"); }), HasSubstr("newer one of the same major"));
}

TEST_F(Installers, ForWhatNobodyKnowsTheVersionOfAreTheNewest) {
    EXPECT_THAT(refusal_of([&] { catalog_.get_for_destroy(""); }), HasSubstr("no openshift-install that can be used"));
    for (const auto* version : {"4.20.10", "4.9.3", "4.20.4"}) add(version);

    EXPECT_EQ(catalog_.get_for_destroy(""), place("4.20.10"));
    fs::remove(place("4.20.10"));
    EXPECT_EQ(catalog_.get_for_destroy(""), place("4.20.4"));
}

TEST_F(Installers, HaveCompanionsOfTheirVersion) {
    const auto file = program("whatever");

    EXPECT_THAT(refusal_of([&] { catalog_.add("4.20.3", kCcoctl, file); }), HasSubstr("add openshift-install first"));
    add("4.20.3");
    catalog_.add("4.20.3", kCcoctl, program("whatever"));

    EXPECT_EQ(catalog_.get("4.20.3", kCcoctl), dir_ / "catalog/4.20.3/ccoctl");
    EXPECT_THAT(refusal_of([&] { catalog_.get("4.20.3", kOc); }), HasSubstr("--program oc"));
}

}  // namespace
}  // namespace desk::worker
