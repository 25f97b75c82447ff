"""demo-install behaves like openshift-install, so that a worker can't tell the two apart."""

import base64
import json
import os
import re
import shutil
import signal
import stat
import subprocess
import tarfile

import pytest

from installer import BINARY, PULL_SECRET, REGION, Installer, argv_of, exe_of, wait_until

HONEST = "demo-install, the stand-in installer of Clusterdesk; nothing is created outside DEMO_CLOUD"


def run_bare(*words, **settings):
    return subprocess.run([BINARY, *words], env={"TZ": "UTC", **settings}, stdin=subprocess.DEVNULL,
                          capture_output=True, text=True)


class TestCommandLine:
    def test_version_prints_its_lines_on_stdout(self):
        ended = run_bare("version", DEMO_VERSION="4.19.10")

        lines = ended.stdout.splitlines()
        assert ended.returncode == 0 and ended.stderr == ""
        assert lines[0] == f"{BINARY} 4.19.10"
        assert re.fullmatch("built from commit [0-9a-f]{40}", lines[1])
        assert re.fullmatch("release image quay.io/openshift-release-dev/ocp-release@sha256:[0-9a-f]{64}", lines[2])
        assert lines[3:] == ["release architecture amd64"]

    @pytest.mark.parametrize("words", [["--help"], ["create", "--help"], ["destroy", "cluster", "-h"], [], ["create"]])
    def test_help_says_that_it_is_the_stand_in(self, words):
        ended = run_bare(*words)

        assert ended.returncode == 0 and ended.stderr == ""
        assert HONEST in ended.stdout

    @pytest.mark.parametrize("words", [["create", "clsuter"], ["destroy", "foo"], ["wait-for", "x"]])
    def test_a_misspelt_second_word_prints_help_and_succeeds(self, words):
        ended = run_bare(*words)

        assert ended.returncode == 0 and "Usage:" in ended.stdout

    @pytest.mark.parametrize("words, why", [
        (["--bogus"], "unknown flag: --bogus"),
        (["destroy", "cluster", "--skip-password-print"], "unknown flag: --skip-password-print"),
        (["create", "cluster", "now"], "accepts 0 arg(s), received 1"),
        (["crate"], 'unknown command "crate" for "openshift-install"'),
        (["create", "cluster", "--dir"], "flag needs an argument: --dir"),
    ])
    def test_other_mistakes_are_one_fatal_line_with_a_time(self, words, why):
        ended = run_bare(*words)

        message = re.escape(("Error executing openshift-install: " + why).replace('"', r'\"'))
        assert ended.returncode == 1 and ended.stdout == ""
        assert re.fullmatch(rf'time="\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\dZ" level=fatal msg="{message}"\n', ended.stderr)

    def test_a_bad_log_level_is_fatal(self):
        ended = run_bare("create", "cluster", "--log-level", "zzz")

        assert ended.returncode == 1
        assert ended.stderr == 'level=fatal msg=invalid log-level: not a valid logrus Level: "zzz"\n'

    def test_flags_may_stand_before_the_verb_and_with_an_equals_sign(self, installer):
        ended = run_bare(f"--dir={installer.dir}", "--log-level=error", "create", "manifests", DEMO_CLOUD=str(installer.cloud),
                         DEMO_SCALE="0")

        assert ended.returncode == 0 and ended.stderr == ""
        assert "manifests/cluster-config.yaml" in installer.files()

    @pytest.mark.parametrize("verb", [["create", "cluster"], ["create", "manifests"], ["wait-for", "install-complete"]])
    def test_without_a_demo_cloud_nothing_begins(self, installer, verb):
        installer.prepare()
        ended = run_bare(*verb, "--dir", str(installer.dir))

        assert ended.returncode == 1
        assert "level=fatal msg=DEMO_CLOUD is not set" in ended.stderr

    @pytest.mark.parametrize("settings, why", [
        ({"DEMO_SCALE": "fast"}, 'DEMO_SCALE: "fast" is not a number of 0 or more'),
        ({"DEMO_FAIL": "gremlins"}, 'DEMO_FAIL: there is no failure "gremlins"'),
        ({"DEMO_FAIL": "hang@moon"}, 'DEMO_FAIL: there is no stage "moon"'),
        ({"DEMO_FAIL": "hang:0"}, 'DEMO_FAIL: the count of "hang:0" is not 1 to 1000'),
    ])
    def test_settings_that_make_no_sense_are_fatal(self, installer, settings, why):
        ended = installer.run("create", "manifests", **settings)

        assert ended.code == 1
        assert why in ended.last


class TestLogs:
    def test_the_first_line_is_honest_and_the_standard_lines_follow(self, installer):
        ended = installer.run("create", "manifests", DEMO_VERSION="4.20.3")

        assert ended.err.splitlines()[0] == f"level=debug msg={HONEST}"
        assert ended.err.splitlines()[1] == "level=debug msg=OpenShift Installer 4.20.3"
        assert ended.err.splitlines()[2].startswith("level=debug msg=Built from commit ")

    def test_everything_is_on_stderr(self, installer):
        assert installer.create_all().out == b""

    def test_the_file_has_every_line_in_logfmt_whatever_the_level(self, installer):
        installer.prepare()
        run_bare("create", "cluster", "--dir", str(installer.dir), "--log-level", "error", DEMO_SCALE="0",
                 DEMO_CLOUD=str(installer.cloud))

        lines = installer.log().splitlines()
        assert all(re.match(r'time="[^"]+" level=(debug|info|warning) msg=', line) for line in lines)
        assert sum("level=debug" in line for line in lines) > 700
        assert sum('msg="OpenShift Installer 4.20.3"' in line for line in lines) == 4  # one, one, and two of create cluster

    def test_a_message_of_several_lines_is_one_line_in_the_file(self, installer):
        ended = installer.create_all()

        kubeconfig = installer.path("auth/kubeconfig")
        assert ended.says("To access the cluster as the system:admin user when using 'oc', run")
        assert ended.says(f"    export KUBECONFIG={kubeconfig}")
        assert rf"when using 'oc', run\n    export KUBECONFIG={kubeconfig}" in installer.log()

    def test_a_foreign_klog_line_goes_to_stderr_only(self, installer):
        ended = installer.create_all()

        assert re.search(r"^I\d{4} .* warning_handler.go:65\] ", ended.err, re.M)
        assert "warning_handler" not in installer.log()


