"""A proxy on loopback between the desk and a server that plays AWS or S3. It can refuse or spoil what a test names, and
shows tests what passed. Signatures stay right, because the Host that was signed is handed on."""

import http.client
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Callable
from urllib.parse import urlsplit

HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length"}


@dataclass
class Request:
    """One request as it came: body as text, service and region as it was signed for."""

    method: str
    path: str
    body: str
    service: str = ""
    region: str = ""

    @property
    def words(self):
        return f"{self.path} {self.body}"


@dataclass
class Fault:
    """What happens to requests that `hits` says yes to, until it is cured. Counts them."""

    hits: Callable[[Request], bool]
    status: int = 503
    code: str = "SlowDown"
    spoils: bool = False  # answers as the server does, with another body
    count: int = field(default=0)

    def answer(self, request):
        if request.service == "tagging":
            return self.status, "application/x-amz-json-1.1", f'{{"__type":"{self.code}","message":"as the test wants it"}}'.encode()
        return self.status, "application/xml", f"<Error><Code>{self.code}</Code><Message>as the test wants it</Message></Error>".encode()


class Interposed:
    def __init__(self, target, watch=lambda request, status, body: None):
        self._target = urlsplit(target)
        self._watch = watch
        self._faults, self._lock = [], threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def add(self, fault):
        with self._lock:
            self._faults.append(fault)
        return fault

    def cure(self, fault):
        with self._lock:
            self._faults.remove(fault)

    def stop(self):
        self._server.shutdown()
        self._server.server_close()

    def _fault_for(self, request):
        with self._lock:
            faults = list(self._faults)
        return next((fault for fault in faults if fault.hits(request)), None)

    def _handle(self, request, headers, raw):
        """Status, headers and body of the answer."""
        fault = self._fault_for(request)
        if fault:
            fault.count += 1
            if not fault.spoils:
                status, kind, body = fault.answer(request)
                return status, [("Content-Type", kind)], body
        connection = http.client.HTTPConnection(self._target.hostname, self._target.port, timeout=60)
        try:
            connection.putrequest(request.method, request.path, skip_host=True, skip_accept_encoding=True)
            for name, value in headers:
                connection.putheader(name, value)
            connection.endheaders(raw)
            answer = connection.getresponse()
            body = answer.read()
        finally:
            connection.close()
        self._watch(request, answer.status, body)
        if fault:
            body = bytes(reversed(body))
        return answer.status, answer.getheaders(), body

    def _handler(self):
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _pass_on(self):
                raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                scope = self.headers.get("Authorization", "").partition("Credential=")[2].split(",")[0].split("/")
                request = Request(self.command, self.path, raw.decode("utf-8", "replace"), *(scope[3:1:-1] if len(scope) == 5 else ()))
                headers = [(name, value) for name, value in self.headers.items() if name.lower() not in ("connection", "expect")]
                status, answered, body = proxy._handle(request, headers, raw)
                self.send_response_only(status)
                length = next((value for name, value in answered if name.lower() == "content-length"), len(body))
                for name, value in answered:
                    if name.lower() not in HOP_BY_HOP:
                        self.send_header(name, value)
                self.send_header("Content-Length", length if self.command == "HEAD" else len(body))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)

            do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = _pass_on

            def log_message(self, *_):
                pass

        return Handler
