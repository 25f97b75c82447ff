#include "core/cloud/open_store.hpp"

#include "core/cloud/aws/accounts.hpp"
#include "core/cloud/s3_store.hpp"

namespace desk {
namespace {

std::unique_ptr<ObjectStore> open_bucket(const Config& config) {
    static CurlTransport transport;  // without a state of its own
    const auto& store = config.store;
    std::function<aws::Credentials()> credentials = [file = store.credentials_file] {
        return aws::read_profile(file, "default");
    };
    if (!store.account.empty())
        credentials = [account = aws::Accounts::load(config.aws.accounts_file).get(store.account)] {
            return aws::resolve(account, transport);
        };
    return std::make_unique<S3Store>(S3Settings{.bucket = store.bucket,
                                                .prefix = store.prefix,
                                                .region = store.region,
                                                .endpoint = store.endpoint,
                                                .url_style = store.url_style,
                                                .encryption = store.encryption,
                                                .kms_key = store.kms_key},
                                     transport, std::move(credentials));
}

}  // namespace

std::unique_ptr<ObjectStore> open_store(const Config& config) {
    if (config.store.kind == StoreKind::s3) return open_bucket(config);
    return std::make_unique<FileStore>(config.store.root);
}

}  // namespace desk