class TestFiles:
    def test_manifests_come_first_and_consume_the_install_config(self, installer):
        ended = installer.run("create", "manifests")

        files = installer.files()
        assert ended.code == 0
        assert "install-config.yaml" not in files and "metadata.json" not in files
        assert {"manifests/cluster-config.yaml", "openshift/openshift-install-manifests.yaml"} < set(files)
        assert ended.says(f"Manifests created in: {installer.dir}, {installer.dir}/cluster-api, {installer.dir}/manifests "
                          f"and {installer.dir}/openshift")

    def test_ignition_configs_leave_what_a_desk_must_keep(self, installer):
        installer.run("create", "manifests")
        ended = installer.run("create", "ignition-configs")

        assert ended.code == 0
        assert [name for name in installer.files() if not name.startswith("cluster-api/")] == [
            ".openshift_install.log", ".openshift_install_state.json", "auth/kubeadmin-password", "auth/kubeconfig",
            "bootstrap.ign", "master.ign", "metadata.json", "worker.ign"]
        for name in "bootstrap.ign", "master.ign", "worker.ign":
            assert json.loads(installer.path(name).read_text())["ignition"]["version"] == "3.2.0"

    def test_manifests_that_a_desk_added_arrive_in_the_ignition(self, installer):
        installer.run("create", "manifests")
        installer.path("manifests/99-mine.yaml").write_text("kind: Secret\n")

        installer.run("create", "ignition-configs")

        files = json.loads(installer.path("bootstrap.ign").read_text())["storage"]["files"]
        mine = [file for file in files if file["path"] == "/opt/openshift/manifests/99-mine.yaml"]
        assert base64.b64decode(mine[0]["contents"]["source"].partition("base64,")[2]) == b"kind: Secret\n"

    def test_create_cluster_leaves_what_the_real_one_leaves(self, installer):
        ended = installer.create_all()

        files = set(installer.files())
        assert ended.code == 0
        assert {"metadata.json", "terraform.tfvars.json", "terraform.platform.auto.tfvars.json", "auth/kubeconfig",
                "auth/kubeadmin-password", "tls/journal-gatewayd.crt", "tls/journal-gatewayd.key",
                ".clusterapi_output/envtest.kubeconfig", ".clusterapi_output/etcd.log"} < files
        assert not [name for name in files if name.endswith(".ign") or name.startswith("cluster-api/")]
        assert f".clusterapi_output/Machine-openshift-cluster-api-guests-{installer.infra_id()}-bootstrap.yaml" in files

    def test_create_cluster_works_from_the_install_config_alone(self, installer):
        ended = installer.create()

        assert ended.code == 0 and ended.says("Install complete!")
        assert "install-config.yaml" not in installer.files()

    def test_modes_are_the_installers(self, installer):
        before = os.umask(0o022)
        try:
            installer.create_all()
        finally:
            os.umask(before)

        def mode(name):
            return stat.S_IMODE(installer.path(name).stat().st_mode)

        assert mode(".openshift_install.log") == 0o644
        assert mode(".openshift_install_state.json") == mode("metadata.json") == mode("auth/kubeconfig") == 0o640
        assert mode("auth") == mode("tls") == 0o750

    def test_the_umask_takes_bits_away(self, installer):
        before = os.umask(0o077)
        try:
            installer.prepare()
        finally:
            os.umask(before)

        assert stat.S_IMODE(installer.path("metadata.json").stat().st_mode) == 0o600
        assert stat.S_IMODE(installer.path("auth").stat().st_mode) == 0o700

    def test_the_infra_id_and_the_password_stay_from_verb_to_verb(self, installer):
        installer.run("create", "manifests")
        first = installer.infra_id()
        installer.run("create", "ignition-configs")
        password = installer.path("auth/kubeadmin-password").read_text()
        installer.create()

        assert installer.metadata()["infraID"] == installer.infra_id() == first
        assert installer.path("auth/kubeadmin-password").read_text() == password
        assert re.fullmatch(r"[A-Za-z2-9]{5}(-[A-Za-z2-9]{5}){3}", password)

    @pytest.mark.parametrize("name, pattern", [
        ("demo1", "demo1-[bcdfghjklmnpqrstvwxz2456789]{5}"),
        ("demo.one", "demo-one-[bcdfghjklmnpqrstvwxz2456789]{5}"),
        ("a-very-long-cluster-name-that-goes-on", "a-very-long-cluster-n-.{5}"),
    ])
    def test_the_infra_id_is_made_of_the_name(self, another, name, pattern):
        installer = another(name)
        ended = installer.run("create", "ignition-configs")

        assert re.fullmatch(pattern, installer.metadata()["infraID"])
        assert ("level=warning msg=Length of cluster name" in ended.err) == (len(name) > 21)


