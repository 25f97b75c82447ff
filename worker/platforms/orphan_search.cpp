#include "worker/platforms/orphan_search.hpp"

#include <algorithm>
#include <iterator>

#include "core/base/error.hpp"
#include "core/base/file.hpp"
#include "core/base/json.hpp"
#include "core/base/text.hpp"
#include "core/cloud/aws/accounts.hpp"
#include "core/cloud/aws/endpoint.hpp"
#include "core/cloud/aws/inventory.hpp"

namespace desk::worker {
namespace {

/// The demo cloud: <region>/<infraID>/<resource>.json, and zones/<base domain>/<name>.json with the owner in it.
class DemoOrphanSearch : public OrphanSearch {
  public:
    explicit DemoOrphanSearch(fs::path cloud) : cloud_(std::move(cloud)) {}

    std::vector<orphans::Place> places(const std::vector<orphans::Place>& known) const override;
    std::vector<MarkedResource> look(const orphans::Place& place, const Marks& leave_out) const override;

  private:
    fs::path cloud_;
};

constexpr std::string_view kZones = "zones";

/// What is in a folder now; nothing when it is not there.
std::vector<fs::path> entries(const fs::path& folder) {
    std::error_code fault;
    std::vector<fs::path> all;
    for (auto entry = fs::directory_iterator(folder, fault); !fault && entry != fs::directory_iterator();
         entry.increment(fault))
        all.push_back(entry->path());
    if (fault && fault != std::errc::no_such_file_or_directory)
        throw Error(Code::unavailable, "The demo cloud can't be read.", cat(folder.string(), ": ", fault.message()));
    return all;
}

std::vector<orphans::Place> DemoOrphanSearch::places(const std::vector<orphans::Place>&) const {
    std::vector<orphans::Place> all;
    for (const auto& entry : entries(cloud_)) {
        const std::string name = entry.filename();
        if (fs::is_directory(entry) && !name.starts_with('.') && name != "failures")
            all.push_back({.provider = Platform::demo, .region = name});
    }
    return all;
}

/// Nothing when it went away meanwhile, or is no resource.
std::optional<Json> find_document(const fs::path& file) {
    std::string text;
    try {
        text = read_file(file);
    } catch (const Error& error) {
        if (!fs::exists(file)) return std::nullopt;
        throw Error(Code::unavailable, "The demo cloud can't be read.", error.for_log());
    }
    const auto document = parse_json(text);
    return document.ok() && document->is_object() ? std::optional(*document) : std::nullopt;
}

std::vector<MarkedResource> DemoOrphanSearch::look(const orphans::Place& place, const Marks& leave_out) const {
    std::vector<MarkedResource> found;
    for (const auto& folder : entries(cloud_ / place.region))
        for (const auto& file : entries(folder)) {
            const auto document = find_document(file);
            if (!document) continue;
            const std::string mark = place.region == kZones ? document->value("owner", "") : folder.filename().string();
            if (mark.empty() || leave_out.contains(mark)) continue;
            found.push_back({.resource = {.region = place.region,
                                          .type = document->value("type", "domain"),
                                          .id = document->value("id", (folder.filename() / file.stem()).string()),
                                          .name = file.stem()},
                             .mark = mark,
                             .state = document->value("state", ""),
                             .tags = document->value("tags", std::map<std::string, std::string>{})});
        }
    return found;
}

class AwsOrphanSearch : public OrphanSearch {
  public:
    explicit AwsOrphanSearch(const Config::Aws& config) : accounts_(aws::Accounts::load(config.accounts_file)) {}

    std::vector<orphans::Place> places(const std::vector<orphans::Place>& known) const override;
    std::vector<MarkedResource> look(const orphans::Place& place, const Marks& leave_out) const override;
    std::vector<std::string> regions(const orphans::Place& place) const override;

  private:
    aws::Accounts accounts_;
    mutable CurlTransport transport_;
};

std::vector<orphans::Place> AwsOrphanSearch::places(const std::vector<orphans::Place>& known) const {
    std::vector<orphans::Place> all;
    for (const auto& account : accounts_.all()) {
        std::set<std::string> regions(account.regions.begin(), account.regions.end());
        regions.insert(account.endpoints.home);
        for (const auto& place : known)
            if (place.account == account.id) regions.insert(place.region);
        for (const auto& region : regions)
            all.push_back({.provider = Platform::aws, .account = account.id, .region = region});
    }
    return all;
}

std::vector<std::string> AwsOrphanSearch::regions(const orphans::Place& place) const {
    if (place.region != aws::partition_of(place.region).home) return {place.region};
    return {place.region, std::string(aws::kGlobal)};
}

MarkedResource marked(const aws::Resource& one, const aws::InventoryScope& scope) {
    return {.resource = {.region = one.region, .type = one.type, .id = one.id, .name = one.name},
            .mark = one.owner,
            .is_infra_id = std::ranges::find(scope.infra_ids, one.owner) != scope.infra_ids.end(),
            .kind = one.kind,
            .state = one.state,
            .gib = one.gib,
            .tags = one.tags};
}

std::vector<MarkedResource> AwsOrphanSearch::look(const orphans::Place& place, const Marks& leave_out) const {
    const auto& account = accounts_.get(place.account);
    auto client = aws::open(account, transport_);
    aws::require_account(client, account);
    const auto names = aws::names_in(client, place.region);
    const auto is_wanted = [&](const std::string& name) { return !leave_out.contains(name); };
    aws::InventoryScope scope{.regions = {place.region}};
    std::ranges::copy_if(names.infra_ids, std::back_inserter(scope.infra_ids), is_wanted);
    std::ranges::copy_if(names.ccoctl_names, std::back_inserter(scope.ccoctl_names), is_wanted);

    const auto here = regions(place);
    std::vector<MarkedResource> found;
    for (const auto& one : aws::inventory(client, scope))
        if (std::ranges::find(here, one.region) != here.end()) found.push_back(marked(one, scope));
    return found;
}

}  // namespace

std::unique_ptr<OrphanSearch> find_orphan_search(Platform platform, const Config& config) {
    switch (platform) {
        case Platform::demo:
            return std::make_unique<DemoOrphanSearch>(config.demo.cloud_dir);
        case Platform::aws:
            return std::make_unique<AwsOrphanSearch>(config.aws);
        default:
            return nullptr;
    }
}

}  // namespace desk::worker
