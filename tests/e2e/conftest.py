"""One private desk and one browser for all end-to-end tests."""

import os
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

from private_desk import PrivateDesk

CHROMIUM = "/usr/bin/chromium"
CHROMIUM_FLAGS = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                  "--disable-component-update", "--disable-sync"]


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
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser
        browser.close()


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
        page.set_default_timeout(15_000)
        faults.watch(page)
        return page

    yield make
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def page(open_page):
    return open_page()
