"""The policy that operators give the desk in AWS: right in form, only actions that exist, and every one that the desk's own
calls, its Terraform roots and the stand-in of the installer need."""

import fnmatch
import json
import re

import botocore.loaders
import pytest

from source_tree import ROOT

FOLDER = ROOT / "conf/aws"
POLICY = json.loads((FOLDER / "desk-policy.json").read_text())
GRANTED = [action for statement in POLICY["Statement"] for action in statement["Action"]]

# prefix of actions -> the services of botocore's models; S3's actions have other names than its calls
MODELS = {"ec2": ["ec2"], "elasticloadbalancing": ["elb", "elbv2"], "iam": ["iam"], "route53": ["route53"],
          "secretsmanager": ["secretsmanager"], "servicequotas": ["service-quotas"], "sts": ["sts"],
          "tag": ["resourcegroupstaggingapi"]}
NOT_A_CALL = {"iam:PassRole"}  # asked for by RunInstances
FREE = {"sts:GetCallerIdentity", "sts:AssumeRole"}  # needs no right; is given by the role's own trust

CALLS_OF_FILES = {"ec2.cpp": "ec2", "elb.cpp": "elasticloadbalancing", "iam.cpp": "iam", "quotas.cpp": "servicequotas",
                  "secrets_manager.cpp": "secretsmanager", "sts.cpp": "sts", "tagging.cpp": "tag"}
CALLS_OF_THE_TWIN = {"aws_ec2.cpp": "ec2", "aws_load_balancers.cpp": "elasticloadbalancing", "aws_iam.cpp": "iam"}
# REST: what the desk asks by path
REST = {"route53:ListHostedZones", "route53:ListHostedZonesByName", "route53:GetHostedZone", "route53:ListResourceRecordSets",
        "route53:ListTagsForResource", "s3:ListAllMyBuckets", "s3:GetBucketTagging"}
STORE = {"s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload", "s3:ListBucket"}
# What the AWS provider calls for a resource of the roots
TERRAFORM = {
    "aws_iam_policy": {"iam:CreatePolicy", "iam:DeletePolicy", "iam:GetPolicy", "iam:GetPolicyVersion", "iam:ListPolicyVersions", "iam:TagPolicy"},
    "aws_iam_role": {"iam:CreateRole", "iam:DeleteRole", "iam:GetRole", "iam:ListAttachedRolePolicies", "iam:ListInstanceProfilesForRole",
                     "iam:ListRolePolicies", "iam:TagRole", "iam:UpdateAssumeRolePolicy"},
    "aws_iam_role_policy_attachment": {"iam:AttachRolePolicy", "iam:DetachRolePolicy", "iam:ListAttachedRolePolicies"},
    "aws_route53_zone": {"route53:ChangeTagsForResource", "route53:CreateHostedZone", "route53:GetChange", "route53:GetHostedZone",
                         "route53:ListTagsForResource"},
    "aws_s3_bucket": {"s3:CreateBucket", "s3:GetBucketPolicy", "s3:GetBucketTagging", "s3:GetEncryptionConfiguration",
                      "s3:GetLifecycleConfiguration", "s3:GetReplicationConfiguration", "s3:ListBucket", "s3:PutBucketTagging"},
    "aws_s3_bucket_lifecycle_configuration": {"s3:GetLifecycleConfiguration", "s3:PutLifecycleConfiguration"},
    "aws_s3_bucket_ownership_controls": {"s3:GetBucketOwnershipControls", "s3:PutBucketOwnershipControls"},
    "aws_s3_bucket_policy": {"s3:GetBucketPolicy", "s3:PutBucketPolicy"},
    "aws_s3_bucket_public_access_block": {"s3:GetBucketPublicAccessBlock", "s3:PutBucketPublicAccessBlock"},
    "aws_s3_bucket_server_side_encryption_configuration": {"s3:GetEncryptionConfiguration", "s3:PutEncryptionConfiguration"},
    "aws_s3_bucket_versioning": {"s3:GetBucketVersioning", "s3:PutBucketVersioning"},
}


def operations(prefix):
    loader = botocore.loaders.Loader()
    return {name for service in MODELS[prefix] for name in loader.load_service_model(service, "service-2")["operations"]}


def is_granted(action):
    return any(fnmatch.fnmatchcase(action, pattern) for pattern in GRANTED)


def calls_in(folder, files):
    """Operations of the file's service that it names."""
    for file, prefix in files.items():
        named = set(re.findall(r'"([A-Z][A-Za-z0-9]+)"', (folder / file).read_text())) & operations(prefix)
        assert named, f"{file} names no call of {prefix}"
        yield from (f"{prefix}:{name}" for name in named)


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.json")), ids=lambda file: file.name)
def test_policies_have_the_form_that_iam_takes(file):
    policy = json.loads(file.read_text())

    assert policy.keys() == {"Version", "Statement"} and policy["Version"] == "2012-10-17"
    sids = [statement["Sid"] for statement in policy["Statement"]]
    assert len(set(sids)) == len(sids) and all(re.fullmatch("[A-Za-z0-9]+", sid) for sid in sids)
    for statement in policy["Statement"]:
        assert statement.keys() <= {"Sid", "Effect", "Action", "Resource", "Condition", "Principal"}
        assert statement["Effect"] == "Allow"
        assert ("Resource" in statement) != ("Principal" in statement)


def test_a_managed_policy_has_room_for_it():
    assert len(json.dumps(POLICY, separators=(",", ":"))) <= 6144


def test_every_action_exists_and_stands_once_in_its_statement():
    for statement in POLICY["Statement"]:
        assert len(set(statement["Action"])) == len(statement["Action"])
    for action in GRANTED:
        prefix, pattern = action.split(":")
        if prefix != "s3" and action not in NOT_A_CALL:
            assert fnmatch.filter(operations(prefix), pattern), f"{action} is no action"


def test_nothing_is_granted_altogether():
    assert [action for action in GRANTED if action == "*" or action.split(":")[1] == "*" and not action.startswith("elasticloadbalancing")] == []


def test_every_call_of_the_desk_is_granted():
    called = set(calls_in(ROOT / "core/cloud/aws", CALLS_OF_FILES)) | REST | STORE

    assert {"ec2:StopInstances", "ec2:DescribeVpcs", "iam:ListRoles", "tag:GetResources"} <= called
    assert [action for action in sorted(called - FREE) if not is_granted(action)] == []


def test_every_call_of_the_installers_stand_in_is_granted():
    assert [action for action in sorted(set(calls_in(ROOT / "worker/demo", CALLS_OF_THE_TWIN))) if not is_granted(action)] == []


def test_every_resource_of_the_terraform_roots_is_granted():
    used = {name for root in (ROOT / "conf/terraform").rglob("*.tf") for name in re.findall(r'^resource "([a-z0-9_]+)"', root.read_text(), re.M)}

    assert used == TERRAFORM.keys()
    assert [(name, action) for name in sorted(used) for action in sorted(TERRAFORM[name]) if not is_granted(action)] == []
