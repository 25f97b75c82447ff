"""The desk as people meet it: Chromium, nginx, the web program, the worker, PostgreSQL, the demo installer."""

import hashlib
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from waiting import wait_for

INSTALLED = 60_000  # ms; a demo install takes some seconds
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}


def sign_in(page, desk, name):
    page.goto("/sign-in")
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password").fill(desk.passwords[name])
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    return page


def order(page, profile, name, hours="2"):
    """Fills the order form and sends it."""
    page.goto(f"/requests/new?profile={profile}")
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Cost centre").fill("e2e")
    page.get_by_label(re.compile("Lifetime")).fill(hours)
    page.get_by_role("button", name="Order", exact=True).click()


def violations(page):
    found = Axe().run(page, options=AXE).response["violations"]
    return [f'{page.url}: {rule["id"]}: {node["html"][:160]}' for rule in found for node in rule["nodes"]]


def test_a_cluster_from_order_to_receipt(desk, open_page):
    requester = sign_in(open_page(), desk, "requester")
    approver = sign_in(open_page(), desk, "approver")

    order(requester, "demo-needs-approval", "e2e-life", hours="6")
    expect(requester.locator("#status")).to_contain_text("approv")
    approver.goto("/approvals")
    card = approver.get_by_role("article").filter(has_text="e2e-life")
    card.get_by_label("Comment").fill("go ahead")
    card.get_by_role("button", name="Approve").click()
    expect(approver.get_by_role("status")).to_be_visible()

    requester.goto("/clusters")
    requester.get_by_role("link", name="e2e-life").click()
    expect(requester.locator("#status")).to_contain_text("Ready", timeout=INSTALLED)  # it changes by itself

    requester.goto(requester.url + "/outputs")
    with requester.expect_download() as download:
        requester.get_by_role("button", name="Download kubeconfig").click()
    content = download.value.path().read_bytes()
    requester.reload()
    assert download.value.suggested_filename == "kubeconfig-e2e-life"
    assert b"current-context: " in content
    assert hashlib.sha256(content).hexdigest() in requester.content()

    requester.goto(requester.url.removesuffix("/outputs"))
    requester.get_by_label(re.compile("to confirm")).fill("e2e-life")
    requester.locator(".danger-zone").get_by_role("button", name=re.compile("Destroy")).click()
    expect(requester.locator("#state")).to_contain_text(re.compile("Destroyed", re.I), timeout=INSTALLED)
    requester.goto(requester.url.split("?")[0] + "/receipt")
    expect(requester.get_by_role("heading", name="Receipt: e2e-life is gone")).to_be_visible()


def test_everything_works_without_javascript(desk, open_page):
    page = sign_in(open_page(javascript=False), desk, "requester")

    order(page, "demo-minimal", "e2e-plain", hours="1")

    assert "/clusters/clu_" in page.url
    expect(page.get_by_role("heading", name="e2e-plain")).to_be_visible()
    page.get_by_label(re.compile("to confirm")).fill("e2e-plain")
    page.locator(".danger-zone button").first.click()
    expect(page.get_by_role("status").first).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_form_that_is_refused_keeps_what_was_typed(desk, open_page):
    page = sign_in(open_page(javascript=False), desk, "requester")

    order(page, "demo-minimal", "Not A Name", hours="3")

    expect(page.get_by_label("Name", exact=True)).to_have_value("Not A Name")
    expect(page.get_by_label("Cost centre")).to_have_value("e2e")
    expect(page.get_by_label(re.compile("Lifetime"))).to_have_value("3")
    expect(page.locator(".field.wrong")).to_have_count(1)


