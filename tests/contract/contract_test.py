"""conf/schemas/cluster.schema.json and the desk's validator take and refuse the same files, at the same places."""

import jsonschema
import pytest

from conftest import HERE, SCHEMA

GOOD = sorted(file.stem for file in (HERE / "files").glob("*.yaml"))

# A good file, what is changed in it, and where both must find a fault. "" at the end of `old` cuts nothing out: the new
# text is put behind the file.
BAD = [
    # texts that YAML reads as something else
    ("first-multi-az", '"153526447089"', "153526447089", {"/platform/account_id"}),
    ("first-multi-az", 'version: "4.20"', "version: 4.20", {"/openshift/version"}),
    ("first-multi-az", 'max_minor: "4.20"', "max_minor: 4.20", {"/openshift/max_minor"}),
    ("first-multi-az", "name: aws-multi-az", "name: yes", {"/name"}),
    ("first-multi-az", "name: aws-multi-az", "name: 0x10", {"/name"}),
    ("first-multi-az", "repo_ref: main", "repo_ref: 2026-11-21", {"/gitops/repo_ref"}),
    ("first-multi-az", "repo_ref: main", "repo_ref: 1.4", {"/gitops/repo_ref"}),
    ("first-multi-az", "env: prod\n\n", "env: ~\n\n", {"/env"}),
    ("first-multi-az", "aws_profile: signet-admin", "aws_profile:", {"/credentials/aws_profile"}),
    ("first-multi-az", "compute_replicas: 3", 'compute_replicas: "3"', {"/openshift/compute_replicas"}),
    ("desk-aws", "fips: false", 'fips: "false"', {"/fips"}),
    ("desk-aws", "ttl_hours: 72", "ttl_hours: 72.5", {"/ttl_hours"}),
    ("desk-aws", 'destroy_at: "2026-11-24T12:00:00Z"', "destroy_at: 2026-11-24T12:00:00Z", {"/destroy_at"}),
    ("desk-aws", "Purpose: load tests", "Purpose: 7", {"/tags/Purpose"}),
    # keys
    ("first-multi-az", "", "colour: blue\n", {"/colour"}),
    ("first-multi-az", "  region:", "  regoin: x\n  region:", {"/platform/regoin"}),
    ("first-multi-az", "name: aws-multi-az\n", "", {"/name"}),
    ("first-multi-az", "  region: us-east-1\n", "", {"/platform/region"}),
    ("first-multi-az", '  account_id: "153526447089"\n', "", {"/platform/account_id"}),
    ("first-multi-az", "  cco_mode: mint\n", "", {"/credentials/cco_mode"}),
    ("first-multi-az", "  compute_replicas: 3\n", "", {"/openshift/compute_replicas"}),
    ("first-multi-az", "", "team: payments\n", {"/team"}),
    ("first-multi-az", "", "tags: {A: b}\n", {"/tags"}),
    ("first-multi-az", "  cco_mode: mint", "  cco_mode: mint\n  session_name: desk", {"/credentials/session_name"}),
    ("first-sno", "credentials: {cco_mode: mint}\n", "", {"/credentials"}),
    ("first-sno", "dns: {base_domain: labs.example.com}", "dns: labs.example.com", {"/dns"}),
    ("first-sno", "zones: [us-east-2b]", "zones: us-east-2b", {"/platform/zones"}),
    ("desk-minimal", "api_version: portal/v1", "api_version: portal/v2", {"/api_version"}),
    # forms
    ("first-multi-az", "name: aws-multi-az", "name: aws.multi", {"/name"}),
    ("first-multi-az", "name: aws-multi-az", "name: 1st-cluster", {"/name"}),
    ("first-multi-az", "name: aws-multi-az", "name: a-name-of-22-characters", {"/name"}),
    ("first-multi-az", "name: aws-multi-az", "name: ab", {"/name"}),
    ("first-multi-az", '"153526447089"', '"15352644708"', {"/platform/account_id"}),
    ("first-multi-az", "type: aws", "type: azure", {"/platform/type"}),
    ("first-multi-az", "    - us-east-1c", "    - us-east-1a", {"/platform/zones"}),
    ("first-multi-az", "labs.example.com", "Labs.example.com", {"/dns/base_domain"}),
    ("first-multi-az", "labs.example.com", "labs.example.com.", {"/dns/base_domain"}),
    ("first-multi-az", "labs.example.com", "labs", {"/dns/base_domain"}),
    ("first-multi-az", "labs.example.com", "a." * 90 + "example.com", {"/dns/base_domain"}),
    ("first-multi-az", "Z0123456789ABCDEFGHIJ", "zone-1", {"/dns/hosted_zone_id"}),
    ("first-multi-az", 'version: "4.20"', 'version: "4"', {"/openshift/version"}),
    ("first-multi-az", 'max_minor: "4.20"', 'max_minor: "4.20.1"', {"/openshift/max_minor"}),
    ("first-multi-az", "compute_replicas: 3", "compute_replicas: -1", {"/openshift/compute_replicas"}),
    ("first-multi-az", "cco_mode: mint", "cco_mode: passthrough", {"/credentials/cco_mode"}),
    ("first-multi-az", "https://github.com", "https://token@github.com", {"/gitops/repo_url"}),
    ("first-multi-az", "https://github.com", "file:///srv", {"/gitops/repo_url"}),
    ("first-multi-az", "repo_ref: main", "repo_ref: --upload-pack=x", {"/gitops/repo_ref"}),
    ("first-single-az", "compute_market: spot", "compute_market: cheap", {"/openshift/compute_market"}),
    ("first-single-az", "env: local", "env: staging", {"/gitops/env"}),
    ("desk-aws", "ttl_hours: 72", "ttl_hours: 721", {"/ttl_hours"}),
    ("desk-aws", "cost_center: cc-42", "cost_center: c", {"/cost_center"}),
    ("desk-aws", "network_type: OVNKubernetes", "network_type: Cilium", {"/networking/network_type"}),
    ("desk-aws", "host_prefix: 23", "host_prefix: 33", {"/networking/cluster_network/0/host_prefix"}),
    ("desk-aws", ", host_prefix: 23", "", {"/networking/cluster_network/0/host_prefix"}),
    ("desk-aws", "machine_cidr: 10.0.0.0/16", "machine_cidr: 10.0.0.0", {"/networking/machine_cidr"}),
    ("desk-aws", "[172.30.0.0/16]", "[172.30.0.0/16, 172.31.0.0/16]", {"/networking/service_network"}),
    ("desk-aws", "publish: Internal", "publish: Mixed", {"/publish"}),
    ("desk-aws", "ssh_public_key: ssh-ed25519 ", "ssh_public_key: ", {"/ssh_public_key"}),
    ("desk-aws", "Purpose: load tests", 'Purpose: ""', {"/tags/Purpose"}),
    ("desk-demo", "failure: OPERATORS", "failure: SOMETIMES", {"/failure"}),
    # several keys at once
    ("first-multi-az", "compute_replicas: 3", "compute_replicas: 1", {"/openshift/compute_replicas"}),
    ("first-multi-az", "control_plane_replicas: 3", "control_plane_replicas: 5", {"/openshift/control_plane_replicas"}),
    ("first-multi-az", "control_plane_replicas: 3", "control_plane_replicas: 2", {"/openshift/control_plane_replicas"}),
    ("first-sno", "compute_replicas: 0", "compute_replicas: 1", {"/openshift/compute_replicas"}),
    ("first-sno", "env: sno}", "env: local}", {"/gitops/env"}),
    ("first-single-az", "env: local", "env: sno", {"/openshift/control_plane_replicas", "/openshift/compute_replicas"}),
    ("desk-aws", "cco_mode: manual-sts", "cco_mode: mint", {"/credentials/cco_mode"}),
    ("desk-aws", "  role_arn: arn:aws:iam::153526447089:role/signet-payments-provisioner\n", "",
     {"/credentials/external_id", "/credentials/session_name"}),
    ("desk-ibmcloud", "type: ibmcloud,", 'type: ibmcloud, account_id: "153526447089",', {"/platform/account_id"}),
    ("desk-ibmcloud", "", "credentials: {cco_mode: mint}\n", {"/credentials"}),
    ("desk-none", "publish: External", "publish: Internal", {"/publish"}),
    ("desk-minimal", "", "failure: PANIC\n", {"/failure"}),
]

