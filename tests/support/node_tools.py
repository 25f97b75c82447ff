"""Programs from npm that look at pages, pinned by tests/e2e/package-lock.json and installed once into build/."""

import fcntl
import hashlib
import os
import shutil
import subprocess

from source_tree import ROOT

FOLDER = ROOT / "build/node-e2e"


def installed():
    """The folder of the programs. Nothing of a package runs while it is installed."""
    wanted = [ROOT / "tests/e2e" / name for name in ("package.json", "package-lock.json")]
    stamp, version = FOLDER / "installed", hashlib.sha256(b"".join(path.read_bytes() for path in wanted)).hexdigest()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with open(FOLDER / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not stamp.exists() or stamp.read_text() != version:
            for path in wanted:
                shutil.copy(path, FOLDER)
            subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], cwd=FOLDER, check=True)
            stamp.write_text(version)
    return FOLDER / "node_modules/.bin"


def run(program, *words, env=None, check=True):
    """The finished process of one of them, with its output."""
    return subprocess.run([installed() / program, *words], env={**os.environ, **(env or {})}, stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, check=check, timeout=180)
