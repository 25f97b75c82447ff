"""A runner writes behind its fence and nowhere else (law 1), and tests/worker/fence_test.cpp tries all of it."""

import re

import pytest

from source_tree import ROOT, files, lines, shown

# Not of a runner: what drives the desk, and what operators do by hand.
OTHERS = ("worker/tick.", "worker/sweeps.", "worker/slots.", "worker/verbs/", "worker/demo/")
RUNNER = [path for path in files(".cpp", ".hpp", under="worker") if not shown(path).startswith(OTHERS)]

# Where a runner's transactions begin: behind the fence; the claim, which makes the lease; the pulse, which renews it.
BEGINS = {"worker/fenced.hpp", "worker/claiming.cpp", "worker/heartbeat.cpp"}

TRIED = (ROOT / "tests/worker/fence_test.cpp").read_text()
WRITERS = ["core/store/runs.hpp", "core/store/logs.hpp", "core/store/artifacts.hpp", "core/store/outputs.hpp", "core/store/receipts.hpp", "worker/outcomes.hpp"]
# `notify` changes no row; `begin` is part of the claim.
NO_WRITES = {"notify", "begin"}


def test_transactions_of_a_runner_begin_behind_its_fence():
    assert RUNNER
    begin = re.compile(r"\b\w*(database|db)\w*(\.|->)begin\(")
    found = [shown(path) for path in RUNNER for _, text in lines(path) if begin.search(text)]
    assert sorted(found) == sorted(BEGINS), "each of them once, and nobody else"


def test_no_step_has_a_database_of_its_own():
    own = re.compile(r"pg::(Database|Connection|Listener)\b")
    steps = [path for path in RUNNER if shown(path).startswith(("worker/steps/", "worker/platforms/", "worker/installer."))]
    assert steps
    assert [f"{shown(path)}:{number}" for path in steps for number, text in lines(path) if own.search(text)] == []


@pytest.mark.parametrize("header", WRITERS)
def test_every_function_that_writes_is_tried_with_a_lost_lease(header):
    functions = set(re.findall(r"^(?:void|Receipt) (\w+)\(pg::Transaction& tx", (ROOT / header).read_text(), re.M))
    assert functions
    assert sorted(name for name in functions - NO_WRITES if f"::{name}(tx" not in TRIED) == []
