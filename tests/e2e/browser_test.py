"""The desk as people meet it: Chromium, nginx, the web program, the worker, PostgreSQL, the demo installer."""

import hashlib
import re

import pytest
from playwright.sync_api import expect

from accessibility import violations
from every_page import PAGES

INSTALLED = 300_000  # ms; a demo install takes some seconds, on a busy machine many


def sign_in(page, desk, name):
    """As `name`; as nobody with None."""
    page.goto("/sign-in")
    if name is None:
        return page
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password").fill(desk.passwords[name])
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    return page


def order(page, profile, name, hours="12"):
    """Fills the order form and sends it. An hour takes ten seconds: none may end while a test works with it."""
    page.goto(f"/requests/new?profile={profile}")
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Cost centre").fill("e2e")
    page.get_by_label(re.compile("Lifetime")).fill(hours)
    with page.expect_navigation(wait_until="commit"):  # or the next step could come before the order is sent
        page.get_by_role("button", name="Order", exact=True).click()


def test_a_cluster_from_order_to_receipt(desk, open_page):
    requester = sign_in(open_page(), desk, "requester")
    approver = sign_in(open_page(), desk, "approver")

    order(requester, "demo-needs-approval", "e2e-life", hours="24")
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
    expect(requester.get_by_role("main")).to_contain_text(re.compile(r"Cost in all\s*\$[0-9.]*[1-9]"))


def test_everything_works_without_javascript(desk, open_page):
    page = sign_in(open_page(javascript=False), desk, "requester")

    order(page, "demo-minimal", "e2e-plain")

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


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_moderate_or_worse(desk, places, open_page, name):
    page = sign_in(open_page(), desk, name)
    found = []
    for path in PAGES[name]:
        page.goto(path.format(**places))
        found += violations(page)
    assert found == []


@pytest.mark.parametrize("name", PAGES)
def test_every_page_fits_a_narrow_screen(desk, places, open_page, name):
    page = sign_in(open_page(width=360), desk, name)
    too_wide = []
    for path in PAGES[name]:
        page.goto(path.format(**places))
        if page.evaluate("document.documentElement.scrollWidth") > 360:
            too_wide.append(path)
    assert too_wide == []


def background(page):
    """How light the page is behind everything: 0 is black, 255 is white."""
    return page.evaluate("Math.max(...getComputedStyle(document.documentElement).backgroundColor.match(/[0-9]+/g).slice(0, 3))")


def test_a_theme_is_chosen_on_the_account_page_and_needs_no_scripts(desk, open_page):
    page = sign_in(open_page(javascript=False), desk, "teamlead")
    looking = sign_in(open_page(), desk, "teamlead")  # evaluates, which takes scripts
    for theme, is_dark in (("Dark", True), ("Light", False)):
        page.goto("/account")
        page.get_by_label("Theme").select_option(theme)
        page.get_by_role("button", name="Save", exact=True).click()
        for system in ("light", "dark"):
            looking.emulate_media(color_scheme=system)
            looking.goto("/clusters")
            assert (background(looking) < 128) == is_dark, (theme, system)

    page.goto("/account")
    page.get_by_label("Theme").select_option("As my system says")
    page.get_by_role("button", name="Save", exact=True).click()
    for system in ("light", "dark"):
        looking.emulate_media(color_scheme=system)
        looking.goto("/clusters")
        assert (background(looking) < 128) == (system == "dark")


def test_an_open_page_changes_by_itself_and_keeps_what_is_typed(desk, open_page):
    admin = sign_in(open_page(), desk, "admin")
    admin.goto("/admin/queue")
    other = sign_in(open_page(), desk, "admin")
    other.goto("/admin/queue")
    reading = other.locator('form:has(input[value="READ_ONLY"])')
    reading.get_by_text("Pull it").click()
    typed = reading.get_by_label("Reason")
    typed.fill("half a sentence")

    brake = admin.locator('form:has(input[value="NO_DESTROYS"])')
    brake.get_by_text("Pull it").click()
    brake.get_by_label("Reason").fill("e2e looks at the banner")
    brake.get_by_role("button", name="Pull").click()

    try:
        expect(other.locator("#brakes")).to_contain_text("e2e looks at the banner")
        expect(typed).to_have_value("half a sentence")
        expect(typed).to_be_focused()
    finally:
        admin.goto("/admin/queue")
        admin.locator('form:has(input[value="NO_DESTROYS"])').get_by_role("button", name="Release").click()
