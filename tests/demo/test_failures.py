"""How demo-install fails, and what signals do to it, as with openshift-install."""

import json
import os
import re
import signal
import tarfile

import pytest

from installer import Installer, argv_of, exe_of, run_bare, wait_until


class TestSignals:
    @staticmethod
    def hang(installer, stage="net", **settings):
        installer.prepare()
        process = installer.start("create", "cluster", DEMO_FAIL=f"hang@{stage}", **settings)
        wait_until(lambda: installer.provider_pids() and installer.path(".openshift_install.log").exists()
                   and "network infrastructure to become ready" in installer.log(), "the provider")
        wait_until(lambda: [t for t in installer.things() if t["type"] == "network-interface"], "the provider's first thing")
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
