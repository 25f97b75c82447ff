"""Costs and limits in a browser, with scripts and without, wide and narrow."""

import csv
import io

import pytest
from playwright.sync_api import expect

from accessibility import violations
from browser_test import INSTALLED, order, sign_in


@pytest.fixture(scope="module")
def spent(desk, chromium):
    """A cluster that has cost something."""
    context = chromium.new_context(base_url=desk.address)
    context.set_default_timeout(120_000)
    page = sign_in(context.new_page(), desk, "requester")
    order(page, "demo-minimal", "e2e-costs")
    expect(page.locator("#status")).to_contain_text("Ready", timeout=INSTALLED)
    context.close()


def test_the_way_from_a_team_to_the_cluster_that_cost_it(desk, open_page, spent):
    page = sign_in(open_page(javascript=False), desk, "requester")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Costs").click()

    page.get_by_role("table", name="Costs", exact=True).get_by_role("link", name="demo", exact=True).click()
    page.get_by_role("table", name="Costs", exact=True).get_by_role("link", name="requester", exact=True).click()
    page.get_by_role("table", name="Costs", exact=True).get_by_role("link", name="e2e-costs", exact=True).click()

    expect(page.get_by_role("heading", name="e2e-costs")).to_be_visible()


def test_the_chart_has_a_table_beside_it_and_fits_a_phone(desk, open_page, spent):
    page = sign_in(open_page(width=360), desk, "requester")
    page.goto("/costs?by=profile")

    expect(page.get_by_role("table", name="Costs by month")).to_be_visible()
    assert page.locator(".bars svg rect").count() >= 2
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert violations(page) == []


def test_the_table_for_spreadsheets_adds_up_to_the_page(desk, open_page, spent):
    page = sign_in(open_page(), desk, "requester")
    page.goto("/costs?by=cluster")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as CSV").click()
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text())))

    assert {row["name"] for row in rows} >= {"e2e-costs"}
    assert sum(float(row["accruedUsd"]) for row in rows) > 0


def test_a_limit_is_set_and_seen(desk, open_page):
    page = sign_in(open_page(javascript=False), desk, "admin")
    page.goto("/admin/quotas")
    assert violations(sign_in_again(open_page, desk, "/admin/quotas")) == []
    soft_line(page, "25")

    try:
        expect(page.get_by_role("status")).to_contain_text("The limits were saved")
        page.goto("/costs")
        expect(page.get_by_role("table", name="Budgets")).to_contain_text("$25.00")
    finally:  # above the line an approver decides about what other tests order
        page.goto("/admin/quotas")
        soft_line(page, "")


def soft_line(page, dollars):
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="demo", exact=True))
    row.get_by_text("Change the limits of team demo").click()
    row.get_by_label("$ a month, soft").fill(dollars)
    row.get_by_role("button", name="Save the limits of team demo").click()


def sign_in_again(open_page, desk, path):
    page = sign_in(open_page(), desk, "admin")
    page.goto(path)
    return page
