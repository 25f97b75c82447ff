output "bucket_name" {
  description = "For stateBucket in the file of accounts."
  value       = aws_s3_bucket.state.id
}

output "bucket_region" {
  description = "For stateRegion in the file of accounts."
  value       = var.region
}
