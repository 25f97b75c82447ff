// clusterdesk-worker: the verbs of operators and of cron.
#include <algorithm>
#include <array>
#include <cstdio>
#include <string_view>

#include "worker/guard.hpp"

namespace {

struct Verb {
    std::string_view name;
    int (*run)(int argc, char** argv);
    std::string_view what;
};

constexpr std::array kVerbs = {
    Verb{"guard", desk::worker::guard_main, "run a program that dies with its runner (internal)"},
};

int usage() {
    std::fputs("usage: clusterdesk-worker VERB [ARGUMENT]...\n", stderr);
    for (const auto& verb : kVerbs) {
        std::fprintf(stderr, "  %-18.*s %.*s\n", static_cast<int>(verb.name.size()), verb.name.data(),
                     static_cast<int>(verb.what.size()), verb.what.data());
    }
    return 2;
}

}  // namespace

int main(int argc, char** argv) {
    const std::string_view wanted = argc > 1 ? argv[1] : "";
    const auto* const verb = std::ranges::find(kVerbs, wanted, &Verb::name);
    return verb == kVerbs.end() ? usage() : verb->run(argc, argv);
}