class TestMetadata:
    SHAPES = {
        "demo": ("demo: {region: demo-east-1}",
                 '"demo":{"region":"demo-east-1","identifier":[{"kubernetes.io/cluster/INFRA":"owned"},'
                 '{"openshiftClusterID":"UUID"}],"clusterDomain":"demo1.example.com"},'),
        "aws": ("aws: {region: us-east-1}",
                '"aws":{"region":"us-east-1","identifier":[{"kubernetes.io/cluster/INFRA":"owned"},'
                '{"openshiftClusterID":"UUID"},{"sigs.k8s.io/cluster-api-provider-aws/cluster/INFRA":"owned"}],'
                '"clusterDomain":"demo1.example.com"},'),
        "ibmcloud": ("ibmcloud: {region: eu-de}",
                     '"ibmcloud":{"accountID":"","baseDomain":"example.com","region":"eu-de",'
                     '"resourceGroupName":"INFRA"},'),
        "gcp": ("gcp: {region: europe-west1, projectID: blue}",
                '"gcp":{"region":"europe-west1","projectID":"blue"},'),
        "none": ("none: {}", ""),
    }

    @pytest.mark.parametrize("platform", SHAPES)
    def test_one_line_in_the_shape_of_the_platform(self, installer, platform):
        given, expected = self.SHAPES[platform]
        installer.order(lambda text: re.sub(r"platform:\n(  .*\n)+", f"platform:\n  {given}\n", text)
                        .replace("credentialsMode: Manual\n", "" if platform == "none" else "credentialsMode: Manual\n"))

        assert installer.prepare().code == 0

        found = installer.path("metadata.json").read_text()
        uuid, infra = json.loads(found)["clusterID"], json.loads(found)["infraID"]
        assert re.fullmatch("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", uuid)
        assert found == ('{"clusterName":"demo1","clusterID":"' + uuid + '","infraID":"' + infra + '",'
                         + expected.replace("INFRA", infra).replace("UUID", uuid)
                         + '"featureSet":"","customFeatureSet":null}')

    @pytest.mark.parametrize("platform", ["demo", "aws", "ibmcloud", "gcp"])
    def test_destroy_finds_the_cluster_on_every_platform(self, installer, platform):
        given, _ = self.SHAPES[platform]
        installer.order(lambda text: re.sub(r"platform:\n(  .*\n)+", f"platform:\n  {given}\n", text))
        installer.create_all()
        created = len(list(installer.cloud.glob("*/*/*.json")))

        assert installer.destroy().code == 0

        assert created > 30
        left = list(installer.cloud.glob("*/*/*.json"))
        assert left == [] or (platform == "gcp" and left == [installer.domain_file()])  # its metadata has no domain

    def test_platform_none_is_refused_after_metadata_json(self, installer):
        installer.order(lambda text: re.sub(r"platform:\n(  .*\n)+", "platform:\n  none: {}\n", text)
                        .replace("credentialsMode: Manual\n", ""))

        ended = installer.create()

        assert ended.code == 1
        assert ended.last == 'level=fatal msg=cannot create the cluster because "none" is a UPI platform'
        assert "metadata.json" in installer.files()


