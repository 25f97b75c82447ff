# The role of this cluster. Who may take it is one principal, and only with the cluster's own external id.

data "aws_iam_policy_document" "trust" {
  statement {
    sid     = "OnlyTheDeskForThisCluster"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "AWS"
      identifiers = [var.desk_principal_arn]
    }

    condition {
      test     = "StringEquals"
      variable = "sts:ExternalId"
      values   = [var.cluster_id]
    }
  }
}

resource "aws_iam_role" "provisioner" {
  name                 = var.role_name
  description          = "Installs and destroys the cluster ${var.cluster_name}"
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  max_session_duration = 14400 # an installation may take up to 4 h
  tags                 = local.cluster_tags
}

# What openshift-install needs to create and to destroy a cluster. Actions on what exists are limited to one region.
data "aws_iam_policy_document" "provisioner" {
  statement {
    sid = "NetworkAndMachinesInThisRegion"
    actions = [
      "ec2:*",
      "elasticloadbalancing:*",
    ]
    resources = ["*"]

    condition {
      test     = "StringEquals"
      variable = "aws:RequestedRegion"
      values   = [var.region]
    }
  }

  statement {
    sid = "RolesAndProfilesOfClusters"
    actions = [
      "iam:AddRoleToInstanceProfile",
      "iam:CreateInstanceProfile",
      "iam:CreateRole",
      "iam:DeleteInstanceProfile",
      "iam:DeleteRole",
      "iam:DeleteRolePolicy",
      "iam:GetInstanceProfile",
      "iam:GetRole",
      "iam:GetRolePolicy",
      "iam:ListAttachedRolePolicies",
      "iam:ListInstanceProfilesForRole",
      "iam:ListRolePolicies",
      "iam:PassRole",
      "iam:PutRolePolicy",
      "iam:RemoveRoleFromInstanceProfile",
      "iam:TagInstanceProfile",
      "iam:TagRole",
      "iam:UntagRole",
    ]
    resources = [
      "arn:aws:iam::${var.account_id}:role/${var.cluster_name}-*",
      "arn:aws:iam::${var.account_id}:instance-profile/${var.cluster_name}-*",
    ]
  }

  statement {
    sid = "ListsThatNameNothing"
    actions = [
      "iam:GetUser",
      "iam:ListInstanceProfiles",
      "iam:ListRoles",
      "iam:ListUsers",
      "iam:SimulatePrincipalPolicy",
      "route53:GetChange",
      "route53:ListHostedZones",
      "route53:ListHostedZonesByName",
      "s3:ListAllMyBuckets",
      "servicequotas:ListAWSDefaultServiceQuotas",
      "servicequotas:ListServiceQuotas",
      "sts:GetCallerIdentity",
      "tag:GetResources",
      "tag:UntagResources",
    ]
    resources = ["*"]
  }

  dynamic "statement" {
    for_each = local.zone_ids

    content {
      sid = "RecordsOfTheBaseDomain"
      actions = [
        "route53:ChangeResourceRecordSets",
        "route53:GetHostedZone",
        "route53:ListResourceRecordSets",
        "route53:ListTagsForResource",
      ]
      resources = ["arn:aws:route53:::hostedzone/${statement.value}"]
    }
  }

  statement {
    sid = "PrivateZoneOfTheCluster"
    actions = [
      "route53:ChangeResourceRecordSets",
      "route53:ChangeTagsForResource",
      "route53:CreateHostedZone",
      "route53:DeleteHostedZone",
      "route53:GetHostedZone",
      "route53:ListResourceRecordSets",
      "route53:ListTagsForResource",
      "route53:UpdateHostedZoneComment",
    ]
    resources = ["*"]
  }

  statement {
    sid     = "BucketsOfTheCluster"
    actions = ["s3:*"]
    resources = [
      "arn:aws:s3:::openshift-bootstrap-data-${var.cluster_name}-*",
      "arn:aws:s3:::openshift-bootstrap-data-${var.cluster_name}-*/*",
      "arn:aws:s3:::${var.cluster_name}-*",
      "arn:aws:s3:::${var.cluster_name}-*/*",
    ]
  }
}

resource "aws_iam_policy" "provisioner" {
  name   = var.role_name
  policy = data.aws_iam_policy_document.provisioner.json
  tags   = local.cluster_tags
}

resource "aws_iam_role_policy_attachment" "provisioner" {
  role       = aws_iam_role.provisioner.name
  policy_arn = aws_iam_policy.provisioner.arn
}
