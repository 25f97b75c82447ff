"""Plays AWS: moto's server on a free port of loopback, with the Python that has moto. It answers one request at a time: of
two that come at once it may refuse one, for the other's sake.

Usage: moto_server.py   prints its address.
"""
import threading

import werkzeug.serving
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app


class OneAtATime:
    def __init__(self, app):
        self._app, self._lock = app, threading.Lock()

    def __call__(self, environ, start_response):
        with self._lock:
            return self._app(environ, start_response)


def main():
    app = OneAtATime(DomainDispatcherApplication(create_backend_app))
    server = werkzeug.serving.make_server("127.0.0.1", 0, app, threaded=True, request_handler=MotoRequestHandler)
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


main()
