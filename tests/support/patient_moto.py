"""moto's server, which answers one request at a time: of two that come at once it may refuse one, for the other's sake."""

import threading

import moto.server


class OneAtATime:
    def __init__(self, app):
        self._app, self._lock = app, threading.Lock()

    def __call__(self, environ, start_response):
        with self._lock:
            return self._app(environ, start_response)


if __name__ == "__main__":
    run = moto.server.run_simple
    moto.server.run_simple = lambda host, port, app, **how: run(host, port, OneAtATime(app), **how)
    moto.server.main()
