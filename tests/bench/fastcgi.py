"""Just enough FastCGI to speak to the web program without nginx."""

import socket


def _record(kind, content):
    return bytes([1, kind, 0, 1]) + len(content).to_bytes(2, "big") + bytes(2) + content


def fastcgi_request(path, keep):
    def parameter(name, value):
        return bytes([len(name), len(value)]) + name + value

    parameters = parameter(b"REQUEST_METHOD", b"GET") + parameter(b"REQUEST_URI", path.encode())
    begin = bytes([0, 1, int(keep), 0, 0, 0, 0, 0])
    return _record(1, begin) + _record(4, parameters) + _record(4, b"") + _record(5, b"")


def fastcgi_get(path_of_socket, path):
    """Asks on a new connection that is kept; returns it when the answer has ended."""
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(30)
    connection.connect(path_of_socket)
    connection.sendall(fastcgi_request(path, keep=True))
    received, kind = b"", 0
    while kind != 3:  # END_REQUEST
        while len(received) < 8 or len(received) < 8 + int.from_bytes(received[4:6], "big") + received[6]:
            piece = connection.recv(65536)
            assert piece, "the web program closed a connection that it was to keep"
            received += piece
        kind = received[1]
        received = received[8 + int.from_bytes(received[4:6], "big") + received[6]:]
    return connection
