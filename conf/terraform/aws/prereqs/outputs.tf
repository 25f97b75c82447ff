output "hosted_zone_id" {
  description = "Zone of the base domain."
  value       = local.zone.zone_id
}

output "name_servers" {
  description = "What the parent domain must delegate to."
  value       = local.zone.name_servers
}

output "provisioner_role_arn" {
  description = "The cluster's role."
  value       = aws_iam_role.provisioner.arn
}
