# What a cluster needs before its installer runs: a hosted zone for its base domain (unless there is one, or the cluster
# is private), and a role that may install and destroy this one cluster.

terraform {
  required_version = ">= 1.10.0" # S3 locks of its own (use_lockfile) since then
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.80"
    }
  }

  backend "s3" {}
}

provider "aws" {
  region              = var.region
  allowed_account_ids = [var.account_id]

  default_tags {
    tags = { ManagedBy = "clusterdesk" }
  }
}

resource "aws_route53_zone" "primary" {
  count = var.hosted_zone_id == "" ? 1 : 0

  name          = var.base_domain
  comment       = "Base domain of clusters that clusterdesk installs"
  force_destroy = false
}

data "aws_route53_zone" "existing" {
  count = contains(["", "none"], var.hosted_zone_id) ? 0 : 1

  zone_id = var.hosted_zone_id
}

locals {
  cluster_tags = merge(var.tags, {
    ClusterId   = var.cluster_id
    ClusterName = var.cluster_name
  })

  # one zone, or none
  zone_ids     = concat(aws_route53_zone.primary[*].zone_id, data.aws_route53_zone.existing[*].zone_id)
  name_servers = concat(aws_route53_zone.primary[*].name_servers, data.aws_route53_zone.existing[*].name_servers)
}
