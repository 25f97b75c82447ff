// Route53: the cluster's private zone, and its records in there and in the public zone of the base domain.
#include <algorithm>
#include <array>
#include <stdexcept>

#include "core/base/text.hpp"
#include "core/cloud/aws/xml.hpp"
#include "worker/demo/aws_cloud.hpp"

namespace desk::demo {
namespace {

using aws::text_at;

constexpr const char *kService = "route53", *kRegion = "us-east-1", *kRoot = "/2013-04-01/";

pugi::xml_document call(aws::Client& client, const std::string& method, const std::string& path,
                        const aws::Params& query = {}, const std::string& body = {}) {
    return client.rest(kService, kRegion, method, kRoot + path, query, body);
}

std::string xml_text(const pugi::xml_document& document) {
    std::ostringstream text;
    document.save(text, "", pugi::format_raw);
    return text.str();
}

pugi::xml_node root(pugi::xml_document& document, const char* name) {
    auto node = document.append_child(name);
    node.append_attribute("xmlns") = "https://route53.amazonaws.com/doc/2013-04-01/";
    return node;
}

std::string without_dot(std::string name) {
    if (name.ends_with('.')) name.pop_back();
    return name;
}

/// Record sets of the zone, with "*" as it is typed.
std::vector<pugi::xml_node> address_records(const pugi::xml_document& listed) {
    std::vector<pugi::xml_node> records;
    for (const auto& record : listed.document_element().child("ResourceRecordSets").children())
        if (text_at(record, "Type") == "A") records.push_back(record);
    return records;
}

std::string name_of(const pugi::xml_node& record) {
    auto name = without_dot(text_at(record, "Name"));
    if (name.starts_with("\\052")) name = "*" + name.substr(4);  // how Route53 writes it back
    return name;
}

void change(aws::Client& client, const Zone& zone, const char* action, const std::string& name) {
    pugi::xml_document document;
    auto one = root(document, "ChangeResourceRecordSetsRequest")
                   .append_child("ChangeBatch")
                   .append_child("Changes")
                   .append_child("Change");
    one.append_child("Action").text() = action;
    auto set = one.append_child("ResourceRecordSet");
    set.append_child("Name").text() = name.c_str();
    set.append_child("Type").text() = "A";
    set.append_child("TTL").text() = "60";
    set.append_child("ResourceRecords").append_child("ResourceRecord").append_child("Value").text() = "203.0.113.10";
    call(client, "POST", cat("hostedzone/", zone.id, "/rrset"), {}, xml_text(document));
}

Tags tags_of(aws::Client& client, const std::string& zone) {
    const auto answer = call(client, "GET", "tags/hostedzone/" + zone);
    return aws::tags_in(answer.document_element().child("ResourceTagSet").child("Tags"));
}

std::string make_zone(const AwsPlace& in, const Resource& wanted) {
    pugi::xml_document document;
    auto request = root(document, "CreateHostedZoneRequest");
    request.append_child("Name").text() = wanted.name.c_str();
    auto vpc = request.append_child("VPC");
    vpc.append_child("VPCRegion").text() = in.region.c_str();
    vpc.append_child("VPCId").text() = get_thing(in, "vpc", in.infra_id + "-vpc").id.c_str();
    request.append_child("CallerReference").text() = in.infra_id.c_str();
    request.append_child("HostedZoneConfig").append_child("PrivateZone").text() = "true";
    const auto answer = call(in.client, "POST", "hostedzone", {}, xml_text(document));
    const auto path = text_at(answer.document_element(), "HostedZone/Id");
    const auto id = path.substr(path.rfind('/') + 1);

    pugi::xml_document tagging;
    auto add = root(tagging, "ChangeTagsForResourceRequest").append_child("AddTags");
    for (const auto& [key, value] : wanted.tags) {
        auto tag = add.append_child("Tag");
        tag.append_child("Key").text() = key.c_str();
        tag.append_child("Value").text() = value.c_str();
    }
    call(in.client, "POST", "tags/hostedzone/" + id, {}, xml_text(tagging));
    return id;
}

std::vector<Resource> list_private_zones(const AwsPlace& in, const Tag& tag) {
    std::vector<Resource> found;
    for (const auto& zone : list_zones(in.client)) {
        if (!zone.is_private) continue;
        auto tags = aws::if_there([&] { return tags_of(in.client, zone.id); });
        if (!tags) continue;
        Resource thing{
            .type = "private-zone", .name = zone.domain, .id = zone.id, .region = in.region, .tags = std::move(*tags)};
        if (has_tag(thing, tag)) found.push_back(std::move(thing));
    }
    return found;
}

void remove_zone(const AwsPlace& in, const Resource& thing) { call(in.client, "DELETE", "hostedzone/" + thing.id); }

/// Zones that hold what `domain` names: the public one above it, and last its own private one, by which the others'
/// records are found.
std::vector<Zone> zones_for(const AwsPlace& in, const std::string& domain) {
    std::vector<Zone> found;
    for (auto& zone : list_zones(in.client)) {
        const bool is_own = zone.is_private && zone.domain == domain;
        const bool is_above = !zone.is_private && domain.ends_with("." + zone.domain);
        if (is_own || is_above) found.push_back(std::move(zone));
    }
    std::ranges::stable_partition(found, [](const Zone& zone) { return !zone.is_private; });
    return found;
}

/// "wildcard.apps.x" is "*.apps.x"; everything but api-int is for the world too. What is there is written over, as by
/// the installer.
std::string make_record(const AwsPlace& in, const Resource& wanted) {
    auto name = wanted.name;
    if (name.starts_with("wildcard.")) name = "*" + name.substr(8);
    const auto domain = name.substr(name.find('.') + (name.starts_with("*.apps.") ? 6 : 1));
    for (const auto& zone : zones_for(in, domain))
        if (zone.is_private || !name.starts_with("api-int.")) change(in.client, zone, "UPSERT", name);
    return name;
}

/// Those in the private zones with the tag: records have no tags themselves.
std::vector<Resource> list_records(const AwsPlace& in, const Tag& tag) {
    std::vector<Resource> found;
    for (const auto& zone : list_private_zones(in, tag)) {
        const auto listed = call(in.client, "GET", cat("hostedzone/", zone.id, "/rrset"));
        for (const auto& record : address_records(listed)) {
            auto name = name_of(record);
            found.push_back({.type = "dns-record", .name = name, .id = name, .region = in.region, .tags = zone.tags});
        }
    }
    return found;
}

/// Out of every zone that has it: the private one goes by its name, so the one above it can be found too.
void remove_record(const AwsPlace& in, const Resource& thing) {
    const auto domain = thing.name.substr(thing.name.find('.') + (thing.name.starts_with("*.apps.") ? 6 : 1));
    for (const auto& zone : zones_for(in, domain))
        if (has_record(in.client, zone, thing.name)) change(in.client, zone, "DELETE", thing.name);
}

constexpr std::array kKinds = {
    AwsKind{"dns-record", make_record, list_records, remove_record},
    AwsKind{"private-zone", make_zone, list_private_zones, remove_zone},
};

}  // namespace

std::vector<Zone> list_zones(aws::Client& client) {
    std::vector<Zone> zones;
    std::string marker;
    do {
        const auto answer =
            call(client, "GET", "hostedzone", marker.empty() ? aws::Params{} : aws::Params{{"marker", marker}});
        for (const auto& zone : answer.document_element().child("HostedZones").children()) {
            const auto path = text_at(zone, "Id");
            zones.push_back({.id = path.substr(path.rfind('/') + 1),
                             .domain = without_dot(text_at(zone, "Name")),
                             .is_private = text_at(zone, "Config/PrivateZone") == "true"});
        }
        marker = text_at(answer.document_element(), "NextMarker");
    } while (!marker.empty());
    return zones;
}

bool has_record(aws::Client& client, const Zone& zone, const std::string& name) {
    const auto listed = call(client, "GET", cat("hostedzone/", zone.id, "/rrset"));
    for (const auto& record : address_records(listed))
        if (name_of(record) == name) return true;
    return false;
}

std::span<const AwsKind> dns_kinds() { return kKinds; }

}  // namespace desk::demo
