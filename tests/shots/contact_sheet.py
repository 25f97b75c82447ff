"""Pictures of every page and state, wide and narrow, light and dark, on one sheet: `./desk test shots`.

Usage: contact_sheet.py FOLDER. Brings up a desk of its own, lets clusters live and fail on it, and takes it down again.
The last line tells how many pictures there are."""

import html
import os
import re
import signal
import sys
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import sync_playwright

from every_page import PAGES, an_orphan
from private_desk import PrivateDesk
from waiting import wait_for

WIDTHS, SCHEMES = (1280, 360), ("light", "dark")
VERY_WIDE = (2560,)
PER_HOUR = 10  # orders of a team
INSTALLED, FAILED, STUCK = 90, 300, 600  # seconds, at most: an install, an install that fails, three tries to destroy


class Sheet:
    """Pictures in a folder, and the page that shows them side by side."""

    def __init__(self, folder, desk, browser):
        self.folder, self.desk, self.browser = folder, desk, browser
        self.rows = []
        self.pages = {}

    def page(self, name):
        """Of somebody who is signed in; of nobody with None."""
        if name not in self.pages:
            page = self.browser.new_context(base_url=self.desk.address, timezone_id="UTC").new_page()
            if name:
                sign_in(page, name, self.desk.passwords[name])
            self.pages[name] = page
        return self.pages[name]

    def take(self, title, name, path, do=None, widths=WIDTHS):
        """One row: `path` as `name` sees it, after `do(page)`."""
        page = self.page(name)
        page.set_viewport_size({"width": widths[0], "height": 900})
        page.goto(path)
        if do:
            do(page)
        row = []
        for width in widths:
            page.set_viewport_size({"width": width, "height": 900})
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                file = f"{len(self.rows):03}-{re.sub('[^a-z0-9]+', '-', title.lower()).strip('-')}-{width}-{scheme}.png"
                page.screenshot(path=self.folder / file, full_page=True, animations="disabled")
                row.append(file)
        self.rows.append((title, row))
        print(f"  {title}", file=sys.stderr)

    def write(self):
        rows = "".join(f"<h2>{html.escape(title)}</h2><p>" + "".join(f'<a href="{file}"><img src="{file}" alt="{file}"></a>' for file in row) + "</p>"
                       for title, row in self.rows)
        style = "body{font:1rem sans-serif;background:#888}p{display:flex;gap:1rem;align-items:flex-start;overflow:auto}img{max-height:32rem}"
        (self.folder / "index.html").write_text(
            f'<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Clusterdesk: every page and state</title><style>{style}</style>{rows}</html>\n')


class Clusters:
    """Orders by the form, and what becomes of them."""

    def __init__(self, sheet):
        self.desk, self.page, self.ids = sheet.desk, sheet.page("requester"), {}

    def order(self, name, profile="demo-minimal", **fields):
        if len(self.ids) % PER_HOUR == PER_HOUR - 1:  # the team's orders of this hour were made long ago
            self.desk.sql("UPDATE clusters SET created_at = created_at - interval '2 hours'")
        self.page.goto("/requests/new?" + urlencode({"profile": profile, "name": name, "costCenter": "cc-4711", **fields}))
        self.page.get_by_role("button", name="Order", exact=True).click()
        self.ids[name] = self.desk.sql(f"SELECT id FROM clusters WHERE name = '{name}' ORDER BY created_at DESC")[0][0]
        return self.ids[name]

    def failures(self):
        """The failure menu of the form."""
        self.page.goto("/requests/new?profile=demo-minimal")
        options = self.page.locator("#failure option").evaluate_all("options => options.map(option => option.value)")
        return [value for value in options if value != "NONE"]

    def destroy(self, name):
        self.page.goto(f"/clusters/{self.ids[name]}")
        self.page.get_by_label(re.compile("to confirm")).fill(name)
        self.page.locator(".danger-zone").get_by_role("button", name=re.compile("^Destroy")).click()

    def wait(self, states, *names, at_most=INSTALLED):
        def settled():
            status = dict(self.desk.sql("SELECT id, status FROM clusters"))
            return all(status[self.ids[name]] in states for name in names)
        wait_for(settled, at_most, f"{names} to be {states}", every=1)


