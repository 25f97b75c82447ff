"""moto plays AWS for Python tests: a server on a free port of loopback. It checks no signatures."""

import threading
import urllib.request

import boto3
from botocore.exceptions import ClientError

from server_process import ServerProcess

ACCOUNT = "123456789012"  # the one that moto gives everybody


class Account:
    """What one account holds; asked as its owner. May be used by many threads."""

    def __init__(self, url, keys):
        self.url, self._keys = url, keys
        self._clients, self._lock = {}, threading.Lock()

    def client(self, service, region="eu-west-1"):
        with self._lock:
            if (service, region) not in self._clients:
                self._clients[service, region] = boto3.session.Session().client(service, endpoint_url=self.url, region_name=region, **self._keys)
            return self._clients[service, region]

    def add_public_zone(self, domain):
        self.client("route53").create_hosted_zone(Name=domain, CallerReference=domain)

    def tagged(self, tag, region="eu-west-1"):
        """What carries the tag (key, value) and still is, as the services themselves list it: "vpc vpc-1", ... The tags of
        roles, profiles, buckets and zones are asked one by one, and only where the name has the cluster's in it."""
        ec2, found = self.client("ec2", region), []
        cluster = tag[0].rsplit("/", 1)[-1].rsplit("-", 1)[0]
        by_tag = [{"Name": f"tag:{tag[0]}", "Values": [tag[1]]}]
        for reservation in ec2.describe_instances(Filters=by_tag)["Reservations"]:
            found += [f"instance {i['InstanceId']}" for i in reservation["Instances"] if i["State"]["Name"] != "terminated"]
        for action, items, id_key in EC2_LISTS:
            for item in getattr(ec2, action)(Filters=by_tag)[items]:
                # moto ignores the filter for NAT gateways
                if item.get("State") != "deleted" and has(tag, item.get("Tags", item.get("TagSet", []))):
                    found.append(f"{action.removeprefix('describe_')} {item[id_key]}")
        balancers, classic, iam = (self.client(name, region) for name in ("elbv2", "elb", "iam"))
        s3, route53 = self.client("s3", region), self.client("route53")
        for one in balancers.describe_load_balancers()["LoadBalancers"]:
            tags = answer_of(lambda: balancers.describe_tags(ResourceArns=[one["LoadBalancerArn"]])["TagDescriptions"][0]["Tags"])
            found += [f"load-balancer {one['LoadBalancerName']}"] * has(tag, tags)
        for one in classic.describe_load_balancers()["LoadBalancerDescriptions"]:
            tags = answer_of(lambda: classic.describe_tags(LoadBalancerNames=[one["LoadBalancerName"]])["TagDescriptions"][0]["Tags"])
            found += [f"load-balancer {one['LoadBalancerName']}"] * has(tag, tags)
        for role in named(cluster, iam.list_roles()["Roles"], "RoleName"):
            found += [f"role {role['RoleName']}"] * has(tag, answer_of(lambda: iam.list_role_tags(RoleName=role["RoleName"])["Tags"]))
        for profile in named(cluster, iam.list_instance_profiles()["InstanceProfiles"], "InstanceProfileName"):
            name = profile["InstanceProfileName"]
            tags = answer_of(lambda: iam.get_instance_profile(InstanceProfileName=name)["InstanceProfile"].get("Tags", []))
            found += [f"profile {name}"] * has(tag, tags)
        for provider in named(cluster, iam.list_open_id_connect_providers()["OpenIDConnectProviderList"], "Arn"):
            tags = answer_of(lambda: iam.get_open_id_connect_provider(OpenIDConnectProviderArn=provider["Arn"]).get("Tags", []))
            found += [f"oidc-provider {provider['Arn']}"] * has(tag, tags)
        for bucket in named(cluster, s3.list_buckets()["Buckets"], "Name"):
            found += [f"bucket {bucket['Name']}"] * has(tag, answer_of(lambda: s3.get_bucket_tagging(Bucket=bucket["Name"])["TagSet"]))
        for zone in named(cluster, self.zones(), "Name"):
            zone_id = zone["Id"].removeprefix("/hostedzone/")
            tags = answer_of(lambda: route53.list_tags_for_resource(ResourceType="hostedzone", ResourceId=zone_id)["ResourceTagSet"]["Tags"])
            found += [f"zone {zone['Name']}"] * has(tag, tags)
        return found

    def zones(self):
        return self.client("route53").list_hosted_zones()["HostedZones"]

    def addresses(self):
        """Names of all address records, in any zone."""
        route53 = self.client("route53")
        return sorted({record["Name"] for zone in self.zones() for record in
                       answer_of(lambda: route53.list_resource_record_sets(HostedZoneId=zone["Id"])["ResourceRecordSets"])
                       if record["Type"] == "A"})


class Moto(Account):
    """The server, and the account that it gives to everybody who has assumed no role."""

    def __init__(self, folder):
        self._server = ServerProcess("moto_server.py", folder / "moto")
        super().__init__(self._server.url, {"aws_access_key_id": "AKIATESTS", "aws_secret_access_key": "not-checked"})

    def stop(self):
        self._server.stop()

    def reset(self):
        urllib.request.urlopen(urllib.request.Request(self.url + "/moto-api/reset", method="POST")).close()

    def of(self, account):
        """The same of another account, by a role in it."""
        if account == ACCOUNT:
            return self
        role = self.client("sts").assume_role(RoleArn=f"arn:aws:iam::{account}:role/tests", RoleSessionName="tests")["Credentials"]
        return Account(self.url, {"aws_access_key_id": role["AccessKeyId"], "aws_secret_access_key": role["SecretAccessKey"],
                                  "aws_session_token": role["SessionToken"]})


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


def named(cluster, things, key):
    return [thing for thing in things if cluster in thing[key]]


def answer_of(question):
    """Nothing when what was listed has no answer: no tags, or it went away meanwhile."""
    try:
        return question()
    except ClientError:
        return []


def has(tag, tags):
    return {"Key": tag[0], "Value": tag[1]} in tags


def owned(infra_id):
    """The tag on everything of a cluster."""
    return (f"kubernetes.io/cluster/{infra_id}", "owned")
