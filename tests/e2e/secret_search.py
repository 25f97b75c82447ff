"""What is secret in a run of a desk on AWS (aws_desk.py), and every place in which something may have been told."""

import base64
import json
import urllib.parse

import yaml

import s3_process
from aws_desk import BUCKET, EXTERNAL_ID, PULL_AUTH, SECRET_KEY
from living_files import files_below


def forms_of(secret):
    """As it is, inside JSON and a URL, and in base64 wherever it begins there."""
    raw = secret.encode()
    yield secret
    yield json.dumps(secret)[1:-1]
    yield urllib.parse.quote(secret, safe="")
    for before in range(3):
        whole = base64.b64encode(b"\0" * before + raw).decode()
        yield whole[4 if before else 0:(len(whole) // 4 - 1) * 4]


def secrets_of(aws):
    """Everything secret of this run: name -> value."""
    yield "secret key", SECRET_KEY
    yield "S3 key", s3_process.SECRET_KEY
    yield "pull secret", PULL_AUTH
    yield "external id", EXTERNAL_ID
    yield "sealing key", (aws.state / "secrets/keys").read_text().split(":")[1].strip()
    yield "API token", aws.requester
    yield "sensitive output of terraform", "not to be stored"
    for name, password in aws.passwords.items():
        yield f"password of {name}", password
    for number, value in enumerate(set(aws.role_secrets)):
        yield f"credentials {number} of a role", value
    for number, token in enumerate(aws.links):
        yield f"link {number}", token
    for file in sorted((aws.site / "seen").iterdir()):
        text = file.read_text()
        if file.name.endswith(".kubeadmin-password"):
            yield file.name, text.strip()
        elif file.name.endswith(".kubeconfig"):
            for name, value in yaml.safe_load(text)["users"][0]["user"].items():
                if name != "client-certificate-data":
                    yield f"{name} of {file.name}", value
        elif file.name.endswith(".key"):
            for number, line in enumerate(text.splitlines()):
                if len(line) > 40 and "-----" not in line:
                    yield f"line {number} of {file.name}", line


def places_of(aws):
    """Everywhere that something may have been told: name -> text."""
    yield "arguments, standard input and environment of programs", (aws.site / "calls").read_text()
    yield "database", aws.dump()
    for file, content in files_below(aws.state, without=["secrets", "pg", "app"]):
        yield str(file.relative_to(aws.state)), content.decode(errors="replace")
    bucket = aws.s3.client()
    for page in bucket.get_paginator("list_objects_v2").paginate(Bucket=BUCKET):
        for one in page["Contents"]:
            if not one["Key"].rsplit("/", 1)[1].startswith("kubeconfig-"):  # what people come for
                yield one["Key"], bucket.get_object(Bucket=BUCKET, Key=one["Key"])["Body"].read().decode(errors="replace")
    clusters = [row[0] for row in aws.sql("SELECT id FROM clusters")]
    session = aws.signed_in("platform")
    paths = ["/", "/clusters", "/admin/queue", "/admin/orphans", "/admin/blocked", "/audit"]
    for path in [*paths, *(f"/clusters/{cluster}{part}" for cluster in clusters for part in ("", "/receipt"))]:
        answer = aws.call("GET", path, headers={"Cookie": session})
        if answer.status == 200:
            yield f"page {path}", answer.body.decode()
    jobs = [row[0] for row in aws.sql("SELECT id FROM jobs")]
    for path in ["/clusters", "/audit", "/orphans", *(f"/clusters/{cluster}" for cluster in clusters), *(f"/jobs/{job}" for job in jobs)]:
        aws.sql("DELETE FROM api_calls")
        yield f"API {path}", aws.call("GET", "/api/v1" + path, token=aws.platform).body.decode()


def found(secrets, places):
    """(place, secret) for each that was told somewhere, in any form."""
    forms = {form: name for name, value in secrets.items() for form in forms_of(value)}
    return [(where, forms[form]) for where, text in places.items() for form in forms if form in text]
