#include "tests/worker/stub_programs.hpp"

#include "core/base/text.hpp"
#include "worker/installer_catalog.hpp"

namespace desk {

StubPrograms::StubPrograms(const fs::path& dir, Config& config) : dir_(dir), catalog_(dir / "installers") {
    config.installers.dir = catalog_.string();
    config.installers.pull_secret_file = (dir / "pull-secret.json").string();
    replace_file(config.installers.pull_secret_file, R"({"auths":{"quay.io":{"auth":"c3dvcmRmaXNoLXB1bGw="}}})");
    add("openshift-install", cat("export DEMO_CLOUD='", (dir / "cloud").string(), "' DEMO_SCALE=0 DEMO_VERSION=",
                                 kStubVersion, "\nexec " DESK_BINARY_DIR "/demo-install \"$@\""));
    fs::remove(dir_ / "calls");  // the catalogue asks each for its version
}

void StubPrograms::add(std::string_view program, const std::string& lines) {
    const auto script = dir_ / "script";
    replace_file(script,
                 cat("#!/bin/sh\n{ echo \"argv ", program, " $*\"; env | sed 's/^/env /'; sed 's/^/stdin /'; } >> '",
                     (dir_ / "calls").string(), "'\n", lines, '\n'),
                 0755);
    worker::InstallerCatalog(catalog_).add(kStubVersion, program, script);
}

std::vector<StubPrograms::Call> StubPrograms::calls() const {
    std::vector<Call> calls;
    if (!fs::exists(dir_ / "calls")) return calls;
    const auto text = read_file(dir_ / "calls");
    for (const auto line : split(text, '\n')) {
        const auto rest = std::string(line.substr(std::min(line.size(), line.find(' ') + 1)));
        if (line.starts_with("argv "))
            calls.push_back({.program = rest.substr(0, rest.find(' ')), .argv = rest});
        else if (line.starts_with("env "))
            calls.back().env += rest + '\n';
        else if (line.starts_with("stdin "))
            calls.back().stdin_text += rest + '\n';
    }
    return calls;
}

std::string StubPrograms::verbs() const {
    std::string all;
    for (const auto& call : calls()) all += cat(trim(call.argv.substr(0, call.argv.find(" --"))), '\n');
    return all;
}

}  // namespace desk