class TestInstallConfig:
    BROKEN = [
        ("baseDomain: example.com", "baseDomain: Example.com", 'baseDomain: Invalid value: "Example.com": a lowercase RFC'),
        ("name: demo1", "name: Demo_1", 'metadata.name: Invalid value: "Demo_1": a lowercase RFC 1123 subdomain'),
        ("name: demo1", "name: " + "a" * 55, "cluster name is too long, please restrict it to 54 characters"),
        ("apiVersion: v1\n", "", "apiVersion: Required value: install-config version required"),
        ("replicas: 3", "replicas: 0", "controlPlane.replicas: Invalid value: 0: number of control plane replicas must"),
        ("replicas: 3", 'replicas: "3"', "json: cannot unmarshal string into Go struct field InstallConfig."
                                         "controlPlane.replicas of type int64"),
        ("replicas: 2", "replicas: -1", "compute[0].replicas: Invalid value: -1: "),
        ("name: worker", "name: minion", 'compute[0].name: Unsupported value: "minion": supported values: "edge", "worker"'),
        ("cidr: 10.0.0.0/16", "cidr: 10.0.0.1/16", "invalid network address. got 10.0.0.1/16, expecting 10.0.0.0/16"),
        ("172.30.0.0/16", "10.0.128.0/17", "service network must not overlap with any of the machine networks"),
        ("hostPrefix: 23", "hostPrefix: 13", "networking.clusterNetwork[0].hostPrefix: Invalid value: 13: "),
        ("region: demo-east-1", 'region: ""', "platform.demo.region: Required value: region must be specified"),
        ("region: demo-east-1", "region: ../elsewhere", 'platform.demo.region: Invalid value: "../elsewhere"'),
        ("cidr: 10.0.0.0/16", "{}", 'networking.machineNetwork[0].cidr: Invalid value: "": invalid CIDR address'),
        ("Team: blue", "Name: blue", '"Name" key is not allowed for user defined tags'),
        ("credentialsMode: Manual", "credentialsMode: Magic", 'supported values: "Manual", "Mint", "Passthrough"'),
        ("publish: External", "publish: Maybe", 'publish: Unsupported value: "Maybe"'),
        ("name: master", "platform: {demo: {zones: [eu-west-1a]}}", "Zone not in configured region (demo-east-1)"),
        (f"'{PULL_SECRET}'", "'hunter2'", "pullSecret: Invalid value: \"hunter2\": invalid character 'h' looking for"),
        ("demo:\n", "moon:\n", "must specify one of the platforms"),
    ]

    @pytest.mark.parametrize("old, new, why", BROKEN)
    def test_a_broken_rule_is_exit_3_and_keeps_the_file(self, installer, old, new, why):
        installer.order(lambda text: text.replace(old, new, 1))

        ended = installer.run("create", "cluster")

        assert ended.code == 3
        assert ended.last.startswith('level=error msg=failed to fetch Metadata: failed to load asset "Install Config": '
                                     "failed to create install config: ")
        assert why in ended.last
        assert "install-config.yaml" in installer.files() and "metadata.json" not in installer.files()

    def test_several_broken_rules_are_told_together(self, installer):
        installer.order(lambda text: text.replace("replicas: 3", "replicas: 0").replace("publish: External", "publish: Never"))

        ended = installer.create()

        assert re.search(r'invalid "install-config.yaml" file: \[controlPlane.replicas: .*, publish: .*\]$', ended.last)

    def test_what_is_no_yaml_is_exit_3(self, installer):
        installer.order(lambda text: "metadata: [\n")

        ended = installer.create()

        assert ended.code == 3 and "error converting YAML to JSON: yaml: line" in ended.last

    def test_an_unknown_key_is_a_warning_and_fatal_when_strict(self, installer):
        installer.order(lambda text: text + "publishh: External\n")

        strict = installer.run("create", "manifests", DEMO_STRICT="1")
        lenient = installer.run("create", "manifests")

        assert strict.code == 3 and 'json: unknown field "publishh"' in strict.last
        assert lenient.code == 0
        assert 'level=warning msg=failed to parse first occurrence of unknown field: ' in lenient.err

    def test_an_unknown_feature_set_panics(self, installer):
        installer.order(lambda text: text + "featureSet: Everything\n")

        ended = installer.create()

        assert ended.code == 2 and ended.err.count("goroutine 1 [running]:") == 1
        assert "panic" not in installer.log()

    def test_without_the_file_it_prompts_and_fails_at_end_of_input(self, installer):
        installer.path("install-config.yaml").unlink()

        ended = installer.create()

        assert ended.code == 1 and b"\x1b[" in ended.out
        assert ended.last.endswith('failed to generate asset "Platform": EOF')

    def test_the_prompt_waits_while_input_is_open(self, installer):
        installer.path("install-config.yaml").unlink()
        process = subprocess.Popen([BINARY, "create", "cluster", "--dir", str(installer.dir)], stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=installer.environment({}))
        assert process.stdout.read1().startswith(b"\x1b[")
        assert process.poll() is None

        process.terminate()

        assert Installer.end(process).code == 8


class TestCloud:
    def test_things_carry_ownership_and_the_tags_of_the_order(self, installer):
        installer.create_all()

        things = installer.things()
        infra, uuid = installer.infra_id(), installer.metadata()["clusterID"]
        assert len(things) > 36
        for thing in things:
            assert sorted(thing) == ["arn", "createdAt", "id", "region", "tags", "type"]
            assert thing["tags"].items() >= {f"kubernetes.io/cluster/{infra}": "owned", "openshiftClusterID": uuid,
                                             "Owner": "jane@example.com", "Team": "blue"}.items()
        assert [thing["tags"]["Name"] for thing in things if thing["type"] == "instance"] == [
            f"{infra}-master-0", f"{infra}-master-1", f"{infra}-master-2", f"{infra}-worker-0", f"{infra}-worker-1"]

    def test_bootstrap_things_are_there_while_it_runs_and_gone_after(self, installer):
        installer.prepare()
        names = lambda: {thing["tags"]["Name"] for thing in installer.things()}
        ours = lambda: {f"{installer.infra_id()}-bootstrap", f"openshift-bootstrap-data-{installer.infra_id()}"}
        process = installer.start("create", "cluster", DEMO_FAIL="hang@api")
        wait_until(lambda: ours() <= names(), "the bootstrap machine and bucket")
        process.terminate()
        Installer.end(process)
        installer.destroy()

        fresh = Installer(installer.dir.parent, installer.cloud, "demo3").order()
        fresh.create_all()

        assert not [thing for thing in fresh.things() if "bootstrap" in thing["tags"]["Name"]]

    def test_a_second_cluster_of_the_name_is_refused_and_its_destroy_harms_nobody(self, installer, another):
        installer.create_all()
        twin = another("demo1")

        ended = twin.create_all()
        twin_destroyed = twin.destroy()

        assert ended.code == 1
        assert ended.last.endswith("the zone already has record sets for the domain of the cluster: "
                                   "[api.demo1.example.com. (A)]")
        assert twin_destroyed.code == 0
        assert installer.domain_file().exists() and len(installer.things()) > 36

    def test_two_clusters_live_side_by_side(self, installer, another):
        other = another("demo2")
        installer.create_all()
        other.create_all()

        installer.destroy()

        owners = {key for thing in other.things() for key in thing["tags"] if key.startswith("kubernetes.io/cluster/")}
        assert owners == {f"kubernetes.io/cluster/{other.infra_id()}"}
        assert other.domain_file().exists() and not installer.domain_file().exists()

    def test_a_used_directory_is_refused(self, installer):
        installer.create_all()

        ended = installer.create()

        assert ended.code == 1 and "local infrastructure provisioning artifacts already exist" in ended.last

    def test_a_quota_that_is_read_fails_before_anything_exists(self, installer):
        installer.prepare()
        (installer.cloud / "limits").write_text('{"vcpus": 8}')

        ended = installer.create()

        assert ended.code == 1
        assert ("error(MissingQuota): ec2/L-1216C47A is not available in demo-east-1 because the required number of "
                "resources (24) is more than remaining quota of 8") in ended.last
        assert installer.things() == []

    def test_a_quota_that_is_not_read_fails_in_the_network(self, installer):
        installer.prepare()
        (installer.cloud / "limits").write_text('{"vpcs": 0, "quotaCheck": false}')

        ended = installer.run("create", "cluster")
        at_info = [line for line in ended.err.splitlines() if not line.startswith("level=debug")]

        assert ended.code == 4
        assert not [line for line in at_info if "VpcLimitExceeded" in line]
        assert "VpcLimitExceeded" in installer.log()
        assert {thing["type"] for thing in installer.things()} >= {"iam-role", "instance-profile"}


