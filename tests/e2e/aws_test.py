"""Clusters on AWS, from an order to a receipt, behind nginx; and the same with something failing at each step. Their lives
go on at the same time, on one desk: each test tells one of them, and waits for it."""

import concurrent.futures
import hashlib
import json
import re
import subprocess

import pytest
import yaml

import aws_desk
import s3_process
import secret_search
from aws_desk import DOMAIN, PATIENCE, QUIET_REGION, REGION, ROLE_ACCOUNT, WRONG_ACCOUNT, AwsDesk
from interposed import Fault
from moto_process import ACCOUNT, owned
from waiting import wait_for

pytestmark = pytest.mark.skipif(not s3_process.is_there(), reason="Debian's Swift is not installed: there is no S3 server")

AT_THE_SAME_TIME = 6
ACCOUNTS = {"aws-tests": ACCOUNT, "aws-roles": ROLE_ACCOUNT}
LIVES = {}


def life(*parameters):
    """Registers a function of the desk as one life for each of its parameters."""
    def register(function):
        words = function.__name__.replace("_", " ")
        for parameter in parameters or [()]:
            name = f"{words}: {', '.join(parameter)}" if parameter else words
            LIVES[name] = (function, parameter)
        return function
    return register


@pytest.fixture(scope="module")
def aws():
    desk = AwsDesk()
    try:
        desk.bring_up()
        yield desk
    finally:
        desk.remove()


@pytest.fixture(scope="module")
def lives(aws, request):
    """Those that this run wants, begun: name -> its end."""
    wanted = [item.callspec.params["name"] for item in request.session.items if item.path == request.path and hasattr(item, "callspec")]
    threads = concurrent.futures.ThreadPoolExecutor(AT_THE_SAME_TIME)
    try:
        yield {name: threads.submit(LIVES[name][0], aws, *LIVES[name][1]) for name in wanted}
    finally:
        threads.shutdown(cancel_futures=True)


# -- what every life ends with -----------------------------------------------------------------------------------------


def ends_with_proof(aws, cluster, account=ACCOUNT, region=REGION):
    """DESTROYED, a receipt over every key that any try stored, and nothing left in AWS."""
    aws.follow(cluster, "DESTROYED")
    receipt = aws.ask("GET", f"/clusters/{cluster}/receipt")["body"]
    assert aws.left_of(cluster, account, region) == []
    keys = aws.sql("SELECT infra_id, ccoctl_name, tf_state_key FROM job_attempts "
                   f"WHERE cluster_id = '{cluster}' AND num_nonnulls(infra_id, ccoctl_name, tf_state_key) > 0")
    stored = [sorted({row[i] for row in keys if row[i]}) for i in range(3)]
    assert [sweep["found"] for sweep in receipt["sweeps"]] == ([[], []] if keys else [])
    for sweep in receipt["sweeps"]:
        assert sorted(sweep["scope"]["infraIds"]) == stored[0]
        assert sorted(sweep["scope"]["ccoctlNames"]) == stored[1]
        assert sweep["scope"]["terraformStates"] == stored[2]
        assert any(account in query for query in sweep["scope"]["queries"])
    assert aws.sql(f"SELECT count(*) FROM job_attempts WHERE cluster_id = '{cluster}' AND clean_at IS NULL AND infra_id IS NOT NULL") == [["0"]]
    return receipt


def is_ready(aws, cluster, account=ACCOUNT, region=REGION):
    """READY; of earlier tries nothing is left, of the last one all is there. Its infraID."""
    aws.follow(cluster, "READY")
    *earlier, last = aws.infra_ids(cluster)
    there = aws.moto.of(account)
    assert [thing for infra_id in earlier for thing in there.tagged(owned(infra_id), region)] == []
    assert len(there.tagged(owned(last), region)) > 20
    return last


