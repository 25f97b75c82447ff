#include "worker/demo/help.hpp"

#include <array>

#include "core/base/crypto.hpp"
#include "core/base/text.hpp"

namespace desk::demo {
namespace {

struct Group {
    std::string_view name, purpose, commands;
};

constexpr std::array kGroups = {
    Group{"", "Creates OpenShift clusters in the demo cloud",
          "  create           Create part of an OpenShift cluster\n"
          "  destroy          Destroy part of an OpenShift cluster\n"
          "  explain-failures Print the failures that DEMO_FAIL knows, as JSON\n"
          "  gather           Gather debugging data for a given installation failure\n"
          "  help             Help about any command\n"
          "  version          Print version information\n"
          "  wait-for         Wait for install-time events\n"},
    Group{"create", "Create part of an OpenShift cluster",
          "  cluster          Create an OpenShift cluster\n"
          "  ignition-configs Generates the Ignition Config asset\n"
          "  manifests        Generates the Kubernetes manifests\n"},
    Group{"destroy", "Destroy part of an OpenShift cluster", "  cluster          Destroy an OpenShift cluster\n"},
    Group{"wait-for", "Wait for install-time events",
          "  bootstrap-complete Wait until cluster bootstrapping has completed\n"
          "  install-complete   Wait until the cluster is ready\n"},
    Group{"gather", "Gather debugging data for a given installation failure",
          "  bootstrap        Gather debugging data for a failing-to-bootstrap control plane\n"},
};

constexpr std::string_view kEnvironment = R"(
Environment:
  DEMO_CLOUD       the directory that is the cloud; needed by create, destroy and wait-for
  AWS_ENDPOINT_URL the cloud is this API of AWS instead, with the credentials of AWS_SHARED_CREDENTIALS_FILE
  DEMO_SCALE       times the seconds of a real installation (default 1/60; 0 = no waiting)
  DEMO_FAIL        failures to act out: <mode>[@stage][:count], several with commas; see explain-failures
  DEMO_TEARDOWN    seconds that the teardown of the local control plane takes (default 10 scaled ones)
  DEMO_VERSION     the version to be (default 4.20.3)
  DEMO_STRICT      1 = unknown keys of install-config.yaml are fatal, as in later releases
)";

}  // namespace

std::string help_text(std::string_view group) {
    const Group* shown = &kGroups[0];
    for (const Group& row : kGroups)
        if (row.name == group) shown = &row;
    const std::string space = shown->name.empty() ? "" : " ";
    return cat(shown->purpose, "\n\n(", kHonestLine, ")\n\nUsage:\n  openshift-install", space, shown->name,
               " [command]\n\nAvailable Commands:\n", shown->commands,
               "\nFlags:\n"
               "      --dir string         assets directory (default \".\")\n"
               "  -h, --help               help for openshift-install\n"
               "      --log-level string   log level (e.g. \"debug | info | warn | error\") (default \"info\")\n",
               kEnvironment, "\nUse \"openshift-install", space, shown->name,
               " [command] --help\" for more information about a command.\n");
}

std::string commit_of(std::string_view version) { return sha256_hex(cat("commit ", version)).substr(0, 40); }

std::string version_text(std::string_view program, std::string_view version) {
    return cat(program, " ", version, "\nbuilt from commit ", commit_of(version),
               "\nrelease image quay.io/openshift-release-dev/ocp-release@sha256:",
               sha256_hex(cat("release ", version)), "\nrelease architecture amd64\n");
}

}  // namespace desk::demo
