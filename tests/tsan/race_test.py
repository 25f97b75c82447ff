"""The web program under ThreadSanitizer: pages and the API at once, while the worker changes the rows."""

import re
import threading
import urllib.parse

import pytest

from private_desk import PrivateDesk
from waiting import wait_for

CALLERS = 12
ROUNDS = 15


@pytest.fixture(scope="module")
def desk():
    desk = PrivateDesk()
    try:
        desk.up("--preset", "tsan", "--people")
        yield desk
    finally:
        desk.remove()


def sign_in(desk, name):
    """The cookies of a session."""
    form = desk.call("GET", "/sign-in")
    cookie = form.headers["Set-Cookie"].split(";")[0]
    csrf = re.search(r'name="csrf" value="([^"]+)"', form.body.decode()).group(1)
    answer = desk.call("POST", "/sign-in", headers={"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"},
                       body=urllib.parse.urlencode({"csrf": csrf, "username": name, "password": desk.passwords[name]}).encode())
    assert answer.status == 303, answer.body
    return "; ".join(value.split(";")[0] for value in answer.headers.get_all("Set-Cookie"))


def order(desk, token, number):
    return desk.call("POST", "/api/v1/clusters", token, headers={"Idempotency-Key": f"race-{number}"}, body={
        "name": f"race-{number}", "platform": "demo", "version": "4.20.3", "profile": "demo-minimal", "region": "demo-east-1",
        "baseDomain": "demo.example.com", "owner": "requester", "team": "demo", "costCenter": "demo", "ttlHours": 1})


def test_no_race_under_load(desk):
    token = desk.token("requester")
    cluster = order(desk, token, 0).json["clusterId"]
    pages = ["/", "/clusters", "/catalog", f"/clusters/{cluster}", f"/clusters/{cluster}/logs", "/requests", "/metrics", "/readyz", "/no-such-page"]
    # Everybody twice: over five sign-ins of one name at the same moment count as guessing.
    names = sorted(desk.passwords)
    assert len(names) * 2 >= CALLERS
    answers, faults = [], []
    one_at_a_time = threading.Lock()  # sign-ins of one name under way at once count as guesses

    def caller(number):
        try:
            with one_at_a_time:
                cookies = sign_in(desk, names[number % len(names)])
            for turn in range(ROUNDS):
                for page in pages:
                    answers.append(desk.call("GET", page, headers={"Cookie": cookies}).status)
                if turn % 5 == 0:
                    answers.append(desk.call("GET", f"/api/v1/clusters/{cluster}", token).status)
            answers.append(order(desk, token, number % 4).status)
        except Exception as error:  # a thread's failure must reach the test
            faults.append(repr(error))

    threads = [threading.Thread(target=caller, args=(number,)) for number in range(CALLERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wait_for(lambda: desk.call("GET", "/healthz").status == 200, 120, "an answer after the load")
    desk.down()

    assert faults == []
    assert len(answers) >= CALLERS * ROUNDS * len(pages)
    assert [status for status in answers if status >= 500] == []
    assert answers.count(200) > len(answers) / 2
    for part in ("web", "worker"):
        report = desk.log(part)
        assert "WARNING: ThreadSanitizer" not in report, report[report.index("WARNING: ThreadSanitizer"):][:6000]
