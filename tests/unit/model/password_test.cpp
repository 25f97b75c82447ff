// Passwords: which ones a person may choose.
#include "core/model/password.hpp"

#include <gtest/gtest.h>

namespace desk {
namespace {

TEST(Password, OfTwelveCharactersAndMoreIsTaken) {
    EXPECT_FALSE(password_fault("abcd efgh ijk", "ann"));
    EXPECT_FALSE(password_fault("tr0ub4dor&3x", "ann"));
    EXPECT_FALSE(password_fault(std::string(128, 'a') + std::string(128, 'b'), "ann"));
}

TEST(Password, IsNotTooShortOrTooLong) {
    EXPECT_TRUE(password_fault("", "ann"));
    EXPECT_TRUE(password_fault("elevenchars", "ann"));
    EXPECT_TRUE(password_fault(std::string(129, 'a') + std::string(128, 'b'), "ann"));
}

TEST(Password, IsCountedInCharactersNotBytes) {
    EXPECT_TRUE(password_fault("\xc3\xa9\xc3\xa8\xc3\xa0\xc3\xb9\xc3\xa2\xc3\xaa", "ann")) << "6 characters, 12 bytes";
    EXPECT_FALSE(password_fault("\xc3\xa9\xc3\xa8\xc3\xa0\xc3\xb9\xc3\xa2\xc3\xaa gar\xc3\xa7on", "ann"));
}

TEST(Password, IsMoreThanTheName) {
    EXPECT_TRUE(password_fault("christopher1", "christopher"));
    EXPECT_TRUE(password_fault("12CHRISTOPHER", "christopher"));
    EXPECT_FALSE(password_fault("ann likes the sea in winter", "ann")) << "a short name may come up in a sentence";
}

TEST(Password, IsNoneOfThoseThatEverybodyTries) {
    EXPECT_TRUE(password_fault("Password12345", "ann"));
    EXPECT_TRUE(password_fault("passwordpassword", "ann"));
    EXPECT_TRUE(password_fault("aaaaaaaaaaaaaaaa", "ann"));
}

TEST(Password, IsText) {
    EXPECT_TRUE(password_fault("\xff\xfe\xff\xfe\xff\xfe\xff\xfe\xff\xfe\xff\xfe", "ann"));
    EXPECT_TRUE(password_fault(std::string("with a \0 zero byte", 18), "ann"));
}

}  // namespace
}  // namespace desk
