#include "worker/demo/settings.hpp"

#include <charconv>
#include <cstdlib>

#include "core/base/text.hpp"
#include "worker/demo/ending.hpp"

namespace desk::demo {
namespace {

std::optional<std::string> find_variable(const char* name) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') return std::nullopt;
    return value;
}

std::optional<double> find_seconds(const char* name) {
    const auto text = find_variable(name);
    if (!text) return std::nullopt;
    double value = 0;
    const char* end = text->data() + text->size();
    const auto [rest, error] = std::from_chars(text->data(), end, value);
    if (error != std::errc() || rest != end || !(value >= 0)) {
        fatal(cat(name, ": \"", *text, "\" is not a number of 0 or more"));
    }
    return value;
}

}  // namespace

Settings Settings::from_environment() {
    Settings settings;
    settings.cloud = find_variable("DEMO_CLOUD");
    settings.scale = find_seconds("DEMO_SCALE").value_or(settings.scale);
    settings.failures = find_variable("DEMO_FAIL").value_or("");
    settings.teardown_seconds = find_seconds("DEMO_TEARDOWN");
    settings.version = find_variable("DEMO_VERSION").value_or(settings.version);
    settings.aws_endpoint = find_variable("AWS_ENDPOINT_URL");
    settings.strict = find_variable("DEMO_STRICT") == "1";
    return settings;
}

const fs::path& Settings::get_cloud() const {
    if (!cloud) fatal("DEMO_CLOUD is not set: the stand-in installer keeps its whole cloud in that directory");
    return *cloud;
}

}  // namespace desk::demo
