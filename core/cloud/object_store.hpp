// Where artifacts are kept: an object has a key ("clusters/clu_.../kubeconfig") and bytes, and is public (a link may
// lead to it) or private (sealed by the caller, no route leads to it).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/file.hpp"

namespace desk {

enum class Visibility { public_, private_ };

/// What was stored, as read back.
struct StoredObject {
    std::int64_t bytes = 0;
    std::string sha256 = {};  ///< 64 lower-case hex digits
};

/// Keys are parts of [A-Za-z0-9._-] between '/', none of them "." or "..", at most 512 characters; the same key may be
/// there in both kinds. Every function throws Error{internal} for another key, and when the store does not do its work.
class ObjectStore {
  public:
    virtual ~ObjectStore() = default;

    /// Stores or replaces. When it returns, the bytes are durable and were read back.
    virtual StoredObject put(const std::string& key, std::string_view bytes, Visibility visibility) = 0;
    /// Throws Error{not_found} when there is none.
    virtual std::string get(const std::string& key, Visibility visibility) const = 0;
    virtual bool exists(const std::string& key, Visibility visibility) const = 0;
    /// No error when there is none.
    virtual void remove(const std::string& key, Visibility visibility) = 0;
};

/// The rule above.
bool is_object_key(std::string_view key);

/// A directory with two roots: `public/` (0750, files 0640: nginx's group may read) and `private/` (0700, files 0600),
/// and `store.id`, which says which store this is.
class FileStore : public ObjectStore {
  public:
    /// Makes both roots when they are not there.
    explicit FileStore(fs::path root);

    StoredObject put(const std::string& key, std::string_view bytes, Visibility visibility) override;
    std::string get(const std::string& key, Visibility visibility) const override;
    bool exists(const std::string& key, Visibility visibility) const override;
    void remove(const std::string& key, Visibility visibility) override;

    /// The content of store.id; "" when there is none.
    std::string id() const;
    /// Writes store.id unless there is one; returns the one that stands.
    std::string make_id();

    const fs::path& root() const { return root_; }

  private:
    fs::path path_of(const std::string& key, Visibility visibility) const;

    fs::path root_;
};

}  // namespace desk
