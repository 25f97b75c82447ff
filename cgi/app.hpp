// What every handler gets besides its request. main builds one, tests build their own; shared by all threads, so
// nothing in it changes after the start.
#pragma once

#include "core/base/config.hpp"
#include "core/base/keyring.hpp"
#include "core/cloud/object_store.hpp"
#include "core/model/profile_catalog.hpp"
#include "core/pg/transaction.hpp"

namespace desk {

class Templates;

struct App {
    const Config& config;
    pg::Database& db;
    const Templates& templates;
    const Catalog& catalog;  ///< the profiles as read at the start
    const Keyring& keys;     ///< seals secrets, signs links
    ObjectStore& objects;    ///< thread-safe: files

    /// Whether people reach the desk by https: cookies are Secure then.
    bool is_https() const { return config.web.public_url.starts_with("https://"); }
};

}  // namespace desk
