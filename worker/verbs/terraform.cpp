// tf-bootstrap: once for each AWS account, the bucket that keeps terraform's states. Its own state, which no bucket can
// keep yet, is sealed into the desk's store.
#include <cstdio>

#include "core/base/error.hpp"
#include "core/base/keyring.hpp"
#include "core/base/text.hpp"
#include "core/cloud/aws/accounts.hpp"
#include "core/cloud/aws/buckets.hpp"
#include "core/cloud/open_store.hpp"
#include "core/cloud/sealed_object.hpp"
#include "worker/child.hpp"
#include "worker/host.hpp"
#include "worker/terraform.hpp"
#include "worker/verbs/verbs.hpp"

namespace desk::worker::verbs {
namespace {

/// A folder of our own under worker.work_dir, gone with us: credentials lie in it.
class Scratch {
  public:
    explicit Scratch(const fs::path& dir) : dir_(dir) {
        fs::remove_all(dir_);
        make_dir(dir_);
    }
    ~Scratch() {
        std::error_code ignored;
        fs::remove_all(dir_, ignored);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    const fs::path& path() const { return dir_; }
    fs::path operator/(std::string_view name) const { return dir_ / name; }

  private:
    fs::path dir_;
};

TerraformSettings settings_of(const Config& config, const aws::Account& account, const aws::Credentials& credentials,
                              const Scratch& scratch) {
    for (const auto* name : {"home", "tmp"}) make_dir(scratch / name);
    aws::write_credentials_file(scratch / "credentials", credentials);
    TerraformSettings settings{.program = config.terraform.program,
                               .environment = {{"AWS_SHARED_CREDENTIALS_FILE", (scratch / "credentials").string()},
                                               {"AWS_CONFIG_FILE", "/dev/null"},
                                               {"AWS_EC2_METADATA_DISABLED", "true"}},
                               .cli_config = config.terraform.cli_config,
                               .kill_after = seconds(config.worker.kill_seconds)};
    settings.environment.merge(aws::endpoint_variables(account.endpoints));
    settings.environment.merge(program_environment(scratch.path()));
    return settings;
}

/// A bucket that is there, but in no state of ours, is taken over: to make it anew would fail for ever. Its settings
/// are then made as they should be.
void take_over(const fs::path& dir, const std::string& bucket) {
    replace_file(dir / "takeover.tf", cat("import {\n  to = aws_s3_bucket.state\n  id = \"", bucket, "\"\n}\n"));
}

void say(Stream, std::string_view line) { std::fputs(cat(line, '\n').c_str(), stderr); }

}  // namespace

int tf_bootstrap(const Arguments& arguments) {
    arguments.want_words(1, "the id of an AWS account");
    const auto config = arguments.config();
    if (config.terraform.aws_bootstrap.empty())
        throw Error(Code::invalid, "terraform.aws_bootstrap is not set: which root makes the bucket.");
    const auto accounts = aws::Accounts::load(config.aws.accounts_file);
    const auto& account = accounts.get(arguments.words()[0]);
    if (account.state_bucket.empty() || account.state_region.empty())
        throw Error(Code::invalid, cat("Account ", account.label(), " has no stateBucket and stateRegion in ",
                                       config.aws.accounts_file, ": set what they shall be."));
    CurlTransport transport;
    const auto credentials = aws::resolve(account, transport);
    aws::Client client(transport, credentials.clone(), account.endpoints);
    aws::require_account(client, account);

    const auto store = open_store(config);
    const auto keys = Keyring::load(config.secrets.key_file);
    const std::string key = cat("accounts/", account.id, "/bootstrap.tfstate");
    const auto lock = try_lock_file(fs::path(config.worker.work_dir) / cat("bootstrap-", account.id, ".lock"));
    if (!lock) throw Error(Code::conflict, cat("Somebody else bootstraps account ", account.label(), " just now."));
    const Scratch scratch(fs::path(config.worker.work_dir) / cat("bootstrap-", account.id));
    make_dir(scratch / "root");
    const auto state = scratch / "root" / "terraform.tfstate";
    if (store->exists(key, Visibility::private_)) {
        replace_file(state, get_sealed(*store, keys, key).reveal());
    } else {
        for (const auto& bucket : aws::s3::buckets(client))
            if (bucket.id == account.state_bucket) take_over(scratch / "root", account.state_bucket);
    }

    try {
        SystemProcessRunner runner;
        Terraform terraform(runner, settings_of(config, account, credentials, scratch),
                            {.files = config.terraform.aws_bootstrap,
                             .backend = {},
                             .variables = {{"account_id", account.id},
                                           {"region", account.state_region},
                                           {"bucket_name", account.state_bucket}}},
                            scratch / "root", say);
        const auto plan = terraform.plan(Terraform::Goal::make);
        terraform.apply();
        put_sealed(*store, keys, key, Secret(read_file(state)));
        const Json outputs = terraform.outputs();
        std::puts(arguments.has("--json") ? Json{{"planned", plan.to_json()}, {"outputs", outputs}}.dump().c_str()
                                          : cat(plan.words(), "; bucket ", account.state_bucket).c_str());
    } catch (const TerraformFailed& failed) {
        if (fs::exists(state)) put_sealed(*store, keys, key, Secret(read_file(state)));  // what was made is not lost
        throw Error(Code::unavailable, cat("Terraform failed: ", failed.exit.why, "."),
                    failed.said.empty() ? "" : failed.said.back());
    }
    return 0;
}

}  // namespace desk::worker::verbs
