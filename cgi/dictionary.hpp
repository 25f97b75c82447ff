// What a template is expanded with. Stands in for ctemplate's own dictionary under the same names: its entries are few
// and stand in a row, and all memory of an expansion comes from one place and goes at once.
#pragma once

#include <ctemplate/template_dictionary_interface.h>
#include <ctemplate/template_string.h>

#include <memory>
#include <memory_resource>
#include <string_view>
#include <vector>

namespace desk {

/// Keys are kept, not copied: constants of keys/<name>.tpl.hpp or literals. Values are copied.
class Dictionary final : public ctemplate::TemplateDictionaryInterface {
  public:
    using Key = ctemplate::TemplateString;

    /// For a whole expansion; the dictionaries that are added live as long.
    Dictionary();
    ~Dictionary() override;

    /// Of two values for one key the later counts.
    void SetValue(const Key& key, std::string_view value);
    void SetIntValue(const Key& key, long value);
    /// For this dictionary and all others of the expansion, included templates too.
    void SetTemplateGlobalValue(const Key& key, std::string_view value);

    /// Shows the section once, with the values of this dictionary.
    void ShowSection(const Key& section);
    /// Shows the section once more, with values of its own before those of this dictionary.
    Dictionary* AddSectionDictionary(const Key& section);

    /// Puts a template in place of the marker, with values of its own alone.
    Dictionary* AddIncludeDictionary(const Key& marker);
    /// Which one; a literal.
    void SetFilename(const char* file) { file_ = file; }

  private:
    using Memory = std::pmr::monotonic_buffer_resource;
    using Dictionaries = std::pmr::vector<Dictionary*>;
    enum class Kind { value, global, section, include };
    struct Entry {
        Kind kind;
        std::string_view name;
        std::string_view value = {};
        Dictionaries* each = nullptr;  ///< of a section or an include
    };
    class Each;

    Dictionary(Dictionary& top, const Dictionary* around);

    std::string_view kept(std::string_view text);
    Entry& entry(Kind kind, const Key& key);
    Dictionary* add(Kind kind, const Key& key, const Dictionary* around);
    const Entry* find(Kind kind, const Key& key) const;
    /// Here or in the dictionaries around.
    const Entry* nearest(Kind kind, const Key& key) const;

    Key GetValue(const Key& variable) const override;
    bool IsHiddenSection(const Key& name) const override;
    bool IsUnhiddenSection(const Key& name) const override { return !IsHiddenSection(name); }
    bool IsHiddenTemplate(const Key& name) const override;
    const char* GetIncludeTemplateName(const Key& variable, int index) const override;
    Iterator* CreateTemplateIterator(const Key& name) const override;
    Iterator* CreateSectionIterator(const Key& name) const override;
    void DumpToString(std::string* out, int level) const override;

    std::unique_ptr<Memory> own_memory_;  ///< of the first one
    Memory* memory_;
    Dictionary* top_;
    const Dictionary* around_ = nullptr;
    const char* file_ = "";
    std::pmr::vector<Entry> entries_;
};

}  // namespace desk