# --- what is done on a page before its picture ------------------------------------------------------------------------

def sign_in(page, name, password):
    page.goto("/sign-in")
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def press(words, **fields):
    """Fills fields by their ids, and presses the first button with these words."""
    def do(page):
        page.locator("form").evaluate_all("forms => forms.forEach(form => form.noValidate = true)")  # the desk says what is wrong
        for field, text in fields.items():
            page.locator(f"#{field.replace('_', '-')}").first.fill(text)
        page.get_by_role("main").get_by_role("button", name=re.compile(words)).first.click()
    return do


def guess(page):
    """More passwords of one name than are looked at."""
    for number in range(6):
        page.goto("/sign-in")
        press("Sign in", username="guessed-often", password=f"guess {number}")(page)


def unfold(page):
    page.locator("main details").evaluate_all("all => all.forEach(details => details.open = true)")


def open_menu(page):
    page.set_viewport_size({"width": WIDTHS[-1], "height": 900})
    page.get_by_role("button", name="Menu").click()


def ask(page):
    page.get_by_label("Comment or question").first.fill("Does it need six workers, or would three do?")
    page.get_by_role("button", name="Ask").first.click()


@contextmanager
def pulled(page, brake):
    """An administrator pulls a brake, and releases it again."""
    def press_brake(action):
        page.goto("/admin/queue")
        form = page.locator(f'form:has(input[name="brake"][value="{brake}"])')
        if action == "pull":
            form.get_by_text("Pull it").click()
            form.get_by_label("Reason").fill("The cloud has an outage: nothing new until it is over")
        form.locator(f'button[value="{action}"]').click()
    press_brake("pull")
    yield
    press_brake("release")


# --- chapters ---------------------------------------------------------------------------------------------------------

EMPTY = [  # title, who, path, what is done
    ("Sign in", None, "/sign-in", None),
    ("Sign in, refused", None, "/sign-in", press("Sign in", username="somebody", password="not this one")),
    ("A link that is over", None, "/d/nothing", None),
    *[(f"{path} before the first order", "requester", path, None) for path in ("/", "/catalog", "/requests", "/clusters", "/costs", "/notices")],
    ("Approvals, nothing waits", "approver", "/approvals", None),
    ("Menu", "requester", "/", open_menu),
    ("Order form, unfolded", "requester", "/requests/new?profile=demo-standard&name=web-shop&costCenter=cc-4711", unfold),
    ("Order form, refused", "requester", "/requests/new?profile=demo-standard&name=Not+A+Name&ttlHours=900", press("^Order$")),
    ("Order form, needs approval", "requester", "/requests/new?profile=demo-standard&name=web-shop&costCenter=cc-4711&ttlHours=100", None),
    ("Order by file, refused", "requester", "/requests/import", press("^Fill in", file="kind: Something")),
    ("Not there", "requester", "/nothing-here", None),
    ("Not allowed", "requester", "/admin/users", None),
    *[(f"{path}, nothing yet", "admin", path, None) for path in ("/admin/blocked", "/admin/orphans", "/admin/profiles/demo-standard/simulation")],
]


def empty_states(sheet):
    for title, name, path, do in EMPTY:
        sheet.take(title, name, path, do)
    sheet.desk.sql("UPDATE users SET tour_ended_at = clock_timestamp()")  # the pictures before show it


def stuck_clusters(sheet, clusters):
    """Begins what takes long, so that it happens meanwhile."""
    clusters.order("fails-hang", failure="HANG")
    clusters.order("fails-destroy-stuck", failure="DESTROY_STUCK")
    clusters.wait({"READY"}, "fails-destroy-stuck")
    clusters.destroy("fails-destroy-stuck")


