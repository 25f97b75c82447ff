#include "worker/demo/failure_scripts.hpp"

#include <algorithm>

namespace desk::demo {
namespace {

const std::vector<FailureScript>& scripts() {
    static const std::vector<FailureScript> all = {
        {.name = "creds",
         .lines =
             {{Level::error,
               "failed to fetch Metadata: failed to load asset \"Install Config\": failed to create install config: "
               "[controlPlane.platform.aws: Internal error: error getting instance types: AuthFailure: AWS was not "
               "able "
               "to validate the provided access credentials, platform.aws: Internal error: InvalidClientTokenId: The "
               "security token included in the request is invalid.]"}}},
        {.name = "zone",
         .lines = {{Level::fatal,
                    "failed to fetch Common Manifests: failed to fetch dependency of \"Common Manifests\": failed to "
                    "generate asset \"DNS Config\": getting public zone for \"{base}\": no public route53 zone found "
                    "matching name \"{base}\""}}},
        {.name = "perms",
         .lines = {{Level::warning, "Action not allowed with tested creds action=ec2:CreateVpc"},
                   {Level::warning, "Tested creds not able to perform all requested actions"},
                   {Level::fatal,
                    "failed to fetch Cluster: failed to fetch dependency of \"Cluster\": failed to generate asset "
                    "\"Platform Permissions Check\": validate AWS credentials: current credentials insufficient for "
                    "performing cluster installation"}}},
        {.name = "quota",
         .lines =
             {{Level::fatal,
               "failed to fetch Cluster: failed to fetch dependency of \"Cluster\": failed to generate asset "
               "\"Platform Quota Check\": error(MissingQuota): ec2/L-1216C47A is not available in {region} because "
               "the required number of resources (28) is more than remaining quota of 20"}}},
        {.name = "dnsrecords",
         .lines =
             {{Level::fatal,
               "failed to fetch Cluster: failed to fetch dependency of \"Cluster\": failed to generate asset "
               "\"Platform Provisioning Check\": baseDomain: Invalid value: \"{base}\": the zone already has record "
               "sets for the domain of the cluster: [api.{domain}. (A)]"}}},
        {.name = "infra",
         .waits = true,
         .lines =
             {{Level::debug,
               "E1121 00:22:39.546643 1434068 controller.go:316] \"Reconciler error\" err=\"failed to create new vpc: "
               "failed to create vpc: VpcLimitExceeded: The maximum number of VPCs has been reached.\" "
               "controller=\"awscluster\" AWSCluster=\"openshift-cluster-api-guests/{infra}\""},
              {Level::error,
               "failed to fetch Cluster: failed to generate asset \"Cluster\": failed to create cluster: "
               "infrastructure was not ready within 15m0s: client rate limiter Wait returned an error: context "
               "deadline exceeded"}}},
        {.name = "machines",
         .waits = true,
         .gathers = true,
         .lines =
             {{Level::debug,
               "E1121 00:37:40.201113 1434068 awsmachine_controller.go:605] \"unable to create instance\" err=\"failed "
               "to run instance: InsufficientInstanceCapacity: We currently do not have sufficient capacity in the "
               "Availability Zone you requested ({region}a).\" AWSMachine=\"{infra}-master-0\""},
              {Level::error, "Attempted to gather debug logs after installation failure"},
              {Level::error,
               "failed to fetch Cluster: failed to generate asset \"Cluster\": failed to create cluster: failed to "
               "provision control-plane machines within 15m0s: client rate limiter Wait returned an error: context "
               "deadline exceeded"}}},
        {.name = "phz",
         .lines =
             {{Level::error,
               "failed to fetch Cluster: failed to generate asset \"Cluster\": failed to create cluster: failed "
               "provisioning resources after infrastructure ready: failed to create private hosted zone: error "
               "creating private hosted zone: ConflictingDomainExists: A hosted zone with the name {domain}. already "
               "exists for the VPC."}}},
        {.name = "api",
         .waits = true,
         .lines =
             {{Level::error,
               "Bootstrap failed to complete: Get \"https://api.{domain}:6443/version\": dial tcp 203.0.113.10:6443: "
               "i/o timeout"},
              {Level::error,
               "Failed waiting for Kubernetes API. This error usually happens when there is a problem on the "
               "bootstrap host that prevents creating a temporary control plane."}}},
        {.name = "bootstrap",
         .waits = true,
         .gathers = true,
         .lines =
             {{Level::error, "Bootstrap failed to complete: timed out waiting for the condition"},
              {Level::error,
               "Failed to wait for bootstrapping to complete. This error usually happens when there is a problem with "
               "control plane hosts that prevents the control plane operators from creating the control plane."}}},
        {.name = "operators",
         .waits = true,
         .lines =
             {{Level::error,
               "Cluster operator authentication Degraded is True with "
               "OAuthServerRouteEndpointAccessibleController_SyncError: "
               "OAuthServerRouteEndpointAccessibleControllerDegraded: Get "
               "\"https://oauth-openshift.apps.{domain}/healthz\": EOF"},
              {Level::error,
               "Cluster operator authentication Available is False with "
               "OAuthServerRouteEndpointAccessibleController_EndpointUnavailable"},
              {Level::error,
               "Cluster operator ingress Available is False with IngressUnavailable: The \"default\" ingress "
               "controller reports Available=False"},
              {Level::info,
               "Cluster operator monitoring Available is False with UpdatingPrometheusFailed: waiting for pods"},
              {Level::error,
               "Cluster initialization failed because one or more operators are not functioning properly.\n"
               "The cluster should be accessible for troubleshooting as detailed in the documentation linked below,\n"
               "https://docs.openshift.com/container-platform/latest/support/troubleshooting/"
               "troubleshooting-installations.html\n"
               "The 'wait-for install-complete' subcommand can then be used to continue the installation"},
              {Level::error,
               "failed to initialize the cluster: Cluster operators authentication, console, ingress, monitoring are "
               "not available"}}},
        {.name = "unstable",
         .waits = true,
         .lines = {{Level::error, "Error checking cluster operator Progressing status: \"context deadline exceeded\""},
                   {Level::error, "These cluster operators were not stable: [kube-apiserver, monitoring]"}}},
        {.name = "enospc",
         .lines = {{Level::fatal,
                    "failed to fetch Cluster: failed to write asset (Terraform Variables) to disk: write "
                    "{dir}/terraform.tfvars.json: no space left on device"}}},
    };
    return all;
}

}  // namespace

const FailureScript& get_script(std::string_view name) {
    return *std::find_if(scripts().begin(), scripts().end(),
                         [&](const FailureScript& script) { return script.name == name; });
}

}  // namespace desk::demo
