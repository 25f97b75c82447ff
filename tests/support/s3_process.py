"""An S3 server that checks signatures, for Python tests: OpenStack Swift, as s3_server.py starts it."""

from pathlib import Path

import boto3
from botocore.config import Config

from server_process import ServerProcess

REGION = "eu-test-1"
ACCESS_KEY, SECRET_KEY = "desk:tester", "swordfish-s3"


def is_there():
    return Path("/usr/lib/python3/dist-packages/swift/obj/mem_server.py").exists()


class S3Process(ServerProcess):
    def __init__(self, folder):
        super().__init__("s3_server.py", folder / "s3", python="/usr/bin/python3")  # Debian's: Swift is not for a venv

    def client(self):
        return boto3.client("s3", endpoint_url=self.url, region_name=REGION, aws_access_key_id=ACCESS_KEY,
                            aws_secret_access_key=SECRET_KEY, config=Config(
                                s3={"addressing_style": "path"}, request_checksum_calculation="when_required",
                                response_checksum_validation="when_required"))

    def make_bucket(self, name):
        self.client().create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION})