class TestKubeconfig:
    @staticmethod
    def field(text, key):
        return base64.b64decode(re.search(rf"{key}: (\S+)", text)[1]).decode()

    @staticmethod
    def subjects(pem):
        end = "-----END CERTIFICATE-----\n"
        return [subprocess.run(["openssl", "x509", "-noout", "-subject", "-nameopt", "RFC2253"], input=part + end, text=True,
                               capture_output=True, check=True).stdout.strip() for part in pem.split(end)[:-1]]

    @pytest.mark.skipif(shutil.which("kubectl") is None, reason="kubectl is not installed")
    def test_kubectl_reads_it(self, installer):
        installer.prepare()

        ended = subprocess.run(["kubectl", "config", "view", "--minify", "--kubeconfig", installer.path("auth/kubeconfig")],
                               capture_output=True, text=True)

        assert ended.returncode == 0
        assert "server: https://api.demo1.example.com:6443" in ended.stdout and "current-context: admin" in ended.stdout

    @pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
    def test_the_client_is_system_admin_signed_by_the_admin_kubeconfig_signer(self, installer, tmp_path):
        installer.prepare()

        text = installer.path("auth/kubeconfig").read_text()
        state = json.loads(installer.path(".openshift_install_state.json").read_text())
        signer = base64.b64decode(state["*tls.AdminKubeConfigSignerCertKey"]["FileList"][0]["Data"]).decode()
        (tmp_path / "ca.pem").write_text(signer)
        client = self.field(text, "client-certificate-data")
        verified = subprocess.run(["openssl", "verify", "-purpose", "sslclient", "-CAfile", tmp_path / "ca.pem"],
                                  input=client, text=True, capture_output=True)
        assert self.subjects(client) == ["subject=CN=system:admin,O=system:masters"]
        assert self.subjects(signer) == ["subject=CN=admin-kubeconfig-signer,O=openshift"]
        assert verified.returncode == 0, verified.stderr

    @pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
    def test_the_router_authority_comes_first_once_the_cluster_is_installed(self, installer):
        installer.prepare()
        before = self.subjects(self.field(installer.path("auth/kubeconfig").read_text(), "certificate-authority-data"))
        installer.create()
        after = self.subjects(self.field(installer.path("auth/kubeconfig").read_text(), "certificate-authority-data"))
        installer.run("wait-for", "install-complete")
        again = self.subjects(self.field(installer.path("auth/kubeconfig").read_text(), "certificate-authority-data"))

        assert len(before) == 3
        assert after[0].startswith("subject=CN=ingress-operator@") and after[1:] == before
        assert again == after


