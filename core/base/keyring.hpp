// The desk's own keys: what seals secrets and snapshots, and what signs links. They live in a file outside the
// database.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/file.hpp"
#include "core/base/secret.hpp"

namespace desk {

/// Several keys of 32 bytes, each with an id: the first one seals and signs, all of them open and verify. Rotation: put
/// a new line first, restart, reseal, and take the old line out when nothing is sealed with it any more.
class Keyring {
  public:
    /// Reads "id:base64" lines ('#' begins a comment). Throws Error{internal} naming the line: no key, a key of another
    /// length, an id that comes twice or is not of [A-Za-z0-9_-]{1,32}.
    static Keyring parse(const Secret& text);
    /// The same from a file that only its owner may read; others' permissions are an Error{internal}.
    static Keyring load(const fs::path& file);
    /// A line with a new random key, for a file that does not exist yet.
    static Secret new_line(std::string_view id);

    struct Sealed {
        std::string key_id;
        std::string bytes;  ///< as crypto.hpp seals: AES-256-GCM
    };
    /// By the first key. `aad` is bound, not stored.
    Sealed seal(const Secret& plain, std::string_view aad) const;
    /// Nothing if the key is not here, or any byte of `sealed` or `aad` is wrong.
    std::optional<Secret> open(const Sealed& sealed, std::string_view aad) const;

    /// HMAC-SHA-256 of `bytes` and the key's id by the first key, or rather by a key derived from it for `use`.
    std::string sign(std::string_view use, std::string_view bytes) const;
    /// Whether one of the keys made `signature`; takes the same time whichever does.
    bool verify(std::string_view use, std::string_view bytes, std::string_view signature) const;

    const std::string& first_id() const { return keys_.front().id; }

  private:
    struct Key {
        std::string id;
        Secret bytes;
    };
    static std::string sign_with(const Key& key, std::string_view use, std::string_view bytes);

    std::vector<Key> keys_;  // never empty
};

}  // namespace desk
