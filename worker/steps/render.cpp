// render: install-config.yaml from the approved order and nothing else (law 5); the runner has compared the digest.
#include "core/base/text.hpp"
#include "core/model/desk_tag.hpp"
#include "core/store/store_id.hpp"
#include "worker/rendering.hpp"
#include "worker/steps/steps.hpp"

namespace desk::worker::steps {
namespace {

/// The deadline as it can be known now: the tag is for people who look at the cloud; the row is the deadline.
Time ttl_expiry(StepContext& in) {
    return in.db.write([&](pg::Transaction& tx) { return clusters::desk_now(tx) + in.cluster.lifetime; });
}

}  // namespace

StepResult render(StepContext& in) {
    auto tags = effective_tags(in.order, in.cluster.id.str(), in.request.str(), ttl_expiry(in));
    tags["ManagedBy"] = managed_by(in.db.write([](pg::Transaction& tx) { return desk_id(tx); }));
    const Secret pull_secret = in.platform.pull_secret();
    in.redactor.add(pull_secret);
    const Secret file = render_install_config(in.platform, in.order, tags, pull_secret);

    fs::remove_all(in.install_dir());  // a step that runs again starts from nothing
    make_dir(in.install_dir());
    replace_file(in.install_dir() / "install-config.yaml", file.reveal());
    replace_file(in.dir / "install-config.yaml", file.reveal());  // the installer consumes the other one
    in.note(cat("The order is the approved one (digest ", in.approved_digest.substr(0, 12), ")."));
    return StepResult::done(cat("approved order ", in.approved_digest.substr(0, 12)));
}

}  // namespace desk::worker::steps
