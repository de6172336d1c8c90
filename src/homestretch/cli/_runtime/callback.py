"""Waits for the browser to return from a provider."""

import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from secrets import compare_digest
from urllib.parse import parse_qs, urlsplit

from homestretch.errors import BadRequest, Conflict

PATIENCE_S = 600.0
#: A client that connects and sends nothing is dropped after so long.
SILENCE_S = 10.0
PAGE = b"<!doctype html><meta charset=utf-8><title>Homestretch</title><p>Thank you. You can close this page.</p>"


def wait_for_callback(where: str, state: str) -> str:
    """Return the address that a browser came back to with the `state` that it was sent away with.

    Any other request is answered 404 at once. Raises BadRequest, and Conflict if no browser came.
    """
    host, _, port = where.rpartition(":")
    if not port.isdigit() or int(port) > 65_535:
        raise BadRequest(reason=f"{where} is not host:port, such as 0.0.0.0:8765.")
    found: list[str] = []

    class Callback(BaseHTTPRequestHandler):
        """Takes the one request that matters; a browser asks for an icon too, and others for anything."""

        timeout = SILENCE_S

        def do_GET(self) -> None:
            said = _parameters(self.path)
            mine = compare_digest(said.get("state", [""])[0].encode(), state.encode())
            back = mine and ("code" in said or "error" in said)
            self.send_response(200 if back else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(PAGE if back else b"")
            if back:
                self.wfile.flush()
                found.append(f"http://{self.headers.get('Host', where)}{self.path}")

        def log_message(self, *_: object) -> None:
            """Log nothing: the address holds a code."""

    try:
        server = ThreadingHTTPServer((host.strip("[]") or "127.0.0.1", int(port)), Callback)
    except OSError as error:
        raise Conflict(reason=f"Can't listen on {where}: {(error.strerror or str(error)).lower()}.") from error
    with server:
        print(f"Waiting at {where} for your browser …", file=sys.stderr)
        server.timeout = 1.0
        until = time.monotonic() + PATIENCE_S
        while not found:
            server.handle_request()
            if time.monotonic() > until:
                raise Conflict(reason=f"Your browser did not return within {PATIENCE_S / 60:.0f} minutes. Try again.")
    return found[0]


def _parameters(path: str) -> dict[str, list[str]]:
    try:
        return parse_qs(urlsplit(path).query)
    except ValueError:
        return {}
