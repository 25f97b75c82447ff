// Programs of the catalogue as shell scripts that note how they were called: arguments, environment, standard input.
#pragma once

#include <string>
#include <vector>

#include "core/base/config.hpp"
#include "core/base/file.hpp"

namespace desk {

inline constexpr const char* kStubVersion = "4.20.3";

class StubPrograms {
  public:
    /// Makes a catalogue and a pull secret in `dir`, and `config` name them. openshift-install is demo-install, with
    /// its cloud in `dir`/cloud.
    StubPrograms(const fs::path& dir, Config& config);

    /// Another program: the lines of a shell script.
    void add(std::string_view program, const std::string& lines);

    struct Call {
        std::string program = {};
        std::string argv = {};  ///< with spaces between
        std::string env = {};   ///< NAME=value, a line each
        std::string stdin_text = {};
    };
    /// In their order.
    std::vector<Call> calls() const;
    /// "openshift-install create manifests", without options, a line each.
    std::string verbs() const;

  private:
    fs::path dir_;
    fs::path catalog_;
};

}  // namespace desk
