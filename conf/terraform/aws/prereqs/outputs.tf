output "hosted_zone_id" {
  description = "Zone of the base domain; null where there is none."
  value       = one(local.zone_ids)
}

output "name_servers" {
  description = "What the parent domain must delegate to."
  value       = one(local.name_servers)
}

output "provisioner_role_arn" {
  description = "The cluster's role."
  value       = aws_iam_role.provisioner.arn
}
