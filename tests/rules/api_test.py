"""docs/api/openapi.yaml describes exactly what the desk answers: its routes, words and marks."""

import re

import pytest

from source_tree import ROOT

SPEC = (ROOT / "docs/api/openapi.yaml").read_text()
ROUTE = re.compile(r'Route\{(get|post),\s+"(/api/[^"]*)",\s+\{(\w+), \w+\},\s+api::(\w+)(?:, ([\w |]+))?\}')


def routes():
    """(path, method) -> (permission, handler, flags) of the API's rows."""
    text = (ROOT / "cgi/routes.cpp").read_text()
    return {(path, method): (permission, handler, flags or "") for method, path, permission, handler, flags in ROUTE.findall(text)}


def operations():
    """(path, method) -> the lines of that operation."""
    found, path, method = {}, None, None
    for line in SPEC[SPEC.index("\npaths:") : SPEC.index("\ncomponents:")].splitlines():
        if match := re.fullmatch(r"  (/\S+):", line):
            path, method = match[1], None
        elif match := re.fullmatch(r"    (get|post|put|delete|patch):", line):
            method = match[1]
            found[path, method] = []
        elif method and line.startswith("      "):
            found[path, method].append(line)
        elif line.strip():
            method = None
    return {key: "\n".join(lines) for key, lines in found.items()}


def words_in_code(name, header):
    text = (ROOT / "core/model" / header).read_text()
    return re.split(r",\s*", re.search(rf"DESK_ENUM\({name},\s*([^)]*)\)", text)[1])


def words_in_spec(name):
    schema = re.search(rf"^    {name}:\n(?:      .*\n)*?      enum: \[([^\]]*)\]", SPEC, re.M)
    return re.split(r",\s*", schema[1])


def test_there_is_something_to_compare():
    assert len(routes()) >= 15
    assert len((ROOT / "cgi/routes.cpp").read_text().split('"/api/')) - 1 == len(routes()), "a row was not understood"


def test_the_description_has_exactly_the_routes():
    assert sorted(operations()) == sorted(routes())


@pytest.mark.parametrize("operation", sorted(routes()), ids=lambda it: f"{it[1]} {it[0]}")
def test_every_operation_says_what_its_route_does(operation):
    permission, _, flags = routes()[operation]
    text = operations()[operation]
    answers = set(re.findall(r'^        "(\d+)":', text, re.M))

    assert "operationId:" in text
    assert ("security: []" in text) == (permission == "everyone")
    if permission != "everyone":
        assert {"401", "403", "429"} <= answers
    if operation[1] == "post":
        assert "#/components/parameters/IdempotencyKey" in text
        assert {"400", "409", "415", "422", "503"} <= answers
    if "{" in operation[0]:
        assert "404" in answers
    if "writes" in flags:
        assert "503" in answers, "a brake can refuse it"


def test_operation_ids_are_unique():
    ids = re.findall(r"operationId: (\w+)", SPEC)

    assert len(ids) == len(set(ids)) == len(routes())


def test_every_reference_leads_somewhere_and_nothing_is_left_over():
    parts = SPEC[SPEC.index("\ncomponents:") :]
    defined, section = set(), None
    for line in parts.splitlines():
        if match := re.fullmatch(r"  (\w+):", line):
            section = match[1]
        elif (match := re.match(r"    (\w+):", line)) and section != "securitySchemes":
            defined.add(f"{section}/{match[1]}")

    assert set(re.findall(r'"#/components/([^"]+)"', SPEC)) == defined


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("ClusterStatus", "cluster.hpp"),
        ("Platform", "cluster.hpp"),
        ("JobType", "job.hpp"),
        ("JobStatus", "job.hpp"),
        ("RequestKind", "request.hpp"),
        ("RequestState", "request.hpp"),
        ("DemoFailure", "order.hpp"),
        ("OrphanState", "orphan.hpp"),
        ("ReceiptKind", "orphan.hpp"),
        ("UsageKey", "usage.hpp"),
        ("NoticeKind", "notice_kind.hpp"),
    ],
)
def test_enums_have_the_words_of_the_code(name, header):
    assert words_in_spec(name) == words_in_code(name, header)


def test_an_order_has_the_fields_of_the_code():
    table = re.search(r"kFields<Order> = std::tuple\{(.*?)\n\};", (ROOT / "core/model/order_fields.hpp").read_text(), re.S)[1]
    schema = re.search(r"^    Order:\n(.*?)^    \w", SPEC, re.M | re.S)[1]

    assert re.findall(r"^        (\w+):", schema, re.M) == re.findall(r'field\("(\w+)"', table)


def test_no_line_needs_an_anchor_or_more_than_the_reader_takes():
    assert len(SPEC.encode()) <= 256 * 1024
    assert not re.search(r"[:\[,]\s[&*]\w", SPEC)
