"""A cluster on AWS, from an order to a receipt, behind nginx. moto plays AWS, demo-install the installer and ccoctl; they
are started through programs that write down their arguments, environment and standard input."""

import hashlib
import json
import os
import re
import signal
import subprocess
import uuid

import pytest
import yaml

from moto_process import ACCOUNT, Moto, owned
from private_desk import TEAM, PrivateDesk
from source_tree import ROOT
from waiting import wait_for

VERSION = "4.20.3"
REGION = "eu-central-1"
DOMAIN = "labs.example.com"
OTHER_ACCOUNT = "210987654321"
ACCESS_KEY = "AKIAIOSFODNN7EXAMPLE"
SECRET_KEY = "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY"
SESSION_TOKEN = "IQoJb3JpZ2luX2VjEDoaCXVzLWVhc3QtMSJHMEUCIEXAMPLE"
PULL_AUTH = "b3BlbnNoaWZ0LXJlbGVhc2UtZGV2OnB1bGwtc2VjcmV0LWV4YW1wbGU="

RECORD = """\
#!/bin/bash
# Writes down how it was called, then does what {name} does.
{{
    printf 'call: %s %s\\n' {name} "$*"
    printf 'stdin: %s\\n' "$(cat)"
    env | sed 's/^/env: /'
}} >>'{folder}/calls'
"""
AS_DEMO_INSTALL = """\
export DEMO_SCALE=0 DEMO_CLOUD='{folder}/strikes' DEMO_FAIL="$(cat '{folder}/fail' 2>/dev/null)"
exec -a "$0" '{program}' "$@"
"""
MISBEHAVES = """\
if [[ -e '{folder}/ccoctl-hangs' && $2 == create-all ]]; then
    (export DEMO_SCALE=0; exec -a "$0" '{program}' "$@")
    mv '{folder}/ccoctl-hangs' '{folder}/ccoctl-hung'
    exec tail -f /dev/null
fi
if [[ -e '{folder}/ccoctl-fails' && $2 == delete ]]; then echo "Failed to delete bucket: AccessDenied" >&2; exit 0; fi
"""
AS_OC = """\
while [[ $# -gt 0 ]]; do [[ $1 == --to ]] && to=$2; shift; done
for name in ingress-operator/cloud-credentials machine-api/aws-cloud-credentials; do
    printf 'apiVersion: cloudcredential.openshift.io/v1\\nkind: CredentialsRequest\\nmetadata:\\n  name: %s\\nspec:\\n  secretRef:\\n    name: %s\\n    namespace: openshift-%s\\n' \\
        "${name%/*}" "${name#*/}" "${name%/*}" >"$to/${name%/*}.yaml"
done
"""


