"""Load by wrk, and the processor time that it costs whom."""

import gzip
import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.request import ProxyHandler, Request, build_opener

SCRIPT = Path(__file__).with_name("wrk.lua")
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Load:
    requests: int
    seconds: float
    median_ms: float
    p99_ms: float
    longest_ms: float
    over_a_second: int
    failures: int

    @property
    def rate(self):
        return self.requests / self.seconds


def wrk(url, connections, seconds, cookie="", post=None, while_running=None):
    """Runs wrk to its end; `while_running()` is called meanwhile. post: (path, body), sent after every ten GETs."""
    env = {**os.environ, "BENCH_COOKIE": cookie}
    if post:
        env["BENCH_POST"], env["BENCH_POST_BODY"] = post
    with subprocess.Popen(["wrk", "-t", "2", "-c", str(connections), "-d", f"{seconds}s", "--timeout", "20s", "-s", SCRIPT, url],
                          env=env, stdout=subprocess.PIPE, text=True) as process:
        if while_running:
            while_running()
        output = process.stdout.read()
    found = re.search(r"^RESULT (.*)$", output, re.M)
    assert found, f"wrk said nothing of its results: {output}"
    return Load(*(kind(word) for kind, word in zip((int, float, float, float, float, int, int), found.group(1).split())))


def children(pid):
    return [int(child) for thread in Path(f"/proc/{pid}/task").iterdir() for child in (thread / "children").read_text().split()]


def processor_seconds(pids):
    """Of processes and the children that they have now."""
    total = 0
    for pid in pids:
        for one in [pid, *children(pid)]:
            try:
                fields = Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split()
            except FileNotFoundError:
                continue
            total += (int(fields[11]) + int(fields[12])) / TICKS
    return total


def measured(pids_by_name, run):
    """`run()`'s load, and microseconds of processor time for each request, by name."""
    before = {name: processor_seconds(pids) for name, pids in pids_by_name.items()}
    load = run()
    return load, {name: (processor_seconds(pids) - before[name]) * 1e6 / load.requests for name, pids in pids_by_name.items()}


def get_compressed(base, path, cookie):
    """The body as text, and how many bytes of it were transferred."""
    request = Request(base + path, headers={"Accept-Encoding": "gzip", "Cookie": cookie})
    with build_opener(ProxyHandler({})).open(request, timeout=30) as answer:
        raw = answer.read()
        body = gzip.decompress(raw) if answer.headers["Content-Encoding"] == "gzip" else raw
    return body.decode(), len(raw)
