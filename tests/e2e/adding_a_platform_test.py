"""docs/adding-a-platform.md, followed to the letter: its files are put into a copy of the sources and compiled."""

import re
import shutil
import subprocess

import pytest

from source_tree import ROOT

BLOCK = re.compile(r"^(New file|In) \*\*(\S+)\*\*(?:, below the line with `([^`]+)`)?:\n\n```\w*\n(.*?)^```$", re.M | re.S)
STEPS = BLOCK.findall((ROOT / "docs/adding-a-platform.md").read_text())
FLAGS = ["-std=c++20", "-fsyntax-only", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror"]


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """A copy of what a driver sees, with the page's changes in it."""
    tree = tmp_path_factory.mktemp("sources")
    for folder in "core", "worker":
        shutil.copytree(ROOT / folder, tree / folder)
    for kind, path, anchor, text in STEPS:
        target = tree / path
        if kind == "New file":
            assert not target.exists(), f"{path} is there already"
            target.write_text(text)
            continue
        lines = target.read_text().splitlines(keepends=True)
        at = [number for number, line in enumerate(lines) if anchor in line]
        assert len(at) == 1, f"{path} has {len(at)} lines with {anchor}"
        lines.insert(at[0] + 1, text)
        target.write_text("".join(lines))
    return tree


def test_the_page_has_a_driver_and_its_row():
    assert {path for _, path, _, _ in STEPS} == {"worker/platforms/gcp.hpp", "worker/platforms/gcp.cpp",
                                                 "worker/platforms/platform.cpp"}


@pytest.mark.parametrize("source", ["worker/platforms/gcp.cpp", "worker/platforms/platform.cpp"])
def test_what_the_page_adds_compiles(tree, source):
    result = subprocess.run(["g++", *FLAGS, f"-I{tree}", "-isystem", "/usr/include/postgresql", tree / source],
                            capture_output=True, text=True)

    assert result.returncode == 0, result.stderr[-4000:]


@pytest.mark.parametrize("path", re.findall(r"`((?:core|worker|conf|tests)/[\w./-]+)`",
                                            (ROOT / "docs/adding-a-platform.md").read_text()))
def test_what_the_page_names_is_there(path):
    assert (ROOT / path).exists() or list(ROOT.glob(path + ".*")), path