class AwsDesk(PrivateDesk):
    """A desk whose platforms are demo and aws, and the AWS that it knows."""

    def __init__(self):
        super().__init__()
        self.moto = Moto(self.folder)
        self.site = self.folder / "site"
        self.site.mkdir()

    def bring_up(self):
        self.up("--people")
        self.owner = (self.state / "secrets/clusterdesk.yaml").stat()
        os.chown(self.site, self.owner.st_uid, self.owner.st_gid)
        self.write("pull-secret.json", json.dumps({"auths": {"quay.io": {"auth": PULL_AUTH}}}))
        self.use_keys()
        self.use_account(ACCOUNT)
        self.write_profile("aws-tests", [ACCOUNT, OTHER_ACCOUNT])
        self.down()
        settings = self.state / "secrets/clusterdesk.yaml"
        document = yaml.safe_load(settings.read_text())
        document["profiles"] = {"dir": str(self.site / "profiles"), "platforms": ["demo", "aws"]}
        document["installers"] = {"dir": str(self.site / "installers")}
        document["aws"] = {"accounts_file": str(self.site / "accounts.yaml"),
                           "pull_secret_file": str(self.site / "pull-secret.json")}
        document["worker"] |= {"verify_seconds": 1, "lease_seconds": 10, "starve_seconds": 6, "heartbeat_seconds": 1,
                               "kill_seconds": 3}
        with open(settings, "w") as file:
            yaml.safe_dump(document, file)
        self.up()
        self.add_programs()
        self.requester = self.token("requester")

    def write(self, name, text, mode=0o600):
        path = self.site / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        path.chmod(mode)
        for each in (path.parent, path):
            os.chown(each, self.owner.st_uid, self.owner.st_gid)
        return path

    def use_keys(self, more=""):
        self.write("keys", f"[default]\naws_access_key_id = {ACCESS_KEY}\naws_secret_access_key = {SECRET_KEY}\n{more}")

    def use_account(self, account):
        self.write("accounts.yaml", yaml.safe_dump({"accounts": [
            {"id": account, "name": "tests", "keys": {"file": str(self.site / "keys")}, "endpoints": self.moto.url}]},
            default_style='"'))

    def write_profile(self, name, accounts):
        profile = yaml.safe_load((ROOT / "conf/profiles/aws-minimal-test.yaml").read_text())
        profile |= {"name": name, "guardrail": {"accountIds": accounts}}
        profile["approval"]["autoApprove"] = {"maxTTLHours": 72}
        self.write(f"profiles/{name}.yaml", yaml.safe_dump(profile))

    def add_programs(self):
        words = {"folder": self.site, "program": self.state / "app/bin/demo-install"}
        bodies = {"openshift-install": AS_DEMO_INSTALL, "ccoctl": MISBEHAVES + AS_DEMO_INSTALL, "oc": AS_OC}
        for name, body in bodies.items():
            text = RECORD.format(name=name, **words) + (body if name == "oc" else body.format(**words))
            file = self.write(f"download-{name}", text, 0o755)
            digest = hashlib.sha256(text.encode()).hexdigest()
            self.worker("installers", "add", VERSION, file, "--program", name, "--sha256", digest)

    def start_anew(self):
        """An empty AWS with the zone of the base domain; nothing was called yet."""
        self.moto.reset()
        self.moto.add_public_zone(DOMAIN)
        for name in ("calls", "fail", "ccoctl-fails", "ccoctl-hangs", "ccoctl-hung"):
            (self.site / name).unlink(missing_ok=True)
        self.write("calls", "")
        self.use_keys()
        self.use_account(ACCOUNT)

    def remove(self):
        super().remove()
        self.moto.stop()

    # -- a cluster's life ------------------------------------------------------------------------------------------

    def ask(self, method, path, body=None):
        answer = self.call(method, "/api/v1" + path, token=self.requester, body=body,
                           headers={"Idempotency-Key": f"e2e-{uuid.uuid4()}"})
        assert answer.status < 300, f"{method} {path}: {answer.status} {answer.body!r}"
        return answer.json

    def order(self, name):
        return self.ask("POST", "/clusters", {
            "name": name, "platform": "aws", "version": VERSION, "profile": "aws-tests", "region": REGION,
            "baseDomain": DOMAIN, "owner": "requester", "team": TEAM, "costCenter": "tests", "ttlHours": 24})["clusterId"]

    def destroy(self, cluster):
        return self.ask("POST", f"/clusters/{cluster}/destroy", {})

    def follow(self, cluster, wanted, seconds=180):
        """Waits for the state; a try that is put off begins at once."""
        def reached():
            self.sql("UPDATE jobs SET run_after = clock_timestamp() WHERE status IN ('RETRYING') AND "
                     "run_after > clock_timestamp() + interval '2 seconds'; SELECT pg_notify('jobs', '')")
            return self.sql(f"SELECT status FROM clusters WHERE id = '{cluster}'")[0][0] in wanted
        try:
            wait_for(reached, seconds, f"{cluster} in {wanted}", every=0.5)
        except AssertionError:
            raise AssertionError(self.story(cluster))

    def story(self, cluster):
        rows = self.sql("SELECT step, outcome, detail FROM job_steps ORDER BY started_at")
        lines = self.sql("SELECT step, level, text FROM job_logs WHERE level <> 'DEBUG' OR text LIKE '%Reconciler%' ORDER BY id DESC LIMIT 40")
        jobs = self.sql("SELECT type, status, error_code, error_message FROM jobs")
        return "\n".join(map(str, [*jobs, *rows, *reversed(lines)])) + self.last_words()

    def infra_ids(self, cluster):
        return [row[0] for row in self.sql(f"SELECT infra_id FROM job_attempts WHERE cluster_id = '{cluster}' AND infra_id IS NOT NULL ORDER BY started_at")]

    def calls(self):
        """What the programs were called with, without directories."""
        lines = (self.site / "calls").read_text().splitlines()
        return [line.removeprefix("call: ") for line in lines if line.startswith("call: ")]

    def verbs(self):
        return [" ".join(call.split(" --")[0].split()) for call in self.calls() if not call.endswith(" version")]

    def everything_stored(self):
        """The whole database as text, the logs of all parts, and what the programs were started with."""
        tables = self.sql("SELECT table_schema || '.' || table_name FROM information_schema.tables WHERE table_schema = 'public'")
        yield "calls", (self.site / "calls").read_text()
        for part in ("web", "worker", "nginx", "access", "postgres"):
            yield f"log of {part}", self.log(part)
        for (table,) in tables:
            yield table, self.run("psql", "-At", "-c", f"SELECT t::text FROM {table} t").stdout
        for path in self.state.glob("store/public/**/*"):
            if path.is_file() and "kubeconfig" not in path.name:
                yield path.name, path.read_text(errors="replace")


