"""Pages know the worker's steps by name only: what a plan has must have words, in the plan's order."""

import re

import pytest

from source_tree import ROOT

PLANS = (ROOT / "worker/plans.cpp").read_text()
WORDS = (ROOT / "cgi/views/cluster_words.cpp").read_text()


def names(text, table, row):
    """The first string of every row of a constexpr table."""
    body = re.search(rf"constexpr std::array {table} = \{{(.*?)\n\}};", text, re.S).group(1)
    return re.findall(rf'{row}\{{"([^"]+)"', body)


@pytest.mark.parametrize("plan, words", [("kCreate", "kCreateSteps"), ("kDestroy", "kDestroySteps")])
def test_pages_know_every_step_of_a_plan_in_its_order(plan, words):
    steps = names(PLANS, plan, "Step")
    known = names(WORDS, words, "PlannedStep")
    anywhere = known + names(WORDS, "kOtherSteps", "PlannedStep") + names(WORDS, "kDestroySteps", "PlannedStep")

    assert steps and known
    assert [step for step in steps if step not in anywhere] == [], "steps without words"
    assert [step for step in steps if step in known] == known, "the page counts other steps, or in another order"
