// S3 as something that a cluster leaves behind: which buckets there are, and their tags.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/cloud/aws/client.hpp"
#include "core/cloud/aws/resource.hpp"

namespace desk::aws::s3 {

/// Every bucket of the account with the region it is in, without tags, as "s3-bucket".
std::vector<Resource> buckets(Client& client);
/// None when the bucket is not there any more.
std::optional<Tags> tags_of(Client& client, const Resource& bucket);

}  // namespace desk::aws::s3
