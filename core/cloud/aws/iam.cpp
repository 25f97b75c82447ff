#include "core/cloud/aws/iam.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "core/base/text.hpp"
#include "core/cloud/aws/endpoint.hpp"
#include "core/cloud/aws/xml.hpp"

namespace desk::aws::iam {
namespace {

constexpr const char* kService = "iam";
constexpr const char* kRegion = "";  // one for the partition
constexpr const char* kVersion = "2010-05-08";

struct Kind {
    std::string_view type;
    const char* list;
    const char* items;  ///< XPath of one in the answer
    const char* name;   ///< element; also the parameter by which one is asked for
    const char* get;
    const char* tags;  ///< XPath in the answer about one; lists leave tags out
};
constexpr std::array kKinds = {
    Kind{"iam-role", "ListRoles", "//Roles/member", "RoleName", "GetRole", "//Role/Tags"},
    Kind{"instance-profile", "ListInstanceProfiles", "//InstanceProfiles/member", "InstanceProfileName",
         "GetInstanceProfile", "//InstanceProfile/Tags"},
    Kind{"iam-user", "ListUsers", "//Users/member", "UserName", "GetUser", "//User/Tags"},
};

std::vector<Resource> all_of(Client& client, const Kind& kind) {
    std::vector<Resource> found;
    Params params = {{"MaxItems", "1000"}};
    for (;;) {
        const auto answer = client.query(kService, kRegion, kind.list, kVersion, params);
        for (const auto& item : answer.select_nodes(kind.items)) {
            const std::string name = text_at(item.node(), kind.name);
            found.push_back({.region = std::string(kGlobal), .type = std::string(kind.type), .id = name, .name = name});
        }
        const auto more = answer.select_node("//IsTruncated").node();
        if (more.text().get() != std::string_view("true")) return found;
        params = {{"MaxItems", "1000"}, {"Marker", more.parent().child("Marker").text().get()}};
    }
}

}  // namespace

std::vector<Resource> principals(Client& client) {
    std::vector<Resource> found;
    for (const auto& kind : kKinds) std::ranges::move(all_of(client, kind), std::back_inserter(found));
    return found;
}

std::optional<Tags> tags_of(Client& client, const Resource& principal) {
    return if_there([&] {
        const auto& kind = *std::ranges::find(kKinds, principal.type, &Kind::type);
        const auto answer = client.query(kService, kRegion, kind.get, kVersion, {{kind.name, principal.id}});
        return tags_in(answer.select_node(kind.tags).node());
    });
}

std::vector<Resource> role_and_policy(Client& client, const std::string& account, const std::string& name) {
    std::vector<Resource> found;
    const auto look = [&](std::string type, const char* get, const Params& which) {
        if (if_there([&] { return client.query(kService, kRegion, get, kVersion, which); }))
            found.push_back({.region = std::string(kGlobal), .type = std::move(type), .id = name, .name = name});
    };
    look("iam-role", "GetRole", {{"RoleName", name}});
    look("iam-policy", "GetPolicy",
         {{"PolicyArn", cat("arn:", partition_of(client.home()).name, ":iam::", account, ":policy/", name)}});
    return found;
}

std::vector<Resource> oidc_providers(Client& client) {
    std::vector<Resource> found;
    const auto list = client.query(kService, kRegion, "ListOpenIDConnectProviders", kVersion);
    for (const auto& item : list.select_nodes("//OpenIDConnectProviderList/member")) {
        const std::string arn = text_at(item.node(), "Arn");
        const auto one = if_there([&] {
            return client.query(kService, kRegion, "GetOpenIDConnectProvider", kVersion,
                                {{"OpenIDConnectProviderArn", arn}});
        });
        if (!one) continue;
        found.push_back({.region = std::string(kGlobal),
                         .type = "oidc-provider",
                         .id = arn,
                         .name = one->select_node("//Url").node().text().get(),
                         .tags = tags_in(one->select_node("//Tags").node())});
    }
    return found;
}

}  // namespace desk::aws::iam
