// The desk's keys: what a key file may hold, what opens what, and what rotation leaves working.
#include "core/base/keyring.hpp"

#include <gtest/gtest.h>

#include "core/base/error.hpp"
#include "core/base/text.hpp"

namespace desk {
namespace {

const std::string kOld = "old:" + base64(std::string(32, 'a')) + "\n";
const std::string kNew = "new:" + base64(std::string(32, 'b')) + "\n";

Keyring ring(const std::string& text) { return Keyring::parse(Secret(text)); }

TEST(Keyring, SealsWithTheFirstKeyAndOpensWithAll) {
    const auto before = ring(kOld);
    const auto sealed = before.seal(Secret("swordfish"), "aad");

    const auto after = ring(kNew + kOld);

    EXPECT_EQ(sealed.key_id, "old");
    EXPECT_EQ(after.seal(Secret("x"), "").key_id, "new");
    ASSERT_TRUE(after.open(sealed, "aad"));
    EXPECT_EQ(after.open(sealed, "aad")->reveal(), "swordfish");
}

TEST(Keyring, OpensNothingThatWasChangedOrIsNotItsOwn) {
    const auto keys = ring(kOld);
    const auto sealed = keys.seal(Secret("swordfish"), "aad");
    auto flipped = sealed;
    flipped.bytes.back() = static_cast<char>(flipped.bytes.back() ^ 1);
    auto renamed = sealed;
    renamed.key_id = "new";

    EXPECT_FALSE(keys.open(sealed, "another aad"));
    EXPECT_FALSE(keys.open(flipped, "aad"));
    EXPECT_FALSE(ring(kNew).open(sealed, "aad"));
    EXPECT_FALSE(ring(kNew + kOld).open(renamed, "aad"));
    EXPECT_FALSE(keys.open({"old", ""}, "aad"));
}

TEST(Keyring, NeverSealsTheSameTwice) {
    const auto keys = ring(kOld);

    EXPECT_NE(keys.seal(Secret("swordfish"), "").bytes, keys.seal(Secret("swordfish"), "").bytes);
}

TEST(Keyring, VerifiesWhatAnyOfItsKeysSignedForThatUse) {
    const auto signature = ring(kOld).sign("link", "text");

    EXPECT_TRUE(ring(kNew + kOld).verify("link", "text", signature));
    EXPECT_FALSE(ring(kNew).verify("link", "text", signature));
    EXPECT_FALSE(ring(kOld).verify("mail", "text", signature));
    EXPECT_FALSE(ring(kOld).verify("link", "text2", signature));
    EXPECT_FALSE(ring(kOld).verify("link", "text", ""));
}

TEST(Keyring, BindsASignatureToTheIdOfItsKey) {
    const std::string renamed = "other:" + kOld.substr(4);

    EXPECT_NE(ring(kOld).sign("link", "text"), ring(renamed).sign("link", "text"));
}

TEST(Keyring, ReadsCommentsBlankLinesAndWindowsLineEnds) {
    EXPECT_EQ(ring("# keys of this desk\r\n\r\n" + kNew.substr(0, kNew.size() - 1) + "\r\n" + kOld).first_id(), "new");
}

TEST(Keyring, MakesLinesThatItReads) {
    const auto line = Keyring::new_line("2026-11");

    EXPECT_EQ(Keyring::parse(line).first_id(), "2026-11");
    EXPECT_NE(line.reveal(), Keyring::new_line("2026-11").reveal());
}

TEST(Keyring, RefusesABadFileAndNamesTheLine) {
    struct Case {
        std::string text, reason;
    };
    const std::vector<Case> cases = {
        {"", "no key"},
        {"# only a comment\n", "no key"},
        {kNew + "no colon here\n", "line 2"},
        {"bad id!:" + base64(std::string(32, 'a')), "line 1"},
        {std::string(33, 'i') + ":" + base64(std::string(32, 'a')), "line 1"},
        {"short:" + base64(std::string(31, 'a')), "32 bytes"},
        {"long:" + base64(std::string(33, 'a')), "32 bytes"},
        {"noise:$$$$", "32 bytes"},
        {kOld + kOld, "twice"},
    };
    for (const auto& [text, reason] : cases) try {
            ring(text);
            ADD_FAILURE() << "accepted: " << text;
        } catch (const Error& error) {
            EXPECT_NE(error.for_log().find(reason), std::string::npos) << error.for_log();
        }
}

TEST(Keyring, NeverPutsAKeyIntoItsErrors) {
    const std::string key = base64(std::string(31, 's'));
    try {
        ring("short:" + key);
        ADD_FAILURE();
    } catch (const Error& error) {
        EXPECT_EQ(std::string(error.what()).find(key), std::string::npos);
        EXPECT_EQ(error.for_log().find(key), std::string::npos);
    }
}

}  // namespace
}  // namespace desk
