"""`./desk bench`: what the desk does beside the floors under it and a Node peer, all in one run on one machine. Every
figure is a ratio or a count beside its targets; nothing fails for being slow. --quick only shows that everything runs."""

import argparse
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "support")]

import peer  # noqa: E402
import statements  # noqa: E402
from desk_host import DeskHost  # noqa: E402
from fastcgi import fastcgi_get, fastcgi_request  # noqa: E402
from load import TICKS, get_compressed, measured, wrk  # noqa: E402
from private_desk import free_port  # noqa: E402
from source_tree import ROOT  # noqa: E402
from waiting import wait_for  # noqa: E402


@dataclass
class Scale:
    seconds: int     # of one burst of load
    many: int        # clusters in the table for the pages
    more: int        # and for what must not depend on their number
    deadlines: int   # clusters that wait for their deadlines
    soon: int        # of them reach theirs while we look
    orders: int
    finished: int    # jobs
    turns: int       # jobs that each connection claims and completes in a burst
    idle: int        # kept connections
    restart_seconds: int


FULL = Scale(seconds=5, many=10_000, more=1_000_000, deadlines=100_000, soon=20, orders=4, finished=1_000_000, turns=500, idle=512, restart_seconds=24)
QUICK = Scale(seconds=1, many=200, more=400, deadlines=100, soon=2, orders=1, finished=1000, turns=3, idle=64, restart_seconds=3)
FIRST_DEADLINE = 2_000_000  # number of the first cluster that waits for its deadline; every tenth is READY
CONNECTIONS = 4  # of pgbench, and of what is compared with it
TABLE = []


def figure(name, value, first, then):
    TABLE.append((name, value, first, then))
    print(f"  {name}: {value}", file=sys.stderr, flush=True)


def step(text):
    print(f"== {text}", file=sys.stderr, flush=True)