def kubeconfig_of(aws, cluster):
    """Through a link, as curl fetches it: the desk sends it on to the bucket."""
    outputs = aws.ask("GET", f"/clusters/{cluster}/outputs")
    link = outputs["kubeconfigDownloadUrl"]
    aws.links.append(link.rsplit("/", 1)[1])

    def curl(address, *options):
        return subprocess.run(["curl", "--silent", "--show-error", "--noproxy", "*", "--config", "-", *options],
                              input=f'url = "{address}"\n'.encode(), capture_output=True, check=True).stdout

    presigned = curl(link, "--write-out", "%{redirect_url}").decode()
    assert presigned.startswith(aws.bucket.url) and "X-Amz-Signature=" in presigned
    spoilt = presigned.replace("response-content-disposition=", "response-content-disposition=x")
    assert curl(spoilt, "--output", "/dev/null", "--write-out", "%{http_code}") == b"403", "the server checks signatures"
    fetched = curl(link, "--fail", "--location")
    assert hashlib.sha256(fetched).hexdigest() == outputs["metadata"]["kubeconfigSha256"]
    return yaml.safe_load(fetched)


def told(aws, cluster, words):
    """A person who looks at the cluster finds these words."""
    jobs = [row[0] for row in aws.sql(f"SELECT id FROM jobs WHERE cluster_id = '{cluster}'")]
    assert words in json.dumps([aws.ask("GET", f"/jobs/{job}") for job in jobs], ensure_ascii=False).replace('\\"', '"')


# -- lives -------------------------------------------------------------------------------------------------------------


@life()
def a_cluster_comes_and_goes(aws):
    cluster = aws.order("alpha")
    infra_id = is_ready(aws, cluster)
    kubeconfig = kubeconfig_of(aws, cluster)
    assert kubeconfig["clusters"][0]["cluster"]["server"] == f"https://api.alpha.{DOMAIN}:6443"
    if aws.has_terraform:
        assert aws.in_terraform(cluster) == ["terraform terraform_data.role", "terraform terraform_data.zone"]

    aws.destroy(cluster)

    receipt = ends_with_proof(aws, cluster)
    assert infra_id in receipt["sweeps"][0]["scope"]["infraIds"]
    assert aws.verbs("alpha", "openshift-install", "ccoctl", "oc") == [
        "openshift-install create manifests", "openshift-install create ignition-configs", "openshift-install create cluster",
        "openshift-install destroy cluster"]


@life()
def a_wrong_account_stops_before_anything_is_written_and_all_that_is_missing_is_listed(aws):
    cluster = aws.order("beta", profile="aws-wrong", version="4.20.4")

    code, words, _ = aws.failure(cluster, "preflight")

    assert code == "preflight-account"
    assert f"AWS account mismatch: expected {WRONG_ACCOUNT} (wrong), got {ACCOUNT}" in words and "4.20.4" in words
    told(aws, cluster, "AWS account mismatch")
    failed = aws.sql(f"SELECT check_id FROM job_checks c JOIN jobs j ON j.id = c.job_id WHERE j.cluster_id = '{cluster}' AND level = 'FAIL'")
    assert {"account", "installer"} <= {row[0] for row in failed}
    receipt = ends_with_proof(aws, cluster)
    assert "created nothing" in receipt["statement"]
    assert aws.calls("beta") == []


@life()
def operators_get_roles_of_their_own_where_the_desk_assumes_a_role(aws):
    cluster = aws.order("delta", profile="aws-roles")
    infra_id = is_ready(aws, cluster, ROLE_ACCOUNT)
    made = (f"openshift.io/cloud-credential-operator/{infra_id}", "owned")

    makes = [verb for verb in aws.verbs("delta", "openshift-install", "ccoctl", "oc") if "destroy" not in verb and "delete" not in verb]
    assert makes == [
        "openshift-install create manifests", "oc adm release extract", "ccoctl aws create-all",
        "openshift-install create ignition-configs", "openshift-install create cluster"]
    assert f"ccoctl aws create-all --name {infra_id} --region {REGION}" in "\n".join(aws.calls("delta"))
    assert sorted(thing.split()[0] for thing in aws.moto.of(ROLE_ACCOUNT).tagged(made, REGION)) == ["bucket", "oidc-provider", "role", "role"]
    assert aws.moto.tagged(owned(infra_id), REGION) == [], "nothing in the account of the desk's own keys"

    with aws.program_fails("delta", "ccoctl-aws-delete", "lies"):
        aws.destroy(cluster)
        code, words, status = aws.failure(cluster, "credentials-delete")
        assert (code, status) == ("credentials-left", "DESTROYING"), "ccoctl's exit code 0 is not believed"
        assert f"{infra_id}-openshift-ingress-operator-cloud-credentials" in words
        told(aws, cluster, "ccoctl says that it is done, but there still is")
    ends_with_proof(aws, cluster, ROLE_ACCOUNT)


