// Everything cryptographic, on OpenSSL's EVP and libxcrypt.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/secret.hpp"

namespace desk {

/// `count` bytes from the system's generator.
std::string random_bytes(std::size_t count);

/// A token of 32 random bytes as base64url (43 characters).
std::string random_token();

/// 32 bytes.
std::string sha256(std::string_view bytes);
/// 64 lower-case hex digits.
std::string sha256_hex(std::string_view bytes);

/// The same of what does not fit into memory.
class Sha256 {
  public:
    Sha256();
    void add(std::string_view bytes);
    /// 64 lower-case hex digits of all that was added. Once.
    std::string hex();

  private:
    std::shared_ptr<void> context_;
};

/// 32 bytes.
std::string hmac_sha256(std::string_view key, std::string_view bytes);

/// True when equal; takes the same time wherever they differ.
bool equal_in_constant_time(std::string_view a, std::string_view b);

/// A yescrypt hash ("$y$...", libxcrypt's default cost) with its salt and parameters inside.
std::string hash_password(const Secret& password);

/// False also for a hash that is not one ("*": an account without password), after the same work.
bool verify_password(const Secret& password, const std::string& hash);

/// AES-256-GCM. `key` has 32 bytes. Result: 12 bytes nonce, ciphertext, 16 bytes tag. `aad` is bound, not stored.
std::string seal(std::string_view key, std::string_view plain, std::string_view aad);

/// Nothing if the key, the aad or any byte is wrong.
std::optional<Secret> unseal(std::string_view key, std::string_view sealed, std::string_view aad);

}  // namespace desk
