"""What people are told, and their deadlines in a calendar that a program of others reads."""

import datetime
import re

import icalendar
from playwright.sync_api import expect

from accessibility import violations
from browser_test import INSTALLED, order, sign_in
from waiting import wait_for

UTC = datetime.timezone.utc


def test_the_bell_says_that_a_cluster_is_ready_and_leads_to_it(desk, open_page):
    page = sign_in(open_page(), desk, "requester")
    order(page, "demo-minimal", "e2e-bell")
    expect(page.locator("#status")).to_contain_text("Ready", timeout=INSTALLED)

    page.goto("/")
    expect(page.get_by_role("link", name=re.compile(r"Notices \d+ new"))).to_be_visible()
    page.locator("#bell").click()
    card = page.get_by_role("listitem").filter(has_text="e2e-bell is ready")
    expect(card).to_contain_text("new")
    assert violations(page) == []
    card.get_by_role("link", name="Use it").click()
    expect(page.get_by_role("heading", name="e2e-bell")).to_be_visible()

    def is_nothing_new():
        page.goto("/notices")
        button = page.get_by_role("button", name="Mark all as read")
        if button.count() == 0:
            return page.get_by_role("link", name="Notices", exact=True).is_visible()
        with page.expect_navigation(wait_until="commit"):
            button.click()
    wait_for(is_nothing_new, 300, "all is read, though clusters of other tests end at any time and are told of", every=0.2)


def test_a_calendar_reads_the_deadlines_until_its_address_is_revoked(desk, open_page):
    page = sign_in(open_page(javascript=False), desk, "requester")
    order(page, "demo-standard", "e2e-calendar", hours="7")
    ordered = page.url
    desk_page = sign_in(open_page(), desk, "requester")
    desk_page.goto(ordered)
    expect(desk_page.locator("#status")).to_contain_text("Ready", timeout=INSTALLED)

    page.goto("/account/calendar")
    page.get_by_role("button", name="Make an address").click()
    address = page.locator("#address").inner_text()
    page.goto("/account/calendar")
    expect(page.locator("#address")).to_have_count(0)
    path = address.removeprefix(desk.address)
    answer = desk.call("GET", path)
    assert answer.status == 200
    assert answer.headers["Content-Type"].startswith("text/calendar")
    calendar = icalendar.Calendar.from_ical(answer.body)
    events = {str(event["UID"]): event for event in calendar.walk("VEVENT")}
    ends = [event for event in events.values() if event["SUMMARY"] == "e2e-calendar is destroyed"]

    assert calendar["VERSION"] == "2.0" and calendar["PRODID"]
    assert len(ends) == 1 and len(events) == len(calendar.walk("VEVENT"))
    assert ends[0].decoded("DTSTART").tzinfo is not None
    assert abs(ends[0].decoded("DTSTART") - deadline(desk, "e2e-calendar")) < datetime.timedelta(seconds=1)
    assert any(event["SUMMARY"] == "e2e-calendar ends in 1 hour" for event in events.values())
    assert all(not event.errors for event in events.values())
    assert calendar.to_ical() and desk.passwords["requester"].encode() not in answer.body

    before = ends[0]
    desk.call("POST", f"/api/v1/clusters/{ordered.rsplit('/', 1)[-1].split('?')[0]}/extend", desk.token("requester"), {"hours": 1},
              {"Idempotency-Key": "e2e-calendar-extend"})
    after = [event for event in icalendar.Calendar.from_ical(desk.call("GET", path).body).walk("VEVENT") if event["UID"] == before["UID"]][0]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after.decoded("DTSTART") > before.decoded("DTSTART")

    page.goto("/account/calendar")
    page.get_by_role("button", name="Revoke the address").click()
    assert desk.call("GET", path).status == 404
    assert path.rsplit("/", 1)[-1] not in desk.log("access")


def deadline(desk, name):
    seconds = desk.sql(f"SELECT extract(epoch FROM destroy_at) FROM clusters WHERE name = '{name}' ORDER BY created_at DESC LIMIT 1")[0][0]
    return datetime.datetime.fromtimestamp(float(seconds), UTC)
