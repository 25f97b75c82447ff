// The strict YAML reader.
#include "core/base/yaml.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/yaml_bind.hpp"

namespace desk {
namespace {

using ::testing::HasSubstr;

Yaml read(std::string_view text) {
    auto tree = parse_yaml(text, "a.yaml");
    EXPECT_TRUE(tree.ok()) << (tree.ok() ? "" : tree.error().front().str());
    return tree.ok() ? std::move(tree).value() : Yaml{};
}

/// All faults, one a line.
std::string faults_in(std::string_view text) {
    const auto tree = parse_yaml(text, "a.yaml");
    std::string all;
    if (!tree)
        for (const auto& fault : tree.error()) all += fault.str() + "\n";
    return all;
}

TEST(ReadYaml, KeepsOrderLinesAndQuotes) {
    const Yaml tree = read("b: plain\na:\n  - 'one'\n  - \"two\"\n  - |\n    three\n");

    ASSERT_EQ(tree.members.size(), 2U);
    EXPECT_EQ(tree.members[0].first, "b");
    EXPECT_FALSE(tree.find("b")->quoted);
    EXPECT_EQ(tree.find("a")->line, 2);
    EXPECT_EQ(tree.find("a")->items[1].line, 4);
    for (const auto& item : tree.find("a")->items) EXPECT_TRUE(item.quoted) << item.scalar;
}

TEST(ReadYaml, TellsNothingFromEmptyText) {
    const Yaml tree = read("a:\nb: ~\nc: null\nd: \"\"\ne: 'null'\n");

    for (const char* key : {"a", "b", "c"}) EXPECT_TRUE(tree.find(key)->is_null()) << key;
    for (const char* key : {"d", "e"}) EXPECT_EQ(tree.find(key)->kind, Yaml::Kind::scalar) << key;
}

TEST(ReadYaml, RefusesDuplicateKeysWithBothLines) {
    EXPECT_EQ(faults_in("a: 1\nb: 2\na: 3\n"), "a.yaml:3: The key \"a\" stands twice; the first is on line 1.\n");
}

TEST(ReadYaml, NamesThePathOfAFault) {
    EXPECT_THAT(faults_in("a:\n  - x: 1\n  - y: &here 2\n"), HasSubstr("a.yaml:3: a[1].y: Anchors"));
}

TEST(ReadYaml, RefusesAnchorsAliasesTagsAndMergeKeysAllAtOnce) {
    const std::string faults = faults_in("a: &x 1\nb: *x\nc: !!str 2\nd: !custom {}\ne:\n  <<: {f: 1}\n");

    EXPECT_THAT(faults, HasSubstr("a.yaml:1: a: Anchors"));
    EXPECT_THAT(faults, HasSubstr("a.yaml:2: b: Aliases"));
    EXPECT_THAT(faults, HasSubstr("a.yaml:3: c: The tag"));
    EXPECT_THAT(faults, HasSubstr("a.yaml:4: d: The tag !custom"));
    EXPECT_THAT(faults, HasSubstr("a.yaml:6: e: Merge keys"));
}

TEST(ReadYaml, RefusesWhatIsTooDeepTooLargeOrNotText) {
    EXPECT_EQ(faults_in(std::string(32, '[') + std::string(32, ']')), "");
    EXPECT_THAT(faults_in(std::string(33, '[') + std::string(33, ']')), HasSubstr("deeper than 32 levels"));
    EXPECT_THAT(faults_in(std::string(60000, '[')), HasSubstr("deeper than 32 levels"));
    EXPECT_THAT(faults_in("a: " + std::string(65536, 'x')), HasSubstr("larger than 65536 bytes"));
    EXPECT_THAT(faults_in("a: \xff"), HasSubstr("not UTF-8"));
    EXPECT_THAT(faults_in(std::string("a: \0b", 5)), HasSubstr("not UTF-8"));
}

TEST(ReadYaml, RefusesSyntaxErrorsWithTheirLine) {
    EXPECT_THAT(faults_in("a: 1\nb: [1, 2\nc: 3\n"), HasSubstr("a.yaml:"));
    EXPECT_THAT(faults_in("a: 1\n\tb: 2\n"), HasSubstr("a.yaml:"));
    EXPECT_THAT(faults_in("a: \"open"), HasSubstr("Not valid YAML"));
    EXPECT_THAT(faults_in("a: *nobody\n"), HasSubstr("a.yaml:1"));
}

TEST(ReadYaml, RefusesEmptyFilesAndSeveralDocuments) {
    EXPECT_THAT(faults_in(""), HasSubstr("empty"));
    EXPECT_THAT(faults_in("# only a comment\n"), HasSubstr("empty"));
    EXPECT_THAT(faults_in("a: 1\n---\nb: 2\n"), HasSubstr("more than one document"));
}

TEST(YamlAsJson, KeepsQuotedTextsAsTexts) {
    const Json json = to_json(read("{a: 1, b: '1', c: true, d: 'true', e: 1.5, f: [~, word]}"));

    EXPECT_EQ(json.dump(), R"({"a":1,"b":"1","c":true,"d":"true","e":1.5,"f":[null,"word"]})");
}

}  // namespace
}  // namespace desk
