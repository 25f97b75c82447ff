#include "core/base/yaml.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <array>
#include <optional>
#include <regex>
#include <sstream>

#include "core/base/text.hpp"

namespace desk {

std::string Fault::str() const {
    std::string out = file;
    if (line > 0) out += cat(':', line);
    out += ": ";
    if (!where.empty()) out += where + ": ";
    return out + message;
}

const Yaml* Yaml::find(std::string_view key) const {
    const auto found = std::find_if(members.begin(), members.end(), [&](const auto& m) { return m.first == key; });
    return found == members.end() ? nullptr : &found->second;
}

namespace {

constexpr std::size_t kMaxDepth = 32;

/// Thrown through yaml-cpp to end the reading of a document that nests too deep.
struct TooDeep {
    int line;
};

/// Builds the tree of one document out of yaml-cpp's events.
class TreeBuilder : public YAML::EventHandler {
  public:
    TreeBuilder(const std::string& file, Faults& faults) : file_(file), faults_(faults) {}

    std::optional<Yaml> root;

    void OnDocumentStart(const YAML::Mark&) override {}
    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        refuse_anchor(mark, anchor);
        add({.kind = Yaml::Kind::null, .line = line_of(mark)});
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
        fault(line_of(mark), "Aliases (*name) are not read here; write the value out.");
        add({.kind = Yaml::Kind::null, .line = line_of(mark)});
    }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        refuse_anchor(mark, anchor);
        const bool quoted = tag == "!";  // yaml-cpp's mark of a scalar that was not plain
        if (!quoted) refuse_tag(mark, tag);
        add({.kind = Yaml::Kind::scalar, .line = line_of(mark), .scalar = value, .quoted = quoted});
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override {
        open(Yaml::Kind::list, mark, tag, anchor);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override {
        open(Yaml::Kind::map, mark, tag, anchor);
    }
    void OnMapEnd() override { close(); }

  private:
    struct Frame {
        Yaml node;
        std::optional<std::string> key;  ///< of a map: read, its value not yet
        int key_line = 0;
    };

    static int line_of(const YAML::Mark& mark) { return mark.line + 1; }

    void fault(int line, std::string message) { faults_.push_back({file_, line, path(), std::move(message)}); }

    std::string path() const {
        std::string out;
        for (const auto& frame : frames_) {
            if (frame.node.kind == Yaml::Kind::list) out += cat('[', frame.node.items.size(), ']');
            if (frame.key) out += (out.empty() ? "" : ".") + *frame.key;
        }
        return out;
    }

    void refuse_anchor(const YAML::Mark& mark, YAML::anchor_t anchor) {
        if (anchor != 0) fault(line_of(mark), "Anchors (&name) are not read here; write the value out each time.");
    }
    void refuse_tag(const YAML::Mark& mark, const std::string& tag) {
        if (!tag.empty() && tag != "?" && tag != "!")
            fault(line_of(mark), cat("The tag ", tag, " is not read here; leave it out."));
    }

    void open(Yaml::Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
        if (frames_.size() >= kMaxDepth) throw TooDeep{line_of(mark)};
        refuse_anchor(mark, anchor);
        refuse_tag(mark, tag);
        frames_.push_back({.node = {.kind = kind, .line = line_of(mark)}, .key = {}});
    }
    void close() {
        Yaml node = std::move(frames_.back().node);
        frames_.pop_back();
        add(std::move(node));
    }

    void add(Yaml node) {
        if (frames_.empty()) {
            root = std::move(node);
            return;
        }
        Frame& frame = frames_.back();
        if (frame.node.kind == Yaml::Kind::list) {
            frame.node.items.push_back(std::move(node));
        } else if (!frame.key) {
            add_key(frame, node);
        } else {
            node.line = frame.key_line;  // what people look for is the line of the key
            frame.node.members.emplace_back(std::move(*frame.key), std::move(node));
            frame.key.reset();
        }
    }
    void add_key(Frame& frame, const Yaml& node) {
        if (node.kind != Yaml::Kind::scalar) fault(node.line, "A key must be a plain word.");
        if (node.scalar == "<<" && !node.quoted) fault(node.line, "Merge keys (<<) are not read here.");
        if (const Yaml* first = frame.node.find(node.scalar))
            fault(node.line,
                  cat("The key \"", node.scalar, "\" stands twice; the first is on line ", first->line, '.'));
        frame.key = node.scalar;
        frame.key_line = node.line;
    }

    const std::string& file_;
    Faults& faults_;
    std::vector<Frame> frames_;
};

}  // namespace

std::string_view other_reading(const Yaml& node) {
    constexpr std::size_t kLongest = 64;  // nothing longer is meant as a number
    if (node.kind == Yaml::Kind::null) return "nothing";
    if (node.kind != Yaml::Kind::scalar || node.quoted || node.scalar.size() > kLongest) return "";
    struct Reading {
        std::string_view what;
        std::regex form;
    };
    static const std::array kReadings = {
        Reading{"nothing", std::regex("~|null|Null|NULL|")},
        Reading{"a boolean", std::regex("(true|yes|on|false|no|off)", std::regex::icase)},
        Reading{"a date", std::regex(R"(\d{4}-\d\d?-\d\d?([Tt \t].*)?)")},
        Reading{
            "a number",
            std::regex(R"([-+]?(0b[01_]+|0o[0-7_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*(:[0-5]?[0-9])*(\.[0-9_]*)?([eE][-+]?)"
                       R"([0-9]+)?|\.[0-9][0-9_]*([eE][-+]?[0-9]+)?|\.inf|\.Inf|\.INF|\.nan|\.NaN|\.NAN))")},
    };
    const auto* const found =
        std::ranges::find_if(kReadings, [&](const Reading& row) { return std::regex_match(node.scalar, row.form); });
    return found == kReadings.end() ? "" : found->what;
}

Result<Yaml, Faults> parse_yaml(std::string_view text, const std::string& file_name, std::size_t max_bytes) {
    Faults faults;
    const auto refuse = [&](int line, std::string message) {
        faults.push_back({file_name, line, "", std::move(message)});
        return Failure{std::move(faults)};
    };
    if (text.size() > max_bytes) return refuse(0, cat("The file is larger than ", max_bytes, " bytes."));
    if (!is_utf8(text) || text.find('\0') != std::string_view::npos) return refuse(0, "The file is not UTF-8 text.");

    TreeBuilder builder(file_name, faults);
    try {
        std::istringstream in{std::string(text)};
        YAML::Parser parser(in);
        if (!parser.HandleNextDocument(builder) || !builder.root) return refuse(0, "The file is empty.");
        Yaml root = std::move(*builder.root);
        if (parser.HandleNextDocument(builder)) return refuse(0, "The file holds more than one document (---).");
        if (!faults.empty()) return Failure{std::move(faults)};
        return root;
    } catch (const TooDeep& deep) {
        return refuse(deep.line, cat("The document is nested deeper than ", kMaxDepth, " levels."));
    } catch (const YAML::Exception& error) {
        return refuse(error.mark.is_null() ? 0 : error.mark.line + 1, cat("Not valid YAML: ", error.msg, '.'));
    }
}

}  // namespace desk
