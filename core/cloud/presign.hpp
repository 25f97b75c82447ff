// Download links: "/d/<download id>.<expiry>.<signature>". Whoever has one may fetch one object until then; the row of
// the download (core/store/downloads.hpp) counts, revokes and ends it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/id.hpp"
#include "core/base/keyring.hpp"
#include "core/base/time.hpp"

namespace desk {

/// What a signature covers besides the key's id.
struct LinkSubject {
    DownloadId id = {};
    std::string object_key = {};
    Time expires_at = {};  ///< whole seconds
    std::string file_name = {};
};

/// The part behind "/d/". The signature is base64url of an HMAC-SHA-256.
std::string sign_link(const Keyring& keys, const LinkSubject& subject);

/// A token taken apart; nothing in it is proven.
struct LinkToken {
    DownloadId id = {};
    Time expires_at = {};
    std::string signature = {};  ///< 32 bytes

    /// Nothing if `text` is not of the one form that sign_link writes.
    static std::optional<LinkToken> parse(std::string_view text);
};

/// Whether `token` was signed for `object_key` and `file_name`, in constant time. Says nothing about the time.
bool is_signed(const Keyring& keys, const LinkToken& token, const std::string& object_key,
               const std::string& file_name);

}  // namespace desk
