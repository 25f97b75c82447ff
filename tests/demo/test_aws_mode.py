"""demo-install behind AWS_ENDPOINT_URL: real, tagged things come and go. moto plays AWS."""

import json
import signal

import pytest

from installer import Installer, wait_until
from interposed import Fault, Interposed
from moto_process import Moto, owned

REGION = "eu-west-1"
SECRET = "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    moto = Moto(tmp_path_factory.mktemp("moto"))
    yield moto
    moto.stop()


@pytest.fixture
def moto(server):
    server.reset()
    server.add_public_zone("example.com")
    return server


class AwsInstaller(Installer):
    def __init__(self, folder, cloud, endpoint, name="demo1"):
        super().__init__(folder, cloud, name)
        self.endpoint = endpoint
        self.credentials = folder / "credentials"
        self.credentials.write_text(
            f"[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = {SECRET}\n")
        self.credentials.chmod(0o600)

    def environment(self, settings):
        aws = {"AWS_ENDPOINT_URL": self.endpoint, "AWS_SHARED_CREDENTIALS_FILE": str(self.credentials),
               "AWS_PROFILE": "default", "AWS_CONFIG_FILE": "/dev/null"}
        return {**super().environment({}), **aws, **settings}

    def order(self, edit=lambda text: text):
        return super().order(lambda text: edit(text.replace("  demo:\n    region: demo-east-1",
                                                            f"  aws:\n    region: {REGION}")))


@pytest.fixture
def installer(tmp_path, cloud, moto):
    return AwsInstaller(tmp_path, cloud, moto.url).order()


class TestLife:
    def test_makes_more_than_twenty_tagged_things_and_takes_all_of_them_away(self, installer, moto):
        assert installer.create_all().says("Install complete!")
        things = moto.tagged(owned(installer.infra_id()))
        kinds = {thing.split()[0] for thing in things}

        assert len(things) > 20
        assert kinds == {"instance", "vpcs", "subnets", "internet_gateways", "nat_gateways", "addresses", "route_tables",
                         "vpc_endpoints", "security_groups", "network_interfaces", "volumes", "load-balancer", "role",
                         "profile", "bucket", "zone"}
        assert moto.addresses() == ["*.apps.demo1.example.com.", "api-int.demo1.example.com.",
                                    "api.demo1.example.com."]
        assert not [thing for thing in things if "bootstrap" in thing], "the bootstrap machine's things are gone"
        infra_id = installer.infra_id()

        ended = installer.destroy()

        assert ended.says("Uninstallation complete!")
        assert moto.tagged(owned(infra_id)) == []
        assert moto.addresses() == []
        assert [zone["Name"] for zone in moto.zones()] == ["example.com."]

    def test_leaves_alone_what_is_somebody_elses(self, installer, moto, tmp_path, cloud):
        (tmp_path / "other").mkdir()
        other = AwsInstaller(tmp_path / "other", cloud, moto.url, "demo2")
        assert other.order().create_all().code == 0
        before = moto.tagged(owned(other.infra_id()))
        assert installer.create_all().code == 0

        assert installer.destroy().code == 0

        assert moto.tagged(owned(other.infra_id())) == before
        assert [name for name in moto.addresses() if "demo1" in name] == []

    def test_leaves_its_name_to_the_next(self, installer, moto, tmp_path, cloud):
        (tmp_path / "other").mkdir()
        assert AwsInstaller(tmp_path / "other", cloud, moto.url, "zebra").order().create_all().code == 0
        for _ in range(2):
            assert installer.create_all().says("Install complete!")
            assert installer.destroy().says("Uninstallation complete!")
            installer.order()

        assert [name for name in moto.addresses() if "demo1" in name] == []

    def test_needs_only_metadata_to_destroy(self, installer, moto):
        assert installer.create_all().code == 0
        installer.keep_only("metadata.json")

        assert installer.destroy().says("Uninstallation complete!")
        assert moto.tagged(owned(json.loads(installer.path("metadata.json").read_text())["infraID"])) == []

    def test_tells_where_its_credentials_came_from_and_nothing_of_them(self, installer):
        ended = installer.create_all()

        assert ended.says(f'Credentials loaded from the "default" profile in file "{installer.credentials}"')
        assert SECRET not in ended.err and SECRET not in installer.log()


