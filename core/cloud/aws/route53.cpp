#include "core/cloud/aws/route53.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/base/text.hpp"
#include "core/cloud/aws/xml.hpp"

namespace desk::aws::route53 {
namespace {

constexpr const char* kService = "route53";
constexpr const char* kRegion = "";  // one for the partition
constexpr std::string_view kRoot = "/2013-04-01/";

pugi::xml_document get(Client& client, const std::string& path, const Params& query = {}) {
    return client.rest(kService, kRegion, "GET", cat(kRoot, path), query);
}

/// Route53 writes '*' as "\052", and every name with a dot at its end.
std::string plain_name(std::string name) {
    constexpr std::string_view kStar = "\\052";
    if (const auto at = name.find(kStar); at != std::string::npos) name.replace(at, kStar.size(), "*");
    if (name.ends_with('.')) name.pop_back();
    return name;
}

Zone read_zone(const pugi::xml_node& node) {
    const std::string id = text_at(node, "Id");
    return {.id = id.substr(id.rfind('/') + 1),
            .name = plain_name(text_at(node, "Name")),
            .is_private = text_at(node, "Config/PrivateZone") == "true"};
}

bool is_truncated(const pugi::xml_node& answer) { return text_at(answer, "IsTruncated") == "true"; }

}  // namespace

std::vector<Zone> zones(Client& client) {
    std::vector<Zone> found;
    Params page;
    for (;;) {
        const auto document = get(client, "hostedzone", page);
        const auto answer = document.document_element();
        for (const auto& node : answer.child("HostedZones").children()) found.push_back(read_zone(node));
        if (!is_truncated(answer)) return found;
        page = {{"marker", text_at(answer, "NextMarker")}};
    }
}

std::vector<Zone> zones_named(Client& client, const std::string& name) {
    std::vector<Zone> found;
    Params page = {{"dnsname", name}};
    for (;;) {
        const auto document = get(client, "hostedzonesbyname", page);
        const auto answer = document.document_element();
        for (const auto& node : answer.child("HostedZones").children()) {
            auto zone = read_zone(node);
            if (zone.name == name) found.push_back(std::move(zone));
        }
        // The list begins at the name and goes on with others.
        if (!is_truncated(answer) || plain_name(text_at(answer, "NextDNSName")) != name) return found;
        page = {{"dnsname", text_at(answer, "NextDNSName")}, {"hostedzoneid", text_at(answer, "NextHostedZoneId")}};
    }
}

std::optional<Tags> tags_of(Client& client, const Zone& zone) {
    return if_there([&] {
        const auto document = get(client, "tags/hostedzone/" + zone.id);
        return tags_in(document.document_element().first_element_by_path("ResourceTagSet/Tags"));
    });
}

std::vector<Record> records(Client& client, const Zone& zone) {
    std::vector<Record> found;
    Params page;
    for (;;) {
        const auto document = get(client, cat("hostedzone/", zone.id, "/rrset"), page);
        const auto answer = document.document_element();
        for (const auto& node : answer.child("ResourceRecordSets").children())
            found.push_back({.name = plain_name(text_at(node, "Name")), .type = text_at(node, "Type")});
        if (!is_truncated(answer)) return found;
        page = {{"name", text_at(answer, "NextRecordName")}, {"type", text_at(answer, "NextRecordType")}};
        if (const auto identifier = text_at(answer, "NextRecordIdentifier"); !identifier.empty())
            page.emplace_back("identifier", identifier);
    }
}

std::vector<std::string> name_servers(Client& client, const Zone& zone) {
    std::vector<std::string> servers;
    const auto document = get(client, "hostedzone/" + zone.id);
    for (const auto& node : document.select_nodes("//DelegationSet/NameServers/NameServer"))
        servers.push_back(plain_name(node.node().text().get()));
    return servers;
}

bool is_of_cluster(const Record& record, const std::string& cluster, const std::string& base_domain) {
    constexpr std::array<std::string_view, 3> kHosts = {"api", "api-int", "*.apps"};
    return std::ranges::any_of(
        kHosts, [&](std::string_view host) { return record.name == cat(host, '.', cluster, '.', base_domain); });
}

}  // namespace desk::aws::route53
