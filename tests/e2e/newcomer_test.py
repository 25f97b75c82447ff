"""Somebody who has never seen the desk orders, extends and destroys a cluster, going by what is to be read on the pages
alone: labels, buttons, links and headings. Once with scripts, once without, once by keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from waiting import wait_for

READY = re.compile(r"Ready, .* left")
GONE = re.compile("Gone, and proven to be gone")


class Newcomer:
    """Does things as people do; `does` says how: by pointer or by keys."""

    def __init__(self, page, does, refreshes):
        self.page, self.does, self.refreshes = page, does, refreshes

    def sees(self, words):
        """Waits for the page to say so; where nothing changes by itself, looks again as people do."""
        place = self.page.get_by_role("main").get_by_text(words).first
        if self.refreshes:
            expect(place).to_be_visible(timeout=300_000)
        else:
            wait_for(lambda: self.page.reload() and place.is_visible(), 300, f"{words} on the page", every=1)

    def sign_in(self, name, password):
        self.page.goto("/")
        self.does.fill(self.page.get_by_label("User name"), name)
        self.does.fill(self.page.get_by_label("Password"), password)
        self.does.press(self.page.get_by_role("button", name="Sign in"))
        expect(self.page.get_by_role("heading", name=re.compile("Hello"))).to_be_visible()

    def order(self, name):
        self.does.press(self.page.get_by_role("main").get_by_role("link", name="New cluster"))
        self.does.press(self.page.get_by_role("link", name="Order Demo, compact"))
        self.does.fill(self.page.get_by_label("Name", exact=True), name)
        self.does.fill(self.page.get_by_label("Cost centre"), "newcomers")
        self.does.press(self.page.get_by_role("button", name="Order", exact=True))
        expect(self.page.get_by_role("heading", name=name)).to_be_visible()

    def extend(self):
        lifetime = self.page.get_by_role("region", name="Lifetime")
        self.does.press(lifetime.get_by_role("button", name=re.compile(r"Extend|\+ ?1 h")).first)
        expect(self.page.get_by_text("The cluster lives longer now.")).to_be_visible()

    def destroy(self, name):
        self.does.fill(self.page.get_by_label(re.compile("to confirm")), name)
        self.does.press(self.page.get_by_role("button", name=re.compile("^Destroy")).first)
        expect(self.page.get_by_text("The cluster will be destroyed.")).to_be_visible()


class ByPointer:
    def fill(self, field, text):
        field.fill(text)

    def press(self, control):
        control.click()


class ByKeys:
    """Tab until it has the focus, then type or press Enter. A page that hides something from the keyboard fails here."""

    def __init__(self, page):
        self.page = page

    def reach(self, control):
        expect(control).to_be_visible()
        for _ in range(150):
            if control.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"150 tabs do not reach {control}")

    def fill(self, field, text):
        self.reach(field)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def press(self, control):
        self.reach(control)
        self.page.keyboard.press("Enter")


@pytest.mark.parametrize("way", ["scripts", "plain", "keyboard"])
def test_a_newcomer_orders_extends_and_destroys(desk, open_page, way):
    page = open_page(javascript=way != "plain")
    newcomer = Newcomer(page, ByKeys(page) if way == "keyboard" else ByPointer(), refreshes=way != "plain")
    name = f"new-{way}"

    newcomer.sign_in("requester", desk.passwords["requester"])
    newcomer.order(name)
    newcomer.sees(READY)
    newcomer.extend()
    newcomer.destroy(name)
    newcomer.sees(GONE)
