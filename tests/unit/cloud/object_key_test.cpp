// Names of stored objects: nothing that could lead out of the store.
#include <gtest/gtest.h>

#include "core/cloud/object_store.hpp"

namespace desk {
namespace {

TEST(ObjectKey, IsPartsOfPlainCharacters) {
    for (const char* key : {"a", "clusters/clu_01JD/art_01JD/kubeconfig-blue.yaml", "a/..b/c..", ".hidden", "..."})
        EXPECT_TRUE(is_object_key(key)) << key;
}

TEST(ObjectKey, NeverLeadsOutOfTheStore) {
    for (const char* key : {"", "/", "/a", "a/", "a//b", ".", "..", "../a", "a/../b", "a/..", "./a", "a b", "a\\b",
                            "a\nb", "a%2fb", "\xc3\xa4"})
        EXPECT_FALSE(is_object_key(key)) << key;
    EXPECT_FALSE(is_object_key(std::string("a\0b", 3)));
    EXPECT_FALSE(is_object_key(std::string(513, 'a')));
}

}  // namespace
}  // namespace desk
