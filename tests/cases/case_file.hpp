// Case files: what is given, requests, and the answers they must get; read by people first (tests/cases/README.md).
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/base/file.hpp"

namespace desk {

/// One request and its answer.
struct CaseStep {
    int line = 0;                  ///< where it begins
    std::vector<std::string> who;  ///< words behind `as`; kept from the step before when it has none
    std::string method, target;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;

    int status = 0;
    std::vector<std::pair<std::string, std::string>> answer_headers;
    std::vector<std::string> contains, lacks;
};

struct CaseFile {
    std::vector<std::vector<std::string>> given;  ///< the words of each line
    std::vector<CaseStep> steps;
};

/// Throws Error{malformed} naming the line that is not understood.
CaseFile parse_case(const std::string& text);

/// All *.case below tests/cases, by path.
std::vector<fs::path> case_files();

}  // namespace desk