class TestDestroy:
    def test_metadata_json_alone_is_enough(self, installer, another):
        installer.create_all()
        elsewhere = another("demo1", "elsewhere")
        shutil.copy(installer.path("metadata.json"), elsewhere.dir)
        elsewhere.keep_only("metadata.json")

        ended = elsewhere.destroy()

        assert ended.code == 0 and ended.says("Uninstallation complete!")
        assert ended.says("Time elapsed: 5m0s")
        assert installer.things() == [] and not installer.domain_file().exists()
        assert elsewhere.files() == [".openshift_install.log", "metadata.json"]

    def test_with_a_state_file_the_directory_is_cleaned(self, installer):
        installer.create_all()

        installer.destroy()

        assert installer.files() == [".openshift_install.log"]

    def test_a_second_destroy_finds_nothing_and_succeeds(self, installer):
        installer.create_all()
        installer.path(".openshift_install_state.json").unlink()
        installer.destroy()

        ended = installer.destroy()

        assert ended.code == 0 and ended.says("Uninstallation complete!") and "Deleted" not in ended.err

    def test_deletions_are_told_as_the_real_one_tells_them(self, installer):
        installer.create_all()

        ended = installer.destroy()

        for pattern in (r"level=debug msg=Terminating id=i-0\w+ resourceType=instance",
                        r"level=info msg=Terminated instance=i-0\w+",
                        r"level=info msg=Deleted id=nat-0\w+ resourceType=natgateway",
                        r"level=info msg=Deleted id=vpc-0\w+ resourceType=vpc",
                        r"level=info msg=Released id=eipalloc-0\w+ resourceType=elastic-ip",
                        r"level=info msg=Deleted"):
            assert re.search(rf"^{pattern}$", ended.err, re.M), pattern

    def test_what_the_cluster_only_used_stays_without_its_tag(self, installer):
        installer.create_all()
        folder = installer.cloud / REGION / "byo"
        folder.mkdir()
        key = f"kubernetes.io/cluster/{installer.infra_id()}"
        for name, tags in ("byo-subnet", {key: "shared", "Owner": "net"}), ("public-zone", {"Name": "example.com"}):
            (folder / f"{name}.json").write_text(json.dumps({"type": "subnet", "id": name, "arn": "arn:" + name,
                                                             "region": REGION, "tags": tags, "createdAt": ""}))

        installer.destroy()

        left = {thing["id"]: thing["tags"] for thing in installer.things()}
        assert left == {"byo-subnet": {"Owner": "net"}, "public-zone": {"Name": "example.com"}}

    @pytest.mark.parametrize("content, why", [
        (None, "open PATH: no such file or directory"),
        ('{"clusterName":"a","infraID":"a-bcdfg","featureSet":""}', "no platform configured in metadata"),
        ('{"clusterName":"a', 'failed to Unmarshal data from "PATH" to types.ClusterMetadata: unexpected end of JSON input'),
    ])
    def test_the_three_ways_it_can_not_begin(self, installer, content, why):
        installer.keep_only()
        path = installer.path("metadata.json")
        if content is not None:
            path.write_text(content)

        ended = installer.destroy()

        assert ended.code == 1
        assert ended.last == ("level=fatal msg=failed while preparing to destroy cluster: "
                              + why.replace("PATH", str(path)))

    def test_metadata_can_not_lead_out_of_the_cloud(self, installer, tmp_path):
        installer.prepare()
        outside = tmp_path / "outside" / "folder"
        outside.mkdir(parents=True)
        text = installer.path("metadata.json").read_text()
        installer.path("metadata.json").write_text(text.replace(REGION, "../outside"))
        tags = {f"kubernetes.io/cluster/{installer.infra_id()}": "owned"}
        (outside / "vpc-x.json").write_text(json.dumps({"type": "vpc", "id": "x", "tags": tags}))

        ended = installer.destroy()

        assert ended.code == 1 and (outside / "vpc-x.json").exists()

    def test_stuck_goes_on_until_a_signal_ends_it(self, installer):
        installer.create_all()
        process = installer.start("destroy", "cluster", DEMO_FAIL="destroy-stuck")
        wait_until(lambda: installer.log().count("DependencyViolation") > 3, "several rounds")
        assert process.poll() is None

        process.terminate()

        ended = Installer.end(process)
        assert ended.code == 8 and ended.says("Received interrupt signal")
        assert re.search("^level=warning msg=deleting .*DependencyViolation", ended.err, re.M)
        assert [thing["type"] for thing in installer.things()] == ["vpc"]
        assert installer.destroy().code == 0 and installer.things() == []

    def test_throttled_says_so_and_ends_well(self, installer):
        installer.create_all()

        ended = installer.destroy(DEMO_FAIL="destroy-throttle")

        assert ended.code == 0 and ended.err.count("Rate exceeded") > 3


class TestSignals:
    @staticmethod
    def hang(installer, stage="net", **settings):
        installer.prepare()
        process = installer.start("create", "cluster", DEMO_FAIL=f"hang@{stage}", **settings)
        wait_until(lambda: installer.provider_pids() and installer.path(".openshift_install.log").exists()
                   and "network infrastructure to become ready" in installer.log(), "the provider")
        wait_until(lambda: [t for t in installer.things() if t["type"] == "eni"], "the provider's first thing")
        return process

    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
    def test_the_first_one_tears_down_and_exits_8(self, installer, number):
        process = self.hang(installer)

        process.send_signal(number)

        ended = Installer.end(process)
        lines = [line for line in ended.err.splitlines() if not line.startswith("level=debug")]
        assert ended.code == 8
        assert lines[lines.index("level=warning msg=Received interrupt signal") + 1:] == [
            "level=info msg=Shutting down local Cluster API controllers...",
            "level=info msg=Stopped controller: Cluster API",
            "level=info msg=Stopped controller: aws infrastructure provider",
            "level=info msg=Shutting down local Cluster API control plane...",
            "level=info msg=Local Cluster API system has completed operations"]
        assert installer.provider_pids() == [] and installer.things() != []

    def test_the_second_one_exits_1_at_once(self, installer):
        process = self.hang(installer, DEMO_TEARDOWN="1000")
        process.terminate()
        wait_until(lambda: "Shutting down local Cluster API controllers" in installer.log(), "the teardown")

        process.terminate()

        assert Installer.end(process).code == 1

    def test_before_infrastructure_there_is_nothing_to_tear_down(self, installer):
        installer.prepare()
        process = installer.start("create", "cluster", DEMO_FAIL="hang@assets")
        wait_until(lambda: 'msg="Fetching Cluster..."' in installer.log(), "the assets")

        process.terminate()

        assert Installer.end(process).code == 8 and "Shutting down" not in installer.log()

    def test_sigkill_leaves_a_provider_that_goes_on_creating(self, installer):
        process = self.hang(installer)
        process.kill()
        assert Installer.end(process).code == -signal.SIGKILL

        [orphan] = installer.provider_pids()
        before = len(installer.things())
        wait_until(lambda: len(installer.things()) > before + 2, "more things")

        assert exe_of(orphan) == str(installer.path("cluster-api/cluster-api-provider-aws"))
        assert f"--kubeconfig={installer.path('.clusterapi_output/envtest.kubeconfig')}" in argv_of(orphan)
        assert os.getpgid(orphan) == orphan
        os.kill(orphan, signal.SIGTERM)
        wait_until(lambda: installer.provider_pids() == [], "the end of the orphan")
        assert installer.destroy().code == 0 and installer.things() == []

    def test_an_orphan_does_not_hold_the_installers_output_open(self, installer):
        process = self.hang(installer)

        process.kill()

        Installer.end(process)  # reads both pipes to their end, which an orphan holding them would delay for ever
        assert len(installer.provider_pids()) == 1

    def test_sighup_is_not_handled(self, installer):
        process = self.hang(installer)

        process.send_signal(signal.SIGHUP)

        assert Installer.end(process).code == -signal.SIGHUP

    @pytest.mark.parametrize("stage", ["assets", "iam", "net", "machines", "api", "bootstrap", "bootstrap-destroy",
                                       "initialize", "stable"])
    def test_killed_at_any_stage_leaves_whole_files_and_can_be_destroyed(self, installer, stage):
        installer.prepare()
        metadata = installer.path("metadata.json").read_bytes()

        ended = installer.create(DEMO_FAIL=f"oom@{stage}")
        for pid in installer.provider_pids():
            os.kill(pid, signal.SIGTERM)
        wait_until(lambda: installer.provider_pids() == [], "the end of the orphan")

        assert ended.code == -signal.SIGKILL
        assert installer.path("metadata.json").read_bytes() == metadata
        installer.things()
        assert installer.destroy().code == 0
        assert installer.things() == [] and not installer.domain_file().exists()

    def test_killed_before_infrastructure_goes_on_in_the_same_directory(self, installer):
        installer.prepare()
        installer.create(DEMO_FAIL="oom@assets")
        first = installer.infra_id()

        ended = installer.create()

        assert ended.code == 0 and installer.metadata()["infraID"] == first


