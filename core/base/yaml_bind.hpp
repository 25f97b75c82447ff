// From a YAML tree into structs by their field tables: every known key is read, everything else is a fault.
#pragma once

#include <concepts>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/enum.hpp"
#include "core/base/fields.hpp"
#include "core/base/json.hpp"
#include "core/base/text.hpp"
#include "core/base/yaml.hpp"

namespace desk {

/// One step of a JSON pointer (RFC 6901): "a/b" -> "/a~1b".
std::string pointer_part(std::string_view key);

/// How a document is read. `settings`: a text may stand without quotes whatever it looks like, and faults name their
/// key as "compute.zones[1]". `contract`: for documents that other programs read too, so that a text must be one to
/// all of them, no key stands without a value, and faults name their key by JSON pointer, "/compute/zones/1".
enum class Reading { settings, contract };

/// Reads one document and collects its faults. Goes on after a fault, so that all of them are found at once.
class YamlBinder {
  public:
    explicit YamlBinder(std::string file, Reading reading = Reading::settings)
        : file_(std::move(file)), reading_(reading) {}

    const Faults& faults() const { return faults_; }
    Faults take_faults() { return std::move(faults_); }

    /// A fault at a key that the caller names by its path ("lifecycle.defaultTTLHours"); the line is found in `root`.
    void fault_at(const Yaml& root, std::string_view path, std::string message);

    template <class T>
    void read(const Yaml& node, T& out, const FieldRule& rule = {}) {
        if constexpr (HasFields<T>) {
            read_struct(node, out);
        } else if constexpr (IsScalar<T>) {
            read_scalar(node, out);
        } else if constexpr (NamedEnum<T>) {
            read_enum(node, out);
        } else {
            read_value(node, out, rule);
        }
    }

  private:
    /// Appends to the path while it lives.
    class Step {
      public:
        Step(YamlBinder& binder, std::string_view key) : path_(binder.path_), before_(path_.size()) {
            if (binder.reading_ == Reading::contract) {
                path_ += pointer_part(key);
            } else {
                if (!path_.empty()) path_ += '.';
                path_ += key;
            }
        }
        Step(YamlBinder& binder, std::size_t index) : path_(binder.path_), before_(path_.size()) {
            path_ += binder.reading_ == Reading::contract ? cat('/', index) : cat('[', index, ']');
        }
        ~Step() { path_.resize(before_); }
        Step(const Step&) = delete;
        Step& operator=(const Step&) = delete;

      private:
        std::string& path_;
        std::size_t before_;
    };

    void fault(const Yaml& node, std::string message) {
        faults_.push_back({file_, node.line, path_, std::move(message)});
    }
    /// The text of a scalar, or nothing and a fault.
    const std::string* text_of(const Yaml& node, std::string_view form);
    void unknown_key(const Yaml& value, const std::string& key, const std::vector<std::string_view>& known);
    void check_range(const Yaml& node, std::int64_t value, const FieldRule& rule);

    void read_value(const Yaml& node, std::string& out, const FieldRule& rule);
    void read_value(const Yaml& node, int& out, const FieldRule& rule);
    void read_value(const Yaml& node, double& out, const FieldRule& rule);
    void read_value(const Yaml& node, bool& out, const FieldRule& rule);
    void read_value(const Yaml& node, std::map<std::string, std::string>& out, const FieldRule& rule);
    void read_value(const Yaml& node, Json& out, const FieldRule& rule);

    template <class T>
    void read_value(const Yaml& node, std::optional<T>& out, const FieldRule& rule) {
        if (!node.is_null()) read(node, out.emplace(), rule);
    }

    template <class T>
    void read_value(const Yaml& node, std::vector<T>& out, const FieldRule& rule) {
        if (node.kind != Yaml::Kind::list && !node.is_null()) return fault(node, "must be a list.");
        out.clear();
        for (std::size_t i = 0; i < node.items.size(); ++i) {
            const Step step(*this, i);
            read(node.items[i], out.emplace_back(), {});
        }
        if (rule.least > static_cast<std::int64_t>(node.items.size())) fault(node, "must not be empty.");
    }

    template <IsScalar T>
    void read_scalar(const Yaml& node, T& out) {
        const auto* text = text_of(node, Scalar<T>::kForm);
        if (text == nullptr) return;
        if (const auto value = Scalar<T>::parse(*text))
            out = *value;
        else
            fault(node, cat('"', *text, "\" is not ", Scalar<T>::kForm, '.'));
    }

    template <NamedEnum T>
    void read_enum(const Yaml& node, T& out) {
        const auto* text = text_of(node, "a word");
        if (text == nullptr) return;
        if (const auto value = parse_enum<T>(*text)) {
            out = *value;
            return;
        }
        std::string allowed;
        for (const auto word : all_texts<T>()) allowed += (allowed.empty() ? "" : ", ") + std::string(word);
        fault(node, cat('"', *text, "\" is none of: ", allowed, '.'));
    }

    template <HasFields T>
    void read_struct(const Yaml& node, T& out) {
        if (node.kind != Yaml::Kind::map) return fault(node, "must be a group of keys.");
        for (const auto& [key, value] : node.members) {
            bool known = false;
            for_each_field<T>([&](const auto& row) {
                if (row.key != key) return;
                known = true;
                const Step step(*this, key);
                if (!value.is_null())
                    read(value, out.*row.member, row.rule);
                else if (row.rule.required || reading_ == Reading::contract)
                    fault(value, "is empty; it needs a value.");
            });
            if (!known) unknown_key(value, key, keys_of<T>());
        }
        for_each_field<T>([&](const auto& row) {
            if (!row.rule.required || node.find(row.key) != nullptr) return;
            const Step step(*this, row.key);
            fault(node, "is missing.");
        });
    }

    std::string file_;
    Reading reading_;
    std::string path_;
    Faults faults_;
};

/// A tree as JSON: plain true/false, numbers and null as such, everything else as text.
Json to_json(const Yaml& node);

}  // namespace desk
