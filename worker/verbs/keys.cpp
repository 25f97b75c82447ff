// reseal: the second half of a key rotation.
#include <cstdio>
#include <map>

#include "core/base/json.hpp"
#include "core/base/text.hpp"
#include "core/cloud/open_store.hpp"
#include "core/cloud/sealed_object.hpp"
#include "core/store/artifacts.hpp"
#include "core/store/secrets.hpp"
#include "worker/verbs/verbs.hpp"

namespace desk::worker::verbs {
namespace {

constexpr int kSecretsAtOnce = 100;  // one transaction

int reseal_secrets(pg::Database& database, const Keyring& keys) {
    for (int all = 0;;) {
        auto tx = database.begin();
        const int done = secrets::reseal(tx, keys, kSecretsAtOnce);
        tx.commit();
        all += done;
        if (done < kSecretsAtOnce) return all;
    }
}

/// Key -> how many snapshots and bundles it sealed. They stay as they are: their rows hold the hash of the sealed
/// bytes.
std::map<std::string, int> keys_of_objects(pg::Database& database, const ObjectStore& store) {
    auto tx = database.begin(pg::Mode::read_only);
    std::map<std::string, int> found;
    for (const auto& object : artifacts::private_objects(tx)) ++found[sealing_key_of(store, object)];
    return found;
}

}  // namespace

int reseal(const Arguments& arguments) {
    arguments.want_words(0, "no words");
    const auto config = arguments.config();
    const auto keys = Keyring::load(config.secrets.key_file);
    pg::Database database({.url = config.database.url, .application_name = "clusterdesk-reseal"});

    const int resealed = reseal_secrets(database, keys);
    const auto objects = keys_of_objects(database, *open_store(config));
    if (arguments.has("--json")) {
        print(Json{{"resealed", resealed}, {"objects", objects}}.dump());
        return 0;
    }
    print(cat(resealed, " secrets sealed again with key ", keys.first_id()));
    for (const auto& [key, count] : objects)
        if (key != keys.first_id())
            print(cat("key ", key, " is still needed: it sealed ", count, " snapshots that are kept"));
    return 0;
}

}  // namespace desk::worker::verbs
