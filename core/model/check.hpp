// Something that must hold, and what was found: before anything is created (preflight), or of a cluster that runs
// (verify). Every check is made, so that a missing thing is listed with everything else that is missing.
#pragma once

#include <string>
#include <vector>

#include "core/base/enum.hpp"
#include "core/model/job.hpp"

namespace desk {

/// FAIL stops a job; WARN is shown and goes on.
DESK_ENUM(CheckLevel, PASS, WARN, FAIL)

struct Check {
    std::string id = {};  ///< stable word: "account", "pull-secret"
    CheckLevel level = CheckLevel::PASS;
    std::string detail = {};  ///< what was found, as a sentence
    std::string remedy = {};  ///< what to do; "" when nothing is to be done
    /// Of a FAIL: whether a later try may find it mended (see is_retried), and who can mend it.
    FailureClass error_class = FailureClass::internal;
    Turn turn = Turn::ADMIN;

    static Check pass(std::string id, std::string detail) { return {.id = std::move(id), .detail = std::move(detail)}; }
    static Check warn(std::string id, std::string detail, std::string remedy) {
        return {
            .id = std::move(id), .level = CheckLevel::WARN, .detail = std::move(detail), .remedy = std::move(remedy)};
    }
    static Check fail(std::string id, std::string detail, std::string remedy,
                      FailureClass error_class = FailureClass::internal, Turn turn = Turn::ADMIN) {
        return {std::move(id), CheckLevel::FAIL, std::move(detail), std::move(remedy), error_class, turn};
    }

    bool operator==(const Check&) const = default;
};

}  // namespace desk
