"""The files of the checkout, for tests that read them."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {".git", ".venv", "build", "var", "node_modules", "__pycache__"}


def files(*suffixes, under="."):
    """Every file of ours with one of these suffixes (all files if none is given), sorted."""
    found = []
    for place, folders, names in os.walk(ROOT / under):  # a build that goes on beside it is never looked into
        folders[:] = [name for name in folders if name not in NOT_OURS]
        found += [Path(place, name) for name in names if not suffixes or Path(name).suffix in suffixes]
    return sorted(found)


def shown(path):
    return str(path.relative_to(ROOT))


def lines(path):
    """(number, text) of each line."""
    return list(enumerate(path.read_text(encoding="utf-8").splitlines(), start=1))
