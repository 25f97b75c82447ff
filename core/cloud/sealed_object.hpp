// Snapshots and bundles: an object that is sealed with the desk's keys before it goes to the private part of the store.
#pragma once

#include <string>
#include <string_view>

#include "core/base/keyring.hpp"
#include "core/cloud/object_store.hpp"

namespace desk {

/// Seals `plain` under the name of its object, so that one snapshot can't stand in for another, and stores it as a
/// private object. The result tells of the sealed bytes.
StoredObject put_sealed(ObjectStore& store, const Keyring& keys, const std::string& object_key, const Secret& plain);

/// Throws Error{not_found} when there is no such object and Error{internal} when none of the keys opens it.
Secret get_sealed(const ObjectStore& store, const Keyring& keys, const std::string& object_key);

/// The id of the key that sealed an object; "" when it is no sealed object. Throws Error{not_found}.
std::string sealing_key_of(const ObjectStore& store, const std::string& object_key);

}  // namespace desk
