"""The list of clusters, the page of one, its log and its failures, as people use them: by visible labels, scripts or not."""

import re

import pytest
from playwright.sync_api import expect

from browser_test import INSTALLED, order, sign_in


@pytest.fixture
def requester(desk, open_page):
    return sign_in(open_page(), desk, "requester")


@pytest.fixture
def without_scripts(desk, open_page):
    return sign_in(open_page(javascript=False), desk, "requester")


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
        order(requester, "demo-minimal", name)
    requester.goto("/clusters?q=many-")
    for name in ("many-one", "many-two"):
        requester.get_by_role("checkbox", name=f"Choose {name}").check()
    requester.get_by_role("button", name="Destroy…").click()

    expect(requester.get_by_role("heading", name="Destroy clusters")).to_be_visible()
    for name in ("many-one", "many-two"):
        expect(row_of(requester, name)).to_be_visible()
    requester.get_by_label("Type destroy to confirm").fill("destroy")
    requester.get_by_role("button", name="Destroy these clusters").click()

    expect(requester.get_by_text("2 of 2 clusters")).to_be_visible()


def test_more_time_has_a_price_and_an_end_before_it_is_asked_for(requester):
    order(requester, "demo-minimal", "more-time", hours="2")
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


def test_a_failure_leads_to_an_order_that_is_filled_in_again(requester):
    requester.goto("/requests/new?profile=demo-minimal&failure=QUOTA")
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
