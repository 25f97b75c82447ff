"""What demo-install makes in its cloud and takes away, as openshift-install does."""

import json
import re
import shutil

import pytest

from installer import REGION, Installer, wait_until


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
