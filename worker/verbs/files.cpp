// validate and config.
#include <cstdio>

#include "core/base/json.hpp"
#include "core/base/text.hpp"
#include "core/model/cluster_yaml.hpp"
#include "core/model/profile.hpp"
#include "worker/embedded_rules.hpp"
#include "worker/verbs/verbs.hpp"

namespace desk::worker::verbs {
namespace {

constexpr std::size_t kLongestFile = 1U << 20U;  ///< the reader of YAML says by itself what is too long

Json describe(const Fault& fault) {
    return {{"file", fault.file}, {"line", fault.line}, {"where", fault.where}, {"message", fault.message}};
}

/// A fault, and how its line reads.
struct Finding {
    Fault fault;
    std::string line;
};

std::vector<Finding> findings_of(const Faults& faults) {
    std::vector<Finding> findings;
    for (const auto& fault : faults) findings.push_back({fault, fault.str()});
    return findings;
}

/// A cluster.yaml is told in the words of its contract, "JSON pointer: message".
std::vector<Finding> contract_findings(std::string_view text, const std::string& file, bool is_one_of_many) {
    const auto read = parse_cluster_yaml(text, file);
    if (read) return {};
    std::vector<Finding> findings;
    for (const auto& fault : read.error())
        findings.push_back({fault, is_one_of_many ? cat(file, ": ", pointer_line(fault)) : pointer_line(fault)});
    return findings;
}

/// By what the document means to be: a cluster.yaml, failure rules as worker.failure_rules takes them, or a profile.
std::vector<Finding> check_file(const std::string& file, bool is_one_of_many) {
    const auto text = read_file(file, kLongestFile);
    const auto document = parse_yaml(text, file);
    if (document ? is_cluster_yaml(*document) : fs::path(file).filename() == "cluster.yaml")
        return contract_findings(text, file, is_one_of_many);
    if (!document) return findings_of(document.error());
    if (is_failure_rules_file(*document)) {
        const auto rules = embedded_failure_rules().extended_by(text, file);
        return findings_of(rules ? Faults{} : rules.error());
    }
    const auto profile = parse_profile(text, file);
    return findings_of(profile ? Faults{} : profile.error());
}

}  // namespace

int validate(const Arguments& arguments) {
    const auto& files = arguments.words();
    if (files.empty()) throw Usage{"expects at least one file"};
    std::vector<Finding> findings;
    for (const auto& file : files)
        for (auto& finding : check_file(file, files.size() > 1)) findings.push_back(std::move(finding));
    if (arguments.has("--json")) {
        Json all = Json::array();
        for (const auto& finding : findings) all.push_back(describe(finding.fault));
        print(all.dump());
    } else {
        for (const auto& finding : findings) print(finding.line);
        if (findings.empty()) print(cat(files.size(), files.size() == 1 ? " file is" : " files are", " good"));
    }
    return findings.empty() ? 0 : 1;
}

int config(const Arguments& arguments) {
    arguments.want_words(0, "no words");
    std::fputs(arguments.config().describe().c_str(), stdout);
    return 0;
}

}  // namespace desk::worker::verbs
