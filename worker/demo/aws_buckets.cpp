// S3: the bucket from which the bootstrap machine starts, and that of the image registry.
#include <array>

#include "core/base/text.hpp"
#include "core/cloud/aws/xml.hpp"
#include "worker/demo/aws_cloud.hpp"

namespace desk::demo {
namespace {

using aws::text_at;

std::string tagging(const Tags& tags) {
    pugi::xml_document document;
    auto set = document.append_child("Tagging").append_child("TagSet");
    for (const auto& [key, value] : tags) {
        auto tag = set.append_child("Tag");
        tag.append_child("Key").text() = key.c_str();
        tag.append_child("Value").text() = value.c_str();
    }
    std::ostringstream text;
    document.save(text, "", pugi::format_raw);
    return text.str();
}

/// us-east-1 is the one region that must not be named.
std::string place(const std::string& region) {
    return region == "us-east-1" ? ""
                                 : cat("<CreateBucketConfiguration><LocationConstraint>", region,
                                       "</LocationConstraint></CreateBucketConfiguration>");
}

std::string make(const AwsPlace& in, const Resource& wanted) {
    make_bucket(in, wanted.name, wanted.tags);
    return wanted.name;
}

Tags tags_of(const AwsPlace& in, const std::string& bucket) {
    try {
        const auto answer = in.client.rest("s3", in.region, "GET", "/" + bucket, {{"tagging", ""}});
        return aws::tags_in(answer.document_element().child("TagSet"));
    } catch (const aws::AwsError& error) {
        if (error.status() == 404) return {};
        throw;
    }
}

std::vector<Resource> list(const AwsPlace& in, const Tag& tag) {
    std::vector<Resource> found;
    const auto all = in.client.rest("s3", in.region, "GET", "/");
    for (const auto& bucket : all.document_element().child("Buckets").children()) {
        Resource thing{.type = "s3-bucket", .name = text_at(bucket, "Name"), .region = in.region};
        thing.id = thing.name;
        thing.tags = tags_of(in, thing.name);
        if (has_tag(thing, tag)) found.push_back(std::move(thing));
    }
    return found;
}

void remove(const AwsPlace& in, const Resource& thing) { remove_bucket(in, thing.name); }

constexpr std::array kKinds = {AwsKind{"s3-bucket", make, list, remove}};

}  // namespace

void make_bucket(const AwsPlace& in, const std::string& name, const Tags& tags) {
    in.client.rest("s3", in.region, "PUT", "/" + name, {}, place(in.region));
    in.client.rest("s3", in.region, "PUT", "/" + name, {{"tagging", ""}}, tagging(tags));
    in.client.rest("s3", in.region, "PUT", cat('/', name, "/first"), {}, "something to delete");
}

void remove_bucket(const AwsPlace& in, const std::string& name) {
    const auto objects = in.client.rest("s3", in.region, "GET", "/" + name, {{"list-type", "2"}});
    for (const auto& object : objects.document_element().children("Contents"))
        in.client.rest("s3", in.region, "DELETE", cat('/', name, '/', text_at(object, "Key")));
    in.client.rest("s3", in.region, "DELETE", "/" + name);
}

std::span<const AwsKind> bucket_kinds() { return kKinds; }

}  // namespace desk::demo
