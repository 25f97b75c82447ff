"""moto plays AWS for Python tests: a server on a free port of loopback. It checks no signatures."""

import re
import subprocess
import sys
import urllib.request

import boto3

from waiting import wait_for

ACCOUNT = "123456789012"  # the one that moto gives everybody


class Moto:
    def __init__(self, folder):
        log = folder / "moto.log"
        with open(log, "w") as out:
            self._process = subprocess.Popen([sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"],
                                             stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT)
        running = wait_for(lambda: re.search(r"Running on (http://127\.0\.0\.1:\d+)", log.read_text()), 60, "moto starts")
        self.url = running[1]

    def stop(self):
        self._process.kill()
        self._process.wait()

    def reset(self):
        urllib.request.urlopen(urllib.request.Request(self.url + "/moto-api/reset", method="POST")).close()

    def client(self, service, region="eu-west-1"):
        return boto3.client(service, endpoint_url=self.url, region_name=region, aws_access_key_id="AKIATESTS",
                            aws_secret_access_key="not-checked")

    def add_public_zone(self, domain):
        self.client("route53").create_hosted_zone(Name=domain, CallerReference=domain)

    def tagged(self, tag, region="eu-west-1"):
        """What carries the tag (key, value) and still is, as the services themselves list it: "vpc vpc-1", ..."""
        ec2, found = self.client("ec2", region), []
        by_tag = [{"Name": f"tag:{tag[0]}", "Values": [tag[1]]}]
        for reservation in ec2.describe_instances(Filters=by_tag)["Reservations"]:
            found += [f"instance {i['InstanceId']}" for i in reservation["Instances"] if i["State"]["Name"] != "terminated"]
        for action, items, id_key in EC2_LISTS:
            for item in getattr(ec2, action)(Filters=by_tag)[items]:
                # moto ignores the filter for NAT gateways
                if item.get("State") != "deleted" and has(tag, item.get("Tags", item.get("TagSet", []))):
                    found.append(f"{action.removeprefix('describe_')} {item[id_key]}")
        balancers = self.client("elbv2", region)
        for one in balancers.describe_load_balancers()["LoadBalancers"]:
            tags = balancers.describe_tags(ResourceArns=[one["LoadBalancerArn"]])["TagDescriptions"][0]["Tags"]
            found += [f"load-balancer {one['LoadBalancerName']}"] * has(tag, tags)
        classic = self.client("elb", region)
        for one in classic.describe_load_balancers()["LoadBalancerDescriptions"]:
            tags = classic.describe_tags(LoadBalancerNames=[one["LoadBalancerName"]])["TagDescriptions"][0]["Tags"]
            found += [f"load-balancer {one['LoadBalancerName']}"] * has(tag, tags)
        iam = self.client("iam", region)
        for role in iam.list_roles()["Roles"]:
            found += [f"role {role['RoleName']}"] * has(tag, iam.list_role_tags(RoleName=role["RoleName"])["Tags"])
        for profile in iam.list_instance_profiles()["InstanceProfiles"]:
            one = iam.get_instance_profile(InstanceProfileName=profile["InstanceProfileName"])["InstanceProfile"]
            found += [f"profile {one['InstanceProfileName']}"] * has(tag, one.get("Tags", []))
        for provider in iam.list_open_id_connect_providers()["OpenIDConnectProviderList"]:
            tags = iam.get_open_id_connect_provider(OpenIDConnectProviderArn=provider["Arn"]).get("Tags", [])
            found += [f"oidc-provider {provider['Arn']}"] * has(tag, tags)
        s3 = self.client("s3", region)
        for bucket in s3.list_buckets()["Buckets"]:
            try:
                found += [f"bucket {bucket['Name']}"] * has(tag, s3.get_bucket_tagging(Bucket=bucket["Name"])["TagSet"])
            except s3.exceptions.ClientError:
                pass  # no tags
        for zone in self.zones():
            tags = self.client("route53").list_tags_for_resource(
                ResourceType="hostedzone", ResourceId=zone["Id"].removeprefix("/hostedzone/"))["ResourceTagSet"]["Tags"]
            found += [f"zone {zone['Name']}"] * has(tag, tags)
        return found

    def zones(self):
        return self.client("route53").list_hosted_zones()["HostedZones"]

    def addresses(self):
        """Names of all address records, in any zone."""
        route53 = self.client("route53")
        return sorted({record["Name"] for zone in self.zones() for record in
                       route53.list_resource_record_sets(HostedZoneId=zone["Id"])["ResourceRecordSets"]
                       if record["Type"] == "A"})


EC2_LISTS = [
    ("describe_vpcs", "Vpcs", "VpcId"),
    ("describe_subnets", "Subnets", "SubnetId"),
    ("describe_internet_gateways", "InternetGateways", "InternetGatewayId"),
    ("describe_nat_gateways", "NatGateways", "NatGatewayId"),
    ("describe_addresses", "Addresses", "AllocationId"),
    ("describe_route_tables", "RouteTables", "RouteTableId"),
    ("describe_vpc_endpoints", "VpcEndpoints", "VpcEndpointId"),
    ("describe_security_groups", "SecurityGroups", "GroupId"),
    ("describe_network_interfaces", "NetworkInterfaces", "NetworkInterfaceId"),
    ("describe_volumes", "Volumes", "VolumeId"),
]


def has(tag, tags):
    return {"Key": tag[0], "Value": tag[1]} in tags


def owned(infra_id):
    """The tag on everything of a cluster."""
    return (f"kubernetes.io/cluster/{infra_id}", "owned")