class TestFailures:
    # Last line that is not debug, by failure; with {dir} for the install directory.
    LAST = {
        "creds": "failed to create install config: ",
        "zone": 'getting public zone for "example.com": no public route53 zone found matching name "example.com"',
        "perms": "current credentials insufficient for performing cluster installation",
        "quota": "error(MissingQuota): ec2/L-1216C47A is not available in demo-east-1",
        "dnsrecords": "the zone already has record sets for the domain of the cluster: [api.demo1.example.com. (A)]",
        "infra": "failed to create cluster: infrastructure was not ready within 15m0s",
        "machines": "failed to create cluster: failed to provision control-plane machines within 15m0s",
        "phz": "failed to create private hosted zone: error creating private hosted zone: ConflictingDomainExists",
        "api": "Failed waiting for Kubernetes API. This error usually happens when",
        "bootstrap": "Failed to wait for bootstrapping to complete. This error usually happens when",
        "operators": "failed to initialize the cluster: Cluster operators authentication, console, ingress, monitoring are",
        "unstable": "These cluster operators were not stable: [kube-apiserver, monitoring]",
        "enospc": "no space left on device",
    }
    GO_ON = {"slowlog", "longline", "badutf8"}
    ON_THEIR_OWN = {"flood", "panic", "hang", "oom", "partial-line-then-exit", "metadata-late", "exit0-no-complete",
                    "destroy-stuck", "destroy-throttle"}

    @staticmethod
    def menu():
        return json.loads(run_bare("explain-failures").stdout)

    def test_the_menu_explains_every_failure(self):
        menu = self.menu()

        assert all(sorted(row) == ["exitCode", "name", "stage", "text"] and row["text"].endswith(".") for row in menu)
        assert {row["name"] for row in menu} == set(self.LAST) | self.GO_ON | self.ON_THEIR_OWN

    @pytest.mark.parametrize("name", LAST)
    def test_it_ends_with_its_exit_code_and_its_words(self, installer, name):
        [row] = [row for row in self.menu() if row["name"] == name]

        ended = installer.create_all(DEMO_FAIL=name)

        assert ended.code == row["exitCode"]
        assert self.LAST[name] in [line for line in ended.err.splitlines() if " level=debug" not in line][-1]
        assert not ended.says("Install complete!")
        assert installer.provider_pids() == []

    @pytest.mark.parametrize("name", sorted(GO_ON))
    def test_odd_output_does_not_stop_an_installation(self, installer, name):
        ended = installer.create_all(DEMO_FAIL=name)

        assert ended.code == 0 and ended.says("Install complete!")

    @pytest.mark.parametrize("name", ["machines", "bootstrap"])
    def test_a_log_bundle_is_gathered(self, installer, name):
        ended = installer.create_all(DEMO_FAIL=name)

        [bundle] = installer.dir.glob("log-bundle-*.tar.gz")
        assert re.fullmatch(r"log-bundle-\d{14}\.tar\.gz", bundle.name)
        assert ended.says(f'Bootstrap gather logs captured here "{bundle}"')
        with tarfile.open(bundle) as archive:
            assert any(name.endswith("/bootstrap/journals/bootkube.log") for name in archive.getnames())

    @pytest.mark.parametrize("name", ["creds", "zone"])
    def test_what_is_refused_early_leaves_no_metadata(self, installer, name):
        installer.create_all(DEMO_FAIL=name)

        assert "metadata.json" not in installer.files() and "install-config.yaml" in installer.files()

    def test_panic_is_only_on_stderr(self, installer):
        ended = installer.create_all(DEMO_FAIL="panic")

        assert ended.code == 2
        assert "panic: " in ended.err and "goroutine 1 [running]:" in ended.err and "goroutine" not in installer.log()

    def test_a_line_may_be_cut(self, installer):
        ended = installer.create_all(DEMO_FAIL="partial-line-then-exit")

        assert ended.code == 1 and ended.err.endswith("\nlevel=info msg=Creating infrastr")

    def test_a_line_may_be_a_megabyte_or_no_text(self, installer):
        installer.prepare()
        process = installer.start("create", "cluster", DEMO_FAIL="longline,badutf8")
        _, err = process.communicate()

        assert max(len(line) for line in err.splitlines()) > 1 << 20
        assert b"level=info msg=not UTF-8: \xff\xfe\xc3(" in err
        assert r"not UTF-8: \xff\xfe\xc3(" in installer.log()

    def test_a_flood_is_a_hundred_thousand_lines_at_debug(self, installer):
        ended = installer.create_all(DEMO_FAIL="flood")

        assert ended.code == 0 and ended.says("Install complete!")
        assert installer.log().count("Still waiting for the flood to end") == 100_000

    def test_metadata_may_never_come(self, installer):
        ended = installer.prepare(DEMO_FAIL="metadata-late")

        assert ended.code == 0 and "metadata.json" not in installer.files()

    def test_exit_0_is_no_proof(self, installer):
        ended = installer.create_all(DEMO_FAIL="exit0-no-complete")

        assert ended.code == 0 and not ended.says("Install complete!")

    def test_a_count_strikes_that_often_for_each_cluster(self, installer, another):
        installer.prepare()
        codes = [installer.create(DEMO_FAIL="perms:2").code for _ in range(3)]
        other = another("demo2")
        other.prepare()

        assert codes == [1, 1, 0]
        assert other.create(DEMO_FAIL="perms:2").code == 1

    def test_a_stage_moves_a_failure(self, installer):
        ended = installer.create_all(DEMO_FAIL="panic@machines")

        assert ended.code == 2 and "vpc" in {thing["type"] for thing in installer.things()}
        assert len(installer.provider_pids()) == 1  # a panic tears nothing down

    def test_unstable_is_an_installed_cluster(self, installer):
        assert installer.create_all(DEMO_FAIL="unstable:1").code == 7

        assert installer.run("wait-for", "install-complete", DEMO_FAIL="unstable:1").code == 0