def life_of_a_request(sheet, clusters):
    waiting = clusters.order("audit-rehearsal", "demo-needs-approval", reason="A rehearsal for the audit on Friday")
    request = sheet.desk.sql(f"SELECT id FROM requests WHERE cluster_id = '{waiting}'")[0][0]
    sheet.take("A request that waits", "requester", f"/requests/{request}")
    sheet.take("A cluster that waits for approval", "requester", f"/clusters/{waiting}")
    sheet.take("Approvals", "approver", "/approvals")
    sheet.take("Approvals, rejected without a reason", "approver", "/approvals", press("^Reject$"))
    sheet.take("A question is asked", "approver", "/approvals", ask)
    sheet.take("A request with a question", "requester", f"/requests/{request}")
    sheet.take("Approvals with a question", "approver", "/approvals")
    sheet.take("Notices of a question", "requester", "/notices")
    return request


def request_that_lapses(sheet, clusters):
    forgotten = clusters.order("forgotten", "demo-needs-approval", reason="Nobody reads this in time")
    sheet.desk.sql(f"UPDATE requests SET lapses_at = desk_now() WHERE cluster_id = '{forgotten}'")
    clusters.wait({"LAPSED"}, "forgotten")
    request = sheet.desk.sql(f"SELECT id FROM requests WHERE cluster_id = '{forgotten}'")[0][0]
    sheet.take("A request that lapsed", "requester", f"/requests/{request}")
    sheet.take("Its cluster", "requester", f"/clusters/{forgotten}")
    sheet.take("Approvals after a lapse", "approver", "/approvals")


def life_of_a_cluster(sheet, clusters, request):
    gone = clusters.order("checkout-test")
    clusters.wait({"READY"}, "checkout-test")
    ready = clusters.order("payments-demo")
    sheet.take("A cluster that is installed", "requester", f"/clusters/{ready}")
    sheet.take("Its log", "requester", f"/clusters/{ready}/logs")
    sheet.take("Its outputs, not there yet", "requester", f"/clusters/{ready}/outputs")
    clusters.destroy("checkout-test")
    sheet.take("A cluster that is destroyed", "requester", f"/clusters/{gone}")
    sheet.take("Its receipt, not there yet", "requester", f"/clusters/{gone}/receipt")
    clusters.wait({"READY"}, "payments-demo")
    clusters.wait({"DESTROYED"}, "checkout-test")
    sheet.take("A cluster that is gone", "requester", f"/clusters/{gone}")
    sheet.take("Its receipt", "requester", f"/clusters/{gone}/receipt")
    sheet.take("Its outputs are gone", "requester", f"/clusters/{gone}/outputs")
    sheet.take("Extended", "requester", f"/clusters/{ready}", press("h$"))
    sheet.take("The wrong name is typed", "requester", f"/clusters/{ready}", press("^Destroy", confirm="payments"))
    sheet.take("A link to the kubeconfig", "requester", f"/clusters/{ready}/outputs", press("Make a link"))
    sheet.take("The password of kubeadmin", "requester", f"/clusters/{ready}/outputs", press("Reveal"))
    user = sheet.desk.sql("SELECT id FROM users WHERE username = 'requester'")[0][0]
    orphan = an_orphan(sheet.desk)
    for name, paths in PAGES.items():
        for path in paths if name else []:
            sheet.take(f"{path} of {name}", name, path.format(cluster=ready, request=request, user=user, orphan=orphan))
    sheet.take("The audit chain, checked", "admin", "/audit?verify=yes")
    sheet.take("A rule, tried", "admin", "/admin/profiles/demo-needs-approval/simulation", press("^Try it"))
    for path in ("/", "/clusters", f"/clusters/{ready}"):
        sheet.take(f"{path.split('/')[1] or 'home'}, very wide", "requester", path, widths=VERY_WIDE)
    clusters.order("night-build")
    clusters.wait({"READY"}, "night-build")
    sheet.take("A cluster that falls asleep", "requester", f"/clusters/{clusters.ids['night-build']}", press("^Hibernate"))
    clusters.wait({"HIBERNATED"}, "night-build")
    sheet.take("A cluster that sleeps", "requester", f"/clusters/{clusters.ids['night-build']}")


