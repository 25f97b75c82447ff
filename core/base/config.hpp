// Everything an operator may set. Read once at start, passed on by const reference.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/enum.hpp"
#include "core/base/time.hpp"

namespace desk {

/// Where the files of clusters are: a directory of this host, or a bucket.
DESK_ENUM(StoreKind, file, s3);
/// How a bucket stands in a URL: https://host/bucket/key or https://bucket.host/key.
DESK_ENUM(S3UrlStyle, path, virtual_host);
/// What an S3 server is asked to encrypt with: nothing is asked, its own keys, or a key of AWS's KMS.
DESK_ENUM(S3Encryption, none, AES256, aws_kms);

/// Where the values of secrets are: sealed in rows of the database, in AWS Secrets Manager, or in HashiCorp Vault.
DESK_ENUM(SecretsKind, sealed, aws, vault);
/// How the desk signs in to Vault.
DESK_ENUM(VaultAuth, token, approle, kubernetes);

struct Config {
    struct Web {
        std::string socket = "/run/clusterdesk/web.sock";
        int threads = 8;               ///< accept loops
        int max_body_bytes = 1 << 20;  ///< same number as client_max_body_size in conf/nginx
        std::string public_url = "http://127.0.0.1:8080";
        std::string templates = "templates";
        int session_hours = 12;  ///< a session ends this long after its last use
    } web;
    struct Database {
        std::string url = "postgresql:///clusterdesk";  ///< the desk role; a URL or keyword string of libpq
        std::string owner_url;                          ///< the owner role, for `migrate` only
        int connections = 4;                            ///< per process: two per core
    } database;
    struct Worker {
        std::string work_dir = "/var/lib/clusterdesk/work";
        std::string host;       ///< "" = the host's name; several workers on one host need their own
        int slots = 4;          ///< runners at the same time on this host
        int tick_seconds = 55;  ///< a tick ends by itself after this
        int room_mb = 512;      ///< free space in work_dir, in MiB, below which this host takes no jobs
        int lease_seconds = 300;
        int silence_seconds = 300;  ///< a host that says nothing for a lease and this long is given up by the others
        int heartbeat_seconds = 30;
        int starve_seconds = 180;           ///< without a renewal for this long the runner stops its child
        int kill_seconds = 90;              ///< from SIGTERM to SIGKILL (openshift-install tears down for up to 60 s)
        int verify_seconds = 10;            ///< between the two sweeps of a destroy
        int destroy_backoff_seconds = 300;  ///< first delay after a failed destroy; doubles up to 24 h
        int orphan_hours = 6;               ///< between two searches of a place for orphans; 0 = never
        std::string failure_rules;          ///< a file of the operator's own rules; "" = the built-in ones alone
    } worker;
    struct Store {
        StoreKind kind = StoreKind::file;
        std::string root = "/var/lib/clusterdesk/store";  ///< the file store: public/ and private/
        int link_minutes = 15;                            ///< life of a download link, at most 10080 (7 days)
        std::string bucket;                               ///< of kind s3, like everything below
        std::string prefix;                               ///< objects are "<prefix>/public/<key>"; "" = none
        std::string region = "us-east-1";
        std::string endpoint;  ///< another server than AWS
        S3UrlStyle url_style = S3UrlStyle::virtual_host;
        S3Encryption encryption = S3Encryption::none;
        std::string kms_key;           ///< of aws_kms; "" = the account's own
        std::string account;           ///< one of aws.accounts_file, or
        std::string credentials_file;  ///< 0600, in the form of AWS's; its profile [default]
    } store;
    struct Secrets {
        std::string key_file = "/etc/clusterdesk/keys";  ///< 0600; "id:base64" lines, the first one seals
        SecretsKind kind = SecretsKind::sealed;
        std::string prefix = "clusterdesk";  ///< of names outside: "<prefix>/<cluster id>/kubeadmin-password"
        std::string account;                 ///< of kind aws: one of aws.accounts_file
        std::string region = "us-east-1";    ///< of kind aws
        std::string kms_key;                 ///< of kind aws; "" = the account's own
    } secrets;
    struct Vault {
        std::string address;           ///< "https://vault.example.com:8200"
        std::string vault_namespace;   ///< "" = none
        std::string ca_file;           ///< PEM; "" = the system's
        std::string mount = "secret";  ///< of a KV store of version 2
        VaultAuth auth = VaultAuth::token;
        std::string token_file;      ///< 0600; read at every sign-in, so that an agent may renew it
        std::string auth_mount;      ///< of approle and kubernetes; "" = the method's name
        std::string role;            ///< the role_id of approle, the role of kubernetes
        std::string secret_id_file;  ///< 0600; of approle
        std::string jwt_file = "/var/run/secrets/kubernetes.io/serviceaccount/token";  ///< of kubernetes
    } vault;
    struct Profiles {
        std::string dir = "/etc/clusterdesk/profiles";
        std::vector<std::string> platforms = {"demo"};  ///< this desk has credentials and an installer for
    } profiles;
    struct Installers {
        std::string dir = "/var/lib/clusterdesk/installers";  ///< <version>/openshift-install, pinned by SHA256SUMS
        std::string pull_secret_file;                         ///< 0600; for install-config.yaml on ibmcloud and none
    } installers;
    struct Aws {
        std::string accounts_file;     ///< which accounts, and how to get into them; "" = no AWS
        std::string pull_secret_file;  ///< 0600; for install-config.yaml
    } aws;
    struct Ibmcloud {
        std::string api_key_file;  ///< 0600; "" = no IBM Cloud
        std::string iam_url = "https://iam.cloud.ibm.com";
        std::string search_url = "https://api.global-search-tagging.cloud.ibm.com";  ///< proves what is left
    } ibmcloud;
    struct Terraform {
        std::string program = "terraform";
        std::string aws_bootstrap;  ///< folder of the root that `tf-bootstrap` applies once for each account
        std::string aws_prereqs;    ///< folder of the root that is applied before a cluster on AWS; "" = none
        std::string demo_prereqs;   ///< the same on platform demo, whose state is a file beside the demo cloud
        std::string cli_config;     ///< terraform's own settings (mirrors of providers); "" = none
    } terraform;
    struct Demo {
        std::string installer = "/usr/libexec/clusterdesk/demo-install";
        std::string cloud_dir = "/var/lib/clusterdesk/demo-cloud";
    } demo;
    struct Log {
        std::string level = "info";
    } log;

    /// Defaults, then the file (if any), then CLUSTERDESK_<SECTION>_<KEY> from `environment` ("NAME=value" strings,
    /// null-terminated array as in environ). All faults at once: throws Error{invalid}, one fault a line, each naming
    /// file, line and key. An unknown key or CLUSTERDESK_ variable is a fault.
    static Config load(const std::filesystem::path& file, char** environment);

    /// The same from the text of a file; "" = no file.
    static Config parse(std::string_view text, const std::string& file_name, char** environment);

    /// "section.key: value" lines of the effective values; passwords in URLs masked.
    std::string describe() const;
};

}  // namespace desk
