variable "account_id" {
  description = "The only account this may change: 12 digits."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "An AWS account id has 12 digits."
  }
}

variable "region" {
  description = "Where the bucket is; every cluster of the account keeps its state there."
  type        = string
}

variable "bucket_name" {
  description = "Name of the bucket, unique in all of AWS."
  type        = string
}

variable "kms_key_arn" {
  description = "Key for the bucket's encryption; empty: the key that S3 manages."
  type        = string
  default     = ""
}

variable "tags" {
  description = "Further tags of the bucket."
  type        = map(string)
  default     = {}
}
