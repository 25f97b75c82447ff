"""What ./desk promises to whoever types it."""

import os
import re
import signal

import pytest

from living_files import files_below
from private_desk import PrivateDesk
from waiting import wait_for


def test_up_again_says_what_runs_and_changes_nothing(desk):
    before = desk.status()

    result = desk.up()

    assert "Everything runs already" in result.stderr
    assert f"address: {desk.address}\n" in result.stdout
    assert desk.status() == before
    assert before["running"]


def test_the_password_is_shown_once_and_written_nowhere(desk):
    password = desk.passwords["admin"]

    again = desk.up()

    assert len(password) >= 16
    assert password not in again.stdout + again.stderr
    places = dict(files_below(desk.state, without=["pg"]))
    assert len(places) > 10
    assert [path for path, content in places.items() if password.encode() in content] == []


def test_a_part_that_died_is_started_again(desk):
    before = desk.status()["pids"]
    os.kill(before["web"], signal.SIGKILL)
    wait_for(lambda: desk.status()["pids"]["web"] is None, 30, "the web program's end")

    desk.up()

    after = desk.status()["pids"]
    assert after["web"] != before["web"]
    assert {name: pid for name, pid in after.items() if name != "web"} == {name: pid for name, pid in before.items() if name != "web"}


def test_a_taken_port_is_refused_in_one_sentence(desk):
    other = PrivateDesk()
    other.port = desk.port
    try:
        result = other.run("up", check=False)
    finally:
        other.remove()

    assert result.returncode == 1
    assert result.stderr == f"desk: port {desk.port} is taken by another program: give another one with --port\n"


def test_desks_run_side_by_side_and_keep_their_data(desk):
    with_other = PrivateDesk()
    try:
        with_other.up()
        with_other.sql("INSERT INTO teams (name, title) VALUES ('only-here', 'Only here')")
        assert with_other.status()["running"] and desk.status()["running"]
        assert with_other.passwords["admin"] != desk.passwords["admin"]

        with_other.down()
        stopped = with_other.run("status", check=False)
        with_other.up()

        assert stopped.returncode == 3
        assert with_other.sql("SELECT title FROM teams WHERE name = 'only-here'") == [["Only here"]]
        assert desk.sql("SELECT title FROM teams WHERE name = 'only-here'") == []
    finally:
        with_other.remove()
    assert not with_other.state.exists()


def test_the_demo_drives_a_whole_life(desk):
    result = desk.run("demo", check=False)

    stages = re.findall(r"^  (\w+) +(\d+\.\d) s  ", result.stdout, re.M)
    assert [name for name, _ in stages] == ["people", "order", "approve", "install", "outputs", "kubeconfig", "expiry", "destroy", "receipt"]
    assert re.search("[Ee]very stage held", result.stdout + result.stderr), result.stdout + result.stderr  # a slow machine is told so


def test_the_demo_says_which_stage_broke(desk):
    desk.sql("INSERT INTO brakes (name, reason, by_id) SELECT 'NO_CREATES', 'a test', id FROM users WHERE username = 'admin'")
    try:
        result = desk.run("demo", check=False)
    finally:
        desk.sql("DELETE FROM brakes")

    assert result.returncode == 1
    assert re.search(r"^  order +FAILED", result.stdout, re.M)
    assert "Every stage held" not in result.stdout


def test_logs_find_a_request_by_its_id(desk):
    answer = desk.call("GET", "/clusters/clu_nothing")
    request_id = answer.headers["X-Request-Id"]

    wait_for(lambda: "/clusters/clu_nothing" in desk.run("logs", request_id, check=False).stdout, 60, "the line of the request")


@pytest.mark.parametrize("verb", ["doctor", "config", "audit-verify"])
def test_the_workers_own_checks_pass_on_a_private_desk(desk, verb):
    assert desk.worker(verb) != ""
