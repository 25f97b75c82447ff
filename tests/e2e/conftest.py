"""One private desk and one browser for all end-to-end tests."""

import os
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect, sync_playwright

from every_page import an_orphan
from private_desk import PrivateDesk
from waiting import wait_for

CHROMIUM = "/usr/bin/chromium"
CHROMIUM_FLAGS = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                  "--disable-component-update", "--disable-sync"]


expect.set_options(timeout=30_000)  # ms: a busy machine is no fault


@pytest.fixture(scope="session")
def desk():
    """A desk with one demo person per role; desk.passwords has the passwords by name."""
    desk = PrivateDesk()
    try:
        desk.up("--people")
        yield desk
    finally:
        desk.remove()


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        flags = CHROMIUM_FLAGS + (["--no-sandbox"] if os.geteuid() == 0 else [])
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags, timeout=120_000)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def places(desk):
    """What stands in the paths of every_page.PAGES: a cluster that was READY once, its request, a person, and an orphan."""
    token = desk.token("requester")
    answer = desk.call("POST", "/api/v1/clusters", token, headers={"Idempotency-Key": "e2e-pages"}, body={
        "name": "e2e-pages", "platform": "demo", "version": "4.20.3", "profile": "demo-minimal", "region": "demo-east-1",
        "baseDomain": "demo.example.com", "owner": "requester", "team": "demo", "costCenter": "e2e", "ttlHours": 24})
    assert answer.status == 202, answer.body
    cluster = answer.json["clusterId"]
    # Each second: the API gives 100 answers a minute.
    wait_for(lambda: desk.call("GET", f"/api/v1/clusters/{cluster}", token).json.get("status") == "READY", 300, "READY", every=1)
    return {"orphan": an_orphan(desk), "cluster": cluster, "request": desk.sql(f"SELECT id FROM requests WHERE cluster_id = '{cluster}'")[0][0],
            "user": desk.sql("SELECT id FROM users WHERE username = 'requester'")[0][0]}


@pytest.fixture(autouse=True)
def an_hour_ago(request):
    """A team may order ten clusters an hour: what the test before has ordered is older than that for the next one."""
    yield
    if "desk" in request.fixturenames:
        request.getfixturevalue("desk").sql("UPDATE clusters SET created_at = created_at - interval '1 hour'")


class Faults(list):
    """What no page may do: reach beyond this machine, throw, break the Content-Security-Policy, answer 5xx."""

    def watch(self, page):
        page.on("request", lambda request: urlsplit(request.url).hostname in ("127.0.0.1", None) or self.append(f"request to {request.url}"))
        page.on("response", lambda response: response.status < 500 or self.append(f"{response.status} from {response.url}"))
        page.on("pageerror", lambda error: self.append(f"error on the page: {error}"))
        page.on("console", lambda message: message.type != "error" or "Failed to load resource" in message.text
                or self.append(f"console: {message.text}"))


@pytest.fixture
def open_page(desk, chromium):
    """open_page(javascript=True, width=1280): a fresh browser session whose faults fail the test."""
    faults, contexts = Faults(), []

    def make(javascript=True, width=1280):
        context = chromium.new_context(base_url=desk.address, java_script_enabled=javascript,
                                       viewport={"width": width, "height": 900}, timezone_id="UTC")
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(120_000)
        faults.watch(page)
        return page

    yield make
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def page(open_page):
    return open_page()
