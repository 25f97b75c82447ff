"""A server of tests/support on a free port of loopback, for Python tests: a program that prints its address when it serves."""

import os
import subprocess
import sys

from source_tree import ROOT
from waiting import wait_for


class ServerProcess:
    """Runs tests/support/`script` in `folder`, where it may write."""

    def __init__(self, script, folder, python=sys.executable):
        folder.mkdir()
        out = folder / f"{script}.out"
        with open(out, "w") as words, open(folder / f"{script}.log", "w") as log:
            self._process = subprocess.Popen(
                [python, ROOT / "tests/support" / script], cwd=folder, stdin=subprocess.DEVNULL, stdout=words, stderr=log,
                env={"PATH": os.environ["PATH"], "HOME": str(folder)})
        self.url = wait_for(lambda: (text := out.read_text()).endswith("\n") and text.strip(), 60, f"{script} starts")

    def stop(self):
        self._process.kill()
        self._process.wait()
