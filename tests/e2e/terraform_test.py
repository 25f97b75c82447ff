"""The Terraform roots that the desk ships, applied with the real program and the real AWS provider on a stand-in of AWS.

DESK_TEST_TERRAFORM_PLUGINS names a mirror of providers; without it only the form of the roots is looked at."""

import json
import os
import shutil
import subprocess

import botocore.exceptions
import pytest

from moto_process import ACCOUNT, Moto
from source_tree import ROOT

ROOTS = ROOT / "conf" / "terraform"
PLUGINS = os.environ.get("DESK_TEST_TERRAFORM_PLUGINS", "")

pytestmark = pytest.mark.skipif(shutil.which("terraform") is None, reason="there is no terraform on this machine")


def environment(**more):
    return {"PATH": os.environ["PATH"], "TF_CLI_CONFIG_FILE": "/dev/null", "CHECKPOINT_DISABLE": "1", **more}


def test_roots_are_formatted():
    done = subprocess.run(["terraform", "fmt", "-check", "-recursive", "-diff", str(ROOTS), str(ROOT / "tests" / "fixtures" / "terraform")],
                          env=environment(), capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def moto(tmp_path_factory):
    server = Moto(tmp_path_factory.mktemp("moto"))
    yield server
    server.stop()


class Root:
    """A working copy of a root."""

    def __init__(self, name, directory, moto, variables):
        self.directory = directory / name
        shutil.copytree(ROOTS / "aws" / name, self.directory)
        (self.directory / "desk.auto.tfvars.json").write_text(json.dumps(variables))
        mirror = directory / "mirror.tfrc"
        mirror.write_text(f'provider_installation {{\n  filesystem_mirror {{\n    path = "{PLUGINS}"\n  }}\n}}\n')
        self.environment = environment(TF_CLI_CONFIG_FILE=str(mirror), AWS_ENDPOINT_URL=moto.url, AWS_ACCESS_KEY_ID="any", AWS_SECRET_ACCESS_KEY="any",
                                       AWS_EC2_METADATA_DISABLED="true")

    def run(self, *arguments, code=0):
        done = subprocess.run(["terraform", *arguments], cwd=self.directory, env=self.environment, capture_output=True, text=True)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout

    def make(self, *backend):
        self.run("init", "-input=false", "-no-color", "-lockfile=readonly", *(f"-backend-config={each}" for each in backend))
        self.run("plan", "-input=false", "-no-color", "-out=plan.bin")
        self.run("apply", "-input=false", "-no-color", "plan.bin")

    def outputs(self):
        return {name: output["value"] for name, output in json.loads(self.run("output", "-json")).items()}


needs_provider = pytest.mark.skipif(not PLUGINS, reason="DESK_TEST_TERRAFORM_PLUGINS names no mirror with the AWS provider")


@needs_provider
def test_bootstrap_makes_a_bucket_that_only_tls_reaches(moto, tmp_path):
    root = Root("bootstrap", tmp_path, moto, {"account_id": ACCOUNT, "region": "us-east-1", "bucket_name": "desk-states"})

    root.make()

    assert root.outputs() == {"bucket_name": "desk-states", "bucket_region": "us-east-1"}
    root.run("plan", "-detailed-exitcode", "-no-color")  # nothing has to change
    with pytest.raises(botocore.exceptions.ClientError, match="403"):
        moto.client("s3", "us-east-1").head_object(Bucket="desk-states", Key="clusters/any.tfstate")  # without TLS


def prereqs(moto, tmp_path, bucket, zone=""):
    """The root with its state in a bucket of moto, applied."""
    moto.client("s3", "us-east-1").create_bucket(Bucket=bucket)
    variables = {"account_id": ACCOUNT, "region": "us-east-1", "cluster_id": "clu_01", "cluster_name": "demo1", "base_domain": "labs.example.com",
                 "hosted_zone_id": zone, "role_name": "clusterdesk-demo1-01", "desk_principal_arn": f"arn:aws:iam::{ACCOUNT}:root", "tags": {"Team": "demo"}}
    root = Root("prereqs", tmp_path, moto, variables)
    root.make(f"bucket={bucket}", "key=clusters/clu_01/prereqs.tfstate", "region=us-east-1", "use_lockfile=true", "use_path_style=true",
              "skip_credentials_validation=true", "skip_requesting_account_id=true", "skip_s3_checksum=true")
    return root


def destroy(root):
    root.run("plan", "-destroy", "-no-color", "-out=plan.bin")
    root.run("apply", "-no-color", "plan.bin")
    assert root.run("state", "list").strip() == ""


@needs_provider
def test_prereqs_make_what_a_cluster_needs_and_leave_the_zone(moto, tmp_path):
    root = prereqs(moto, tmp_path, "plain-states")
    outputs = root.outputs()
    assert outputs["provisioner_role_arn"] == f"arn:aws:iam::{ACCOUNT}:role/clusterdesk-demo1-01"
    assert len(outputs["name_servers"]) == 4

    root.run("state", "rm", "aws_route53_zone.primary[0]")
    destroy(root)

    assert moto.client("route53", "us-east-1").get_hosted_zone(Id=outputs["hosted_zone_id"])["HostedZone"]["Name"] == "labs.example.com."


@needs_provider
def test_prereqs_take_the_zone_with_them_when_its_name_was_typed(moto, tmp_path):
    root = prereqs(moto, tmp_path, "other-states")
    zone = root.outputs()["hosted_zone_id"]

    destroy(root)  # nobody told the state to forget the zone

    with pytest.raises(botocore.exceptions.ClientError, match="NoSuchHostedZone"):
        moto.client("route53", "us-east-1").get_hosted_zone(Id=zone)


@needs_provider
def test_prereqs_of_a_private_cluster_make_its_role_and_no_zone(moto, tmp_path):
    zones = moto.client("route53", "us-east-1").list_hosted_zones()["HostedZones"]

    root = prereqs(moto, tmp_path, "private-states", zone="none")

    assert root.outputs().keys() == {"provisioner_role_arn"}
    assert moto.client("route53", "us-east-1").list_hosted_zones()["HostedZones"] == zones
    policy = moto.client("iam", "us-east-1").get_policy_version(PolicyArn=f"arn:aws:iam::{ACCOUNT}:policy/clusterdesk-demo1-01", VersionId="v1")
    assert "RecordsOfTheBaseDomain" not in json.dumps(policy["PolicyVersion"]["Document"])
    destroy(root)