@life()
def roles_are_found_again_though_the_worker_dies_while_they_are_made(aws):
    with aws.program_fails("epsilon", "ccoctl-aws-create-all", "hangs"):
        cluster = aws.order("epsilon", profile="aws-roles")
        wait_for((aws.site / "faults/epsilon.ccoctl-aws-create-all.hung").exists, PATIENCE, "roles are made")
        name, = {row[0] for row in aws.sql(f"SELECT ccoctl_name FROM job_attempts WHERE cluster_id = '{cluster}' AND ccoctl_name IS NOT NULL")}
        assert aws.left_of(cluster, ROLE_ACCOUNT)
        assert aws.infra_ids(cluster) == [], "the snapshot comes later"
        aws.kill_runner(cluster)
        wait_for(lambda: aws.sql(f"SELECT 1 FROM job_attempts WHERE cluster_id = '{cluster}' AND outcome = 'WORKER_LOST'"), PATIENCE, "rescue")

    is_ready(aws, cluster, ROLE_ACCOUNT)

    assert aws.moto.of(ROLE_ACCOUNT).tagged((f"openshift.io/cloud-credential-operator/{name}", "owned"), REGION) == []
    assert f"ccoctl aws delete --name {name} --region {REGION}" in aws.calls("epsilon")
    aws.destroy(cluster)
    ends_with_proof(aws, cluster, ROLE_ACCOUNT)


@life(("quota", "vcpu-quota"), ("infra", "vpc-limit"), ("bootstrap", "bootstrap-incomplete"))
def what_a_failed_installation_left_goes_before_the_next(aws, mode, code):
    aws.write(f"faults/again-{mode}.fails", f"{mode}:1")
    cluster = aws.order(f"again-{mode}")

    is_ready(aws, cluster)

    # on a busy machine an answer of moto may come too late, and that costs a try of its own
    ends = [row[0] for row in aws.sql("SELECT a.error_code FROM job_attempts a JOIN jobs j ON j.id = a.job_id AND j.type = 'CREATE' "
                                      f"WHERE a.cluster_id = '{cluster}' AND a.infra_id IS NOT NULL ORDER BY a.started_at")]
    assert (ends.count(code), ends[-1]) == (1, ""), ends
    aws.destroy(cluster)
    ends_with_proof(aws, cluster)


@life()
def a_create_that_gives_up_is_destroyed_by_itself(aws):
    aws.write("faults/never.fails", "machines")
    cluster = aws.order("never")

    ends_with_proof(aws, cluster)

    assert len(aws.infra_ids(cluster)) in (2, 3), "three tries; on a busy machine moto may end one before it has a name"
    outcome, why = aws.sql(f"SELECT outcome, outcome_reason FROM clusters WHERE id = '{cluster}'")[0]
    assert outcome == "FAILED" and why
    told_in = aws.sql(f"SELECT error_message FROM jobs WHERE cluster_id = '{cluster}' AND type = 'CREATE'")[0][0]
    assert told_in == why


def objects(method, name):
    """Requests for a file of this name in the bucket."""
    return lambda request: request.method == method and name in request.path


def of_program(call, how, words):
    return lambda aws, cluster: aws.program_fails(cluster, call, how, words)


def of_store(method, name, during=None, **how):
    def fails(aws, cluster):
        is_meant = objects(method, name.format(cluster))
        return aws.server_fails(aws.bucket, Fault(lambda request: is_meant(request) and (not during or aws.runs(cluster, during)), **how))
    return fails


def of_database(step):
    return lambda aws, cluster: aws.database_refuses(cluster, step)


