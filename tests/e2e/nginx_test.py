"""What nginx adds: the same include serves a real site."""

import gzip
import os
import re
import signal

from waiting import wait_for


def asset(desk):
    """The style sheet as the sign-in page links to it."""
    return re.search(r'href="/static/([\w.-]+\.css\?v=[^"]+)"', desk.call("GET", "/sign-in").body.decode()).group(1)


def test_a_linked_asset_is_compressed_and_kept_for_ever(desk):
    answer = desk.call("GET", f"/static/{asset(desk)}", headers={"Accept-Encoding": "gzip"})

    assert answer.status == 200
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_page_is_compressed_and_its_token_differs_each_time(desk):
    pages = [desk.call("GET", "/sign-in", headers={"Accept-Encoding": "gzip"}) for _ in range(2)]

    tokens = {re.search(rb'name="csrf" value="([^"]+)"', gzip.decompress(page.body)).group(1) for page in pages}
    assert [page.headers["Content-Encoding"] for page in pages] == ["gzip", "gzip"]
    assert len(tokens) == 2


def test_what_is_no_page_is_not_compressed(desk):
    answer = desk.call("GET", "/api/openapi.json", headers={"Accept-Encoding": "gzip"})

    assert len(answer.body) > 1000 and answer.headers["Content-Encoding"] is None


def test_an_asset_without_its_hash_is_asked_for_again(desk):
    answer = desk.call("GET", f"/static/{asset(desk).split('?')[0]}")

    assert answer.headers["Cache-Control"] == "no-cache"


def test_the_file_store_has_no_address_of_its_own(desk):
    (desk.state / "store/public/e2e").write_text("secret")

    assert desk.call("GET", "/_store/e2e").status == 404


def test_no_header_makes_somebody_a_proxys_user(desk):
    spoofed = {name: "admin" for name in ("Clusterdesk-Proxy-User", "CLUSTERDESK_PROXY_USER", "X-Forwarded-User", "Remote-User")}

    answer = desk.call("GET", "/clusters", headers=spoofed)

    assert answer.status == 303
    assert answer.headers["Location"].startswith("/sign-in")


def test_the_access_log_holds_no_download_token(desk):
    desk.call("GET", "/d/dl_token-that-nobody-may-read.1.AAAA")

    wait_for(lambda: '"GET /d/- HTTP/1.1" 40' in desk.log("access"), 30, "the line of the download")
    assert "token-that-nobody-may-read" not in desk.log("access") + desk.log("nginx")


def test_a_body_over_the_limit_is_refused_in_the_callers_language(desk):
    body = b"x" * ((1 << 20) + 1)

    for_program = desk.call("POST", "/api/v1/clusters", body=body)
    for_person = desk.call("POST", "/sign-in", body=body)

    assert (for_program.status, for_program.json["code"]) == (413, "TOO_LARGE")
    assert for_program.json["requestId"]
    assert for_person.status == 413 and b"<h1>" in for_person.body


def test_while_the_web_program_is_away_nginx_says_so(desk):
    os.kill(desk.status()["pids"]["web"], signal.SIGKILL)
    wait_for(lambda: desk.status()["pids"]["web"] is None, 30, "the web program's end")
    try:
        for_person = desk.call("GET", "/clusters")
        for_program = desk.call("GET", "/api/v1/clusters")
    finally:
        desk.up()

    assert for_person.status == for_program.status == 503
    assert for_person.headers["Retry-After"] == for_program.headers["Retry-After"] == "5"
    assert b"does not answer" in for_person.body
    assert for_program.json["code"] == "UNAVAILABLE"


def test_a_forged_request_inside_a_body_is_not_executed(desk):
    """FastCGI records in the body of a request that nobody reads (docs/decisions/0003-server.md)."""
    def record(kind, content):
        return bytes([1, kind, 0, 1]) + len(content).to_bytes(2, "big") + bytes(2) + content

    def parameter(name, value):
        return bytes([len(name), len(value)]) + name + value

    parameters = parameter(b"REQUEST_METHOD", b"GET") + parameter(b"REQUEST_URI", b"/version") + parameter(b"SCRIPT_NAME", b"/version")
    forged = record(1, bytes([0, 1, 0, 0, 0, 0, 0, 0])) + record(4, parameters) + record(4, b"") + record(5, b"")
    for alignment in range(16):
        desk.call("POST", "/healthz", body=b"x" * alignment + forged * 20)

    last = desk.call("GET", "/healthz").headers["X-Request-Id"]
    wait_for(lambda: last in desk.log("web"), 30, "the line of the request after them")
    assert '"GET /version"' not in desk.log("web")
    # The log would have shown it.
    asked = desk.call("GET", "/version").headers["X-Request-Id"]
    wait_for(lambda: re.search(f'{asked}.*"GET /version"', desk.log("web")), 30, "the line of an honest request")
