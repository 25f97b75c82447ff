// installers: the catalogue of this host, for people.
#include <cstdio>

#include "core/base/json.hpp"
#include "core/base/text.hpp"
#include "worker/installer_catalog.hpp"
#include "worker/verbs/verbs.hpp"

namespace desk::worker::verbs {
namespace {

Json describe(const InstallerCatalog::Pin& pin) {
    return {{"version", pin.version}, {"program", pin.program}, {"sha256", pin.sha256}};
}

std::string words_for(const InstallerCatalog::Pin& pin) { return cat(pin.version, ' ', pin.program, ' ', pin.sha256); }

int add(const Arguments& arguments, InstallerCatalog catalog) {
    arguments.want_words(3, "add VERSION FILE");
    const std::string program = arguments.has("--program") ? arguments.value("--program") : std::string(kInstaller);
    if (std::ranges::find(kCatalogPrograms, program) == kCatalogPrograms.end())
        throw Usage{"--program takes one of: openshift-install, openshift-install-fips, ccoctl, oc"};
    const auto pin = catalog.add(arguments.words()[1], program, arguments.words()[2], arguments.value("--sha256"),
                                 arguments.has("--replace"));
    print(arguments.has("--json") ? describe(pin).dump() : words_for(pin));
    return 0;
}

int list(const Arguments& arguments, const InstallerCatalog& catalog) {
    arguments.want_words(1, "list");
    Json all = Json::array();
    for (const auto& pin : catalog.pins()) {
        all.push_back(describe(pin));
        if (!arguments.has("--json")) print(words_for(pin));
    }
    if (arguments.has("--json")) print(all.dump());
    return 0;
}

int verify(const Arguments& arguments, const InstallerCatalog& catalog) {
    arguments.want_words(1, "verify");
    const auto faults = catalog.faults();
    if (arguments.has("--json")) print(Json(faults).dump());
    for (const auto& fault : faults)
        if (!arguments.has("--json")) print(fault);
    if (faults.empty() && !arguments.has("--json")) print(cat(catalog.pins().size(), " as pinned"));
    return faults.empty() ? 0 : 1;
}

}  // namespace

int installers(const Arguments& arguments) {
    const std::string what = arguments.words().empty() ? "" : arguments.words().front();
    const InstallerCatalog catalog(arguments.config().installers.dir);
    if (what == "add") return add(arguments, catalog);
    if (what == "list") return list(arguments, catalog);
    if (what == "verify") return verify(arguments, catalog);
    throw Usage{"expects add, list or verify"};
}

}  // namespace desk::worker::verbs
