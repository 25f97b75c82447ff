#include "core/cloud/presign.hpp"

#include "core/base/text.hpp"

namespace desk {
namespace {

constexpr std::string_view kUse = "link";
constexpr std::size_t kSignatureBytes = 32;
constexpr std::int64_t kLatest = 253'402'300'799;  // the end of year 9999

std::int64_t unix_seconds(Time time) {
    return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

/// None of the parts may hold a line end: the ids and keys can't, and a file name is refused where it is stored.
std::string signed_text(const LinkSubject& subject) {
    return cat(subject.id, '\n', subject.object_key, '\n', unix_seconds(subject.expires_at), '\n', subject.file_name);
}

}  // namespace

std::string sign_link(const Keyring& keys, const LinkSubject& subject) {
    return cat(subject.id, '.', unix_seconds(subject.expires_at), '.',
               base64url(keys.sign(kUse, signed_text(subject))));
}

std::optional<LinkToken> LinkToken::parse(std::string_view text) {
    const auto parts = split(text, '.');
    if (parts.size() != 3) return std::nullopt;
    const auto id = DownloadId::parse(parts[0]);
    const auto expiry = parse_int(parts[1]);
    auto signature = from_base64(parts[2]);
    // Written back it must be the same: no second spelling of a token.
    if (!id || !expiry || *expiry < 0 || *expiry > kLatest || cat(*expiry) != parts[1] || !signature ||
        signature->size() != kSignatureBytes || base64url(*signature) != parts[2])
        return std::nullopt;
    return LinkToken{.id = *id, .expires_at = Time(std::chrono::seconds(*expiry)), .signature = std::move(*signature)};
}

bool is_signed(const Keyring& keys, const LinkToken& token, const std::string& object_key,
               const std::string& file_name) {
    const LinkSubject subject{
        .id = token.id, .object_key = object_key, .expires_at = token.expires_at, .file_name = file_name};
    return keys.verify(kUse, signed_text(subject), token.signature);
}

}  // namespace desk
