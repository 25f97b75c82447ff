"""A desk whose clusters go to AWS: moto plays AWS, Swift keeps the files and checks signatures, terraform is the real one,
demo-install plays the installer and ccoctl. All of them are started through programs that write down their arguments,
environment and standard input, and that fail where a test says so."""

import contextlib
import hashlib
import itertools
import json
import os
import pwd
import re
import shutil
import subprocess
import threading
import uuid

import yaml

import s3_process
from interposed import Interposed
from moto_process import ACCOUNT, Moto, owned
from private_desk import PrivateDesk
from source_tree import ROOT
from waiting import wait_for

VERSION = "4.20.3"
REGION = "eu-central-1"
QUIET_REGION = "us-west-2"  # where one test alone has its cluster
DOMAIN = "labs.example.com"
ROLE_ACCOUNT = "210987654321"   # the desk assumes a role in it
WRONG_ACCOUNT = "310987654321"  # whose keys are really those of ACCOUNT
ACCESS_KEY = "AKIAIOSFODNN7EXAMPLE"
SECRET_KEY = "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY"
PULL_AUTH = "b3BlbnNoaWZ0LXJlbGVhc2UtZGV2OnB1bGwtc2VjcmV0LWV4YW1wbGU="
EXTERNAL_ID = "told-to-nobody-else-51"
BUCKET = "desk-files"
TEAMS = ["demo", "blue", "green"]  # a team orders ten clusters an hour
PATIENCE = 900  # seconds for what a busy machine does in some

RECORDS = """\
#!/bin/bash
# Writes down how it was called; then fails as a test wants it, or does what {name} does.
name={name} folder='{folder}' verb=$1
[[ ${{2:--}} == -* ]] || verb=$1-$2
case "$name $*" in
    *" --name "*) cluster="$* " cluster=${{cluster#* --name }} cluster=${{cluster%% *}} cluster=${{cluster%-*}} ;;
    *" destroy cluster "*) cluster=${{!#}} cluster=${{cluster##*/}} cluster=${{cluster%-*}} ;;
    terraform*) cluster=$(jq -r .cluster_name desk.auto.tfvars.json 2>/dev/null) ;;
    *) cluster=$(awk '/^metadata:/ {{found = 1}} found && /^  name:/ {{gsub(/"/, ""); print $2; exit}}' install-config.yaml 2>/dev/null) ;;
esac
{{
    flock 1  # lines of two programs that start at once stay apart
    printf 'call: %s %s %s\\n' "$cluster" "$name" "$*"
    printf 'stdin: %s\\n' "$(cat)"
    env | sed 's/^/env: /'
}} >>"$folder/calls"
work() (
{work}
)
fault=$folder/faults/$cluster.$name-$verb
[[ -e $fault ]] && read -r how <"$fault"
case "${{how:-}}" in
    "") work "$@"; exit ;;
    before) ;;                                        # nothing was done
    after) work "$@" >&2 ;;                           # all was done
    hangs) work "$@"; mv "$fault" "$fault.hung"; exec tail -f /dev/null ;;
    lies) exit 0 ;;                                   # and says that all went well
    then) work "$@"; . <(tail -n +2 "$fault"); exit 0 ;;  # and what it made is spoilt
esac
tail -n +2 "$fault" >&2
exit 1
"""
DEMO_INSTALL = """\
    export DEMO_SCALE=0 DEMO_CLOUD="$folder/strikes/$cluster" DEMO_FAIL="$(cat "$folder/faults/$cluster.fails" 2>/dev/null)"
    mkdir -p "$DEMO_CLOUD"
    (exec -a "$name" '{program}' "$@")
    exit=$?
    # what the tests look for everywhere else
    for secret in "${{!#}}"/auth/kube* "${{!#}}"/tls/*.key; do
        [[ ! -e $secret ]] || cp "$secret" "$folder/seen/$cluster.${{secret##*/}}"
    done
    exit $exit
"""
OC = """\
    while [[ $# -gt 0 ]]; do [[ $1 == --to ]] && to=$2; shift; done
    for one in ingress-operator/cloud-credentials machine-api/aws-cloud-credentials; do
        printf 'apiVersion: cloudcredential.openshift.io/v1\\nkind: CredentialsRequest\\nmetadata:\\n  name: %s\\nspec:\\n  secretRef:\\n    name: %s\\n    namespace: openshift-%s\\n' \\
            "${one%/*}" "${one#*/}" "${one%/*}" >"$to/${one%/*}.yaml"
    done
"""
REFUSES_STEPS = """
    CREATE TABLE refused_steps (cluster text, step text);
    CREATE FUNCTION refuse_step() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
    BEGIN
        IF NEW.outcome = 'DONE' AND EXISTS (SELECT FROM refused_steps r JOIN clusters c ON c.name = r.cluster JOIN jobs j ON j.cluster_id = c.id
                    WHERE j.id = NEW.job_id AND r.step = NEW.step) THEN
            RAISE 'this step is refused';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER refuse_step BEFORE UPDATE ON job_steps FOR EACH ROW EXECUTE FUNCTION refuse_step()"""


