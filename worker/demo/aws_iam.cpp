// IAM: roles of the machines and the profiles by which machines get them.
#include <array>

#include "core/base/text.hpp"
#include "core/cloud/aws/xml.hpp"
#include "worker/demo/aws_cloud.hpp"

namespace desk::demo {
namespace {

using aws::text_at;

constexpr std::string_view kPage = "100";

pugi::xml_document call(const AwsPlace& in, const std::string& action, const aws::Params& params) {
    return in.client.query("iam", in.region, action, "2010-05-08", params);
}

aws::Params with_tags(const Resource& wanted, aws::Params params) {
    for (auto& tag : tag_params("Tags.member", wanted.tags)) params.push_back(std::move(tag));
    return params;
}

/// Calls `visit` for each member of every page of `action`.
template <class Visit>
void for_each_member(const AwsPlace& in, const std::string& action, const char* path, Visit visit,
                     const aws::Params& params = {}) {
    std::string marker;
    do {
        aws::Params page = params;
        page.emplace_back("MaxItems", kPage);
        if (!marker.empty()) page.emplace_back("Marker", marker);
        const auto answer = call(in, action, page);
        const auto result = answer.document_element().first_child();
        for (const auto& member : result.first_element_by_path(path).children()) visit(member);
        marker = text_at(result, "Marker");
    } while (!marker.empty());
}

/// Those whose tags (which the list does not show) hold `tag`. The installer gives them the cluster's name, so that
/// only few have to be asked.
std::vector<Resource> list(const AwsPlace& in, const Tag& tag, const char* type, const char* action, const char* path,
                           const char* name, const char* get) {
    const std::string prefix = tag.first.substr(tag.first.rfind('/') + 1) + "-";
    std::vector<Resource> found;
    for_each_member(in, action, path, [&](const pugi::xml_node& member) {
        Resource thing{.type = type, .name = text_at(member, name), .arn = text_at(member, "Arn"), .region = in.region};
        if (!thing.name.starts_with(prefix)) return;
        thing.id = thing.name;
        const auto answer = aws::if_there([&] { return call(in, get, {{name, thing.name}}); });
        if (!answer) return;
        thing.tags = aws::tags_in(answer->select_node("//Tags").node());
        if (has_tag(thing, tag)) found.push_back(std::move(thing));
    });
    return found;
}

std::vector<Resource> list_roles(const AwsPlace& in, const Tag& tag) {
    return list(in, tag, "iam-role", "ListRoles", "Roles", "RoleName", "GetRole");
}

std::vector<Resource> list_profiles(const AwsPlace& in, const Tag& tag) {
    return list(in, tag, "instance-profile", "ListInstanceProfiles", "InstanceProfiles", "InstanceProfileName",
                "GetInstanceProfile");
}

std::string make_role(const AwsPlace& in, const Resource& wanted) {
    call(
        in, "CreateRole",
        with_tags(
            wanted,
            {{"RoleName", wanted.name},
             {"AssumeRolePolicyDocument",
              R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]})"}}));
    call(
        in, "PutRolePolicy",
        {{"RoleName", wanted.name},
         {"PolicyName", wanted.name.substr(0, wanted.name.rfind('-')) + "-policy"},
         {"PolicyDocument",
          R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ec2:DescribeInstances","Resource":"*"}]})"}});
    return wanted.name;
}

void remove_role(const AwsPlace& in, const Resource& thing) {
    const aws::Params role = {{"RoleName", thing.name}};
    for_each_member(
        in, "ListInstanceProfilesForRole", "InstanceProfiles",
        [&](const pugi::xml_node& profile) {
            call(in, "RemoveRoleFromInstanceProfile",
                 {{"RoleName", thing.name}, {"InstanceProfileName", text_at(profile, "InstanceProfileName")}});
        },
        role);
    for_each_member(
        in, "ListRolePolicies", "PolicyNames",
        [&](const pugi::xml_node& policy) {
            call(in, "DeleteRolePolicy", {{"RoleName", thing.name}, {"PolicyName", policy.text().get()}});
        },
        role);
    call(in, "DeleteRole", role);
}

std::string make_profile(const AwsPlace& in, const Resource& wanted) {
    const auto role = wanted.name.substr(0, wanted.name.rfind('-')) + "-role";
    call(in, "CreateInstanceProfile", with_tags(wanted, {{"InstanceProfileName", wanted.name}}));
    call(in, "AddRoleToInstanceProfile", {{"InstanceProfileName", wanted.name}, {"RoleName", role}});
    return wanted.name;
}

void remove_profile(const AwsPlace& in, const Resource& thing) {
    const auto answer = call(in, "GetInstanceProfile", {{"InstanceProfileName", thing.name}});
    for (const auto& role : answer.select_nodes("//Roles/member/RoleName"))
        call(in, "RemoveRoleFromInstanceProfile",
             {{"InstanceProfileName", thing.name}, {"RoleName", role.node().text().get()}});
    call(in, "DeleteInstanceProfile", {{"InstanceProfileName", thing.name}});
}

constexpr std::array kKinds = {
    AwsKind{"instance-profile", make_profile, list_profiles, remove_profile},
    AwsKind{"iam-role", make_role, list_roles, remove_role},
};

}  // namespace

std::span<const AwsKind> iam_kinds() { return kKinds; }

}  // namespace desk::demo