# What a schema can't see, or a usual reader of YAML hides from it.
BEYOND = [
    ("first-multi-az", "    - us-east-1c", "    - us-west-2c", {"/platform/zones/2"}),
    ("first-multi-az", 'version: "4.20"', 'version: "4.21"', {"/openshift/version"}),
    ("first-multi-az", "", "name: again\n", {""}),
    ("desk-minimal", "name: try-1", "name: &x try-1", {"/name"}),
    ("desk-aws", "fips: false", "fips: no", {"/fips"}),
    ("desk-aws", "10.128.0.0/14", "10.0.0.0/14", {"/networking/cluster_network/0/cidr"}),
    ("desk-aws", "machine_cidr: 10.0.0.0/16", "machine_cidr: 10.0.0.1/16", {"/networking/machine_cidr"}),
    ("desk-aws", "machine_cidr: 10.0.0.0/16", "machine_cidr: 100.64.0.0/16", {"/networking/machine_cidr"}),
    ("desk-aws", "host_prefix: 23", "host_prefix: 15", {"/networking/cluster_network/0/host_prefix"}),
    ("desk-aws", "ssh-ed25519 AAAA", "ssh-rsa AAAA", {"/ssh_public_key"}),
    ("desk-aws", "Purpose: load tests", "Owner: eve", {"/tags/Owner"}),
    ("desk-aws", "cost/owner: payments", "kubernetes.io/x: y", {"/tags/kubernetes.io~1x"}),
]


