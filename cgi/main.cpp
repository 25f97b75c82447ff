// clusterdesk: the web program. Reads its settings, checks that database, keys and store are its own, serves.
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>

#include "cgi/app.hpp"
#include "cgi/render.hpp"
#include "cgi/server.hpp"
#include "core/base/log.hpp"
#include "core/base/text.hpp"
#include "core/cloud/open_store.hpp"
#include "core/store/profile_files.hpp"
#include "core/store/schema.hpp"
#include "core/store/secrets.hpp"
#include "core/store/store_id.hpp"

namespace {

using namespace desk;

constexpr const char* kUsage =
    "usage: clusterdesk [--config FILE] [--check-config] [--version]\n"
    "  --config FILE   settings; else $CLUSTERDESK_CONFIG, else /etc/clusterdesk/clusterdesk.yaml\n"
    "  --check-config  print the effective settings and end\n"
    "Serves FastCGI on web.socket; with GATEWAY_INTERFACE in the environment, one plain CGI request.\n";

struct Options {
    fs::path config;
    bool check_config = false, version = false, wrong = false;
};

Options options_of(int argc, char** argv) {
    Options options;
    const char* named = std::getenv("CLUSTERDESK_CONFIG");
    options.config = named != nullptr ? named : "/etc/clusterdesk/clusterdesk.yaml";
    for (int i = 1; i < argc; ++i) {
        const std::string_view arg = argv[i];
        if (arg == "--config" && i + 1 < argc)
            options.config = argv[++i];
        else if (arg == "--check-config")
            options.check_config = true;
        else if (arg == "--version")
            options.version = true;
        else
            options.wrong = true;
    }
    return options;
}

log::Level level_of(std::string_view name) {
    if (name == "debug") return log::Level::debug;
    if (name == "warning") return log::Level::warning;
    return name == "error" ? log::Level::error : log::Level::info;
}

/// Nothing is served from a database, with keys or from a store that are not this desk's.
void check_surroundings(pg::Database& db, const Keyring& keys, ObjectStore& store) {
    check_schema(db);
    auto tx = db.begin();
    secrets::check_keys(tx, keys);
    bind_store(tx, store);
    if (const auto fault = store_fault(tx, store)) throw Error(Code::internal, *fault);
    tx.commit();
}

Catalog catalog_of(const Config& config) {
    auto catalog = load_profiles(config);
    for (const auto& [file, faults] : catalog.faults())
        for (const auto& fault : faults) log::warning("profile_refused", {{"file", file}, {"why", fault.str()}});
    return catalog;
}

void run(const Config& config, char** environment) {
    log::set_level(level_of(config.log.level));
    pg::Database db(
        {.url = config.database.url, .application_name = "clusterdesk", .connections = config.database.connections});
    const auto keys = Keyring::load(config.secrets.key_file);
    const auto store = open_store(config);
    check_surroundings(db, keys, *store);
    const Templates templates(config.web.templates);
    const Catalog catalog = catalog_of(config);

    App app{.config = config, .db = db, .templates = templates, .catalog = catalog, .keys = keys, .objects = *store};
    if (std::getenv("GATEWAY_INTERFACE") != nullptr)
        answer_plain_cgi(app, environment);
    else
        serve(app);
}

}  // namespace

int main(int argc, char** argv) {
    const Options options = options_of(argc, argv);
    if (options.wrong) return std::fputs(kUsage, stderr), 2;
    if (options.version) return std::puts("clusterdesk " DESK_VERSION), 0;
    try {
        const Config config = Config::load(options.config, environ);
        if (options.check_config) return std::fputs(config.describe().c_str(), stdout), 0;
        run(config, environ);
        return 0;
    } catch (const Error& error) {
        std::fprintf(stderr, "clusterdesk: %s\n", error.for_user().c_str());
        if (!error.for_log().empty()) std::fprintf(stderr, "clusterdesk: (%s)\n", error.for_log().c_str());
        return 1;
    }
}
