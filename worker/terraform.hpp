// Runs terraform: nothing is applied that was not planned, a lock of somebody else's is never broken.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.hpp"
#include "core/base/process.hpp"

namespace desk::worker {

struct PlannedChange {
    std::string address = {};  ///< "aws_route53_zone.primary[0]"
    std::string action = {};   ///< create, update, delete or replace
};

/// What terraform is about to do; without what stays as it is.
struct TerraformPlan {
    std::vector<PlannedChange> changes = {};

    /// Of the document that `terraform show -json` gives for a plan (format 1.x). Throws Error{internal} for another.
    static TerraformPlan of(const Json& document);
    /// "2 to add, 0 to change, 1 to destroy", counted as terraform does: a replacement is one of each.
    std::string words() const;
    Json to_json() const;
};

/// A folder of *.tf, and what it leaves open.
struct TerraformRoot {
    fs::path files = {};
    std::map<std::string, std::string> backend = {};  ///< of its backend block: bucket, key, region...
    Json variables = Json::object();                  ///< no secret among them
};

/// How terraform is run here.
struct TerraformSettings {
    fs::path program = {};
    std::map<std::string, std::string> environment = {};  ///< PATH, HOME, TMPDIR and the cloud's credentials
    std::string cli_config = {};                          ///< terraform's own settings; "" = none
    std::chrono::milliseconds kill_after = {};
    std::chrono::seconds lock_timeout =
        std::chrono::seconds(20);  ///< for somebody else's lock; the job tries again then
};

/// What keeps this program from being used: it is not there, or too old for locks in S3. A sentence; nothing when all
/// is well.
std::optional<std::string> terraform_fault(const fs::path& program);

/// A run that failed.
struct TerraformFailed {
    Exit exit = {};
    std::vector<std::string> said = {};  ///< the last lines of its standard error, as they were
};

class Terraform {
  public:
    /// Makes `dir` a working copy of `root` with its variables and its backend set up (`init`); what else is in there
    /// stays. `log` gets the lines of every run but those that only ask. This and everything below throws
    /// TerraformFailed.
    Terraform(ProcessRunner& runner, const TerraformSettings& settings, const TerraformRoot& root, const fs::path& dir,
              LineSink log);

    enum class Goal { make, destroy };
    TerraformPlan plan(Goal goal);
    /// Exactly what the last plan() said.
    void apply();
    /// Of the state, without those that terraform calls sensitive: name -> value.
    Json outputs();
    /// Addresses of everything that the state holds; none when nothing was ever applied, and so no state written.
    std::vector<std::string> resources();
    /// Takes it out of the state and leaves it in the cloud.
    void forget(const std::string& address);

  private:
    std::string lock_timeout() const;
    Command command(std::vector<std::string> args) const;
    void run(std::vector<std::string> args);
    /// Its standard output.
    std::string ask(std::vector<std::string> args);

    ProcessRunner& runner_;
    TerraformSettings settings_;
    fs::path dir_;
    LineSink log_;
};

}  // namespace desk::worker
