// The words and options of one call of a verb.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/config.hpp"
#include "core/base/file.hpp"

namespace desk::worker {

/// A wrong call: exit 2, with the verb's own line of help.
struct Usage {
    std::string why;
};

class Arguments {
  public:
    /// `options`: names a verb knows, with "=" behind those that take a value ("--role="). --config= and --json are
    /// known to all. Throws Usage for another one, or a missing value.
    static Arguments parse(int argc, char** argv, const std::vector<std::string_view>& options);

    const std::vector<std::string>& words() const { return words_; }
    bool has(std::string_view option) const { return options_.contains(std::string(option)); }
    /// "" when it was not given.
    std::string value(std::string_view option) const;

    /// Exactly `count` words, or Usage.
    void want_words(std::size_t count, std::string_view what) const;

    /// --config, else CLUSTERDESK_CONFIG, else /etc/clusterdesk/clusterdesk.yaml if there is one, else "".
    fs::path config_file() const;
    /// By that file and the environment; sets the level of the log.
    Config config() const;

  private:
    std::vector<std::string> words_;
    std::map<std::string, std::string> options_;
};

}  // namespace desk::worker
