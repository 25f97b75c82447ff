// validate and config.
#include <cstdio>

#include "core/base/json.hpp"
#include "core/base/text.hpp"
#include "core/model/profile.hpp"
#include "worker/embedded_rules.hpp"
#include "worker/verbs/verbs.hpp"

namespace desk::worker::verbs {
namespace {

constexpr std::size_t kLongestFile = 1U << 20U;  ///< the reader of YAML says by itself what is too long

void print(const std::string& line) { std::puts(line.c_str()); }

Json describe(const Fault& fault) {
    return {{"file", fault.file}, {"line", fault.line}, {"where", fault.where}, {"message", fault.message}};
}

/// Profiles, and files of failure rules as worker.failure_rules takes them.
Faults faults_of(const std::string& file) {
    const auto text = read_file(file, kLongestFile);
    const auto document = parse_yaml(text, file);
    if (!document || !is_failure_rules_file(*document)) return validate_document(text, file);
    const auto rules = embedded_failure_rules().extended_by(text, file);
    return rules ? Faults{} : rules.error();
}

}  // namespace

int validate(const Arguments& arguments) {
    if (arguments.words().empty()) throw Usage{"expects at least one file"};
    desk::Faults faults;
    for (const auto& file : arguments.words())
        for (auto& fault : faults_of(file)) faults.push_back(std::move(fault));
    if (arguments.has("--json")) {
        Json all = Json::array();
        for (const auto& fault : faults) all.push_back(describe(fault));
        print(all.dump());
    } else {
        for (const auto& fault : faults) print(fault.str());
        if (faults.empty())
            print(cat(arguments.words().size(), arguments.words().size() == 1 ? " file is" : " files are", " good"));
    }
    return faults.empty() ? 0 : 1;
}

int config(const Arguments& arguments) {
    arguments.want_words(0, "no words");
    std::fputs(arguments.config().describe().c_str(), stdout);
    return 0;
}

}  // namespace desk::worker::verbs
