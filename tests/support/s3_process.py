"""An S3 server that checks signatures, for Python tests: OpenStack Swift, as s3_server.py starts it."""

import os
import subprocess
from pathlib import Path

import boto3
from botocore.config import Config

from source_tree import ROOT
from waiting import wait_for

REGION = "eu-test-1"
ACCESS_KEY, SECRET_KEY = "desk:tester", "swordfish-s3"


def is_there():
    return Path("/usr/lib/python3/dist-packages/swift/obj/mem_server.py").exists()


class S3Process:
    def __init__(self, folder):
        data, out = folder / "s3", folder / "s3.out"
        data.mkdir()
        with open(out, "w") as words, open(folder / "s3.log", "w") as log:
            self._process = subprocess.Popen(
                ["/usr/bin/python3", ROOT / "tests/support/s3_server.py"], cwd=data, stdin=subprocess.DEVNULL, stdout=words,
                stderr=log, env={"PATH": os.environ["PATH"], "HOME": str(data)})
        self.url = wait_for(lambda: (text := out.read_text()).endswith("\n") and text.strip(), 60, "Swift starts")

    def client(self):
        return boto3.client("s3", endpoint_url=self.url, region_name=REGION, aws_access_key_id=ACCESS_KEY,
                            aws_secret_access_key=SECRET_KEY, config=Config(
                                s3={"addressing_style": "path"}, request_checksum_calculation="when_required",
                                response_checksum_validation="when_required"))

    def make_bucket(self, name):
        self.client().create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION})

    def stop(self):
        self._process.kill()
        self._process.wait()
