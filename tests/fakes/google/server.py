"""Answers as Google's export does: sent on once to where the cells lie; a page to sign in where nothing is shared."""

import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

SIGN_IN = b"<!DOCTYPE html><html><head><title>Google Sheets: Sign-in</title></head><body>Sign in</body></html>"


@dataclass(eq=False)
class FakeGoogle:
    """Sheets by (id, gid). `manner` says how it behaves; `asked` are the paths that came, `problems` what it has not.

    Manners: `shared`, `page` (a sign-in page with 200), `sign_in` (sent to another host), `denied` (401), `evil` (sent
    to a host of somebody else's), `busy` (503), `slow_down` (429).
    """

    sheets: dict[tuple[str, str], bytes] = field(default_factory=dict)
    manner: str = "shared"
    asked: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def __enter__(self) -> Self:
        """Listen on a port of its own."""
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                fake.answer(self)

            def log_message(self, format: str, *args: Any) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server.server_port}"

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        """Answer one request."""
        self.asked.append(request.path)
        parts = urlsplit(request.path)
        asked = {key: values[0] for key, values in parse_qs(parts.query).items()}
        if parts.path.startswith("/export/cells/"):
            _, _, _, name, gid = parts.path.split("/")
            self._cells(request, (name, gid))
        elif parts.path.endswith("/export") and asked.get("format") == "csv":
            self._export(request, parts.path.split("/")[3], asked.get("gid", "0"))
        elif parts.path.endswith("/pub") and asked.get("output") == "csv":
            self._export(request, parts.path.split("/")[4], asked.get("gid", "0"))
        else:
            self.problems.append(request.path)
            self._say(request, 404, b"", "text/html")

    def _export(self, request: BaseHTTPRequestHandler, name: str, gid: str) -> None:
        hosts = {
            "shared": f"https://doc-0s-sheets.googleusercontent.com/export/cells/{name}/{gid}",
            "sign_in": "https://accounts.google.com/ServiceLogin?continue=x",
            "evil": f"https://googleusercontent.com.example.org/export/cells/{name}/{gid}",
        }
        match self.manner:
            case "page":
                self._say(request, 200, SIGN_IN, "text/html; charset=utf-8")
            case "denied" | "busy" | "slow_down":
                self._say(request, {"denied": 401, "busy": 503, "slow_down": 429}[self.manner], SIGN_IN, "text/html")
            case _:
                request.send_response(307)
                request.send_header("Location", hosts[self.manner])
                request.send_header("Content-Length", "0")
                request.end_headers()

    def _cells(self, request: BaseHTTPRequestHandler, of: tuple[str, str]) -> None:
        if self.manner != "shared":
            self.problems.append(request.path)
        found = self.sheets.get(of)
        if found is None:
            self._say(request, 404, SIGN_IN, "text/html")
        else:
            self._say(request, 200, found, "text/csv")

    @staticmethod
    def _say(request: BaseHTTPRequestHandler, status: int, body: bytes, kind: str) -> None:
        request.send_response(status)
        request.send_header("Content-Type", kind)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)
