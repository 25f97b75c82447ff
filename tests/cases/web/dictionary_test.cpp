// Templates as ctemplate expands them with our dictionary: sections, what they see of the dictionaries around them, and
// included templates, which see nothing but their own values and the global ones.
#include "cgi/dictionary.hpp"

#include <gtest/gtest.h>

#include "cgi/render.hpp"
#include "core/base/file.hpp"
#include "tests/support/temp_dir.hpp"

namespace desk {
namespace {

struct Expanding : ::testing::Test {
    /// `page` expanded after `fill`; {{>PART}} includes part.tpl.
    std::string expand(const std::string& page, const std::string& part, const Templates::Fill& fill) {
        replace_file(dir.path() / "page.tpl", "{{%AUTOESCAPE context=\"HTML\"}}" + page, 0644);
        replace_file(dir.path() / "part.tpl", "{{%AUTOESCAPE context=\"HTML\"}}" + part, 0644);
        return Templates(dir.path()).expand("page.tpl", fill);
    }
    std::string expand(const std::string& page, const Templates::Fill& fill) { return expand(page, "", fill); }

    TempDir dir;
};

TEST_F(Expanding, EscapesValuesAndLeavesUnknownOnesOut) {
    EXPECT_EQ(expand("[{{A}}|{{B}}]", [](Dictionary& out) { out.SetValue("A", "<b>"); }), "[&lt;b&gt;|]");
}

TEST_F(Expanding, TheLaterOfTwoValuesCounts) {
    const auto fill = [](Dictionary& out) {
        out.SetValue("A", "first");
        out.SetValue("A", "second");
    };

    EXPECT_EQ(expand("{{A}}", fill), "second");
}

TEST_F(Expanding, ASectionIsHiddenUntilItIsShown) {
    EXPECT_EQ(expand("{{#S}}shown{{/S}}", [](Dictionary&) {}), "");
    EXPECT_EQ(expand("{{#S}}shown {{A}}{{/S}}",
                     [](Dictionary& out) {
                         out.SetValue("A", "once");
                         out.ShowSection("S");
                         out.ShowSection("S");
                     }),
              "shown once");
}

TEST_F(Expanding, ASectionRepeatsForEachDictionaryAndSeesTheOnesAround) {
    const auto fill = [](Dictionary& out) {
        out.SetValue("TEAM", "demo");
        for (const char* name : {"one", "two"}) {
            auto* row = out.AddSectionDictionary("ROW");
            row->SetValue("NAME", name);
            row->AddSectionDictionary("MARK")->SetIntValue("NUMBER", 7);
        }
    };

    EXPECT_EQ(expand("{{#ROW}}{{NAME}} of {{TEAM}}{{#MARK}} {{NUMBER}}{{/MARK}};{{/ROW}}", fill),
              "one of demo 7;two of demo 7;");
}

TEST_F(Expanding, AnIncludedTemplateSeesItsOwnValuesAndTheGlobalOnesAlone) {
    const auto fill = [](Dictionary& out) {
        out.SetTemplateGlobalValue("EVERYWHERE", "global");
        out.SetValue("A", "the page's");
        for (const char* value : {"1", "2"}) {
            auto* part = out.AddIncludeDictionary("PART");
            part->SetFilename("part.tpl");
            part->SetValue("B", value);
        }
    };

    EXPECT_EQ(expand("{{EVERYWHERE}} {{>PART}}", "({{A}}{{B}} {{EVERYWHERE}})", fill), "global (1 global)(2 global)");
}

TEST_F(Expanding, AMarkerWithoutAPartStaysEmpty) {
    EXPECT_EQ(expand("[{{>PART}}]", "part", [](Dictionary&) {}), "[]");
}

TEST_F(Expanding, ValuesAreCopied) {
    const auto fill = [](Dictionary& out) {
        std::string value = "a value that is longer than what stands inside of a string";
        out.SetValue("A", value);
        value.assign(value.size(), 'x');
    };

    EXPECT_EQ(expand("{{A}}", fill), "a value that is longer than what stands inside of a string");
}

}  // namespace
}  // namespace desk
