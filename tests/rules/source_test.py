"""House rules that a reader would otherwise have to watch for."""

import re
import subprocess

from source_tree import ROOT, files, lines, shown

CPP = [path for top in ("core", "cgi", "worker", "tests") for path in files(".cpp", ".hpp", under=top)]
TEXT = [path for path in files() if path.suffix in {".cpp", ".hpp", ".py", ".sh", ".sql", ".tpl", ".css", ".js", ".yaml", ".md", ".conf"}]

# A test's wait is a condition with a limit; what looks for the condition again and again stands in few places. And a
# test that strikes at a random moment has to wait for it.
MAY_SLEEP = ("tests/support/", "tests/chaos/", "tests/worker/crash_test.cpp")


def test_cpp_is_formatted():
    assert CPP
    result = subprocess.run(["clang-format-14", "--dry-run", "-Werror", *map(str, CPP)], cwd=ROOT, capture_output=True, text=True)
    faults = re.findall(r"^(\S+:\d+):\d+: error", result.stderr, re.M)
    assert (result.returncode, sorted(set(faults))) == (0, [])


def test_headers_are_included_once():
    assert [shown(path) for path in CPP if path.suffix == ".hpp" and "#pragma once" not in path.read_text()] == []


def test_a_file_begins_with_what_lives_there():
    wrong = []
    for path in CPP:
        first = lines(path)[0][1]
        # A source file with a header of its own says it there.
        if not first.startswith("//") and not (path.suffix == ".cpp" and path.with_suffix(".hpp").exists()):
            wrong.append(shown(path))
    assert wrong == []


def test_the_clock_on_the_wall_is_read_for_logs_ids_and_signatures_only():
    """Law 10: deadlines, leases and the order of things go by the database's clock, waits by the steady one. Whoever
    checks the signature of a request compares its time with the wall's."""
    wall = re.compile(r"system_clock::now|\btime\((nullptr|NULL|0)\)|\bgettimeofday\(|CLOCK_REALTIME")
    may = ("core/base/log.cpp", "core/base/id.cpp", "core/cloud/aws/pace.cpp", "worker/demo/")
    wrong = []
    for top in ("core", "cgi", "worker"):
        for path in files(".cpp", ".hpp", under=top):
            if not shown(path).startswith(may):
                wrong += [f"{shown(path)}:{number}: {text.strip()}" for number, text in lines(path) if wall.search(text)]
    assert wrong == []


def test_nothing_is_left_for_later():
    marks = re.compile(r"\b(TO" + "DO|FIX" + r"ME|XX" + r"X)\b")
    wrong = [f"{shown(path)}:{number}: {text.strip()}" for path in TEXT for number, text in lines(path) if marks.search(text)]
    assert wrong == []


def test_lines_end_cleanly():
    wrong = []
    for path in TEXT:
        content = path.read_text(encoding="utf-8")
        if content and not content.endswith("\n"):
            wrong.append(f"{shown(path)}: no newline at its end")
        wrong += [f"{shown(path)}:{number}: space at its end" for number, text in lines(path) if text != text.rstrip()]
    assert wrong == []


def test_tests_wait_for_conditions_instead_of_sleeping():
    sleeping = re.compile(r"sleep_for|\busleep\(|\bnanosleep\(|(?<![\w.])sleep\(|time\.sleep|wait_for_timeout")
    wrong = []
    for path in files(".cpp", ".hpp", ".py", under="tests"):
        if shown(path).startswith(MAY_SLEEP) or path.name == "source_test.py":
            continue
        wrong += [f"{shown(path)}:{number}: {text.strip()}" for number, text in lines(path) if sleeping.search(text)]
    assert wrong == []
