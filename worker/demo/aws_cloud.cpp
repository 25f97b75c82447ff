#include "worker/demo/aws_cloud.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <stdexcept>

#include "core/base/error.hpp"
#include "core/base/text.hpp"
#include "core/cloud/aws/credentials_file.hpp"
#include "core/cloud/aws/sts.hpp"
#include "worker/demo/directory_cloud.hpp"
#include "worker/demo/ending.hpp"

namespace desk::demo {
namespace {

std::string variable(const char* name, const std::string& usual) {
    const char* value = std::getenv(name);
    return value == nullptr || *value == '\0' ? usual : value;
}

const std::vector<AwsKind>& kinds() {
    static const std::vector<AwsKind> all = [] {
        std::vector<AwsKind> joined;
        for (const auto& part : {ec2_kinds(), load_balancer_kinds(), iam_kinds(), bucket_kinds(), dns_kinds()})
            joined.insert(joined.end(), part.begin(), part.end());
        return joined;
    }();
    return all;
}

const AwsKind& kind_of(std::string_view type) {
    for (const auto& kind : kinds())
        if (kind.type == type) return kind;
    throw std::logic_error(cat("nothing in AWS is a ", type));
}

/// The installer's own words when AWS refuses its credentials.
[[noreturn]] void refuse(const std::string& why) {
    throw Stop{.code = exit_code::kInstallConfig,
               .level = Level::error,
               .message =
                   "failed to fetch Metadata: failed to load asset \"Install Config\": failed to create install "
                   "config: failed to create aws session: " +
                   why};
}

aws::Credentials read(const std::string& file, const std::string& profile) {
    try {
        return aws::read_profile(file, profile);
    } catch (const Error& error) {
        refuse(error.for_user());
    }
}

}  // namespace

std::unique_ptr<Cloud> open_cloud(const Settings& settings) {
    if (settings.aws_endpoint) return std::make_unique<AwsCloud>(*settings.aws_endpoint);
    return std::make_unique<DirectoryCloud>(settings.get_cloud());
}

Tag cluster_tag(const std::string& infra_id) { return {"kubernetes.io/cluster/" + infra_id, "owned"}; }

bool has_tag(const Resource& thing, const Tag& tag) {
    const auto found = thing.tags.find(tag.first);
    return found != thing.tags.end() && found->second == tag.second;
}

aws::Params tag_params(const std::string& prefix, const Tags& tags) {
    aws::Params params;
    int n = 0;
    for (const auto& [key, value] : tags) {
        params.emplace_back(cat(prefix, '.', ++n, ".Key"), key);
        params.emplace_back(cat(prefix, '.', n, ".Value"), value);
    }
    return params;
}

Resource get_thing(const AwsPlace& in, std::string_view type, const std::string& name) {
    for (auto& thing : kind_of(type).list(in, cluster_tag(in.infra_id)))
        if (thing.name == name) return thing;
    throw std::runtime_error(cat("there is no ", type, ' ', name));
}

AwsCloud::AwsCloud(const std::string& endpoint)
    : profile_(variable("AWS_PROFILE", "default")),
      file_(aws::usual_credentials_file()),
      client_(transport_, [file = file_, profile = profile_] { return read(file, profile); }, {.all = endpoint}) {}

bool AwsCloud::is_there() const {
    try {
        aws::get_caller_identity(client_);
        return true;
    } catch (const std::exception&) {
        return false;
    }
}

std::string AwsCloud::credentials_line() const {
    try {
        aws::get_caller_identity(client_);
    } catch (const aws::AwsError& error) {
        refuse(error.what());
    }
    return cat("Credentials loaded from the \"", profile_, "\" profile in file \"", file_, "\"");
}

bool AwsCloud::create(const std::string& infra_id, Resource& resource) {
    const AwsPlace in{client_, resource.region, infra_id};
    try {
        for (const auto& thing : kind_of(resource.type).list(in, cluster_tag(infra_id)))
            if (thing.name == resource.name) return false;
        resource.id = kind_of(resource.type).make(in, resource);
        return true;
    } catch (const aws::AwsError& error) {
        throw Refused(cat("failed to create ", resource.type, ' ', resource.name, ": ", error.what()));
    }
}

void AwsCloud::remove(const FoundResource& found) {
    const AwsPlace in{client_, found.resource.region, {}};
    try {
        kind_of(found.resource.type).remove(in, found.resource);
    } catch (const aws::AwsError& error) {
        // Another hand, or the thing that it belonged to, may have taken it away before us.
        if (!error.is_not_found()) throw Refused(error.what());
    }
}

void AwsCloud::remove(const std::string& infra_id, const Resource& resource) {
    const AwsPlace in{client_, resource.region, infra_id};
    for (auto& thing : kind_of(resource.type).list(in, cluster_tag(infra_id)))
        if (thing.name == resource.name) remove({.handle = thing.id, .resource = thing});
}

void AwsCloud::untag(const FoundResource& found, const std::string& key) {
    client_.query("ec2", found.resource.region, "DeleteTags", "2016-11-15",
                  {{"ResourceId.1", found.resource.id}, {"Tag.1.Key", key}});
}

std::vector<FoundResource> AwsCloud::find(const std::string& region, const std::vector<Tags>& identifiers) const {
    std::vector<FoundResource> found;
    for (const auto& tags : identifiers) {
        const auto& tag = *tags.begin();
        if (!tag.first.starts_with("kubernetes.io/cluster/")) continue;  // the others are on the same things
        for (const auto& kind : kinds())
            for (auto& thing : kind.list({client_, region, {}}, tag))
                found.push_back({.handle = cat(kind.type, '/', thing.id), .resource = std::move(thing)});
    }
    return found;
}

bool AwsCloud::has_zone(const std::string& base) const {
    const auto zones = list_zones(client_);
    return std::ranges::any_of(zones, [&](const Zone& zone) { return zone.domain == base && !zone.is_private; });
}

std::optional<DomainOwner> AwsCloud::find_domain_owner(const std::string& base, const std::string& name) const {
    for (const auto& zone : list_zones(client_))
        if (zone.domain == base && !zone.is_private && has_record(client_, zone, cat("api.", name, '.', base)))
            return DomainOwner{};  // whose it is a record does not tell
    return std::nullopt;
}

std::optional<DomainOwner> AwsCloud::find_domain_owner(const std::string& domain) const {
    for (auto dot = domain.find('.'); dot != std::string::npos; dot = domain.find('.', dot + 1))
        if (auto owner = find_domain_owner(domain.substr(dot + 1), domain.substr(0, dot))) return owner;
    return std::nullopt;
}

bool AwsCloud::claim_domain(const std::string& base, const std::string& name, const DomainOwner&) {
    return !find_domain_owner(base, name);
}

}  // namespace desk::demo
