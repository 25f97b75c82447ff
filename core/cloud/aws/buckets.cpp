#include "core/cloud/aws/buckets.hpp"

#include "core/cloud/aws/xml.hpp"

namespace desk::aws::s3 {
namespace {

constexpr const char* kService = "s3";

/// ListBuckets names regions only where it was asked for pages.
constexpr const char* kPage = "1000";

}  // namespace

std::vector<Resource> buckets(Client& client) {
    std::vector<Resource> found;
    std::string next;
    do {
        Params page = {{"max-buckets", kPage}};
        if (!next.empty()) page.emplace_back("continuation-token", next);
        const auto document = client.rest(kService, client.home(), "GET", "/", page);
        const auto answer = document.document_element();
        for (const auto& bucket : answer.child("Buckets").children()) {
            const std::string name = text_at(bucket, "Name"), region = text_at(bucket, "BucketRegion");
            found.push_back(
                {.region = region.empty() ? client.home() : region, .type = "s3-bucket", .id = name, .name = name});
        }
        next = text_at(answer, "ContinuationToken");
    } while (!next.empty());
    return found;
}

std::optional<Tags> tags_of(Client& client, const Resource& bucket) {
    try {
        const auto answer = client.rest(kService, bucket.region, "GET", "/" + bucket.id, {{"tagging", ""}});
        return tags_in(answer.document_element().child("TagSet"));
    } catch (const AwsError& error) {
        if (error.code() == "NoSuchTagSet") return Tags{};
        if (error.is_not_found()) return std::nullopt;
        throw;
    }
}

}  // namespace desk::aws::s3
