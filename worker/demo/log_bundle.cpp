#include "worker/demo/log_bundle.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <array>
#include <ctime>
#include <memory>

#include "core/base/error.hpp"
#include "core/base/text.hpp"

namespace desk::demo {
namespace {

struct Entry {
    std::string_view name, text;
};

constexpr std::array kEntries = {
    Entry{"bootstrap/journals/bootkube.log",
          "bootkube.sh[2212]: Waiting for etcd cluster...\n"
          "bootkube.sh[2212]: Error: unhealthy cluster\n"},
    Entry{"bootstrap/journals/kubelet.log", "kubenswrapper[1533]: E dial tcp: lookup api-int.{domain}: no such host\n"},
    Entry{"bootstrap/journals/release-image.log",
          "release-image-download.sh[1200]: Pulling quay.io/openshift-release-dev/ocp-release...\n"},
    Entry{"control-plane/10.0.13.7/journals/kubelet.log",
          "kubenswrapper[2101]: E Unable to register node with API server\n"},
    Entry{"resources/clusteroperators.json", "{\"items\": []}\n"},
    Entry{"log-bundle.txt", "Gathered from {infra}-bootstrap.\n"},
};

void check(int code, archive* bundle) {
    if (code == ARCHIVE_OK) return;
    throw Error(Code::internal, "The log bundle could not be written.", archive_error_string(bundle));
}

}  // namespace

std::string write_log_bundle(Run& run) {
    const std::string root = "log-bundle-" + compact_now();
    const std::string path = run.call.path(root + ".tar.gz");
    const std::unique_ptr<archive, decltype(&archive_write_free)> bundle(archive_write_new(), &archive_write_free);
    check(archive_write_add_filter_gzip(bundle.get()), bundle.get());
    check(archive_write_set_format_pax_restricted(bundle.get()), bundle.get());
    check(archive_write_open_filename(bundle.get(), path.c_str()), bundle.get());
    const std::unique_ptr<archive_entry, decltype(&archive_entry_free)> entry(archive_entry_new(), &archive_entry_free);
    for (const auto& [name, pattern] : kEntries) {
        const std::string text = fill(pattern, run.words);
        archive_entry_clear(entry.get());
        archive_entry_set_pathname(entry.get(), cat(root, "/", name).c_str());
        archive_entry_set_filetype(entry.get(), AE_IFREG);
        archive_entry_set_perm(entry.get(), 0640);
        archive_entry_set_mtime(entry.get(), std::time(nullptr), 0);
        archive_entry_set_size(entry.get(), static_cast<la_int64_t>(text.size()));
        check(archive_write_header(bundle.get(), entry.get()), bundle.get());
        if (archive_write_data(bundle.get(), text.data(), text.size()) < 0) check(ARCHIVE_FATAL, bundle.get());
    }
    check(archive_write_close(bundle.get()), bundle.get());
    return path;
}

}  // namespace desk::demo
