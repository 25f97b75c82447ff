"""The list of clusters, the page of one, its log and its failures, as people use them: by visible labels, scripts or not."""

import re
import time
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from browser_test import INSTALLED, order, sign_in


@pytest.fixture
def requester(desk, open_page):
    return sign_in(open_page(), desk, "requester")


@pytest.fixture
def without_scripts(desk, open_page):
    return sign_in(open_page(javascript=False), desk, "requester")


def refreshes(page, times=1):
    """Waits until the page was fetched anew by its script, and was another one."""
    for _ in range(times):
        with page.expect_response(lambda answer: answer.status == 200 and answer.request.resource_type == "fetch"
                                  and urlsplit(answer.url).path == urlsplit(page.url).path):
            pass


def row_of(page, name):
    return page.get_by_role("row").filter(has=page.get_by_role("link", name=name, exact=True))


def test_a_list_is_searched_sorted_and_kept_as_a_view(without_scripts):
    page = without_scripts
    for name in ("view-blue", "view-green"):
        order(page, "demo-minimal", name)
    page.goto("/clusters")

    page.get_by_label("Search").fill("view- -green")
    page.get_by_role("button", name="Show").click()
    expect(row_of(page, "view-blue")).to_be_visible()
    expect(row_of(page, "view-green")).to_have_count(0)

    page.get_by_text("Save this view").click()
    page.get_by_label("Name of the view").fill("Blue ones")
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto("/clusters")
    page.get_by_role("link", name="Blue ones").click()
    expect(page.get_by_label("Search")).to_have_value("view- -green")

    page.get_by_role("button", name="Delete view Blue ones").click()
    expect(page.get_by_role("link", name="Blue ones")).to_have_count(0)
    page.get_by_role("columnheader", name="Name").get_by_role("link").click()
    expect(page.get_by_role("columnheader", name="Name")).to_have_attribute("aria-sort", "ascending")


def test_several_clusters_are_destroyed_at_once_after_a_list_of_what_happens(requester):
    for name in ("many-one", "many-two"):
        order(requester, "demo-minimal", name, hours="24")
    requester.goto("/clusters?q=many-")
    for name in ("many-one", "many-two"):  # what changes between list and confirmation is left alone
        expect(row_of(requester, name)).to_contain_text("Ready", timeout=INSTALLED)
    for name in ("many-one", "many-two"):
        requester.get_by_role("checkbox", name=f"Choose {name}").check()
    requester.get_by_role("button", name="Destroy…").click()

    expect(requester.get_by_role("heading", name="Destroy clusters")).to_be_visible()
    for name in ("many-one", "many-two"):
        expect(row_of(requester, name)).to_be_visible()
    requester.get_by_label("Type destroy to confirm").fill("destroy")
    requester.get_by_role("button", name="Destroy these clusters").click()

    expect(requester.get_by_text("2 of 2 clusters")).to_be_visible()


def test_a_tick_stays_with_its_cluster_when_others_come(desk, requester, open_page):
    for name in ("tick-one", "tick-two"):
        order(requester, "demo-minimal", name)
    requester.goto("/clusters?q=tick-")
    requester.get_by_role("checkbox", name="Choose tick-one").check()

    order(sign_in(open_page(), desk, "requester"), "demo-minimal", "tick-three")  # the newest stands above them
    expect(row_of(requester, "tick-three")).to_be_visible()
    refreshes(requester)

    assert [name for name in ("tick-one", "tick-two", "tick-three")
            if requester.get_by_role("checkbox", name=f"Choose {name}").is_checked()] == ["tick-one"]


def test_enter_extends_until_the_moment_that_was_typed(desk, requester):
    order(requester, "demo-minimal", "until-then")
    expect(requester.locator("#status")).to_contain_text("Ready", timeout=INSTALLED)
    until = requester.get_by_label("Or until")
    latest = until.get_attribute("max")
    until.fill(latest)
    requester.get_by_label("Reason").first.fill("the whole time")
    requester.get_by_label("Reason").first.press("Enter")

    expect(requester.get_by_text("The cluster lives longer now.")).to_be_visible()
    assert desk.sql(f"SELECT destroy_at >= '{latest}Z' FROM clusters WHERE name = 'until-then'") == [["t"]]
    refreshes(requester)
    expect(requester.get_by_text("The cluster lives longer now.")).to_be_visible()


def test_more_time_has_a_price_and_an_end_before_it_is_asked_for(requester):
    order(requester, "demo-minimal", "more-time")
    expect(requester.locator("#status")).to_contain_text("Ready", timeout=INSTALLED)
    before = requester.locator("#lifetime dd").first.inner_text()

    expect(requester.locator("#lifetime")).to_contain_text(re.compile(r"\$\d"))
    requester.get_by_role("button", name="+1 h").click()

    expect(requester.locator("#lifetime dd").first).not_to_have_text(before)


def test_a_log_is_searched_and_its_lines_have_addresses(without_scripts):
    page = without_scripts
    order(page, "demo-minimal", "log-search")
    page.get_by_role("link", name="Log", exact=True).first.click()

    page.get_by_label("Find lines").fill("no-line-says-this")
    page.get_by_role("button", name="Search").click()

    expect(page.get_by_text("No line matches.")).to_be_visible()
    page.get_by_role("link", name="Show the whole log").click()
    expect(page.get_by_label("Find lines")).to_have_value("")


def test_a_log_is_followed_once_however_often_its_page_is_fetched_anew(requester):
    requester.goto("/requests/new?profile=demo-minimal&failure=HANG")
    requester.get_by_label("Name", exact=True).fill("log-followed")
    requester.get_by_label("Cost centre").fill("e2e")
    requester.get_by_role("button", name="Order", exact=True).click()
    requester.get_by_role("link", name="Log", exact=True).first.click()
    expect(requester.locator("ol.log li").first).to_be_visible(timeout=INSTALLED)
    asked, began = [], time.monotonic()
    requester.on("request", lambda request: asked.append(request.url) if "/logs/lines?" in request.url else None)

    refreshes(requester, times=3)

    assert 0 < len(asked) <= (time.monotonic() - began) / 2 + 3, "it asks for lines each 2 s; some may come late"
    expect(requester.locator("ol.log li").first).to_be_visible()
    requester.goto(requester.url.split("/logs")[0])
    requester.get_by_label(re.compile("to confirm")).fill("log-followed")
    requester.locator(".danger-zone").get_by_role("button").first.click()


def test_a_failure_leads_to_an_order_that_is_filled_in_again(requester):
    requester.goto("/requests/new?profile=demo-minimal&failure=QUOTA&extraTags=purpose%3Drehearsal")
    requester.get_by_label("Name", exact=True).fill("fails-by-quota")
    requester.get_by_label("Cost centre").fill("e2e")
    requester.get_by_role("button", name="Order", exact=True).click()
    expect(requester.locator("#failure")).to_contain_text("Whose turn", timeout=INSTALLED)

    again = requester.get_by_role("link", name=re.compile("^Order it again"))
    expect(again).to_be_visible(timeout=3 * INSTALLED)
    requester.set_viewport_size({"width": 360, "height": 800})
    assert requester.evaluate("document.documentElement.scrollWidth") <= 360  # its words are the longest of all buttons
    again.click()

    expect(requester.get_by_label("Name", exact=True)).to_have_value("fails-by-quota")
    expect(requester.get_by_label("Cost centre")).to_have_value("e2e")
    expect(requester.locator("#extraTags")).to_have_value(re.compile(r"^purpose=rehearsal\s*$"))
    expect(requester.locator("#failure")).to_have_value("NONE")