@pytest.fixture(scope="module")
def aws():
    desk = AwsDesk()
    try:
        desk.bring_up()
        yield desk
    finally:
        desk.remove()


@pytest.fixture(autouse=True)
def anew(aws):
    aws.start_anew()


def kubeconfig_of(aws, cluster):
    """Through a link, as curl fetches it."""
    outputs = aws.ask("GET", f"/clusters/{cluster}/outputs")
    link = outputs["kubeconfigDownloadUrl"]
    link = link if link.startswith("http") else aws.address + link
    fetched = subprocess.run(["curl", "--silent", "--fail", "--location", "--noproxy", "*", "--config", "-"],
                             input=f'url = "{link}"\n'.encode(), capture_output=True, check=True).stdout
    assert hashlib.sha256(fetched).hexdigest() == outputs["metadata"]["kubeconfigSha256"]
    return yaml.safe_load(fetched)


def page(aws, path, name="requester"):
    """A page as a person who signed in sees it."""
    form = aws.call("GET", "/sign-in")
    cookie = "; ".join(value.split(";")[0] for value in form.headers.get_all("Set-Cookie"))
    csrf = re.search(r'name="csrf" value="([^"]+)"', form.body.decode()).group(1)
    signed_in = aws.call("POST", "/sign-in", body=f"csrf={csrf}&username={name}&password={aws.passwords[name]}".encode(),
                         headers={"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"})
    session = next(value.split(";")[0] for value in signed_in.headers.get_all("Set-Cookie") if "desk_session" in value)
    answer = aws.call("GET", path, headers={"Cookie": session})
    assert answer.status == 200
    return answer.body.decode()


def test_a_cluster_comes_and_goes_and_nothing_secret_is_told(aws):
    cluster = aws.order("alpha")
    aws.follow(cluster, ["READY"])
    infra_id, = aws.infra_ids(cluster)

    assert len(aws.moto.tagged(owned(infra_id), REGION)) > 20
    kubeconfig = kubeconfig_of(aws, cluster)
    assert kubeconfig["clusters"][0]["cluster"]["server"] == f"https://api.alpha.{DOMAIN}:6443"
    pages = [page(aws, f"/clusters/{cluster}")]

    aws.destroy(cluster)
    aws.follow(cluster, ["DESTROYED"])

    assert aws.moto.tagged(owned(infra_id), REGION) == []
    assert aws.moto.addresses() == []
    receipt = aws.ask("GET", f"/clusters/{cluster}/receipt")["body"]
    assert [sweep["found"] for sweep in receipt["sweeps"]] == [[], []]
    assert receipt["sweeps"][0]["scope"]["infraIds"] == [infra_id]
    assert any(ACCOUNT in query for query in receipt["sweeps"][0]["scope"]["queries"])
    assert aws.verbs() == ["openshift-install create manifests", "openshift-install create ignition-configs",
                           "openshift-install create cluster", "openshift-install destroy cluster"]

    pages += [page(aws, path) for path in (f"/clusters/{cluster}", f"/clusters/{cluster}/receipt")]
    user = kubeconfig["users"][0]["user"]
    secrets = [SECRET_KEY, PULL_AUTH, user["client-key-data"], user["client-key-data"][200:260]]
    places = [*aws.everything_stored(), *((f"page {n}", text) for n, text in enumerate(pages))]
    assert len(places) > 20
    assert [(where, secret[:12]) for where, text in places for secret in secrets if secret in text] == []
    environment = [line for line in (aws.site / "calls").read_text().splitlines() if line.startswith("env: ")]
    assert not [line for line in environment if "ACCESS_KEY" in line or "SESSION_TOKEN" in line]
    assert any(line.startswith("env: AWS_SHARED_CREDENTIALS_FILE=") for line in environment)
    assert set(re.findall(r"^stdin: (.*)$", (aws.site / "calls").read_text(), re.M)) == {""}


def test_a_wrong_account_stops_before_anything_is_written(aws):
    aws.use_account(OTHER_ACCOUNT)

    cluster = aws.order("beta")
    aws.follow(cluster, ["DESTROYED", "FAILED"])
    wait_for(lambda: aws.sql(f"SELECT 1 FROM jobs WHERE cluster_id = '{cluster}' AND error_code = 'preflight-account'"), 30, "the reason")

    assert f"AWS account mismatch: expected {OTHER_ACCOUNT} (tests), got {ACCOUNT}" in page(aws, f"/clusters/{cluster}")
    assert aws.calls() == []
    aws.follow(cluster, ["DESTROYED"])
    assert [zone["Name"] for zone in aws.moto.zones()] == [DOMAIN + "."]
    assert aws.moto.client("iam").list_roles()["Roles"] == []