class TestWaitFor:
    def test_it_goes_on_where_operators_failed(self, installer):
        failed = installer.create_all(DEMO_FAIL="operators:1")

        ended = installer.run("wait-for", "install-complete", DEMO_FAIL="operators:1")

        assert failed.code == 6
        assert failed.says("The 'wait-for install-complete' subcommand can then be used to continue the installation")
        assert ended.code == 0 and ended.says("Install complete!") and ended.says("Time elapsed: 13m0s")

    def test_it_needs_only_the_auth_folder(self, installer):
        installer.create_all(DEMO_FAIL="operators:1")
        installer.keep_only("auth/kubeconfig", "auth/kubeadmin-password")

        assert installer.run("wait-for", "install-complete").code == 0

    def test_bootstrap_complete_says_that_it_is_safe(self, installer):
        installer.create_all()

        ended = installer.run("wait-for", "bootstrap-complete")

        assert ended.code == 0 and ended.says("It is now safe to remove the bootstrap resources")

    def test_without_a_kubeconfig_it_is_fatal(self, installer):
        ended = installer.run("wait-for", "install-complete")

        assert ended.code == 1
        assert ended.last == (f"level=fatal msg=loading kubeconfig: stat {installer.path('auth/kubeconfig')}: "
                              "no such file or directory")

    def test_without_a_password_a_healthy_cluster_is_exit_6(self, installer):
        installer.create_all()
        installer.path("auth/kubeadmin-password").unlink()

        assert installer.run("wait-for", "install-complete").code == 6

    def test_a_cluster_that_is_gone_does_not_answer(self, installer):
        installer.prepare()

        ended = installer.run("wait-for", "install-complete")

        assert ended.code == 6 and "lookup api.demo1.example.com: no such host" in ended.last

    def test_the_password_is_printed_unless_told_otherwise(self, installer):
        installer.prepare()
        password = installer.path("auth/kubeadmin-password").read_text()

        omitted = installer.create()
        printed = installer.run("wait-for", "install-complete")

        assert password not in omitted.err
        assert omitted.says(f"Credentials omitted, if necessary verify the {installer.path('auth/kubeadmin-password')} file")
        assert printed.says(f'Login to the console with user: "kubeadmin", and password: "{password}"')


class TestGather:
    def test_without_a_bootstrap_machine_it_is_fatal(self, installer):
        ended = installer.run("gather", "bootstrap")

        assert ended.code == 1 and ended.last == "level=fatal msg=must provide bootstrap host address"

    def test_with_a_host_it_writes_a_bundle(self, installer):
        ended = installer.run("gather", "bootstrap", "--bootstrap", "203.0.113.9", "--master", "10.0.0.1", "--skipAnalysis")

        assert ended.code == 0 and len(list(installer.dir.glob("log-bundle-*.tar.gz"))) == 1


class TestClock:
    def test_a_whole_creation_takes_well_below_a_second_of_cpu(self, installer):
        installer.prepare()
        before = os.times()

        installer.create()

        after = os.times()
        used = after.children_user + after.children_system - before.children_user - before.children_system
        assert used < 0.8

    def test_the_scale_slows_it_down_and_the_text_tells_unscaled_time(self, installer):
        installer.prepare()
        before = os.times()

        ended = installer.create(DEMO_SCALE="0.0004")

        assert ended.says("Time elapsed: 37m30s")
        assert os.times().elapsed - before.elapsed >= 2250 * 0.0004

    def test_progress_is_told_in_percent(self, installer):
        ended = installer.create_all()

        percent = [int(number) for number in re.findall(r"Working towards 4.20.3: \d+ of 901 done \((\d+)% complete\)",
                                                        ended.err)]
        assert percent == sorted(percent) and percent[-1] == 100 and len(percent) > 10