class Session:
    """One psql that answers many questions, from any thread."""

    END = "-- that was all --"

    def __init__(self, command):
        self._lock = threading.Lock()
        self._psql = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, bufsize=1)

    def rows(self, statement):
        with self._lock:
            self._psql.stdin.write(f"{statement};\n\\echo {self.END}\n")
            lines = list(iter(self._line, self.END))
        assert not any(line.startswith("ERROR:") for line in lines), lines
        return [line.split("\t") for line in lines]

    def _line(self):
        line = self._psql.stdout.readline()
        assert line, "psql has ended"
        return line.rstrip("\n")

    def end(self):
        self._psql.stdin.close()
        self._psql.wait()


class AwsDesk(PrivateDesk):
    def __init__(self):
        super().__init__()
        self.site = self.folder / "site"
        self.site.mkdir()
        self.moto = Moto(self.folder)
        self.s3 = s3_process.S3Process(self.folder)
        self.role_secrets, self.links = [], []  # known to be secret
        self.api = Interposed(self.moto.url, self._watch_roles)
        self.bucket = Interposed(self.s3.url)
        self.session, self._teams = None, itertools.cycle(TEAMS)

    def _watch_roles(self, request, status, body):
        if "Action=AssumeRole" in request.body and status == 200:
            self.role_secrets += re.findall(r"<(?:SecretAccessKey|SessionToken)>([^<]+)<", body.decode())

    def sql(self, statement):
        return self.session.rows(statement) if self.session else super().sql(statement)

    def bring_up(self):
        self.up("--people")
        self.owner = (self.state / "secrets/clusterdesk.yaml").stat()
        os.chown(self.site, self.owner.st_uid, self.owner.st_gid)
        for name in ("faults", "strikes", "seen"):
            self.write(f"{name}/README", f"{name} of the tests")
        self.write("calls", "")
        self.write("pull-secret.json", json.dumps({"auths": {"quay.io": {"auth": PULL_AUTH}}}))
        self.write("keys", f"[default]\naws_access_key_id = {ACCESS_KEY}\naws_secret_access_key = {SECRET_KEY}\n")
        self.write("s3-keys", f"[default]\naws_access_key_id = {s3_process.ACCESS_KEY}\naws_secret_access_key = {s3_process.SECRET_KEY}\n")
        self.write_accounts()
        for name, accounts in (("aws-tests", [ACCOUNT]), ("aws-roles", [ROLE_ACCOUNT]), ("aws-wrong", [WRONG_ACCOUNT])):
            self.write_profile(name, accounts)
        self.write_terraform()
        for account in (ACCOUNT, ROLE_ACCOUNT):
            there = self.moto.of(account)
            there.add_public_zone(DOMAIN)
            there.client("s3", "us-east-1").create_bucket(Bucket=f"states-{account}")
        self.down()
        self.move_into_the_bucket()
        self.change_settings()
        self.up()
        self.session = Session([ROOT / "desk", "psql", "--port", str(self.port), "--state", self.state, "-At", "-q", "-F", "\t"])
        self.session.rows(REFUSES_STEPS)
        self.add_programs()
        for team in TEAMS[1:]:
            self.worker("user", "role", "requester", "--role", "requester", "--team", team)
        self.requester, self.platform = self.token("requester"), self.token("platform")

    def move_into_the_bucket(self):
        """As docs/operating.md says."""
        self.s3.make_bucket(BUCKET)
        for path in (self.state / "store").rglob("*"):
            if path.is_file():
                self.s3.client().put_object(Bucket=BUCKET, Key=f"e2e/{path.relative_to(self.state / 'store')}", Body=path.read_bytes())
        shutil.rmtree(self.state / "store")

    def change_settings(self):
        settings = self.state / "secrets/clusterdesk.yaml"
        document = yaml.safe_load(settings.read_text())
        document["profiles"] = {"dir": str(self.site / "profiles"), "platforms": ["demo", "aws"]}
        document["installers"] = {"dir": str(self.site / "installers")}
        document["aws"] = {"accounts_file": str(self.site / "accounts.yaml"), "pull_secret_file": str(self.site / "pull-secret.json")}
        document["store"] |= {"kind": "s3", "bucket": BUCKET, "prefix": "e2e", "region": s3_process.REGION, "endpoint": self.bucket.url,
                              "url_style": "path", "credentials_file": str(self.site / "s3-keys")}
        document["worker"] |= {"slots": 6, "verify_seconds": 1, "heartbeat_seconds": 1, "kill_seconds": 3, "orphan_hours": 0,
                               "starve_seconds": 60, "lease_seconds": 90}  # nobody starves, however busy the machine is
        if self.has_terraform:
            document["terraform"] = {"program": str(self.site / "terraform"), "aws_prereqs": str(self.site / "prereqs")}
        with open(settings, "w") as file:
            yaml.safe_dump(document, file)

    has_terraform = shutil.which("terraform") is not None

    def write(self, name, text, mode=0o600):
        path = self.site / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        path.chmod(mode)
        for each in (path.parent, path):
            os.chown(each, self.owner.st_uid, self.owner.st_gid)
        return path

    def write_accounts(self):
        # what tests refuse or look at goes another way than what is only work
        endpoints = {"all": self.moto.url} | dict.fromkeys(("sts", "tagging"), self.api.url)
        keys, common = {"file": str(self.site / "keys")}, {"endpoints": endpoints, "stateRegion": "us-east-1"}
        role = {"arn": f"arn:aws:iam::{ROLE_ACCOUNT}:role/clusterdesk", "externalId": EXTERNAL_ID,
                "credentialsFile": str(self.site / "keys")}
        accounts = [{"id": ACCOUNT, "name": "tests", "keys": keys, "stateBucket": f"states-{ACCOUNT}"},
                    {"id": ROLE_ACCOUNT, "name": "roles", "role": role, "stateBucket": f"states-{ROLE_ACCOUNT}"},
                    {"id": WRONG_ACCOUNT, "name": "wrong", "keys": keys, "stateBucket": f"states-{WRONG_ACCOUNT}"}]
        self.write("accounts.yaml", json.dumps({"accounts": [each | common for each in accounts]}, indent=1))

    def write_profile(self, name, accounts):
        profile = yaml.safe_load((ROOT / "conf/profiles/aws-minimal-test.yaml").read_text())
        profile |= {"name": name, "guardrail": {"accountIds": accounts}}
        profile["approval"]["autoApprove"] = {"maxTTLHours": 72}
        self.write(f"profiles/{name}.yaml", yaml.safe_dump(profile))

    def write_terraform(self):
        """The fixture, its state in a bucket as that of the real root."""
        text = (ROOT / "tests/fixtures/terraform/main.tf").read_text()
        assert 'backend "local" {}' in text
        self.write("prereqs/main.tf", text.replace('backend "local" {}', 'backend "s3" {}'))
        self.write("terraform", RECORDS.format(name="terraform", folder=self.site, work=f'    exec {shutil.which("terraform")} "$@"\n'), 0o755)

    def add_programs(self):
        demo = DEMO_INSTALL.format(program=self.state / "app/bin/demo-install")
        for name, work in (("openshift-install", demo), ("ccoctl", demo), ("oc", OC)):
            text = RECORDS.format(name=name, folder=self.site, work=work)
            file = self.write(f"download-{name}", text, 0o755)
            self.worker("installers", "add", VERSION, file, "--program", name, "--sha256", hashlib.sha256(text.encode()).hexdigest())

    def remove(self):
        if self.session:
            self.session.end()
        super().remove()
        for part in (self.api, self.bucket, self.moto, self.s3):
            part.stop()

    # -- faults ----------------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def program_fails(self, cluster, call, how, words=""):
        """`call`: "terraform-apply", "ccoctl-aws-delete"; `how`: before, after, lies, hangs or then; see RECORDS."""
        fault = self.write(f"faults/{cluster}.{call}", f"{how}\n{words}\n")
        yield
        fault.unlink(missing_ok=True)

    @contextlib.contextmanager
    def database_refuses(self, cluster, step):
        self.sql(f"INSERT INTO refused_steps VALUES ('{cluster}', '{step}')")
        yield
        self.sql(f"DELETE FROM refused_steps WHERE cluster = '{cluster}'")

    @contextlib.contextmanager
    def server_fails(self, server, fault):
        server.add(fault)
        yield
        assert fault.count > 0
        server.cure(fault)

    # -- a cluster's life ------------------------------------------------------------------------------------------

    def ask(self, method, path, body=None, token=None):
        self.sql("DELETE FROM api_calls")  # how many calls a minute may have is no matter here
        answer = self.call(method, "/api/v1" + path, token=token or self.requester, body=body,
                           headers={"Idempotency-Key": f"e2e-{uuid.uuid4()}"})
        assert answer.status < 300, f"{method} {path}: {answer.status} {answer.body!r}"
        return answer.json

    def order(self, name, profile="aws-tests", region=REGION, version=VERSION):
        return self.ask("POST", "/clusters", {
            "name": name, "platform": "aws", "version": version, "profile": profile, "region": region, "baseDomain": DOMAIN,
            "owner": "requester", "team": next(self._teams), "costCenter": "tests", "ttlHours": 24})["clusterId"]

    def destroy(self, cluster):
        return self.ask("POST", f"/clusters/{cluster}/destroy", {})

    def leave_behind(self, infra_id, region):
        """Things that carry the tags of a cluster of this desk, which no row explains."""
        desk, = self.sql("SELECT value FROM settings WHERE name = 'store_id'")[0]
        tags = {owned(infra_id)[0]: "owned", "ManagedBy": f"clusterdesk/{desk}", "Owner": "requester", "Team": "demo"}
        ec2 = self.moto.client("ec2", region)

        def tagged(kind):
            return [{"ResourceType": kind, "Tags": [{"Key": key, "Value": value} for key, value in tags.items()]}]
        vpc = ec2.create_vpc(CidrBlock="10.7.0.0/16", TagSpecifications=tagged("vpc"))["Vpc"]["VpcId"]
        ec2.create_subnet(VpcId=vpc, CidrBlock="10.7.0.0/20", TagSpecifications=tagged("subnet"))
        ec2.create_volume(AvailabilityZone=f"{region}a", Size=100, TagSpecifications=tagged("volume"))
        ec2.allocate_address(Domain="vpc", TagSpecifications=tagged("elastic-ip"))

    def sweep(self, account, region):
        """Has one place searched for orphans, as the tick does every few hours; returns when that is over."""
        place = json.dumps({"provider": "aws", "account": account, "region": region})
        job = f"job_{uuid.uuid4().hex[:26].upper()}"
        self.sql("INSERT INTO jobs (id, type, subject, status, params) VALUES "
                 f"('{job}', 'ORPHAN_SWEEP', 'sweep:{account}:{region}', 'PENDING', '{place}')")
        self.sql("SELECT pg_notify('jobs', '')")
        wait_for(lambda: self.sql(f"SELECT status FROM jobs WHERE id = '{job}'") == [["SUCCEEDED"]], PATIENCE, "the search for orphans", every=0.2)

    def status(self, cluster):
        return self.sql(f"SELECT status FROM clusters WHERE id = '{cluster}'")[0][0]

    def follow(self, cluster, *wanted, seconds=PATIENCE):
        """Waits for the state; a try that is put off begins at once."""
        def reached():
            if self.status(cluster) in wanted:
                return True
            self.sql("WITH hurried AS (UPDATE jobs SET run_after = clock_timestamp() WHERE status IN ('RETRYING', 'PENDING') AND "
                     f"run_after > clock_timestamp() + interval '2 seconds' AND cluster_id = '{cluster}' RETURNING 1) "
                     "SELECT pg_notify('jobs', '') FROM hurried")
            return False
        try:
            wait_for(reached, seconds, f"{cluster} in {wanted}", every=0.2)
        except AssertionError as why:
            raise AssertionError(f"{why}\n{self.story(cluster)}") from None

    def failure(self, cluster, step, seconds=PATIENCE):
        """What the first failed try of this step says: code, words, and the cluster's state now."""
        def failed():
            return self.sql("SELECT a.error_code, a.error_message, c.status FROM job_steps s JOIN job_attempts a USING (job_id, attempt) "
                            "JOIN clusters c ON c.id = a.cluster_id "
                            f"WHERE a.cluster_id = '{cluster}' AND s.step = '{step}' AND s.outcome IN ('RETRY', 'FAILED', 'STOPPED') "
                            "AND a.error_code IS NOT NULL ORDER BY a.started_at DESC LIMIT 1")
        try:
            found = wait_for(failed, seconds, f"{step} of {cluster} fails", every=0.2)[0]
            # the next try waits for follow(), and so for the end of the fault
            self.sql("UPDATE jobs SET run_after = clock_timestamp() + interval '10 minutes' WHERE status = 'RETRYING' "
                     f"AND cluster_id = '{cluster}'")
            return found
        except AssertionError as why:
            raise AssertionError(f"{why}\n{self.story(cluster)}") from None

    def runs(self, name, step):
        """Whether this step is being done for the cluster of this name."""
        return bool(self.sql("SELECT 1 FROM job_steps s JOIN jobs j ON j.id = s.job_id JOIN clusters c ON c.id = j.cluster_id "
                             f"WHERE c.name = '{name}' AND s.step = '{step}' AND s.outcome IS NULL"))

    def story(self, cluster):
        of = f"JOIN jobs j ON j.id = x.job_id WHERE j.cluster_id = '{cluster}'"
        rows = self.sql(f"SELECT x.attempt, x.step, x.outcome, x.detail FROM job_steps x {of} ORDER BY x.started_at")
        errors = self.sql(f"SELECT x.attempt, x.step, x.text FROM job_logs x {of} AND (x.level = 'ERROR' OR x.text LIKE '%Reconciler error%') "
                          "ORDER BY x.id LIMIT 30")
        lines = self.sql(f"SELECT x.step, x.level, x.text FROM job_logs x {of} AND x.level <> 'DEBUG' ORDER BY x.id DESC LIMIT 30")
        jobs = self.sql(f"SELECT type, status, error_code, error_message FROM jobs WHERE cluster_id = '{cluster}'")
        return "\n".join(map(str, [*jobs, *rows, *errors, *reversed(lines)]))

    def infra_ids(self, cluster):
        return [row[0] for row in self.sql(f"SELECT infra_id FROM job_attempts WHERE cluster_id = '{cluster}' AND infra_id IS NOT NULL ORDER BY started_at")]

    def left_of(self, cluster, account=ACCOUNT, region=REGION):
        """Everything in AWS that any try of this cluster made: by tag, by name, in terraform's state."""
        there, left = self.moto.of(account), []
        ccoctl = [row[0] for row in self.sql(f"SELECT ccoctl_name FROM job_attempts WHERE cluster_id = '{cluster}' AND ccoctl_name IS NOT NULL")]
        for infra_id in self.infra_ids(cluster):
            left += there.tagged((f"kubernetes.io/cluster/{infra_id}", "owned"), region)
        for name in ccoctl:
            left += there.tagged((f"openshift.io/cloud-credential-operator/{name}", "owned"), region)
        name, = self.sql(f"SELECT name FROM clusters WHERE id = '{cluster}'")[0]
        left += [address for address in there.addresses() if f".{name}.{DOMAIN}" in address]
        return left + self.in_terraform(cluster, account)

    def in_terraform(self, cluster, account=ACCOUNT):
        s3 = self.moto.of(account).client("s3", "us-east-1")
        try:
            state = s3.get_object(Bucket=f"states-{account}", Key=f"clusters/{cluster}/prereqs.tfstate")
        except s3.exceptions.NoSuchKey:
            return []
        return [f"terraform {one['type']}.{one['name']}" for one in json.loads(state["Body"].read())["resources"]]

    def calls(self, cluster):
        """What the programs were called with for the cluster of this name."""
        lines = (self.site / "calls").read_text().splitlines()
        return [line.removeprefix(f"call: {cluster} ") for line in lines if line.startswith(f"call: {cluster} ")]

    def verbs(self, cluster, *programs):
        """Their first words, each once: on a busy machine an answer may come too late, and that costs a try. Of some programs only."""
        return list(dict.fromkeys(" ".join(call.split(" -")[0].split()) for call in self.calls(cluster)
                                  if not call.endswith(" version") and (not programs or call.split()[0] in programs)))

    def kill_runner(self, cluster):
        pid, = self.sql(f"SELECT split_part(locked_by, '/', 2) FROM job_locks WHERE subject = '{cluster}'")[0]
        os.kill(int(pid), 9)

    # -- what is told ----------------------------------------------------------------------------------------------

    def signed_in(self, name):
        """The cookie of a person's session."""
        form = self.call("GET", "/sign-in")
        cookie = "; ".join(value.split(";")[0] for value in form.headers.get_all("Set-Cookie"))
        csrf = re.search(r'name="csrf" value="([^"]+)"', form.body.decode()).group(1)
        answer = self.call("POST", "/sign-in", body=f"csrf={csrf}&username={name}&password={self.passwords[name]}".encode(),
                           headers={"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"})
        return next(value.split(";")[0] for value in answer.headers.get_all("Set-Cookie") if "desk_session" in value)

    def page(self, path, session):
        """A page as a person who signed in sees it."""
        answer = self.call("GET", path, headers={"Cookie": session})
        assert answer.status == 200, f"{path}: {answer.status}"
        return answer.body.decode()

    def dump(self):
        """The whole database as pg_dump writes it."""
        url = yaml.safe_load((self.state / "secrets/clusterdesk.yaml").read_text())["database"]["owner_url"]
        command = ["pg_dump", "--dbname", url]
        if os.geteuid() == 0:
            command = ["runuser", "-u", pwd.getpwuid(self.owner.st_uid).pw_name, "--", *command]
        return subprocess.run(command, cwd="/", capture_output=True, text=True, check=True).stdout
