// drain: a host takes no new jobs, so that it can be taken down.
#include <cstdio>

#include "core/base/text.hpp"
#include "core/store/workers.hpp"
#include "worker/host.hpp"
#include "worker/verbs/verbs.hpp"

namespace desk::worker::verbs {

int drain(const Arguments& arguments) {
    if (arguments.words().size() > 1) throw Usage{"expects one host at most"};
    const auto config = arguments.config();
    const auto host = arguments.words().empty() ? Host::of(config).name : arguments.words()[0];
    const bool draining = !arguments.has("--off");

    pg::Database database({.url = config.database.url, .application_name = "clusterdesk-drain", .connections = 1});
    auto tx = database.begin();
    workers::set_draining(tx, host, draining, Actor::desk("operator"));
    const auto worker = workers::find(tx, host).value();
    tx.commit();

    if (arguments.has("--json"))
        print(Json{{"host", host}, {"isDraining", draining}, {"leases", worker.leases}}.dump());
    else if (draining)
        print(cat(host, " drains: it takes no new jobs; it still runs ", worker.leases, '.'));
    else
        print(cat(host, " takes jobs again."));
    return 0;
}

}  // namespace desk::worker::verbs
