#include "core/cloud/sealed_object.hpp"

#include "core/base/error.hpp"
#include "core/base/text.hpp"

namespace desk {
namespace {

// "clusterdesk-sealed-1", the key's id, the sealed bytes; one line each for the first two.
constexpr std::string_view kMagic = "clusterdesk-sealed-1\n";

std::string aad_of(const std::string& object_key) { return "object|" + object_key; }

/// Empty parts, which no key opens, when it is no sealed object.
Keyring::Sealed take_apart(const std::string& bytes) {
    const auto id_end = bytes.starts_with(kMagic) ? bytes.find('\n', kMagic.size()) : std::string::npos;
    if (id_end == std::string::npos) return {};
    return {bytes.substr(kMagic.size(), id_end - kMagic.size()), bytes.substr(id_end + 1)};
}

}  // namespace

StoredObject put_sealed(ObjectStore& store, const Keyring& keys, const std::string& object_key, const Secret& plain) {
    const auto sealed = keys.seal(plain, aad_of(object_key));
    return store.put(object_key, cat(kMagic, sealed.key_id, '\n', sealed.bytes), Visibility::private_);
}

Secret get_sealed(const ObjectStore& store, const Keyring& keys, const std::string& object_key) {
    const auto sealed = take_apart(store.get(object_key, Visibility::private_));
    if (auto plain = keys.open(sealed, aad_of(object_key))) return std::move(*plain);
    throw Error(Code::internal, "The desk can't open a stored snapshot.",
                cat(object_key, ": no key in the key file opens it, or it was changed"));
}

std::string sealing_key_of(const ObjectStore& store, const std::string& object_key) {
    return take_apart(store.get(object_key, Visibility::private_)).key_id;
}

}  // namespace desk
