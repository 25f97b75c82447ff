"""What demo-install reads and leaves in its directory, as openshift-install does."""

import base64
import json
import os
import re
import shutil
import stat
import subprocess

import pytest

from installer import BINARY, PULL_SECRET, Installer


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
