"""Runs demo-install as a desk does, and looks at what it leaves: support of the tests beside it."""

import dataclasses
import json
import os
import pathlib
import signal
import subprocess

from waiting import wait_for

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = os.environ.get("DEMO_INSTALL", str(ROOT / "build" / "dev" / "demo-install"))
REGION = "demo-east-1"
BASE_DOMAIN = "example.com"
HONEST = "demo-install, the stand-in installer of Clusterdesk; nothing is created outside DEMO_CLOUD"
PULL_SECRET = '{"auths":{"quay.io":{"auth":"c2VjcmV0"}}}'

INSTALL_CONFIG = """\
apiVersion: v1
baseDomain: example.com
metadata:
  name: NAME
controlPlane:
  name: master
  replicas: 3
compute:
- name: worker
  replicas: 2
networking:
  networkType: OVNKubernetes
  clusterNetwork:
  - cidr: 10.128.0.0/14
    hostPrefix: 23
  serviceNetwork:
  - 172.30.0.0/16
  machineNetwork:
  - cidr: 10.0.0.0/16
platform:
  demo:
    region: demo-east-1
    userTags:
      Owner: jane@example.com
      Team: blue
publish: External
credentialsMode: Manual
pullSecret: 'PULL_SECRET'
sshKey: ssh-ed25519 AAAA jane
""".replace("PULL_SECRET", PULL_SECRET)


@dataclasses.dataclass
class Ended:
    code: int
    out: bytes
    err: str

    def says(self, message):
        return any(line.partition(" msg=")[2] == message for line in self.err.splitlines())

    @property
    def last(self):
        return self.err.splitlines()[-1]


def wait_until(is_true, what, seconds=30):
    wait_for(is_true, seconds, what)


def run_bare(*words, **settings):
    """The program without a directory of its own."""
    return subprocess.run([BINARY, *words], env={"TZ": "UTC", **settings}, stdin=subprocess.DEVNULL,
                          capture_output=True, text=True)


class Installer:
    """One install directory and one demo cloud."""

    def __init__(self, folder, cloud, name="demo1"):
        self.dir = folder / name
        self.cloud = cloud
        self.name = name

    # -- running -------------------------------------------------------------------------------------------------

    def environment(self, settings):
        return {"PATH": "/usr/bin:/bin", "TZ": "UTC", "DEMO_CLOUD": str(self.cloud), "DEMO_SCALE": "0", **settings}

    def start(self, *words, **settings):
        return subprocess.Popen(
            [BINARY, *words, "--dir", str(self.dir), "--log-level", "debug"],
            env=self.environment(settings), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def run(self, *words, **settings):
        return self.end(self.start(*words, **settings))

    @staticmethod
    def end(process):
        out, err = process.communicate(timeout=60)
        return Ended(process.returncode, out, err.decode(errors="replace"))

    # -- the verbs of a desk, in its order -----------------------------------------------------------------------

    def order(self, edit=lambda text: text):
        self.dir.mkdir(exist_ok=True)
        self.path("install-config.yaml").write_text(edit(INSTALL_CONFIG.replace("NAME", self.name)))
        return self

    def prepare(self, **settings):
        for verb in "manifests", "ignition-configs":
            ended = self.run("create", verb, **settings)
            if ended.code != 0:
                return ended
        return ended

    def create(self, **settings):
        return self.run("create", "cluster", "--skip-password-print", **settings)

    def destroy(self, **settings):
        return self.run("destroy", "cluster", **settings)

    def create_all(self, **settings):
        """Up to the first verb that fails."""
        prepared = self.prepare(**settings)
        return prepared if prepared.code != 0 else self.create(**settings)

    # -- looking -------------------------------------------------------------------------------------------------

    def path(self, name):
        return self.dir / name

    def files(self):
        return sorted(str(path.relative_to(self.dir)) for path in self.dir.rglob("*") if path.is_file())

    def log(self):
        return self.path(".openshift_install.log").read_text(errors="replace")

    def metadata(self):
        return json.loads(self.path("metadata.json").read_text())

    def infra_id(self):
        return json.loads(self.path(".openshift_install_state.json").read_text())["*installconfig.ClusterID"]["InfraID"]

    def things(self):
        """Every thing in the cloud, whoever owns it; fails when one of the files is not whole."""
        return [json.loads(path.read_text()) for path in sorted((self.cloud).glob(f"{REGION}/*/*.json"))]

    def domain_file(self):
        return self.cloud / "zones" / BASE_DOMAIN / f"{self.name}.json"

    def provider_pids(self):
        """Processes whose program lies in this install directory."""
        return [pid for pid in all_pids() if str(exe_of(pid)).startswith(str(self.dir / "cluster-api"))]

    def keep_only(self, *names):
        for name in self.files():
            if name not in names:
                self.path(name).unlink()


def all_pids():
    return [int(entry) for entry in os.listdir("/proc") if entry.isdigit()]


def exe_of(pid):
    try:
        return os.readlink(f"/proc/{pid}/exe")
    except OSError:
        return ""


def argv_of(pid):
    return pathlib.Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")[:-1]


def end_process(pid):
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
