"""A private desk as bench uses it: its processes, its database's superuser, and programs that run as its user."""

import os
import re
import signal
import subprocess
import urllib.parse

from private_desk import PrivateDesk
from waiting import wait_for

# Descriptor 3 and the variables are how a service manager hands a socket over; the process id is the shell's own.
ON_SOCKET = 'exec 3<&"$0"; LISTEN_PID=$$ LISTEN_FDS=1 exec "$@"'


class DeskHost(PrivateDesk):
    def __init__(self):
        super().__init__()
        self.cookie = self.csrf = ""

    def noted(self, name):
        return re.search(rf"^{name}=(.*)$", (self.state / "desk.env").read_text(), re.M).group(1)

    @property
    def run_dir(self):
        return self.noted("run")

    @property
    def web_socket(self):
        return f"{self.run_dir}/web.sock"

    def run_as(self, command, cwd=None, env=None, **more):
        """A process of the desk's user, whom PostgreSQL lets in."""
        user = {"user": self.noted("user"), "group": self.noted("user"), "extra_groups": []} if os.geteuid() == 0 else {}
        return subprocess.Popen(command, cwd=cwd or self.state, env={"PATH": os.environ["PATH"], "HOME": str(self.state), **(env or {})},
                                stdin=subprocess.DEVNULL, **user, **more)

    def superuser_sql(self, statement, database="postgres"):
        with self.run_as(["psql", "-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", "-c", statement,
                          f"host={self.run_dir} user=postgres dbname={database}"], stdout=subprocess.PIPE, text=True) as process:
            out = process.stdout.read()
        assert process.returncode == 0, statement
        return out

    def make_clusters(self, first, last):
        self.run("psql", "-q", "-v", "ON_ERROR_STOP=1", "-v", f"first={first}", "-v", f"last={last}",
                 "-f", os.path.join(os.path.dirname(__file__), "clusters.sql"))

    def settle(self, table):
        """What PostgreSQL does after many rows came in, done now: else it does it beside what is measured."""
        self.superuser_sql(f"VACUUM (ANALYZE) {table}", "clusterdesk")
        self.superuser_sql("CHECKPOINT")

    def sign_in(self):
        """As the administrator; sets cookie and csrf."""
        form = self.call("GET", "/sign-in")
        jar = form.headers["Set-Cookie"].split(";")[0]
        body = urllib.parse.urlencode({"csrf": self.csrf_of(form), "username": "admin", "password": self.passwords["admin"]})
        answer = self.call("POST", "/sign-in", body=body.encode(),
                           headers={"Cookie": jar, "Content-Type": "application/x-www-form-urlencoded"})
        assert answer.status == 303, answer.status
        self.cookie = "; ".join(value.split(";")[0] for value in answer.headers.get_all("Set-Cookie"))
        self.csrf = self.csrf_of(self.call("GET", "/account", headers={"Cookie": self.cookie}))

    @staticmethod
    def csrf_of(answer):
        return re.search(r'name="csrf" value="([^"]+)"', answer.body.decode()).group(1)

    def pid(self, part):
        return self.status()["pids"][part]

    def stop_part(self, part):
        os.kill(self.pid(part), signal.SIGTERM)
        wait_for(lambda: self.pid(part) is None, 60, f"the end of {part}")

    def start_web_on(self, listener):
        """One more web program, on a socket that we keep."""
        os.set_inheritable(listener.fileno(), True)
        log = open(self.state / "log" / "web.log", "ab")  # closed with the process that inherits it
        began = len(self.log("web"))
        process = self.run_as(["bash", "-c", ON_SOCKET, str(listener.fileno()), str(self.state / "app/bin/clusterdesk"),
                               "--config", str(self.state / "clusterdesk.yaml")],
                              stdout=log, stderr=log, pass_fds=[listener.fileno()])
        log.close()
        wait_for(lambda: '"serving"' in self.log("web")[began:] or process.poll() is not None, 30, "the web program serves")
        assert process.poll() is None, self.log("web")[began:]
        return process
