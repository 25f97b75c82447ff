#include "cgi/dictionary.hpp"

#include <algorithm>
#include <cstring>
#include <string>

namespace desk {
namespace {

// So much that it rarely grows: memory of this kind is not used again when something moves.
constexpr std::size_t kFirstBytes = 64 << 10;
constexpr std::size_t kFirstEntries = 12;

std::string_view view(const Dictionary::Key& key) { return {key.data(), key.size()}; }

}  // namespace

/// What ctemplate goes over, and deletes.
class Dictionary::Each final : public Iterator {
  public:
    explicit Each(const Dictionaries* dictionaries) {
        if (dictionaries == nullptr) return;
        next_ = dictionaries->data();
        end_ = next_ + dictionaries->size();
    }
    bool HasNext() const override { return next_ != end_; }
    const TemplateDictionaryInterface& Next() override { return **next_++; }

  private:
    Dictionary* const* next_ = nullptr;
    Dictionary* const* end_ = nullptr;
};

Dictionary::Dictionary()
    : own_memory_(std::make_unique<Memory>(kFirstBytes)), memory_(own_memory_.get()), top_(this), entries_(memory_) {}

Dictionary::Dictionary(Dictionary& top, const Dictionary* around)
    : memory_(top.memory_), top_(&top), around_(around), entries_(memory_) {
    entries_.reserve(kFirstEntries);
}

// Those that were added are never destroyed: all that they hold is in the memory of the first one.
Dictionary::~Dictionary() = default;

std::string_view Dictionary::kept(std::string_view text) {
    if (text.empty()) return "";
    auto* copy = static_cast<char*>(memory_->allocate(text.size(), 1));
    std::memcpy(copy, text.data(), text.size());
    return {copy, text.size()};
}

void Dictionary::SetValue(const Key& key, std::string_view value) {
    entries_.push_back({.kind = Kind::value, .name = view(key), .value = kept(value)});
}

void Dictionary::SetIntValue(const Key& key, long value) { SetValue(key, std::to_string(value)); }

void Dictionary::SetTemplateGlobalValue(const Key& key, std::string_view value) {
    top_->entries_.push_back({.kind = Kind::global, .name = view(key), .value = kept(value)});
}

Dictionary::Entry& Dictionary::entry(Kind kind, const Key& key) {
    if (const auto* known = find(kind, key)) return const_cast<Entry&>(*known);
    return entries_.emplace_back(Entry{.kind = kind, .name = view(key)});
}

void Dictionary::ShowSection(const Key& section) { entry(Kind::section, section); }

Dictionary* Dictionary::add(Kind kind, const Key& key, const Dictionary* around) {
    auto& place = entry(kind, key);
    if (place.each == nullptr) place.each = std::pmr::polymorphic_allocator<>(memory_).new_object<Dictionaries>();
    auto* made = new (memory_->allocate(sizeof(Dictionary), alignof(Dictionary))) Dictionary(*top_, around);
    place.each->push_back(made);
    return made;
}

Dictionary* Dictionary::AddSectionDictionary(const Key& section) { return add(Kind::section, section, this); }

Dictionary* Dictionary::AddIncludeDictionary(const Key& marker) { return add(Kind::include, marker, nullptr); }

const Dictionary::Entry* Dictionary::find(Kind kind, const Key& key) const {
    const auto found = std::find_if(entries_.rbegin(), entries_.rend(), [&, name = view(key)](const Entry& entry) {
        return entry.kind == kind && entry.name == name;
    });
    return found == entries_.rend() ? nullptr : &*found;
}

const Dictionary::Entry* Dictionary::nearest(Kind kind, const Key& key) const {
    for (const auto* dictionary = this; dictionary != nullptr; dictionary = dictionary->around_)
        if (const auto* found = dictionary->find(kind, key)) return found;
    return nullptr;
}

Dictionary::Key Dictionary::GetValue(const Key& variable) const {
    const auto* found = nearest(Kind::value, variable);
    if (found == nullptr) found = top_->find(Kind::global, variable);
    return found == nullptr ? Key("", 0) : Key(found->value.data(), found->value.size());
}

bool Dictionary::IsHiddenSection(const Key& name) const { return nearest(Kind::section, name) == nullptr; }

bool Dictionary::IsHiddenTemplate(const Key& name) const { return nearest(Kind::include, name) == nullptr; }

const char* Dictionary::GetIncludeTemplateName(const Key& variable, int index) const {
    return nearest(Kind::include, variable)->each->at(static_cast<std::size_t>(index))->file_;
}

Dictionary::Iterator* Dictionary::CreateTemplateIterator(const Key& name) const {
    return new Each(nearest(Kind::include, name)->each);
}

Dictionary::Iterator* Dictionary::CreateSectionIterator(const Key& name) const {
    return new Each(nearest(Kind::section, name)->each);
}

void Dictionary::DumpToString(std::string* out, int level) const {
    for (const auto& entry : entries_) {
        out->append(static_cast<std::size_t>(level) * 2, ' ').append(entry.name);
        if (!entry.value.empty()) out->append("=").append(entry.value);
        *out += '\n';
        if (entry.each != nullptr)
            for (const auto* each : *entry.each) each->DumpToString(out, level + 1);
    }
}

}  // namespace desk
