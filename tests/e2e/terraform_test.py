"""The Terraform roots that the desk ships, applied with the real program and the real AWS provider on a stand-in of AWS.

DESK_TEST_TERRAFORM_PLUGINS names a mirror of providers; without it only the form of the roots is looked at."""

import json
import os
import shutil
import socket
import subprocess
import sys
import urllib.request

import boto3
import botocore.exceptions
import pytest

from source_tree import ROOT
from waiting import wait_for

ROOTS = ROOT / "conf" / "terraform"
PLUGINS = os.environ.get("DESK_TEST_TERRAFORM_PLUGINS", "")
ACCOUNT = "123456789012"

pytestmark = pytest.mark.skipif(shutil.which("terraform") is None, reason="there is no terraform on this machine")


def environment(**more):
    return {"PATH": os.environ["PATH"], "TF_CLI_CONFIG_FILE": "/dev/null", "CHECKPOINT_DISABLE": "1", **more}


def test_roots_are_formatted():
    done = subprocess.run(["terraform", "fmt", "-check", "-recursive", "-diff", str(ROOTS), str(ROOT / "tests" / "fixtures" / "terraform")],
                          env=environment(), capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def aws():
    """The address of a fresh stand-in."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"

    def answers():
        try:
            return urllib.request.urlopen(f"{url}/moto-api/data.json", timeout=5).status == 200
        except OSError:
            return False

    wait_for(answers, 60, "the stand-in of AWS answers")
    yield url
    server.terminate()
    server.wait()


def client(service, aws):
    return boto3.client(service, region_name="us-east-1", endpoint_url=aws, aws_access_key_id="any", aws_secret_access_key="any")


class Root:
    """A working copy of a root."""

    def __init__(self, name, directory, aws, variables):
        self.directory = directory / name
        shutil.copytree(ROOTS / "aws" / name, self.directory)
        (self.directory / "desk.auto.tfvars.json").write_text(json.dumps(variables))
        mirror = directory / "mirror.tfrc"
        mirror.write_text(f'provider_installation {{\n  filesystem_mirror {{\n    path = "{PLUGINS}"\n  }}\n}}\n')
        self.environment = environment(TF_CLI_CONFIG_FILE=str(mirror), AWS_ENDPOINT_URL=aws, AWS_ACCESS_KEY_ID="any", AWS_SECRET_ACCESS_KEY="any",
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
def test_bootstrap_makes_a_bucket_that_only_tls_reaches(aws, tmp_path):
    root = Root("bootstrap", tmp_path, aws, {"account_id": ACCOUNT, "region": "us-east-1", "bucket_name": "desk-states"})

    root.make()

    assert root.outputs() == {"bucket_name": "desk-states", "bucket_region": "us-east-1"}
    root.run("plan", "-detailed-exitcode", "-no-color")  # nothing has to change
    with pytest.raises(botocore.exceptions.ClientError, match="403"):
        client("s3", aws).head_object(Bucket="desk-states", Key="clusters/any.tfstate")  # without TLS


@needs_provider
def test_prereqs_make_what_a_cluster_needs_and_leave_the_zone(aws, tmp_path):
    client("s3", aws).create_bucket(Bucket="plain-states")
    variables = {"account_id": ACCOUNT, "region": "us-east-1", "cluster_id": "clu_01", "cluster_name": "demo1", "base_domain": "labs.example.com",
                 "hosted_zone_id": "", "role_name": "clusterdesk-demo1-01", "desk_principal_arn": f"arn:aws:iam::{ACCOUNT}:root", "tags": {"Team": "demo"}}
    root = Root("prereqs", tmp_path, aws, variables)

    root.make("bucket=plain-states", "key=clusters/clu_01/prereqs.tfstate", "region=us-east-1", "use_lockfile=true", "use_path_style=true",
              "skip_credentials_validation=true", "skip_requesting_account_id=true", "skip_s3_checksum=true")
    outputs = root.outputs()
    assert outputs["provisioner_role_arn"] == f"arn:aws:iam::{ACCOUNT}:role/clusterdesk-demo1-01"
    assert len(outputs["name_servers"]) == 4
    root.run("state", "rm", "aws_route53_zone.primary[0]")
    root.run("plan", "-destroy", "-no-color", "-out=plan.bin")
    root.run("apply", "-no-color", "plan.bin")

    assert root.run("state", "list").strip() == ""
    assert client("route53", aws).get_hosted_zone(Id=outputs["hosted_zone_id"])["HostedZone"]["Name"] == "labs.example.com."