def brakes(sheet):
    with pulled(sheet.page("admin"), "NO_CREATES"):
        sheet.take("Home while a brake is pulled", "requester", "/")
        sheet.take("The order form while a brake is pulled", "requester", "/requests/new?profile=demo-standard")
        sheet.take("The queue while a brake is pulled", "admin", "/admin/queue")
    with pulled(sheet.page("admin"), "READ_ONLY"):
        sheet.take("The desk is read-only", "requester", "/account")


def failing_clusters(sheet, clusters):
    for failure in clusters.failures():
        name = f"fails-{failure.lower().replace('_', '-')}"
        if name not in clusters.ids:
            clusters.order(name, failure=failure)
    stuck = clusters.ids["fails-destroy-stuck"]
    names = sorted(name for name in clusters.ids if name.startswith("fails-") and clusters.ids[name] != stuck)
    clusters.wait({"READY", "DESTROYED"}, *names, at_most=FAILED)
    for name in names:
        sheet.take(name, "requester", f"/clusters/{clusters.ids[name]}")
        sheet.take(f"{name}: log", "requester", f"/clusters/{clusters.ids[name]}/logs")
    clusters.wait({"DESTROY_FAILED"}, "fails-destroy-stuck", at_most=STUCK)
    with pulled(sheet.page("admin"), "NO_DESTROYS"):  # nobody tries meanwhile
        sheet.take("fails-destroy-stuck", "requester", f"/clusters/{stuck}")
        sheet.take("fails-destroy-stuck: log", "requester", f"/clusters/{stuck}/logs")
        sheet.take("Blocked deletions", "admin", "/admin/blocked")
        sheet.take("Clusters of all kinds", "requester", "/clusters?status=ALL")
        sheet.take("Home of somebody who is needed", "requester", "/")
        sheet.take("Notices, many", "requester", "/notices")
        sheet.take("The queue after failures", "admin", "/admin/queue")
        sheet.take("A blocked deletion, given up without a reason", "admin", f"/clusters/{stuck}", press("^Give up", give_up_name="fails-destroy-stuck"))
        sheet.take("Given up", "admin", f"/clusters/{stuck}",
                   press("^Give up", give_up_name="fails-destroy-stuck", give_up_reason="The account it lived in is closed"))
    sheet.take("The receipt of what was given up", "requester", f"/clusters/{stuck}/receipt")
    sheet.take("Orphans", "admin", "/admin/orphans")


def trouble(sheet):
    """The last one: nobody can sign in any more after it, and nothing answers."""
    sheet.take("Sign in, guessed too often", None, "/sign-in", guess)
    os.kill(sheet.desk.status()["pids"]["postgres"], signal.SIGINT)  # ends at once, and properly
    wait_for(lambda: sheet.desk.status()["pids"]["postgres"] is None, 20, "the database's end")
    sheet.take("The database does not answer", "requester", "/clusters")


def main():
    folder = Path(sys.argv[1]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    desk = PrivateDesk()
    try:
        desk.up("--people")
        with sync_playwright() as playwright:
            flags = ["--disable-gpu"] + (["--no-sandbox"] if os.geteuid() == 0 else [])
            sheet = Sheet(folder, desk, playwright.chromium.launch(executable_path="/usr/bin/chromium", args=flags))
            try:
                empty_states(sheet)
                clusters = Clusters(sheet)
                stuck_clusters(sheet, clusters)
                request_that_lapses(sheet, clusters)
                life_of_a_cluster(sheet, clusters, life_of_a_request(sheet, clusters))
                brakes(sheet)
                failing_clusters(sheet, clusters)
                trouble(sheet)
            finally:
                sheet.write()
            sheet.browser.close()
    finally:
        desk.remove()
    print(f"{sum(len(row) for _, row in sheet.rows)} pictures in {folder}/index.html")


main()
