"""The files of the checkout, for tests that read them."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {".git", ".venv", "build", "var", "node_modules", "__pycache__"}


def files(*suffixes, under="."):
    """Every file of ours with one of these suffixes (all files if none is given), sorted."""
    found = []
    for path in sorted((ROOT / under).rglob("*")):
        inside = path.relative_to(ROOT)
        if path.is_file() and not NOT_OURS & set(inside.parts) and (not suffixes or path.suffix in suffixes):
            found.append(path)
    return found


def shown(path):
    return str(path.relative_to(ROOT))


def lines(path):
    """(number, text) of each line."""
    return list(enumerate(path.read_text(encoding="utf-8").splitlines(), start=1))
