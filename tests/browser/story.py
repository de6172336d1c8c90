"""Where a story takes place: a running server, and the athlete of whom the story is."""

import json
import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from tests.browser.visitor import PASSWORD, Size, Theme, Visitor
from tests.waiting import wait_until

ROOT = Path(__file__).resolve().parents[2]
ARTIFACTS = ROOT / "artifacts"
#: Providers of which there is a fake that listens where it is told to.
PROVIDERS = ("garmin", "intervals", "ridewithgps")


@dataclass(frozen=True, slots=True)
class Place:
    """A running server: its address, its folder (the data are in `data`), and where it looks for providers."""

    address: str
    folder: Path
    ports: Mapping[str, int]

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[Any, str]:
        """Send a request as the web app does; return the document and the cookie of the answer."""
        data = None if body is None else json.dumps(body).encode()
        named = {"X-Homestretch": "web", "Content-Type": "application/json", **headers}
        request = urllib.request.Request(f"{self.address}/api{path}", data, named, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read() or b"null"), str(answer.headers["set-cookie"] or "").split(";")[0]


@dataclass(slots=True)
class Story:
    """A server and an athlete; whoever visits is signed in as that athlete."""

    chromium: Browser
    place: Place
    name: str
    #: The session of the first who signed in, which the next ones take up.
    session: list[Any] = field(default_factory=list)

    def visitor(
        self, size: Size = "desktop", theme: Theme = "light", *, kept: bool = False, language: str = "en-GB"
    ) -> Visitor:
        """Return a visitor who has a browser of their own, in their language, which may have kept the app."""
        return Visitor(
            self.chromium,
            self.place.address,
            ARTIFACTS,
            self.name,
            self.session,
            size,
            theme,
            kept=kept,
            language=language,
        )


@contextmanager
def running(folder: Path, command: Sequence[str] = (sys.executable, "-m", "homestretch")) -> Iterator[Place]:
    """Run a server that nobody has set up yet during the block."""
    ports = free_ports(len(PROVIDERS) + 1)
    providers = {name: f"http://127.0.0.1:{port}" for name, port in zip(PROVIDERS, ports, strict=False)}
    environment = {
        **os.environ, "HOMESTRETCH_DATA_DIR": str(folder / "data"), "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        "HOMESTRETCH_PROVIDER_URLS": os.environ.get("HOMESTRETCH_PROVIDER_URLS", json.dumps(providers)),
    }  # fmt: skip
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen([*command, "serve", "--port", str(ports[-1])], env=environment, cwd=folder, stderr=log) as it,
    ):
        place = Place(f"http://127.0.0.1:{ports[-1]}", folder, dict(zip(PROVIDERS, ports, strict=False)))
        try:
            wait_until(lambda: it.poll() is not None or _answers(place), lambda: (folder / "log").read_text()[-3000:])
            assert it.poll() is None, (folder / "log").read_text(errors="replace")[-3000:]
            yield place
        finally:
            it.terminate()
            it.wait(timeout=20)


def free_ports(count: int) -> list[int]:
    """Return ports of this machine that nothing listens on."""
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports


@contextmanager
def athlete(place: Place, admin: str, name: str) -> Iterator[str]:
    """Create an athlete for the block; at its end their sources are disconnected, so that they ask no later fake."""
    # Anew each time: whoever adds people has to have shown who it is within ten minutes.
    _, known = place.send("POST", "/session", {"username": admin, "password": PASSWORD})
    place.send("POST", "/accounts", {"username": name, "password": PASSWORD, "is_admin": True}, Cookie=known)
    yield name
    _, cookie = place.send("POST", "/session", {"username": name, "password": PASSWORD})
    for connection in place.send("GET", "/sources", Cookie=cookie)[0]["items"]:
        place.send("DELETE", f"/sources/{connection['id']}", Cookie=cookie)


def _answers(place: Place) -> bool:
    try:
        with urllib.request.urlopen(f"{place.address}/health", timeout=2):
            return True
    except OSError:
        return False