FATAL = "level=fatal msg="
AT_CREATE = {
    # step: what fails, code, words of the page
    "prereqs": (of_program("terraform-apply", "after", "Error: creating IAM Role: LimitExceeded: Cannot exceed quota for RolesPerAccount: 1000"),
                None, "RolesPerAccount"),
    "delegation": (of_database("delegation"), "desk-error", None),
    "render": (of_database("render"), "desk-error", None),
    "manifests": (of_program("openshift-install-create-manifests", "before", FATAL + "failed to fetch Master Machines: dial tcp: i/o timeout"),
                  None, None),
    "credentials": (of_program("ccoctl-aws-create-all", "after", "Failed to create Identity provider: Throttling: Rate exceeded"), None, None),
    "ignition": (of_program("openshift-install-create-ignition-configs", "before", FATAL + "failed to generate asset: dial tcp: i/o timeout"),
                 None, None),
    "snapshot": (of_store("PUT", "install-dir-{}-"), "not-reachable", "object store does not do its work"),
    "outputs": (of_store("PUT", "kubeconfig-{}"), "not-reachable", "object store does not do its work"),
    "verify": (of_store("GET", "kubeconfig-{}", during="verify", spoils=True), "desk-error", "could not be read back"),
}


def questions_of(step):
    """What the desk alone asks while this step of this cluster runs."""
    def fails(aws, cluster):
        def hits(request):
            return request.service == "tagging" and f"/{cluster}-" in request.body and aws.runs(cluster, step)
        return aws.server_fails(aws.api, Fault(hits, status=403, code="AccessDeniedException"))
    return fails


AT_DESTROY = {
    "restore": (of_database("restore"), "desk-error", None),
    "destroy": (of_program("openshift-install-destroy-cluster", "before", FATAL + "failed to delete VPC: DependencyViolation: the vpc has dependencies"),
                None, None),
    "prereqs-destroy": (of_program("terraform-apply", "before", "Error: deleting IAM Role: DeleteConflict: Cannot delete entity"), None, None),
    "sweep": (questions_of("sweep"), "permissions-missing", None),
    "sweep-again": (questions_of("sweep-again"), "permissions-missing", None),
    "confirm": (of_store("PUT", "receipt-{}"), "not-reachable", "object store does not do its work"),
}
# One cluster for two of them; a step that needs terraform or makes roles has its own account.
PAIRS = [("prereqs", "prereqs-destroy", "aws-tests"), ("render", "restore", "aws-roles"), ("manifests", "sweep", "aws-tests"),
         ("snapshot", "destroy", "aws-roles"), ("outputs", "confirm", "aws-tests"), ("verify", "sweep-again", "aws-roles"),
         ("delegation", "confirm", "aws-tests")]


@life(*PAIRS)
def a_step_that_fails_is_told_of_and_goes_on_when_it_is_mended(aws, making, destroying, profile):
    if making in ("prereqs", "delegation") and not aws.has_terraform:
        pytest.skip("there is no terraform on this machine")
    account, name = ACCOUNTS[profile], f"f-{making}"
    fails, code, words = AT_CREATE[making]
    with fails(aws, name):
        cluster = aws.order(name, profile)
        found, message, status = aws.failure(cluster, making)
        assert status == "CREATING"
        assert code in (None, found)
        assert words is None or words in message or words in aws.story(cluster)
        told(aws, cluster, message)
    is_ready(aws, cluster, account)

    fails, code, words = AT_DESTROY[destroying]
    with fails(aws, name):
        aws.destroy(cluster)
        found, message, status = aws.failure(cluster, destroying)
        assert status in ("DESTROYING", "DESTROY_VERIFYING")
        assert code in (None, found)
        assert words is None or words in message
        told(aws, cluster, message)
        assert aws.call("GET", f"/api/v1/clusters/{cluster}/receipt", token=aws.requester).status in (404, 409), "no proof, no receipt"
        if destroying == "destroy":  # nobody mends it: after the third time it needs a person, and is tried again all the same
            aws.follow(cluster, "DESTROY_FAILED")
            assert len(aws.left_of(cluster, account)) > 20
    ends_with_proof(aws, cluster, account)