class TestTrouble:
    @pytest.fixture
    def between(self, moto):
        """What a test refuses on the way to moto."""
        interposed = Interposed(moto.url)
        yield interposed
        interposed.stop()

    def test_what_goes_between_a_list_and_a_question_about_it_is_not_there(self, tmp_path, cloud, moto, between):
        (tmp_path / "other").mkdir()
        assert AwsInstaller(tmp_path / "other", cloud, moto.url, "demo2").order().create_all().code == 0
        private, = [zone["Id"].rsplit("/", 1)[1] for zone in moto.zones() if "demo2" in zone["Name"]]
        gone = [between.add(Fault(lambda request: "Action=DescribeTags" in request.body and "demo2-" in request.body, 400, "LoadBalancerNotFound")),
                between.add(Fault(lambda request: request.path.endswith(f"tags/hostedzone/{private}"), 404, "NoSuchHostedZone"))]
        installer = AwsInstaller(tmp_path, cloud, between.url).order()

        assert installer.create_all().code == 0
        assert installer.destroy().code == 0
        assert all(fault.count > 0 for fault in gone)

    def test_what_is_refused_is_tried_again_as_long_as_there_is_time(self, tmp_path, cloud, between):
        action = "Action=CreateNatGateway"
        full = between.add(Fault(lambda request: action in request.body and full.count < 3, 400, "NatGatewayLimitExceeded"))
        installer = AwsInstaller(tmp_path, cloud, between.url).order()

        assert installer.create_all().code == 0
        assert installer.log().count("NatGatewayLimitExceeded") == full.count == 3

    def test_what_is_refused_for_good_ends_the_installation(self, tmp_path, cloud, between):
        between.add(Fault(lambda request: "Action=CreateNatGateway" in request.body, 400, "NatGatewayLimitExceeded"))
        installer = AwsInstaller(tmp_path, cloud, between.url).order()

        ended = installer.create_all()

        assert ended.code == 4 and "infrastructure was not ready within 15m0s" in ended.last


class TestFailures:
    @pytest.mark.parametrize("mode, code", [("infra", 4), ("bootstrap", 5), ("operators", 6)])
    def test_leave_a_part_that_a_destroy_takes_away(self, installer, moto, mode, code):
        ended = installer.create_all(DEMO_FAIL=mode)
        infra_id = installer.infra_id()

        assert ended.code == code
        assert moto.tagged(owned(infra_id))
        assert installer.destroy().code == 0
        assert moto.tagged(owned(infra_id)) == []

    def test_without_credentials_end_before_anything(self, installer, moto):
        installer.credentials.unlink()

        ended = installer.create_all()

        assert ended.code == 3 and "failed to create aws session" in ended.last

    def test_without_a_public_zone_create_nothing(self, installer, moto):
        moto.reset()

        assert installer.prepare().code == 0
        assert installer.create().code == 1
        assert moto.tagged(owned(installer.infra_id())) == []

    def test_with_records_of_another_cluster_create_nothing(self, installer, moto, tmp_path, cloud):
        (tmp_path / "other").mkdir()
        assert AwsInstaller(tmp_path / "other", cloud, moto.url).order().create_all().code == 0

        ended = installer.create_all()

        assert ended.code == 1
        assert moto.tagged(owned(installer.infra_id())) == []

    def test_ended_by_a_signal_leave_what_was_made(self, installer, moto):
        assert installer.prepare().code == 0
        process = installer.start("create", "cluster", DEMO_FAIL="hang@machines")
        wait_until(lambda: [t for t in moto.tagged(owned(installer.infra_id())) if t.startswith("nat_gateways")], "a network")

        process.send_signal(signal.SIGTERM)

        infra_id = installer.infra_id()
        assert installer.end(process).code == 8
        assert moto.tagged(owned(infra_id))
        assert installer.provider_pids() == []
        assert installer.destroy().code == 0
        assert moto.tagged(owned(infra_id)) == []
