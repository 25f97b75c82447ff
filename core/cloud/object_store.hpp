// Where artifacts are kept: an object has a key ("clusters/clu_.../kubeconfig") and bytes, and is public (a link may
// lead to it) or private (sealed by the caller, no route leads to it).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/file.hpp"
#include "core/base/time.hpp"

namespace desk {

enum class Visibility { public_, private_ };

/// What was stored, as read back.
struct StoredObject {
    std::int64_t bytes = 0;
    std::string sha256 = {};  ///< 64 lower-case hex digits
};

/// Keys are parts of [A-Za-z0-9._-] between '/', none of them "." or "..", at most 512 characters; the same key may be
/// there in both kinds. Every function throws Error{internal} for another key, and when the store does not do its work
/// (Error{unavailable} when it is a server in trouble); Error{unavailable} when it is in the network and does not
/// answer. Thread-safe.
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

    /// Where the store itself hands out a public object, for `life` from now on, under `file_name`; nothing when the
    /// web server does so. Whoever has the URL has the object.
    virtual std::optional<std::string> find_url(const std::string& key, const std::string& file_name,
                                                seconds life) const = 0;
    /// Where those URLs lead: "https://bucket.s3.eu-west-1.amazonaws.com"; "" when the web server hands objects out.
    virtual std::string origin() const = 0;

    /// What its object store.id says, by which a database knows its store; "" when there is none.
    virtual std::string id() const = 0;
    /// Writes store.id unless there is one; returns the one that stands.
    virtual std::string make_id() = 0;
    /// For people: "/var/lib/clusterdesk/store", "bucket b at https://s3.eu-west-1.amazonaws.com".
    virtual std::string place() const = 0;
};

/// The rule above.
bool is_object_key(std::string_view key);
/// Throws what the rule above says.
void check_object_key(const std::string& key);

/// As in RFC 6266, with the name in UTF-8 beside it: "attachment; filename=..."
std::string attachment(const std::string& file_name);

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
    std::optional<std::string> find_url(const std::string&, const std::string&, seconds) const override { return {}; }
    std::string origin() const override { return {}; }

    std::string id() const override;
    std::string make_id() override;
    std::string place() const override { return root_.string(); }

  private:
    fs::path path_of(const std::string& key, Visibility visibility) const;

    fs::path root_;
};

}  // namespace desk
