// What terraform makes in AWS before the installer runs: the variables of terraform.aws_prereqs, and what it needs for
// that.
#include <algorithm>

#include "core/base/error.hpp"
#include "core/base/text.hpp"
#include "core/cloud/aws/buckets.hpp"
#include "core/cloud/aws/route53.hpp"
#include "core/cloud/aws/sts.hpp"
#include "worker/platforms/aws.hpp"

namespace desk::worker {
namespace {

constexpr std::size_t kLongestRoleName = 64;  // of IAM
constexpr const char* kNoZone = "none";       // as the root calls it
constexpr const char* kTellBucket = "An administrator makes it, or corrects stateBucket in aws.accounts_file.";

std::string bucket_needed(const aws::Account& account) {
    return cat("Account ", account.label(),
               " has no stateBucket, and terraform.aws_prereqs needs one: `clusterdesk-worker tf-bootstrap ",
               account.id, "` makes it.");
}

/// The id of the base domain's public zone; "" = there is none, so that it is created. A private cluster needs none.
std::string zone_of(aws::Client& client, const EffectiveOrder& order) {
    if (order.features.private_cluster) return kNoZone;
    for (const auto& zone : aws::route53::zones_named(client, order.base_domain))
        if (!zone.is_private) return zone.id;
    return "";
}

Json choose_variables(aws::Client& client, const aws::Account& account, const EffectiveOrder& order,
                      const ClusterId& cluster) {
    const std::string id = cluster.str();
    return {{"account_id", account.id},
            {"region", order.region},
            {"cluster_id", id},
            {"cluster_name", order.name},
            {"base_domain", order.base_domain},
            {"hosted_zone_id", zone_of(client, order)},
            // the end of an id differs where the beginning is a time
            {"role_name",
             cat("clusterdesk-", order.name, '-', lower(id.substr(id.size() - 8))).substr(0, kLongestRoleName)},
            {"desk_principal_arn", aws::get_caller_identity(client, order.region).arn},
            {"tags", order.tags}};
}

}  // namespace

std::optional<TerraformRoot> AwsPlatform::prereqs(const EffectiveOrder& order, const std::string& state_key,
                                                  const ClusterId& cluster, const Json& variables) const {
    if (config_.terraform.aws_prereqs.empty()) return std::nullopt;
    const auto& account = this->account(order);
    if (account.state_bucket.empty()) throw Error(Code::invalid, bucket_needed(account));
    TerraformRoot root{.files = config_.terraform.aws_prereqs,
                       .backend = {{"bucket", account.state_bucket},
                                   {"key", state_key},
                                   {"region", account.state_region},
                                   {"encrypt", "true"},
                                   {"use_lockfile", "true"}},
                       .variables = variables};
    if (!account.endpoints.all.empty())  // a stand-in has no names for its buckets, and no regions or roles to check
        for (const auto* key : {"use_path_style", "skip_credentials_validation", "skip_region_validation",
                                "skip_requesting_account_id", "skip_metadata_api_check", "skip_s3_checksum"})
            root.backend[key] = "true";
    if (root.variables.is_null()) {
        auto client = aws::open(account, transport_);
        root.variables = choose_variables(client, account, order, cluster);
    }
    return root;
}

bool AwsPlatform::makes_zone(const EffectiveOrder& order) const {
    return !config_.terraform.aws_prereqs.empty() && !order.features.private_cluster;
}

Check AwsPlatform::check_terraform(const EffectiveOrder& order) const {
    if (auto fault = terraform_fault(config_.terraform.program))
        return Check::fail("terraform", std::move(*fault), "An administrator sets terraform.program.");
    const auto& account = this->account(order);
    if (account.state_bucket.empty()) return Check::fail("terraform", bucket_needed(account), kTellBucket);
    auto client = aws::open(account, transport_);
    const auto buckets = aws::s3::buckets(client);
    if (std::ranges::find(buckets, account.state_bucket, &aws::Resource::name) == buckets.end())
        return Check::fail("terraform",
                           cat("The account has no bucket ", account.state_bucket,
                               ", its stateBucket: `clusterdesk-worker tf-bootstrap ", account.id, "` makes it."),
                           kTellBucket);
    return Check::pass("terraform", cat("Terraform is there, and bucket ", account.state_bucket, " keeps its states."));
}

}  // namespace desk::worker