class Bench:
    def __init__(self, desk, scale, folder):
        self.desk, self.scale, self.folder = desk, scale, folder
        self.web_requests = 0

    # --- parts

    def pids(self):
        return {"nginx": [self.desk.pid("nginx")], "program": [self.desk.pid("web")], "postgres": [self.desk.pid("postgres")]}

    def load(self, path, connections, base=None, cookie=None, seconds=None):
        load = wrk((base or self.desk.address) + path, connections, seconds or self.scale.seconds,
                   self.desk.cookie if cookie is None else cookie)
        if base is None:
            self.web_requests += load.requests
        return load

    def start_nginx(self, body_bytes):
        """One of our own: a file as large as the page, and the peer."""
        place = self.folder / "nginx"
        place.mkdir(exist_ok=True)
        (place / "page.html").write_bytes(b"x" * body_bytes)
        self.port = free_port()
        kinds = "".join(f"{kind}_temp_path {place}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        (place / "nginx.conf").write_text(f"""daemon off; pid {place}/pid; worker_processes 1; {'user root;' if os.geteuid() == 0 else ''}
worker_rlimit_nofile 8192; events {{ worker_connections 4096; }}
http {{ {kinds} access_log {place}/access.log; default_type text/html;
  upstream peer {{ server unix:{self.desk.run_dir}/peer.sock; keepalive 512; keepalive_requests 1000000; }}
  server {{ listen 127.0.0.1:{self.port} backlog=4096; root {place}; location = /page.html {{ }}
    location / {{ proxy_pass http://peer; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_buffers 16 16k; }} }} }}
""")
        path = os.environ["PATH"] + ":/usr/sbin:/sbin"
        process = subprocess.Popen([shutil.which("nginx", path=path), "-e", place / "error.log", "-p", place, "-c", place / "nginx.conf"],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.base = f"http://127.0.0.1:{self.port}"
        wait_for(lambda: connects(self.port), 10, "the bench's nginx listens")
        return process

    def pgbench(self, page_statements):
        """How many times a second a loop of a few connections that does nothing else runs these statements, and the
        microseconds of processor time for each beyond the first six of each connection, for which PostgreSQL makes its plans."""
        script = self.folder / "page.sql"
        script.write_text(statements.pgbench_script(page_statements))
        script.chmod(0o644)
        values = statements.pgbench_values(page_statements)
        first_turns, _, first_cost = self._run_pgbench(script, values, "-t", "6")
        turns, rate, cost = self._run_pgbench(script, values, "-T", str(self.scale.seconds))
        return rate, (cost - first_cost) * 1e6 / max(turns - first_turns, 1)

    def _run_pgbench(self, script, values, *how_long):
        """Turns, turns a second, and seconds of processor time: pgbench's, and the backends', whose time PostgreSQL's first
        process is charged with when they end."""
        client, backends = os.times(), self._ended_backends()
        with self.desk.run_as(["pgbench", "-n", "-M", "prepared", "-c", str(CONNECTIONS), "-j", "1", *how_long, "-f", str(script), *values,
                               "-h", self.desk.run_dir, "-U", "postgres", "clusterdesk"],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            out, error = process.communicate()
        assert process.returncode == 0, error
        after = os.times()
        used = after.children_user + after.children_system - client.children_user - client.children_system
        return (int(re.search(r"actually processed: (\d+)", out).group(1)), float(re.search(r"^tps = ([\d.]+)", out, re.M).group(1)),
                used + self._ended_backends() - backends)

    def _ended_backends(self):
        fields = Path(f"/proc/{self.desk.pid('postgres')}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[13]) + int(fields[14])) / TICKS

    # --- figures

    def pages(self):
        """The cluster list and a cluster's page beside their floors and the peer."""
        desk = self.desk
        desk.settle("clusters, state_intervals")
        cluster = f"/clusters/clu_{10:026d}"
        seen = {path: statements.of_page(desk, path) for path in ("/clusters", cluster)}
        listing, selects = seen["/clusters"]
        figure("queries of the cluster list / of a cluster's page, sign-in included",
               f"{len(selects)} / {len(seen[cluster][1])}", "at most 5 and the session", "")

        step("the peer")
        place = self.folder / "peer"
        place.mkdir()
        peer.install(place)
        started = [self.start_nginx(len(listing.body))]
        try:
            started.append(peer.start(place, desk.run_as, {"host": desk.run_dir, "user": "clusterdesk", "database": "clusterdesk"},
                                      Path(desk.run_dir) / "peer.sock", [self.peer_page(path, *seen[path]) for path in seen]))
            for path in seen:
                ours, theirs = (len(get_compressed(base, path, desk.cookie)[0]) for base in (desk.address, self.base))
                assert abs(ours - theirs) < ours / 5, f"the peer's {path} has {theirs} bytes, ours {ours}"

            step("pages")
            for base in (None, self.base):  # Node compiles while it runs
                for path in seen:
                    self.load(path, 16, base)
            nginx, node = (process.pid for process in started)
            node_parts = {"nginx": [nginx], "node": [node], "postgres": self.pids()["postgres"]}
            hello, hello_cost = measured(self.pids(), lambda: self.load("/healthz", 16, cookie=""))
            _, body_cost = measured({"nginx": [nginx]}, lambda: self.load("/page.html", 16, self.base))
            _, select_cost = self.pgbench(selects)
            floor = sum(hello_cost.values()) + body_cost["nginx"] + select_cost
            ours, cost = measured(self.pids(), lambda: self.load("/clusters", 16))
            theirs, peer_cost = measured(node_parts, lambda: self.load("/clusters", 16, self.base))
            figure("cluster list over its floor (processor time of the parts / of the page)",
                   f"{floor / sum(cost.values()):.2f}  (hello {sum(hello_cost.values()):.0f} + statements {select_cost:.0f} + body "
                   f"{body_cost['nginx']:.0f} us; page {words(cost)})", "0.45", "0.7")
            figure("cluster list over Node, 16 connections", f"{ours.rate / theirs.rate:.2f}  ({ours.rate:.0f} / {theirs.rate:.0f} a "
                   f"second; Node {words(peer_cost)})", "1.5", "2.7")
            ours, theirs = self.load("/clusters", 256), self.load("/clusters", 256, self.base)
            figure("cluster list over Node, 256 connections", f"{ours.rate / theirs.rate:.2f}  ({ours.rate:.0f} / {theirs.rate:.0f})", "1.5", "2.7")
            figure("P99 over P50 at 256 connections; requests over 1 s", f"{ours.p99_ms / ours.median_ms:.1f}; {ours.over_a_second}  "
                   f"(Node {theirs.p99_ms / theirs.median_ms:.1f}; {theirs.over_a_second})", "< 4; 0", "< 2; 0")
            ours, cost = measured(self.pids(), lambda: self.load(cluster, 16))
            theirs, peer_cost = measured(node_parts, lambda: self.load(cluster, 16, self.base))
            figure("cluster page over Node, 16 connections", f"{ours.rate / theirs.rate:.2f}  ({ours.rate:.0f} / {theirs.rate:.0f} a "
                   f"second; {words(cost)}; Node {words(peer_cost)})", "1.5", "3")
        finally:
            for process in started:
                process.terminate()
                process.wait()

    def peer_page(self, path, answer, page_statements):
        desk, session = self.desk, page_statements[0]
        assert session.name == "sessions_find", session.name
        rows = [json.loads(desk.superuser_sql(f"SELECT coalesce(json_agg(t), '[]') FROM ({one.literal}) t", "clusterdesk"))
                for one in page_statements]
        about = [number for number, found in enumerate(rows) if number and found and "name" in found[0] and "status" in found[0]]
        most = max(about, key=lambda number: len(rows[number]))
        return {"path": path, "session": {"name": session.name, "text": session.text}, "rows": most - 1,
                "statements": [{"name": one.name, "text": one.text, "values": one.values} for one in page_statements[1:]],
                "template": peer.page_template(answer.body.decode(), rows[0][0], rows[most], one_row=path != "/clusters")}

    def idle(self):
        """Kept connections that nobody uses, then one more."""
        step("idle connections")
        kept = [fastcgi_get(self.desk.web_socket, "/healthz") for _ in range(self.scale.idle)]
        began = time.perf_counter()
        fastcgi_get(self.desk.web_socket, "/healthz").close()
        took = (time.perf_counter() - began) * 1000
        for connection in kept:
            connection.close()
        figure(f"a fresh connection beside {self.scale.idle} idle ones is answered in", f"{took:.1f} ms", "< 50 ms", "< 10 ms")

    def forged(self):
        """FastCGI records in the bodies of requests that nobody reads (docs/decisions/0003-server.md)."""
        step("forged requests")
        before = self.desk.log("web").count('"GET /version"')
        forgery = fastcgi_request("/version", keep=True)
        for alignment in range(16):
            self.desk.call("POST", "/healthz", body=b"x" * alignment + forgery * 20)
        last = self.desk.call("GET", "/healthz").headers["X-Request-Id"]
        wait_for(lambda: last in self.desk.log("web"), 10, "the last request's line")
        figure("forged FastCGI requests executed, at 16 alignments", self.desk.log("web").count('"GET /version"') - before, "0", "0")

    def first_visit(self):
        """What a browser that was never here gets for the cluster list, everything that the page names included."""
        step("first visit")
        total, seen = 0, []
        page, size = get_compressed(self.desk.address, "/clusters", self.desk.cookie)
        total += size
        for url in sorted(set(re.findall(r'(?:href|src)="(/static/[^"#]+)', page))):
            content, size = get_compressed(self.desk.address, url.replace("&amp;", "&"), "")
            total += size
            seen.append(f"{url.split('?')[0].rsplit('/', 1)[1]} {size}")
        figure("first visit of the cluster list, transferred", f"{total / 1000:.1f} KB  (page {total - sum(int(one.split()[1]) for one in seen)}"
               f", {', '.join(seen)})", "< 60 KB", "< 40 KB")

    def more_rows(self):
        step(f"{self.scale.more} clusters")
        before = self.load("/clusters", 16)
        self.desk.make_clusters(self.scale.many + 1, self.scale.more)
        self.desk.settle("clusters, state_intervals")
        after = self.load("/clusters", 16)
        figure(f"cluster list at {self.scale.more:,} clusters over {self.scale.many:,}",
               f"{after.rate / before.rate:.2f}  ({after.rate:.0f} / {before.rate:.0f})", "> 0.9", "")

    def memory(self):
        kilobytes = int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{self.desk.pid('web')}/status").read_text()).group(1))
        figure(f"resident memory of the web program after {self.web_requests:,} requests", f"{kilobytes / 1000:.1f} MB", "< 40 MB, flat", "< 20 MB")

    def first_steps(self):
        step("orders")
        desk, token, waits = self.desk, self.desk.token("requester"), []
        for number in range(self.scale.orders):
            answer = desk.call("POST", "/api/v1/clusters", token, headers={"Idempotency-Key": f"bench-{number}"}, body={
                "name": f"order-{number}", "platform": "demo", "version": "4.20.3", "profile": "demo-minimal", "region": "demo-east-1",
                "baseDomain": "demo.example.com", "owner": "requester", "team": "demo", "costCenter": "demo", "ttlHours": 1})
            assert answer.status < 300, answer.body
            cluster = answer.json["clusterId"]
            began = f"""SELECT extract(epoch FROM min(s.started_at) - min(j.created_at)) * 1000 FROM jobs j
                        JOIN job_steps s ON s.job_id = j.id WHERE j.cluster_id = '{cluster}'"""
            waits.append(float(wait_for(lambda: desk.superuser_sql(began, "clusterdesk").strip(), 90, "the first step of an order")))
        figure(f"order approved to first step started, longest of {len(waits)}", f"{max(waits):.0f} ms", "P99 < 1 s", "P99 < 250 ms")

    def deadlines(self):
        step("deadlines")
        desk, scale = self.desk, self.scale
        desk.make_clusters(FIRST_DEADLINE, FIRST_DEADLINE + scale.deadlines * 10 - 1)
        soon = ", ".join(f"'clu_{FIRST_DEADLINE + 10 * n:026d}'" for n in range(scale.soon))
        desk.superuser_sql(f"UPDATE clusters SET destroy_at = clock_timestamp() + interval '2 seconds' WHERE id IN ({soon})", "clusterdesk")
        late = f"""SELECT extract(epoch FROM max(j.created_at - c.destroy_at)) FROM jobs j JOIN clusters c ON c.id = j.cluster_id
                   WHERE c.id IN ({soon}) HAVING count(DISTINCT c.id) = {scale.soon}"""
        longest = float(wait_for(lambda: desk.superuser_sql(late, "clusterdesk").strip(), 150, "every deadline is noticed"))
        figure(f"deadline passed to destroy queued, longest of {scale.soon} among {scale.deadlines:,} that wait", f"{longest:.1f} s", "P99 60 s", "P99 < 2 s")

    def queue(self):
        """The worker claims one job for each process that it starts, so what has to stay is the way to the due ones."""
        step("queue")
        desk, finished = self.desk, self.scale.finished

        def look():
            began = len(desk.log("postgres"))
            wait_for(lambda: "execute leases_due" in desk.log("postgres")[began:], 90, "a look for due jobs")

        _, ran = statements.logged(desk, look)
        due = [next(one for one in ran if one.name == "leases_due")]
        desk.stop_part("worker")  # which takes no time from here on
        wait_for(lambda: desk.superuser_sql("SELECT count(*) FROM job_locks", "clusterdesk").strip() == "0", 60, "the runners' end")
        desk.superuser_sql("UPDATE jobs SET status = 'CANCELLED', ended_at = clock_timestamp() WHERE ended_at IS NULL", "clusterdesk")
        few = finished // 1000
        rates = []
        for first, last in ((1, few), (few + 1, finished)):
            desk.superuser_sql(f"""INSERT INTO jobs (id, type, subject, status, attempts, started_at, ended_at)
                SELECT 'job_' || lpad(n::text, 26, '0'), 'VERIFY', 'bench-' || n, 'SUCCEEDED', 1, now(), now()
                  FROM generate_series({first}, {last}) AS n""", "clusterdesk")
            desk.settle("jobs")
            rates.append(median(self.pgbench(due)[0] for _ in range(3)))
        before, after = rates
        figure(f"looking for due jobs with {finished:,} finished ones over {few:,}", f"{after / before:.2f}  ({after:.0f} / {before:.0f} a second)", "> 0.8", "")

    def claims(self):
        """Jobs that change READY clusters, claimed and completed by what runners run, beside pgbench with the statements of
        one of them, in turns. The worker is stopped."""
        step("claim and complete")
        desk, turns = self.desk, self.scale.turns
        program = self.folder / "desk-claims"
        shutil.copy(ROOT / "build/release/desk-claims", program)  # the desk's user may not see where it was built
        host = desk.superuser_sql("SELECT host FROM workers", "clusterdesk").strip()
        self.next_due = FIRST_DEADLINE + 10 * self.scale.soon

        def enqueue(count):
            first, self.next_due = self.next_due, self.next_due + 10 * count
            desk.superuser_sql(f"""INSERT INTO jobs (id, type, subject, cluster_id, status, correlation_id)
                SELECT 'job_' || substr(id, 5), 'SCALE_WORKERS', id, id, 'PENDING', 'bench' FROM clusters
                 WHERE id >= 'clu_{first:026d}' AND status = 'READY' ORDER BY id LIMIT {count}""", "clusterdesk")
            return first

        def desk_claims(connections):
            with desk.run_as([program, f"host={desk.run_dir} user=clusterdesk dbname=clusterdesk", host, str(connections)],
                             stdout=subprocess.PIPE, text=True) as process:
                out = process.communicate()[0]
            assert process.returncode == 0
            done, seconds = out.split()
            return int(done) / float(seconds)

        enqueue(1)
        job = statements.of_job(desk, lambda: desk_claims(1))
        script = self.folder / "job.sql"
        script.write_text(statements.job_script(job))
        script.chmod(0o644)
        ours, pgbench = [], []
        for _ in range(3):
            enqueue(CONNECTIONS * turns)
            ours.append(desk_claims(CONNECTIONS))
            first = enqueue(CONNECTIONS * turns)
            values = [*statements.pgbench_values(job), *(word for name, value in {"first": first, "turns": turns, "turn": 0,
                      "stride": 10}.items() for word in ("-D", f"{name}={value}"))]
            pgbench.append(self._run_pgbench(script, values, "-t", str(turns))[1])
        left = desk.superuser_sql("SELECT count(*) FROM jobs WHERE type = 'SCALE_WORKERS' AND status <> 'SUCCEEDED'", "clusterdesk")
        assert int(left) == 0, f"{left} jobs were not completed"
        ours, pgbench = median(ours), median(pgbench)
        figure(f"claim and complete over pgbench, {CONNECTIONS} connections, {self.scale.finished:,} finished jobs",
               f"{ours / pgbench:.2f}  ({ours:.0f} / {pgbench:.0f} jobs a second)", "0.8", "1.2")

    def rolling_restart(self):
        """Program after program on one kept socket, while GETs and POSTs come in."""
        step("rolling restart")
        desk = self.desk
        desk.stop_part("web")
        path = desk.web_socket
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(path)
        os.chmod(path, 0o666)
        listener.listen(4096)
        running = [desk.start_web_on(listener)]
        ended = []

        def restart():
            until = time.monotonic() + self.scale.restart_seconds - 1
            while time.monotonic() < until:
                running.append(desk.start_web_on(listener))
                old = running.pop(0)
                old.send_signal(signal.SIGTERM)
                ended.append(old.wait())

        load = wrk(desk.address + "/account", 32, self.scale.restart_seconds, desk.cookie, while_running=restart,
                   post=("/notices/read", f"csrf={desk.csrf}&newest=ntc_{'0' * 26}"))
        running[0].terminate()
        running[0].wait()
        listener.close()
        os.unlink(path)
        figure(f"failed of {load.requests:,} requests (one in eleven a POST) over {len(ended)} restarts; restarts that ended badly",
               f"{load.failures}; {sum(code != 0 for code in ended)}", "0", "0")


def connects(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def words(cost):
    return ", ".join(f"{name} {value:.0f}" for name, value in cost.items()) + " us"


def print_table(scale):
    print(f"One run, {os.cpu_count()} processors, load average before it {LOAD_BEFORE:.1f}, {scale.seconds} s for each burst of load.\n")
    print("| figure | here | first target | then |\n|---|---|---|---|")
    for row in TABLE:
        print("| " + " | ".join(str(cell) for cell in row) + " |")


def main():
    arguments = argparse.ArgumentParser(prog="./desk bench", description=__doc__)
    arguments.add_argument("--quick", action="store_true", help="small numbers: shows that every part runs")
    scale = QUICK if arguments.parse_args().quick else FULL
    desk = DeskHost()
    try:
        step("a desk of its own")
        desk.up("--people")
        desk.make_clusters(1, scale.many)
        desk.sign_in()
        bench = Bench(desk, scale, desk.folder)
        # what needs the worker first
        bench.first_steps()
        bench.idle()
        bench.forged()
        bench.first_visit()
        bench.deadlines()
        bench.queue()
        bench.claims()
        bench.pages()
        bench.more_rows()
        bench.memory()
        bench.rolling_restart()
    finally:
        desk.remove()
    print_table(scale)


if __name__ == "__main__":
    LOAD_BEFORE = os.getloadavg()[1]
    main()
