"""What pages cost and whether they are right: bytes of a first visit, valid HTML, Lighthouse."""

import json
import os
import re

import pytest

import node_tools
from browser_test import sign_in
from conftest import CHROMIUM, CHROMIUM_FLAGS
from every_page import NO_PAGES, PAGES
from source_tree import ROOT

FIRST_VISIT = 60_000  # bytes
LIGHTHOUSE = {"performance": 0.98, "accessibility": 1, "best-practices": 1}
HTML_RULES = {
    "extends": ["html-validate:standard"],
    "rules": {
        "require-sri": "off",  # everything comes from the desk itself
        "no-trailing-whitespace": "off",
        "no-inline-style": "error",
        "attribute-boolean-style": "off",
        "void-style": "off",  # <use/> is SVG
        "prefer-native-element": "off",
    },
}


def test_every_route_with_a_page_is_looked_at():
    routes = set(re.findall(r'Route\{get,\s+"((?!/api/)[^"]*)"', (ROOT / "cgi/routes.cpp").read_text()))
    shapes = {re.sub(r"\{\w+\}", "[^/]+", route): route for route in routes - NO_PAGES}
    looked_at = [path.split("?")[0] for paths in PAGES.values() for path in paths]

    missing = [route for shape, route in shapes.items() if not any(re.fullmatch(shape, path) for path in looked_at)]

    assert missing == []


def test_the_first_visit_of_the_cluster_list_is_light(desk, places, open_page):
    cookies = sign_in(open_page(), desk, "requester").context.cookies()
    page = open_page()  # nothing is cached in it
    page.context.add_cookies(cookies)

    page.goto("/clusters", wait_until="networkidle")

    sizes = page.evaluate("""() => ["navigation", "resource"].flatMap(kind => performance.getEntriesByType(kind))
        .map(entry => [new URL(entry.name).pathname, entry.transferSize])""")
    total = sum(size for _, size in sizes)
    print(f"first visit of the cluster list: {total} bytes: {sizes}")
    assert {"/static/app.css", "/static/app.js", "/static/htmx.min.js"} <= {name for name, _ in sizes}
    assert total < FIRST_VISIT


@pytest.mark.parametrize("name", PAGES)
def test_the_html_of_every_page_is_valid(desk, places, open_page, tmp_path, name):
    (tmp_path / "rules.json").write_text(json.dumps({"root": True, **HTML_RULES}))
    page = sign_in(open_page(javascript=False), desk, name)
    for number, path in enumerate(PAGES[name]):
        answer = page.request.get(path.format(**places))
        (tmp_path / f"{number:02}-{re.sub('[^a-z]+', '-', path)}.html").write_text(answer.text())

    said = node_tools.run("html-validate", "--config", tmp_path / "rules.json", "--formatter", "json", *sorted(tmp_path.glob("*.html")), check=False)

    faults = [f'{result["filePath"]}:{fault["line"]}: {fault["ruleId"]}: {fault["message"]}'
              for result in json.loads(said.stdout) for fault in result["messages"]]
    assert faults == []


@pytest.mark.parametrize("path", ["/", "/catalog", "/requests/new?profile=demo-standard", "/clusters", "/clusters/{cluster}"])
def test_lighthouse_is_content(desk, places, open_page, path):
    """As on a slow phone, which is what Lighthouse plays unless told otherwise. The best of five: what else the machine
    does at the same time is no fault of the page."""
    cookies = sign_in(open_page(), desk, "requester").context.cookies()
    flags = ["--headless=new", *CHROMIUM_FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]

    scores, wrong = {}, []
    for _ in range(5):
        scores, wrong = lighthouse(desk.address + path.format(**places), cookies, flags)
        print(f"{path}: {scores}")
        if all(scores[name] >= least for name, least in LIGHTHOUSE.items()):
            return
    raise AssertionError((scores, wrong))


def lighthouse(url, cookies, flags):
    """Its scores of a page, and what it found wrong."""
    said = node_tools.run(
        "lighthouse", url, "--quiet", "--output=json", f"--only-categories={','.join(LIGHTHOUSE)}",
        "--extra-headers=" + json.dumps({"Cookie": "; ".join(f'{one["name"]}={one["value"]}' for one in cookies)}),
        f"--chrome-flags={' '.join(flags)}", env={"CHROME_PATH": CHROMIUM}, check=False)
    if said.returncode != 0:  # a browser that did not come up says nothing of the page
        return dict.fromkeys(LIGHTHOUSE, 0), [said.stderr]
    report = json.loads(said.stdout)
    assert report["finalDisplayedUrl"] == url
    return ({name: report["categories"][name]["score"] for name in LIGHTHOUSE},
            [f'{audit["id"]}: {audit["title"]}' for audit in report["audits"].values() if audit["score"] == 0])
