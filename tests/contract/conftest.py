"""The contract of cluster.yaml: its files, the schema as others read it, and the desk's own validator."""

import json
import os
import pathlib
import subprocess

import jsonschema
import pytest
import yaml

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BINARY = pathlib.Path(os.environ.get("DEMO_INSTALL", ROOT / "build/dev/demo-install")).parent / "clusterdesk-worker"
SCHEMA = json.loads((ROOT / "conf/schemas/cluster.schema.json").read_text())


def escaped(part):
    return str(part).replace("~", "~0").replace("/", "~1")


def pointers_of(error):
    """Where the schema finds a fault, as the desk names it: what is missing or unknown is named itself."""
    at = "".join(f"/{escaped(part)}" for part in error.absolute_path)
    if error.validator == "required":
        return {f"{at}/{escaped(key)}" for key in error.validator_value if key not in error.instance}
    if error.validator == "additionalProperties" and isinstance(error.validator_value, bool):
        known = error.schema.get("properties", {})
        return {f"{at}/{escaped(key)}" for key in error.instance if key not in known}
    if error.validator == "dependencies":
        return {f"{at}/{key}" for key in error.validator_value if key in error.instance}
    if error.validator == "propertyNames":
        return {f"{at}/{escaped(error.instance)}"}
    return {at}


class Contract:
    def __init__(self, folder):
        self.folder = folder

    def by_schema(self, text):
        """The pointers at which a schema validator refuses the file, as any YAML reader reads it."""
        errors = jsonschema.Draft7Validator(SCHEMA).iter_errors(yaml.safe_load(text))
        return set().union(*[pointers_of(error) for error in errors])

    def by_desk(self, text):
        """{pointer: message} of the desk's validator."""
        file = self.folder / "cluster.yaml"
        file.write_text(text)
        done = self.run("validate", "--json", str(file))
        faults = json.loads(done.stdout)
        assert done.returncode == (1 if faults else 0), done.stderr
        return {fault["where"]: fault["message"] for fault in faults}

    def run(self, *arguments):
        return subprocess.run([BINARY, *arguments], capture_output=True, text=True, timeout=60)


@pytest.fixture
def contract(tmp_path):
    return Contract(tmp_path)


@pytest.fixture(scope="session")
def files():
    return {file.stem: file.read_text() for file in sorted((HERE / "files").glob("*.yaml"))}
