#include "tests/cases/case_file.hpp"

#include <algorithm>

#include "core/base/error.hpp"
#include "core/base/text.hpp"

namespace desk {
namespace {

/// The lines of a case file, one after the other, with their numbers.
class Lines {
  public:
    explicit Lines(const std::string& text) : all_(split(text, '\n')) {}

    bool at_end() const { return next_ >= all_.size(); }
    int number() const { return static_cast<int>(next_) + 1; }
    std::string_view peek() const { return all_[next_]; }
    std::string_view take() { return all_[next_++]; }
    void skip_blank() {
        while (!at_end() && (trim(peek()).empty() || peek().starts_with('#'))) ++next_;
    }
    [[noreturn]] void refuse(const std::string& why) const {
        throw Error(Code::malformed, cat("line ", number(), ": ", why));
    }

  private:
    std::vector<std::string_view> all_;
    std::size_t next_ = 0;
};

constexpr std::string_view kRule = "----";     // between a request and its answer
constexpr std::string_view kBetween = "====";  // between an answer and the next request

std::vector<std::string> words_of(std::string_view line) {
    std::vector<std::string> words;
    for (const auto word : split(trim(line), ' '))
        if (!word.empty()) words.emplace_back(word);
    return words;
}

std::pair<std::string, std::string> header_of(Lines& lines) {
    const auto colon = lines.peek().find(": ");
    if (colon == std::string_view::npos) lines.refuse("a header is `Name: value`");
    const auto line = lines.take();
    return {std::string(line.substr(0, colon)), std::string(trim(line.substr(colon + 2)))};
}

void read_request(Lines& lines, CaseStep& step) {
    lines.skip_blank();
    step.line = lines.number();
    if (lines.at_end()) lines.refuse("a request is missing");
    if (lines.peek().starts_with("as ")) {
        step.who = words_of(lines.take().substr(3));
        lines.skip_blank();
    }
    const auto words = words_of(lines.at_end() ? "" : lines.take());
    if (words.size() != 2) lines.refuse("a request begins with `METHOD /path`");
    step.method = words[0];
    step.target = words[1];
    while (!lines.at_end() && !trim(lines.peek()).empty() && !lines.peek().starts_with(kRule))
        step.headers.push_back(header_of(lines));
    if (!lines.at_end() && !lines.peek().starts_with(kRule)) lines.take();
    std::vector<std::string> body;
    while (!lines.at_end() && !lines.peek().starts_with(kRule)) body.emplace_back(lines.take());
    step.body = join(body, "\n");
    if (lines.at_end()) lines.refuse("the rule (----) and the answer are missing");
    lines.take();
}

void read_answer(Lines& lines, CaseStep& step) {
    const auto status = lines.at_end() ? std::nullopt : parse_int(trim(lines.peek()));
    if (!status) lines.refuse("an answer begins with its status");
    lines.take();
    step.status = static_cast<int>(*status);
    while (!lines.at_end() && !trim(lines.peek()).empty() && !lines.peek().starts_with(kBetween))
        step.answer_headers.push_back(header_of(lines));
    for (; !lines.at_end() && !lines.peek().starts_with(kBetween); lines.take()) {
        const auto line = lines.peek();
        if (trim(line).empty()) continue;
        if (line.starts_with("+ "))
            step.contains.emplace_back(line.substr(2));
        else if (line.starts_with("- "))
            step.lacks.emplace_back(line.substr(2));
        else
            lines.refuse("of a body is said `+ what it contains` or `- what it lacks`");
    }
    if (!lines.at_end()) lines.take();
}

}  // namespace

CaseFile parse_case(const std::string& text) {
    CaseFile file;
    Lines lines(text);
    for (lines.skip_blank(); !lines.at_end() && lines.peek().starts_with("given "); lines.skip_blank())
        file.given.push_back(words_of(lines.take().substr(6)));
    for (lines.skip_blank(); !lines.at_end(); lines.skip_blank()) {
        CaseStep step;
        if (!file.steps.empty()) step.who = file.steps.back().who;
        read_request(lines, step);
        read_answer(lines, step);
        file.steps.push_back(std::move(step));
    }
    if (file.steps.empty()) lines.refuse("there is no request");
    return file;
}

std::vector<fs::path> case_files() {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(DESK_SOURCE_DIR "/tests/cases"))
        if (entry.path().extension() == ".case") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

}  // namespace desk