@life()
def what_no_row_explains_is_adopted_and_goes_with_a_receipt(aws):
    infra_id, region = "lost-x7f2k", "us-east-1"  # where accounts without a list of regions are searched
    aws.leave_behind(infra_id, region)

    def orphans(state):
        return [one for one in aws.ask("GET", f"/orphans?state={state}&limit=100", token=aws.platform)["orphans"] if one["infraId"] == infra_id]

    aws.sweep(ACCOUNT, region)
    found = orphans("OPEN")
    assert sorted(one["resource"]["type"] for one in found) == ["elastic-ip", "subnet", "volume", "vpc"]
    assert all(one["isOurs"] and one["clusterId"] is None and "requester" in one["ownerGuess"] for one in found)
    adopted = aws.ask("POST", f"/orphans/{found[0]['id']}/adopt", token=aws.platform, body={
        "owner": "requester", "team": "demo", "profile": "aws-tests", "costCenter": "tests", "ttlHours": 24, "baseDomain": DOMAIN})
    cluster = adopted["clusterId"]

    assert (adopted["name"], adopted["orphansClosed"]) == ("lost", 4)
    assert "Adopted, " in aws.page(f"/clusters/{cluster}", aws.signed_in("platform"))
    aws.sweep(ACCOUNT, region)
    assert orphans("OPEN") == [], "a cluster that lives has it"
    assert {one["adoptedAs"] for one in orphans("CLOSED")} == {cluster}
    assert len(aws.left_of(cluster, region=region)) == 4
    aws.destroy(cluster)
    receipt = ends_with_proof(aws, cluster, region=region)
    assert receipt["sweeps"][0]["scope"]["infraIds"] == [infra_id]
    assert aws.verbs("lost", "openshift-install") == ["openshift-install destroy cluster"]


MADE = '"${!#}"'  # the folder that ccoctl was told to write into
GIVEN_UP = {
    "ccoctl fails half-way": ("credentials", AT_CREATE["credentials"][0], None),
    "the release can't be read": ("credentials", of_program("oc-adm-release", "before", "error: unable to read image: unauthorized"), None),
    "the release asks for nothing": ("credentials", of_program("oc-adm-release", "lies", ""), "names no credentials"),
    "ccoctl made a dry run": ("credentials", of_program(
        "ccoctl-aws-create-all", "then", f"echo 'POPULATE ROLE ARN AND DELETE THIS LINE' >>{MADE}/manifests/openshift-ingress-operator-cloud-credentials-credentials.yaml"),
        "it was a dry run"),
    "ccoctl made too few": ("credentials", of_program("ccoctl-aws-create-all", "then", f"rm {MADE}/manifests/openshift-machine-api-*"),
                            "ccoctl wrote 2 manifests where 3 are needed"),
    "ccoctl made no key": ("credentials", of_program("ccoctl-aws-create-all", "then", f"rm {MADE}/tls/*"), "did not write bound-service-account"),
    "the installer's files fail": ("ignition", AT_CREATE["ignition"][0], None),
}


@life(*((why,) for why in GIVEN_UP))
def a_create_that_fails_can_be_given_up(aws, why):
    step, fails, words = GIVEN_UP[why]
    name = f"g{list(GIVEN_UP).index(why)}-{step}"
    with fails(aws, name):
        cluster = aws.order(name, "aws-roles")
        _, message, status = aws.failure(cluster, step)
        assert status == "CREATING"
        assert words is None or words in message
        told(aws, cluster, message)
        aws.destroy(cluster)
    ends_with_proof(aws, cluster, ROLE_ACCOUNT)


@life()
def what_preflight_can_not_ask_is_waited_for(aws):
    refuses = Fault(lambda request: request.service == "sts" and request.region == QUIET_REGION)
    with aws.server_fails(aws.api, refuses):
        cluster = aws.order("f-preflight", region=QUIET_REGION)
        wait_for(lambda: aws.sql(f"SELECT 1 FROM job_steps s JOIN jobs j ON j.id = s.job_id WHERE j.cluster_id = '{cluster}' AND s.outcome = 'WAITING'"),
                 PATIENCE, "preflight waits")
        assert aws.status(cluster) == "CREATING"
        told(aws, cluster, "checks failed")
        assert aws.calls("f-preflight") == []

    aws.follow(cluster, "READY")
    aws.destroy(cluster)
    ends_with_proof(aws, cluster, region=QUIET_REGION)


