// Ids: a prefix that says the kind and a ULID (48 bits of milliseconds, 80 random bits, Crockford base 32), so that ids
// sort by age and kinds do not mix.
#pragma once

#include <optional>
#include <ostream>
#include <string>
#include <string_view>

namespace desk {

/// 26 characters of Crockford base 32 (spec: github.com/ulid/spec).
std::string new_ulid();
bool is_ulid(std::string_view text);

template <class Tag>
class Id {
  public:
    Id() = default;
    explicit Id(std::string value) : value_(std::move(value)) {}

    static Id make() { return Id(std::string(Tag::prefix) + new_ulid()); }
    /// The id if `text` has the prefix and a ULID behind it.
    static std::optional<Id> parse(std::string_view text) {
        if (!text.starts_with(Tag::prefix) || !is_ulid(text.substr(Tag::prefix.size()))) return std::nullopt;
        return Id(std::string(text));
    }

    const std::string& str() const { return value_; }
    bool empty() const { return value_.empty(); }
    auto operator<=>(const Id&) const = default;
    friend std::ostream& operator<<(std::ostream& out, const Id& id) { return out << id.value_; }

  private:
    std::string value_;
};

#define DESK_ID(Name, Prefix)                              \
    struct Name##Tag {                                     \
        static constexpr std::string_view prefix = Prefix; \
    };                                                     \
    using Name = Id<Name##Tag>

DESK_ID(ClusterId, "clu_");
DESK_ID(RequestId, "req_");
DESK_ID(JobId, "job_");
DESK_ID(UserId, "usr_");
DESK_ID(TokenId, "tok_");
DESK_ID(ArtifactId, "art_");
DESK_ID(SecretId, "sec_");
DESK_ID(DownloadId, "dl_");
DESK_ID(ReceiptId, "rcp_");
DESK_ID(OrphanId, "orp_");

}  // namespace desk
