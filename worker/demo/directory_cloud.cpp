#include "worker/demo/directory_cloud.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>

#include "core/base/crypto.hpp"
#include "core/base/text.hpp"
#include "worker/demo/clock.hpp"
#include "worker/demo/ending.hpp"

namespace desk::demo {
namespace {

std::string to_text(const Resource& resource) {
    return Json{{"type", resource.type},     {"id", resource.id},     {"arn", resource.arn},
                {"region", resource.region}, {"tags", resource.tags}, {"createdAt", resource.created_at}}
        .dump();
}

Resource from_text(const std::string& text) {
    const Json document = Json::parse(text, nullptr, false);
    if (!document.is_object()) return {};
    Resource resource;
    resource.type = document.value("type", "");
    resource.id = document.value("id", "");
    resource.arn = document.value("arn", "");
    resource.region = document.value("region", "");
    resource.tags = document.value("tags", Tags{});
    resource.created_at = document.value("createdAt", "");
    const auto name = resource.tags.find("Name");
    if (name != resource.tags.end()) resource.name = name->second;
    return resource;
}

/// `name` as one step of a path: what comes out of a file must not lead out of the cloud.
const std::string& step(const std::string& name) {
    if (name.empty() || name == "." || name == ".." || name.find('/') != std::string::npos) {
        fatal("the demo cloud has no place called \"" + name + "\"");
    }
    return name;
}

/// Nothing when the file went away meanwhile: somebody else deletes here too.
std::optional<std::string> find_text(const fs::path& path) {
    if (!fs::exists(path)) return std::nullopt;
    try {
        return read_file(path);
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

bool has_all(const Tags& tags, const Tags& wanted) {
    return std::all_of(wanted.begin(), wanted.end(), [&](const auto& tag) {
        const auto found = tags.find(tag.first);
        return found != tags.end() && found->second == tag.second;
    });
}

/// Every file two levels below `region`.
std::vector<fs::path> files_of(const fs::path& region) {
    std::vector<fs::path> files;
    std::error_code gone;
    for (const auto& folder : fs::directory_iterator(region, gone)) {
        for (const auto& file : fs::directory_iterator(folder.path(), gone)) files.push_back(file.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

}  // namespace

DirectoryCloud::DirectoryCloud(fs::path root) : root_(std::move(root)) { fs::create_directories(root_ / ".partial"); }

fs::path DirectoryCloud::write_partial(std::string_view bytes) {
    std::string name = (root_ / ".partial" / "XXXXXX").string();
    const UniqueFd fd(::mkostemp(name.data(), O_CLOEXEC));
    if (!fd) throw_errno("create " + name);
    write_all(fd.get(), bytes);
    return name;
}

bool DirectoryCloud::put_new(const fs::path& path, std::string_view bytes) {
    const fs::path partial = write_partial(bytes);
    const bool is_new = ::link(partial.c_str(), path.c_str()) == 0;
    const int error = errno;
    fs::remove(partial);
    errno = error;
    if (!is_new && error != EEXIST) throw_errno("create " + path.string());
    return is_new;
}

void DirectoryCloud::note(const std::string& infra_id, std::string_view effect, const fs::path& path) const {
    const UniqueFd journal(::open((root_ / "journal").c_str(), O_WRONLY | O_APPEND | O_CLOEXEC));
    if (!journal) return;
    const char* lease = std::getenv("CLUSTERDESK_LEASE");  // of the worker that called, which it tells every installer
    write_all(journal.get(), cat(lease == nullptr ? "-" : lease, ' ', infra_id, ' ', effect, ' ',
                                 fs::relative(path, root_).string(), '\n'));
}

bool DirectoryCloud::create(const std::string& infra_id, Resource& resource) {
    const fs::path path = path_of(infra_id, resource);
    fs::create_directories(path.parent_path());
    if (!put_new(path, to_text(resource))) return false;
    note(infra_id, "made", path);
    return true;
}

fs::path DirectoryCloud::path_of(const std::string& infra_id, const Resource& resource) const {
    return root_ / step(resource.region) / step(infra_id) / step(cat(resource.type, "-", resource.name, ".json"));
}

std::string DirectoryCloud::credentials_line() const {
    return "Credentials loaded from DEMO_CLOUD: the demo cloud asks for none";
}

void DirectoryCloud::remove_file(const fs::path& path) {
    if (fs::remove(path)) note(path.parent_path().filename(), "gone", path);
}

void DirectoryCloud::remove(const FoundResource& found) { remove_file(found.handle); }

void DirectoryCloud::remove(const std::string& infra_id, const Resource& resource) {
    remove_file(path_of(infra_id, resource));
}

void DirectoryCloud::untag(const FoundResource& found, const std::string& key) {
    Resource resource = found.resource;
    resource.tags.erase(key);
    fs::rename(write_partial(to_text(resource)), found.handle);
}

std::vector<FoundResource> DirectoryCloud::find(const std::string& region, const std::vector<Tags>& identifiers) const {
    std::vector<FoundResource> found;
    for (const auto& path : files_of(root_ / step(region))) {
        const auto text = find_text(path);
        if (!text) continue;
        Resource resource = from_text(*text);
        const bool is_owned = std::any_of(identifiers.begin(), identifiers.end(),
                                          [&](const Tags& wanted) { return has_all(resource.tags, wanted); });
        if (is_owned) found.push_back({.handle = path.string(), .resource = std::move(resource)});
    }
    return found;
}

int DirectoryCloud::count(const std::string& region, const std::string& type) const {
    const auto files = files_of(root_ / step(region));
    return static_cast<int>(std::count_if(files.begin(), files.end(), [&](const fs::path& path) {
        return path.filename().string().starts_with(type + "-");
    }));
}

std::optional<DomainOwner> DirectoryCloud::find_domain_owner(const std::string& base, const std::string& name) const {
    const auto text = find_text(root_ / "zones" / step(base) / step(name + ".json"));
    if (!text) return std::nullopt;
    const Json document = Json::parse(*text);
    return DomainOwner{.infra_id = document["owner"], .region = document["region"]};
}

std::optional<DomainOwner> DirectoryCloud::find_domain_owner(const std::string& domain) const {
    for (auto dot = domain.find('.'); dot != std::string::npos; dot = domain.find('.', dot + 1)) {
        if (auto owner = find_domain_owner(domain.substr(dot + 1), domain.substr(0, dot))) return owner;
    }
    return std::nullopt;
}

bool DirectoryCloud::claim_domain(const std::string& base, const std::string& name, const DomainOwner& owner) {
    fs::create_directories(root_ / "zones" / step(base));
    const std::string domain = name + "." + base;
    const Json document = {{"owner", owner.infra_id},
                           {"region", owner.region},
                           {"records", {"api." + domain, "api-int." + domain, "*.apps." + domain}},
                           {"createdAt", rfc3339_now()}};
    const fs::path path = root_ / "zones" / step(base) / step(name + ".json");
    if (put_new(path, document.dump())) {
        note(owner.infra_id, "made", path);
        return true;
    }
    const auto holder = find_domain_owner(base, name);
    return holder && holder->infra_id == owner.infra_id;
}

void DirectoryCloud::release_domain(const std::string& base, const std::string& name, const std::string& infra_id) {
    const auto owner = find_domain_owner(base, name);
    if (!owner || owner->infra_id != infra_id) return;
    const fs::path path = root_ / "zones" / step(base) / step(name + ".json");
    if (fs::remove(path)) note(infra_id, "gone", path);
}

void DirectoryCloud::forget(const std::string& region, const std::string& infra_id) {
    std::error_code not_empty;
    fs::remove(root_ / step(region) / step(infra_id), not_empty);
}

std::optional<int> DirectoryCloud::find_limit(const std::string& key) const {
    const auto text = find_text(root_ / "limits");
    if (!text) return std::nullopt;
    const Json limits = Json::parse(*text);
    return limits.contains(key) ? std::optional(limits[key].get<int>()) : std::nullopt;
}

bool DirectoryCloud::may_check_quotas() const {
    const auto text = find_text(root_ / "limits");
    return !text || Json::parse(*text).value("quotaCheck", true);
}

bool DirectoryCloud::count_strike(const std::string& failure, int limit) {
    const fs::path folder = root_ / "failures" / failure;
    fs::create_directories(folder);
    for (int strike = 1; strike <= limit; ++strike)
        if (put_new(folder / std::to_string(strike), rfc3339_now())) return true;
    return false;
}

Resource describe(const Cluster& cluster, std::string_view type, const std::string& name, std::string_view id_prefix) {
    const std::string digest = sha256_hex(cat(cluster.infra_id, " ", type, " ", name));
    Resource resource;
    resource.type = type;
    resource.name = name;
    resource.id = id_prefix.empty() ? name : cat(id_prefix, "0", digest.substr(0, 16));
    resource.region = cluster.config.region;
    resource.arn = cat("arn:demo:", type, ":", resource.region, ":000000000000:", resource.id);
    resource.tags = cluster.tags();
    resource.tags["Name"] = name;
    resource.created_at = rfc3339_now();
    return resource;
}

}  // namespace desk::demo
