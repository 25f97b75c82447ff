#include "worker/verbs/arguments.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "core/base/log.hpp"
#include "core/base/text.hpp"

namespace desk::worker {
namespace {

constexpr const char* kUsualConfig = "/etc/clusterdesk/clusterdesk.yaml";

log::Level level_of(std::string_view name) {
    if (name == "debug") return log::Level::debug;
    if (name == "warning") return log::Level::warning;
    return name == "error" ? log::Level::error : log::Level::info;
}

}  // namespace

Arguments Arguments::parse(int argc, char** argv, const std::vector<std::string_view>& options) {
    auto known = options;
    known.insert(known.end(), {"--config=", "--json"});
    Arguments arguments;
    for (int i = 2; i < argc; ++i) {
        const std::string_view word = argv[i];
        if (!word.starts_with("--")) {
            arguments.words_.emplace_back(word);
            continue;
        }
        const auto equals = word.find('=');
        const std::string name(word.substr(0, equals));
        const bool takes_value = std::ranges::find(known, name + "=") != known.end();
        if (!takes_value && std::ranges::find(known, name) == known.end()) throw Usage{cat("unknown option ", name)};
        if (!takes_value && equals != std::string_view::npos) throw Usage{cat(name, " takes no value")};
        std::string value;
        if (equals != std::string_view::npos)
            value = word.substr(equals + 1);
        else if (takes_value && ++i == argc)
            throw Usage{cat(name, " needs a value")};
        else if (takes_value)
            value = argv[i];
        arguments.options_[name] = std::move(value);
    }
    return arguments;
}

std::string Arguments::value(std::string_view option) const {
    const auto found = options_.find(std::string(option));
    return found == options_.end() ? "" : found->second;
}

void Arguments::want_words(std::size_t count, std::string_view what) const {
    if (words_.size() != count) throw Usage{cat("expects ", what)};
}

fs::path Arguments::config_file() const {
    if (has("--config")) return value("--config");
    if (const char* named = std::getenv("CLUSTERDESK_CONFIG"); named != nullptr && *named != '\0') return named;
    return fs::exists(kUsualConfig) ? kUsualConfig : "";
}

Config Arguments::config() const {
    auto config = Config::load(config_file(), ::environ);
    log::set_level(level_of(config.log.level));
    return config;
}

}  // namespace desk::worker
