"""A private desk of its own for tests: brought up by ./desk, on a free port, with its state in a new directory."""

import contextlib
import json
import os
import random
import re
import shutil
import socket
import subprocess
import tempfile
import urllib.error
import urllib.request
from pathlib import Path

from source_tree import ROOT
from waiting import wait_for

TEAM = "demo"


def free_port():
    """One that is nobody's now, and below those (/proc/sys/net/ipv4/ip_local_port_range) that the kernel gives to whoever
    connects or asks for any: so it is still free when a program that takes a while to start listens on it."""
    for port in random.sample(range(20_000, 32_000), 100):
        with contextlib.suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("a hundred ports are all taken")


class Answer:
    """Status, headers and body of an HTTP call."""

    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self):
        return json.loads(self.body)


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirects)


class PrivateDesk:
    def __init__(self):
        # Not pytest's tmp_path: that is closed to the user whom root's desk runs as.
        self.folder = Path(tempfile.mkdtemp(prefix="clusterdesk-e2e."))
        self.folder.chmod(0o755)
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.passwords = {}

    @property
    def state(self):
        return self.folder / "state"

    def run(self, verb, *words, env=None, check=True):
        """./desk VERB on this desk."""
        result = subprocess.run(
            [ROOT / "desk", verb, "--port", str(self.port), "--state", self.state, *words],
            cwd=self.folder, env={**os.environ, **(env or {})}, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if check:
            assert result.returncode == 0, f"./desk {verb} ended with {result.returncode}\n{result.stdout}\n{result.stderr}\n{self.last_words()}"
        return result

    def up(self, *words, env=None):
        preset = os.environ.get("DESK_TEST_PRESET")  # of a build that is there, while one works on the tests
        result = self.run("up", *(["--preset", preset] if preset else []), *words, env=env)
        for name, password in re.findall(r"^\s*(?:sign-in: )?([a-z]+)\s+(?:[a-z_]+\s+)?([A-Za-z0-9]{16,})\b", result.stdout, re.M):
            self.passwords[name] = password
        return result

    def down(self, *words):
        return self.run("down", *words)

    def remove(self):
        """Ends the desk and deletes everything of it."""
        self.run("down", "--purge", check=False)
        shutil.rmtree(self.folder, ignore_errors=True)

    def status(self):
        return json.loads(self.run("status", "--json", check=False).stdout)

    def worker(self, *words, check=True):
        return self.run("worker", *words, check=check).stdout.strip()

    def sql(self, statement):
        """Rows of a statement, as lists of text."""
        out = self.run("psql", "-At", "-F", "\t", "-c", statement).stdout
        return [line.split("\t") for line in out.splitlines()]

    def token(self, name):
        return self.worker("user", "token", name).splitlines()[-1]

    def call(self, method, path, token=None, body=None, headers=None):
        """One HTTP request through nginx; redirects are not followed. A busy machine may take its time."""
        request = urllib.request.Request(self.address + path, method=method, headers=dict(headers or {}))
        if token:
            request.add_header("Authorization", f"Bearer {token}")
        if body is not None:
            request.data = body if isinstance(body, bytes) else json.dumps(body).encode()
            if not request.has_header("Content-type"):
                request.add_header("Content-Type", "application/json")
        try:
            with _opener.open(request, timeout=120) as answer:
                return Answer(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.headers, error.read())

    def log(self, part):
        path = self.state / "log" / f"{part}.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def last_words(self):
        """The ends of the logs, for a failure's message."""
        return "\n".join(f"--- {part}\n{self.log(part)[-2000:]}" for part in ("web", "worker", "nginx", "postgres"))