def test_everything_that_is_missing_is_listed_at_once_and_waited_for(aws):
    aws.use_account(OTHER_ACCOUNT)
    (aws.site / "pull-secret.json").unlink()
    try:
        cluster = aws.order("gamma")
        aws.follow(cluster, ["DESTROYED", "FAILED"])
        rows = aws.sql("SELECT check_id FROM job_checks c JOIN jobs j ON j.id = c.job_id "
                       f"WHERE j.cluster_id = '{cluster}' AND level = 'FAIL' ORDER BY position")
    finally:
        aws.write("pull-secret.json", json.dumps({"auths": {"quay.io": {"auth": PULL_AUTH}}}))

    assert {"account", "pull-secret"} <= {row[0] for row in rows}
    assert aws.calls() == []


def test_temporary_credentials_give_operators_roles_of_their_own(aws):
    aws.use_keys(f"aws_session_token = {SESSION_TOKEN}\n")

    cluster = aws.order("delta")
    aws.follow(cluster, ["READY"])
    infra_id, = aws.infra_ids(cluster)
    made = (f"openshift.io/cloud-credential-operator/{infra_id}", "owned")

    assert aws.verbs() == ["openshift-install create manifests", "oc adm release extract", "ccoctl aws create-all",
                           "openshift-install create ignition-configs", "openshift-install create cluster"]
    assert f"ccoctl aws create-all --name {infra_id} --region {REGION}" in "\n".join(aws.calls())
    assert sorted(thing.split()[0] for thing in aws.moto.tagged(made, REGION)) == ["bucket", "oidc-provider", "role", "role"]
    assert aws.sql(f"SELECT ccoctl_name FROM job_attempts WHERE cluster_id = '{cluster}' AND ccoctl_name IS NOT NULL") == [[infra_id]]

    aws.write("ccoctl-fails", "")
    aws.destroy(cluster)
    wait_for(lambda: aws.sql(f"SELECT 1 FROM jobs WHERE cluster_id = '{cluster}' AND error_code = 'credentials-left'"), 60,
             "that ccoctl's exit code 0 is not believed")
    message = aws.sql(f"SELECT error_message FROM jobs WHERE cluster_id = '{cluster}' AND error_code = 'credentials-left'")[0][0]
    assert f"{infra_id}-openshift-ingress-operator-cloud-credentials" in message
    (aws.site / "ccoctl-fails").unlink()
    aws.follow(cluster, ["DESTROYED"])

    assert aws.moto.tagged(made, REGION) == [] and aws.moto.tagged(owned(infra_id), REGION) == []
    assert [where for where, text in aws.everything_stored() if SESSION_TOKEN in text or SECRET_KEY in text] == []


def test_roles_are_found_again_though_the_worker_dies_while_they_are_made(aws):
    aws.use_keys(f"aws_session_token = {SESSION_TOKEN}\n")
    aws.write("ccoctl-hangs", "")
    cluster = aws.order("epsilon")
    wait_for((aws.site / "ccoctl-hung").exists, 120, "roles are made")
    name, = [row[0] for row in aws.sql(f"SELECT ccoctl_name FROM job_attempts WHERE cluster_id = '{cluster}'")]
    made = (f"openshift.io/cloud-credential-operator/{name}", "owned")
    assert aws.moto.tagged(made, REGION)
    assert aws.infra_ids(cluster) == [], "the snapshot comes later"

    os.kill(int(aws.sql(f"SELECT split_part(locked_by, '/', 2) FROM job_locks WHERE subject = '{cluster}'")[0][0]), signal.SIGKILL)
    aws.follow(cluster, ["READY"])

    assert aws.moto.tagged(made, REGION) == []
    assert f"ccoctl aws delete --name {name} --region {REGION}" in aws.calls()
    aws.destroy(cluster)
    aws.follow(cluster, ["DESTROYED"])


@pytest.mark.parametrize("mode", ["quota", "infra", "machines", "bootstrap"])
def test_what_a_failed_try_left_goes_before_the_next(aws, mode):
    aws.write("fail", f"{mode}:1")
    os.makedirs(aws.site / "strikes", exist_ok=True)
    os.chown(aws.site / "strikes", aws.owner.st_uid, aws.owner.st_gid)

    cluster = aws.order(f"again-{mode}")
    aws.follow(cluster, ["READY"], 300)
    first, second = aws.infra_ids(cluster)

    assert aws.moto.tagged(owned(first), REGION) == []
    assert len(aws.moto.tagged(owned(second), REGION)) > 20
    aws.destroy(cluster)
    aws.follow(cluster, ["DESTROYED"])
    assert aws.moto.tagged(owned(second), REGION) == []
