"""That `./desk bench` runs. How fast anything is, no test asks; what must be none is none also at small numbers."""

import re
import subprocess

from source_tree import ROOT


def test_the_benches_run():
    result = subprocess.run([ROOT / "desk", "bench", "--quick"], stdin=subprocess.DEVNULL, capture_output=True, text=True)

    assert result.returncode == 0, result.stderr[-4000:]
    table = dict(re.findall(r"^\| (.*?) \| (.*?) \|", result.stdout, re.M))
    named = re.findall(r'figure\(\s*f?"([a-zA-Z0-9 ]+)', (ROOT / "tests/bench/bench.py").read_text())
    assert len(named) >= 13
    assert [name for name in named if not any(line.startswith(name) for line in table)] == []
    assert next(value for name, value in table.items() if name.startswith("forged")) == "0"
    assert next(value for name, value in table.items() if name.startswith("failed of")) == "0; 0"
