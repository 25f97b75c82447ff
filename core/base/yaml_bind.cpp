#include "core/base/yaml_bind.hpp"

#include <charconv>

namespace desk {
namespace {

std::optional<double> parse_double(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

bool is_plain(const Yaml& node) { return node.kind == Yaml::Kind::scalar && !node.quoted; }

}  // namespace

std::string pointer_part(std::string_view key) {
    std::string out = "/";
    for (const char c : key) c == '~' ? out += "~0" : c == '/' ? out += "~1" : out += c;
    return out;
}

void YamlBinder::fault_at(const Yaml& root, std::string_view path, std::string message) {
    const Yaml* node = &root;
    int line = root.line;
    std::string_view rest = path;
    while (!rest.empty()) {
        const auto part = rest.substr(0, rest.find_first_of(".["));
        rest.remove_prefix(std::min(rest.size(), part.size()));
        node = node->find(part);
        if (node == nullptr) break;
        line = node->line;
        while (rest.starts_with('[')) {
            const auto close = rest.find(']');
            const auto index = parse_int(rest.substr(1, close - 1));
            rest.remove_prefix(close + 1);
            if (!index || static_cast<std::size_t>(*index) >= node->items.size()) break;
            node = &node->items[static_cast<std::size_t>(*index)];
            line = node->line;
        }
        if (rest.starts_with('.')) rest.remove_prefix(1);
    }
    faults_.push_back({file_, line, std::string(path), std::move(message)});
}

const std::string* YamlBinder::text_of(const Yaml& node, std::string_view form) {
    if (node.kind != Yaml::Kind::scalar) {
        fault(node, cat("must be ", form, '.'));
        return nullptr;
    }
    const auto other = reading_ == Reading::contract ? other_reading(node) : "";
    if (other.empty()) return &node.scalar;
    const bool loses_zeros = other == "a number" && node.scalar.find('.') != std::string::npos;
    fault(node, cat("is ", other, " without quotes", loses_zeros ? " (YAML reads 4.20 as 4.2)" : "", "; write \"",
                    node.scalar, "\" in quotes."));
    return nullptr;
}

void YamlBinder::unknown_key(const Yaml& value, const std::string& key, const std::vector<std::string_view>& known) {
    const Step step(*this, key);
    const std::string near = nearest(key, known);
    fault(value, near.empty() ? "is not a known key." : cat("is not a known key; did you mean \"", near, "\"?"));
}

void YamlBinder::check_range(const Yaml& node, std::int64_t value, const FieldRule& rule) {
    constexpr FieldRule kAny;
    if (value >= rule.least && value <= rule.most) return;
    if (rule.most == kAny.most)
        fault(node, cat("is ", value, "; it must be at least ", rule.least, '.'));
    else
        fault(node, cat("is ", value, "; it must be ", rule.least, " to ", rule.most, '.'));
}

void YamlBinder::read_value(const Yaml& node, std::string& out, const FieldRule& rule) {
    const auto* text = text_of(node, "a text");
    if (text == nullptr) return;
    if (rule.least > 0 && trim(*text).empty()) fault(node, "must not be empty.");
    out = *text;
}

void YamlBinder::read_value(const Yaml& node, int& out, const FieldRule& rule) {
    const auto value = is_plain(node) ? parse_int(node.scalar) : std::nullopt;
    constexpr std::int64_t kMost = std::numeric_limits<int>::max();
    if (!value || *value > kMost || *value < -kMost) return fault(node, "must be a whole number, without quotes.");
    check_range(node, *value, rule);
    out = static_cast<int>(*value);
}

void YamlBinder::read_value(const Yaml& node, double& out, const FieldRule& rule) {
    const auto value = is_plain(node) ? parse_double(node.scalar) : std::nullopt;
    if (!value) return fault(node, "must be a number, without quotes.");
    if (!(*value >= static_cast<double>(rule.least) && *value <= static_cast<double>(rule.most)))
        return fault(node, cat("is ", node.scalar, "; it must be ", rule.least, " to ", rule.most, '.'));
    out = *value;
}

void YamlBinder::read_value(const Yaml& node, bool& out, const FieldRule&) {
    if (!is_plain(node) || (node.scalar != "true" && node.scalar != "false"))
        return fault(node, "must be true or false, without quotes.");
    out = node.scalar == "true";
}

void YamlBinder::read_value(const Yaml& node, std::map<std::string, std::string>& out, const FieldRule&) {
    if (node.kind != Yaml::Kind::map) return fault(node, "must be a group of keys with texts.");
    out.clear();
    for (const auto& [key, value] : node.members) {
        const Step step(*this, key);
        if (const auto* text = text_of(value, "a text")) out[key] = *text;
    }
}

void YamlBinder::read_value(const Yaml& node, Json& out, const FieldRule&) { out = to_json(node); }

Json to_json(const Yaml& node) {
    switch (node.kind) {
        case Yaml::Kind::null:
            return nullptr;
        case Yaml::Kind::list: {
            Json out = Json::array();
            for (const auto& item : node.items) out.push_back(to_json(item));
            return out;
        }
        case Yaml::Kind::map: {
            Json out = Json::object();
            for (const auto& [key, value] : node.members) out[key] = to_json(value);
            return out;
        }
        case Yaml::Kind::scalar:
            break;
    }
    if (node.quoted) return node.scalar;
    if (node.scalar == "true" || node.scalar == "false") return node.scalar == "true";
    if (const auto whole = parse_int(node.scalar)) return *whole;
    if (const auto number = parse_double(node.scalar)) return *number;
    return node.scalar;
}

}  // namespace desk