def test_a_cluster_yaml_fills_in_the_form_and_shows_what_will_be_installed(desk, open_page):
    page = sign_in(open_page(javascript=False), desk, "requester")
    text = """\
api_version: portal/v1
name: e2e-file
env: demo
ttl_hours: 30
platform: {type: demo, region: demo-west-1}
dns: {base_domain: demo.example.com}
openshift: {version: 4.20}
"""

    page.goto("/requests/import?profile=demo-standard")
    page.get_by_label("The file").fill(text)
    page.get_by_role("button", name="Fill in the order form").click()
    expect(page.get_by_text("/openshift/version: is a number without quotes")).to_be_visible()
    expect(page.get_by_label("The file")).to_have_value(text)

    page.get_by_label("The file").fill(text.replace("4.20", '"4.20"'))
    page.get_by_role("button", name="Fill in the order form").click()
    expect(page.get_by_label("Name", exact=True)).to_have_value("e2e-file")
    page.get_by_label("Cost centre").fill("e2e")
    page.get_by_role("button", name="Check price and policy").click()
    page.get_by_text("Preview what will be installed").click()
    expect(page.locator("#install-config")).to_contain_text('pullSecret: "(not shown)"')
    expect(page.locator("#cluster-yaml")).to_contain_text('profile: "demo-standard"')

    page.get_by_role("button", name="Order", exact=True).click()
    page.get_by_text("Preview what will be installed").click()
    expect(page.locator("#install-config")).to_contain_text('"ClusterId": "clu_')
    page.get_by_role("button", name="Withdraw the request").click()


def test_markup_in_what_people_type_stays_text(desk, open_page):
    page = sign_in(open_page(), desk, "requester")
    nasty = "<img src=x onerror=alert(1)>\"'&"

    page.goto("/requests/new?profile=demo-needs-approval")
    page.get_by_label("Name", exact=True).fill("e2e-markup")
    page.get_by_label("Cost centre").fill("e2e")
    page.get_by_label(re.compile("Reason")).fill(nasty)
    page.get_by_role("button", name="Order", exact=True).click()

    expect(page.get_by_text(nasty)).to_be_visible()
    assert page.locator("img").count() == 0
    page.get_by_role("button", name="Withdraw the request").click()


def test_the_sign_in_works_by_keyboard_alone(desk, page):
    page.goto("/sign-in")
    page.get_by_label("User name").focus()
    page.keyboard.type("requester")
    page.keyboard.press("Tab")
    page.keyboard.type(desk.passwords["requester"])
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name=re.compile("Hello"))).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()


@pytest.fixture(scope="module")
def a_cluster(desk):
    """The id of a cluster that was READY once, of team demo."""
    token = desk.token("requester")
    answer = desk.call("POST", "/api/v1/clusters", token, headers={"Idempotency-Key": "e2e-pages"}, body={
        "name": "e2e-pages", "platform": "demo", "version": "4.20.3", "profile": "demo-minimal", "region": "demo-east-1",
        "baseDomain": "demo.example.com", "owner": "requester", "team": "demo", "costCenter": "e2e", "ttlHours": 24})
    assert answer.status == 202, answer.body
    cluster = answer.json["clusterId"]
    # Each second: the API gives 100 answers a minute.
    wait_for(lambda: desk.call("GET", f"/api/v1/clusters/{cluster}", token).json.get("status") == "READY", 60, "READY", every=1)
    return cluster


PAGES = {
    "requester": ["/", "/catalog", "/catalog/demo-standard", "/requests/new?profile=demo-standard", "/requests/new?profile=demo-standard&name=e2e-look&costCenter=e2e",
                  "/requests/import", "/requests", "/clusters", "/account",
                  "/clusters/{cluster}", "/clusters/{cluster}/outputs", "/clusters/{cluster}/logs", "/clusters/{cluster}/receipt", "/nothing-here"],
    "approver": ["/approvals"],
    "admin": ["/admin/users", "/admin/teams", "/admin/profiles", "/admin/queue", "/audit"],
}


@pytest.mark.parametrize("name", PAGES)
def test_no_page_breaks_wcag_2_1_aa(desk, a_cluster, open_page, name):
    page = sign_in(open_page(), desk, name)
    found = []
    for path in PAGES[name]:
        page.goto(path.format(cluster=a_cluster))
        found += violations(page)
    assert found == []


def test_the_sign_in_page_breaks_no_wcag_rule(page):
    page.goto("/sign-in")
    assert violations(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_every_page_fits_a_narrow_screen(desk, a_cluster, open_page, name):
    page = sign_in(open_page(width=360), desk, name)
    too_wide = []
    for path in PAGES[name]:
        page.goto(path.format(cluster=a_cluster))
        if page.evaluate("document.documentElement.scrollWidth") > 360:
            too_wide.append(path)
    assert too_wide == []
