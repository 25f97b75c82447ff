#include "core/base/crypto.hpp"

#include <crypt.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <array>
#include <memory>

#include "core/base/error.hpp"
#include "core/base/text.hpp"

namespace desk {
namespace {

constexpr std::size_t kNonceBytes = 12;  // NIST SP 800-38D: the length GCM is made for
constexpr std::size_t kTagBytes = 16;

void require(bool ok, const char* what) {
    if (!ok) throw Error(Code::internal, "A cryptographic operation failed.", what);
}

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

using Cipher = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

Cipher new_cipher() {
    Cipher cipher(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
    require(cipher != nullptr, "EVP_CIPHER_CTX_new");
    return cipher;
}

}  // namespace

std::string random_bytes(std::size_t count) {
    std::string out(count, '\0');
    require(RAND_bytes(bytes_of(out), static_cast<int>(count)) == 1, "RAND_bytes");
    return out;
}

std::string random_token() { return base64url(random_bytes(32)); }

std::string sha256(std::string_view bytes) {
    std::string out(32, '\0');
    unsigned int length = 0;
    require(EVP_Digest(bytes.data(), bytes.size(), bytes_of(out), &length, EVP_sha256(), nullptr) == 1, "EVP_Digest");
    return out;
}

std::string sha256_hex(std::string_view bytes) { return hex(sha256(bytes)); }

Sha256::Sha256()
    : context_(EVP_MD_CTX_new(), [](void* context) { EVP_MD_CTX_free(static_cast<EVP_MD_CTX*>(context)); }) {
    require(EVP_DigestInit_ex(static_cast<EVP_MD_CTX*>(context_.get()), EVP_sha256(), nullptr) == 1, "EVP_DigestInit");
}

void Sha256::add(std::string_view bytes) {
    require(EVP_DigestUpdate(static_cast<EVP_MD_CTX*>(context_.get()), bytes.data(), bytes.size()) == 1,
            "EVP_DigestUpdate");
}

std::string Sha256::hex() {
    std::string out(32, '\0');
    require(EVP_DigestFinal_ex(static_cast<EVP_MD_CTX*>(context_.get()), bytes_of(out), nullptr) == 1,
            "EVP_DigestFinal");
    return desk::hex(out);
}

std::string hmac_sha256(std::string_view key, std::string_view bytes) {
    std::string out(32, '\0');
    unsigned int length = 0;
    require(HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes_of(bytes), bytes.size(), bytes_of(out),
                 &length) != nullptr,
            "HMAC");
    return out;
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

namespace {

std::string crypt_with(const Secret& password, const std::string& setting) {
    auto data = std::make_unique<crypt_data>();
    const char* hash = crypt_r(password.reveal().c_str(), setting.c_str(), data.get());
    std::string result = hash == nullptr ? "*0" : hash;
    OPENSSL_cleanse(data.get(), sizeof *data);
    return result;
}

std::string new_setting() {
    std::array<char, CRYPT_GENSALT_OUTPUT_SIZE> setting{};
    require(crypt_gensalt_rn("$y$", 0, nullptr, 0, setting.data(), static_cast<int>(setting.size())) != nullptr,
            "crypt_gensalt_rn");
    return setting.data();
}

}  // namespace

std::string hash_password(const Secret& password) {
    std::string hash = crypt_with(password, new_setting());
    require(hash.starts_with("$y$"), "crypt_r");
    return hash;
}

bool verify_password(const Secret& password, const std::string& hash) {
    const bool usable = hash.starts_with("$y$");
    static const std::string kNobody = new_setting();
    const std::string computed = crypt_with(password, usable ? hash : kNobody);
    return equal_in_constant_time(computed, hash) && usable;
}

std::string seal(std::string_view key, std::string_view plain, std::string_view aad) {
    require(key.size() == 32, "seal: key length");
    std::string out = random_bytes(kNonceBytes);
    out.resize(kNonceBytes + plain.size() + kTagBytes);
    auto cipher = new_cipher();
    int length = 0;
    require(EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, bytes_of(key), bytes_of(out)) == 1, "init");
    require(EVP_EncryptUpdate(cipher.get(), nullptr, &length, bytes_of(aad), static_cast<int>(aad.size())) == 1, "aad");
    require(EVP_EncryptUpdate(cipher.get(), bytes_of(out) + kNonceBytes, &length, bytes_of(plain),
                              static_cast<int>(plain.size())) == 1,
            "encrypt");
    int rest = 0;
    require(EVP_EncryptFinal_ex(cipher.get(), bytes_of(out) + kNonceBytes + length, &rest) == 1, "final");
    require(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, kTagBytes,
                                bytes_of(out) + kNonceBytes + plain.size()) == 1,
            "tag");
    return out;
}

std::optional<Secret> unseal(std::string_view key, std::string_view sealed, std::string_view aad) {
    require(key.size() == 32, "unseal: key length");
    if (sealed.size() < kNonceBytes + kTagBytes) return std::nullopt;
    const auto body = sealed.substr(kNonceBytes, sealed.size() - kNonceBytes - kTagBytes);
    std::string tag(sealed.substr(sealed.size() - kTagBytes));
    std::string plain(body.size(), '\0');
    auto cipher = new_cipher();
    int length = 0;
    require(EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, bytes_of(key), bytes_of(sealed)) == 1, "init");
    require(EVP_DecryptUpdate(cipher.get(), nullptr, &length, bytes_of(aad), static_cast<int>(aad.size())) == 1, "aad");
    if (EVP_DecryptUpdate(cipher.get(), bytes_of(plain), &length, bytes_of(body), static_cast<int>(body.size())) != 1 ||
        EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, kTagBytes, bytes_of(tag)) != 1 ||
        EVP_DecryptFinal_ex(cipher.get(), bytes_of(plain) + length, &length) != 1)
        return std::nullopt;
    return Secret(std::move(plain));
}

}  // namespace desk
