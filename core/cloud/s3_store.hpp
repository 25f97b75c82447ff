// An object store on any server that speaks S3 with signatures of version 4.
#pragma once

#include <functional>
#include <string>

#include "core/base/config.hpp"
#include "core/cloud/aws/client.hpp"
#include "core/cloud/object_store.hpp"

namespace desk {

struct S3Settings {
    std::string bucket = {};
    std::string prefix = {};    ///< objects are "<prefix>/public/<key>"; "" = none
    std::string region = {};    ///< that requests are signed for
    std::string endpoint = {};  ///< "https://s3.example.com"; "" = AWS's
    S3UrlStyle url_style = S3UrlStyle::virtual_host;
    S3Encryption encryption = S3Encryption::none;
    std::string kms_key = {};              ///< "" = AWS's own key of the account
    std::size_t part_bytes = 64UL << 20U;  ///< larger objects go in parts of this size; S3 wants 5 MiB at least
};

/// Objects are private to the bucket; who may have one gets a URL that ends. An object is signed with its hash, so that
/// the server refuses what was changed on the way, and is read back.
class S3Store : public ObjectStore {
  public:
    /// `credentials` is asked when they are needed, see aws::Client. Asks nothing yet.
    S3Store(S3Settings settings, HttpTransport& transport, std::function<aws::Credentials()> credentials,
            aws::Pace pace = {});

    StoredObject put(const std::string& key, std::string_view bytes, Visibility visibility) override;
    std::string get(const std::string& key, Visibility visibility) const override;
    bool exists(const std::string& key, Visibility visibility) const override;
    void remove(const std::string& key, Visibility visibility) override;
    std::optional<std::string> find_url(const std::string& key, const std::string& file_name,
                                        seconds life) const override;
    std::string origin() const override;

    std::string id() const override;
    std::string make_id() override;
    std::string place() const override;

  private:
    std::string url_of(const std::string& name) const;
    std::vector<HttpHeader> object_headers() const;
    HttpAnswer send(const std::string& method, const std::string& url, std::vector<HttpHeader> headers = {},
                    std::string body = {}) const;
    void put_in_parts(const std::string& url, std::string_view bytes);
    std::string read(const std::string& url) const;

    S3Settings settings_;
    std::string endpoint_;
    mutable aws::Client client_;
};

}  // namespace desk
