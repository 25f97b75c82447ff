variable "account_id" {
  description = "The only account this may change: 12 digits."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "An AWS account id has 12 digits."
  }
}

variable "region" {
  description = "Region of the cluster."
  type        = string
}

variable "cluster_id" {
  description = "The desk's id of the cluster; also the external id of its role."
  type        = string
}

variable "cluster_name" {
  description = "Name of the cluster."
  type        = string
}

variable "base_domain" {
  description = "Domain under which clusters get their names."
  type        = string
}

variable "hosted_zone_id" {
  description = "The public zone of the base domain; empty: it is created, and stays when the cluster goes; none: a private cluster needs none."
  type        = string
  default     = ""
}

variable "role_name" {
  description = "Name of the cluster's role and its policy, at most 64 characters."
  type        = string
}

variable "desk_principal_arn" {
  description = "Who may take the role: the principal that the desk signs in as."
  type        = string
}

variable "tags" {
  description = "Tags of the order."
  type        = map(string)
  default     = {}
}