@life()
def one_stays_for_the_browser(aws):
    cluster = aws.order("browsed")
    is_ready(aws, cluster)
    return cluster


STEPS_THAT_FAIL = {"preflight", "install", "credentials-delete"} | AT_CREATE.keys() | AT_DESTROY.keys()


@pytest.mark.parametrize("name", LIVES)
def test_life(lives, name):
    lives[name].result()


def test_a_browser_is_sent_on_to_the_bucket(aws, lives, chromium):
    cluster = lives["one stays for the browser"].result()
    name, value = aws.signed_in("requester").split("=", 1)
    context = chromium.new_context(base_url=aws.address)
    context.set_default_timeout(120_000)
    context.add_cookies([{"name": name, "value": value, "url": aws.address}])
    page = context.new_page()
    page.goto(f"/clusters/{cluster}/outputs")

    with page.expect_download() as download:
        page.get_by_role("button", name="Download kubeconfig").click()

    assert download.value.url.startswith(aws.bucket.url)
    assert download.value.suggested_filename == "kubeconfig-browsed"
    assert yaml.safe_load(download.value.path().read_text())["clusters"][0]["cluster"]["server"] == f"https://api.browsed.{DOMAIN}:6443"
    context.close()
    aws.destroy(cluster)
    ends_with_proof(aws, cluster)


def test_every_step_of_a_plan_fails_once():
    plans = (aws_desk.ROOT / "worker/plans.cpp").read_text()
    steps = {name for table in ("kCreate", "kDestroy")
             for name in re.findall(r'Step\{"([^"]+)"', re.search(rf"std::array {table} = \{{(.*?)\n\}};", plans, re.S).group(1))}
    assert steps - {"clear"} == STEPS_THAT_FAIL, "clear is destroy and credentials-delete"


# -- nothing secret is told --------------------------------------------------------------------------------------------


# Secrets, places and characters that there are at least: with all lives (they gave 879, 299 and 7,000,000), and with any of them.
OF_A_WHOLE_RUN, OF_A_PART = (600, 250, 4_000_000), (10, 30, 200_000)


def test_nothing_secret_is_told_anywhere(aws, lives):
    concurrent.futures.wait(lives.values())

    secrets, places = dict(secret_search.secrets_of(aws)), dict(secret_search.places_of(aws))

    # whatever ran: what each cluster told its users, each page and answer about it
    installed = {row[0] for row in aws.sql("SELECT DISTINCT c.name FROM clusters c JOIN cluster_outputs o ON o.cluster_id = c.id")}
    assert {f"{name}.kubeadmin-password" for name in installed} <= secrets.keys()
    assert {f"client-key-data of {name}.kubeconfig" for name in installed} <= secrets.keys()
    known = {f"{kind} /clusters/{row[0]}" for row in aws.sql("SELECT id FROM clusters") for kind in ("page", "API")}
    assert known | {f"API /jobs/{row[0]}" for row in aws.sql("SELECT id FROM jobs")} <= places.keys()
    assert known and all(any(part in name for name in places) for part in ("access.log", "/receipt"))
    assert all(len(value) > 11 for value in secrets.values())
    found = len(secrets), len(places), sum(map(len, places.values()))
    print("secrets, places, characters:", found)
    least = OF_A_WHOLE_RUN if lives.keys() == LIVES.keys() else OF_A_PART
    assert all(count >= enough for count, enough in zip(found, least)), "there was too little to search"
    assert secret_search.found(secrets, places) == []
    calls = places["arguments, standard input and environment of programs"]
    assert not re.search(r"^env: [A-Z_]*(ACCESS_KEY|SESSION_TOKEN|SECRET)[A-Z_]*=", calls, re.M)
    assert "env: AWS_SHARED_CREDENTIALS_FILE=" in calls and f"env: AWS_ENDPOINT_URL_STS={aws.api.url}" in calls
    assert set(re.findall(r"^stdin: (.*)$", calls, re.M)) == {""}
