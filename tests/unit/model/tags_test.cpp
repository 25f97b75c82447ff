// Tags: who wins, what is reserved, what providers take.
#include "core/model/tags.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/model/samples.hpp"

namespace desk {
namespace {

using ::testing::HasSubstr;

TEST(MergeTags, LetsTheLaterLayerWin) {
    EXPECT_EQ(merge_tags({{"a", "default"}, {"b", "default"}, {"c", "default"}}, {{"b", "required"}, {"c", "required"}},
                         {{"c", "user"}}),
              (Tags{{"a", "default"}, {"b", "required"}, {"c", "user"}}));
}

TEST(MergeTags, LeavesReservedKeysOutInAnyCase) {
    EXPECT_EQ(merge_tags({{"Environment", "lab"}, {"ManagedBy", "me"}}, {}, {{"OWNER", "me"}, {"x", "1"}}),
              (Tags{{"x", "1"}}));
}

TEST(EffectiveTags, SetAllElevenSystemTagsOverEverythingElse) {
    const Profile profile = samples::profile();
    EffectiveOrder order = samples::effective(samples::order(profile), profile);
    order.tags["ManagedBy"] = "somebody else";

    const Tags tags = effective_tags(order, "clu_1", "req_1", *parse_time("2026-11-21T12:00:00Z"));

    for (const auto key : kReservedTags) EXPECT_TRUE(tags.contains(std::string(key))) << key;
    EXPECT_EQ(tags.at("ManagedBy"), "clusterdesk");
    EXPECT_EQ(tags.at("ClusterId"), "clu_1");
    EXPECT_EQ(tags.at("RequestId"), "req_1");
    EXPECT_EQ(tags.at("Owner"), "ada");
    EXPECT_EQ(tags.at("Environment"), "lab");
    EXPECT_EQ(tags.at("TTLExpiry"), "2026-11-21T12:00:00Z");
    EXPECT_EQ(tags.at("Platform"), "demo");
    EXPECT_EQ(tags.at("Purpose"), "testing");
    EXPECT_EQ(tags.size(), kReservedTags.size() + 1);
}

TEST(TagFault, RefusesReservedKeysByName) {
    for (const char* key : {"ManagedBy", "managedby", "TTLExpiry", "OWNER"})
        EXPECT_THAT(*tag_fault(Platform::demo, key, "x"), HasSubstr("reserved")) << key;
}

TEST(TagFault, RefusesKeysOfProvidersAndClusters) {
    for (const char* key : {"Name", "name", "aws:created", "kubernetes.io/cluster/x", "sub.openshift.io/y"})
        EXPECT_TRUE(tag_fault(Platform::aws, key, "x")) << key;
    EXPECT_FALSE(tag_fault(Platform::aws, "kubernetes.io", "x"));
}

TEST(TagFault, HoldsTheProvidersCharactersAndLengths) {
    EXPECT_FALSE(tag_fault(Platform::aws, "Cost Model", "a+b=c@d/e:f_g.h-i"));
    EXPECT_TRUE(tag_fault(Platform::aws, "", "x"));
    EXPECT_TRUE(tag_fault(Platform::aws, "x", ""));
    EXPECT_TRUE(tag_fault(Platform::aws, "a,b", "x"));
    EXPECT_TRUE(tag_fault(Platform::aws, "a", "line\nline"));
    EXPECT_TRUE(tag_fault(Platform::aws, std::string(129, 'k'), "x"));
    EXPECT_FALSE(tag_fault(Platform::aws, std::string(128, 'k'), std::string(256, 'v')));
    EXPECT_TRUE(tag_fault(Platform::aws, "k", std::string(257, 'v')));
    EXPECT_TRUE(tag_fault(Platform::gcp, "Upper", "x"));
}

TEST(MaxTags, LeaveRoomForTheSystemTags) {
    EXPECT_EQ(max_tags(Platform::aws), 25);
    EXPECT_EQ(max_free_tags(Platform::aws), 14);
}

TEST(SanitizeTags, MakesEveryTagAcceptableAndChangesNothingTwice) {
    const Tags raw = {{"Owner", "ada <ada@example.com>\n"}, {std::string(200, 'k'), std::string(300, 'v')}};
    for (const auto word : all_texts<Platform>()) {
        const auto platform = *parse_enum<Platform>(word);
        const Tags once = sanitize_tags(platform, raw);
        EXPECT_EQ(sanitize_tags(platform, once), once) << word;
        for (const auto& [key, value] : once)
            EXPECT_TRUE(is_reserved_tag(key) || !tag_fault(platform, key, value)) << word << " " << key;
    }
    EXPECT_EQ(sanitize_tags(Platform::aws, raw).at("Owner"), "ada _ada@example.com__");
    EXPECT_EQ(sanitize_tags(Platform::gcp, {{"ClusterName", "A b"}}), (Tags{{"clustername", "a-b"}}));
}

}  // namespace
}  // namespace desk