def changed(files, name, old, new):
    text = files[name]
    assert not old or old in text, f"{old!r} is not in {name}"
    return text.replace(old, new, 1) if old else text + new


def test_the_schema_is_one():
    jsonschema.Draft7Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("name", GOOD)
def test_a_good_file_is_good_to_both(contract, files, name):
    assert contract.by_schema(files[name]) == set()
    assert contract.by_desk(files[name]) == {}


@pytest.mark.parametrize(("name", "old", "new", "where"), BAD, ids=lambda it: str(it).strip()[:40])
def test_a_bad_file_is_bad_to_both_at_the_same_place(contract, files, name, old, new, where):
    text = changed(files, name, old, new)

    assert set(contract.by_desk(text)) == where
    assert contract.by_schema(text) == where


@pytest.mark.parametrize(("name", "old", "new", "where"), BEYOND, ids=lambda it: str(it).strip()[:40])
def test_what_a_schema_cannot_see_the_desk_sees(contract, files, name, old, new, where):
    text = changed(files, name, old, new)

    assert set(contract.by_desk(text)) == where
    assert contract.by_schema(text) == set()


def test_all_violations_are_told_at_once_by_json_pointer(contract, files):
    text = files["first-multi-az"]
    for old, new in [('"153526447089"', "153526447089"), ('version: "4.20"', "version: 4.20"),
                     ("    - us-east-1c", "    - eu-west-1c"), ("env: prod\n\n", "env: prod\ncolour: blue\n\n")]:
        text = text.replace(old, new, 1)
    file = contract.folder / "c.yaml"
    file.write_text(text)

    done = contract.run("validate", str(file))

    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "/colour: is not a known key.",
        '/platform/account_id: is a number without quotes; write "153526447089" in quotes.',
        '/platform/zones/2: "eu-west-1c" is not in region us-east-1.',
        '/openshift/version: is a number without quotes (YAML reads 4.20 as 4.2); write "4.20" in quotes.',
    ]


def test_exit_codes_are_done_failed_and_usage(contract, files):
    file = contract.folder / "c.yaml"
    file.write_text(files["first-sno"])

    assert contract.run("validate", str(file)).returncode == 0
    assert contract.run("validate").returncode == 2
    assert contract.run("validate", str(contract.folder / "nothing.yaml")).returncode == 1
