"""Secrets stay secret: whatever was tried and went wrong, none is in logs, answers, jobs or files."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.garmin import FakeGarmin
from tests.served import answers, ask, environment, homestretch
from tests.sources.connected import small
from tests.waiting import wait_until

PASSWORD, WRONG, CODE, BAD_CODE = "pass-of-garmin-7Hq", "pass-that-is-wrong-8Kx", "93XQ71", "11YZ08"
OURS = "pass-of-homestretch-3Vd"


class Desk:
    """A server that is spoken to, with everything that it answers and says."""

    def __init__(self, folder: Path, port: int, url: str) -> None:
        self.folder, self.port, self.log = folder, port, folder / "log"
        self.env = environment(
            folder / "data", ADMIN_USERNAME="anna", ADMIN_PASSWORD=OURS, LOG_LEVEL="debug",
            PROVIDER_URLS=json.dumps({"garmin": url}),
        )  # fmt: skip
        self.answers: list[str] = []
        self.process: subprocess.Popen[bytes] | None = None
        self.cookie = ""

    def start(self) -> None:
        """Start the server and sign in to it."""
        command = [sys.executable, "-m", "homestretch", "serve", "--port", str(self.port)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, env=self.env, stdout=log, stderr=log)
        self.until(lambda: answers(self.port))
        told = ask(self.port, "POST", "/api/session", {"username": "anna", "password": OURS})
        self.cookie = told[2]["set-cookie"].split(";")[0]

    def until(self, what: Callable[[], bool]) -> None:
        """Wait for something."""
        wait_until(what, lambda: self.log.read_text()[-2000:])

    def says(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        """Ask the server and keep the answer."""
        status, document, headers = ask(self.port, method, f"/api{path}", body, Cookie=self.cookie)
        self.answers.append(json.dumps([status, document, headers]))
        return status, document

    def kill(self) -> None:
        """Kill the server, as a power cut would."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()
        self.process = None


@pytest.fixture
def fake() -> Iterator[FakeGarmin]:
    """An account that asks for a code."""
    with FakeGarmin(small(2, 2, over_days=2, password=PASSWORD)) as made:
        made.sso.mfa, made.sso.code = "email", CODE
        yield made


@pytest.fixture
def desk(tmp_path: Path, unused_port: int, fake: FakeGarmin) -> Iterator[Desk]:
    """A server that may talk to the fake."""
    made = Desk(tmp_path, unused_port, fake.url)
    made.start()
    yield made
    if made.process is not None:
        made.kill()


def secrets_of(fake: FakeGarmin) -> dict[str, str]:
    """Return everything that nobody may see, by what it is."""
    tokens = fake.tokens
    found = {"password": PASSWORD, "wrong password": WRONG, "code": CODE, "wrong code": BAD_CODE, "our own": OURS}
    for kind, several in (("ticket", tokens._tickets), ("access", tokens._access), ("refresh", tokens._refresh)):
        found |= {f"{kind} {number}": one for number, one in enumerate(several)}
    found |= {f"signature {n}": one.rsplit(".", 1)[1] for n, one in enumerate(tokens._access)}
    found |= {f"browser session {n}": one for n, one in enumerate(fake.sso._sessions)}
    return found


def seen_in(text: bytes, secrets: dict[str, str]) -> list[str]:
    """Return which secrets are in a text."""
    return sorted(what for what, secret in secrets.items() if secret.encode() in text)


def test_no_secret_is_seen_anywhere(desk: Desk, fake: FakeGarmin) -> None:
    """Wrong passwords and codes, a crash before the code, faults, renewals, a bad ticket and token file, a crash."""
    sign_in = {"source": "garmin", "method": "password"}
    given = {"email": fake.account.email, "password": WRONG}
    assert desk.says("POST", "/sources", {**sign_in, "answers": given})[0] == 422
    status, connection = desk.says("POST", "/sources", {**sign_in, "answers": {**given, "password": PASSWORD}})
    assert status == 201 and connection["question"]["fields"][0]["key"] == "code"
    path = f"/sources/{connection['id']}"
    desk.kill()
    desk.start()
    assert desk.says("POST", f"{path}/answer", {"answers": {"code": BAD_CODE}})[0] == 422
    fake.fault("GET /*-service/*", "401", times=1, after=3)
    fake.fault("GET /*-service/*", "500", times=1, after=5)
    fake.fault("GET /*-service/*", "garbage", times=1, after=9)
    assert desk.says("POST", f"{path}/answer", {"answers": {"code": CODE}})[0] == 200
    desk.says("PATCH", path, {"settings": {"pause_s": 0}})
    desk.until(lambda: bool((desk.says("GET", path)[1]["last"] or {}).get("state") == "done"))
    used = {"ticket": f"https://sso.garmin.com/sso/embed?ticket={next(iter(fake.tokens._tickets))}"}
    assert desk.says("POST", "/sources", {"source": "garmin", "method": "ticket", "answers": used})[0] == 422
    tokens = json.dumps({"di_token": next(iter(fake.tokens._access)), "di_refresh_token": "", "di_client_id": "x"})
    bad = {"source": "garmin", "method": "tokens", "answers": {"tokens": tokens}}
    assert desk.says("POST", "/sources", bad)[0] >= 400
    assert desk.says("POST", "/sources", {**bad, "answers": {"tokens": {"a": tokens}}})[0] == 422
    secrets = secrets_of(fake)
    fake.tokens.revoke("all")
    desk.says("POST", f"{path}/sync", {})
    desk.until(lambda: bool(desk.says("GET", path)[1]["state"] == "sign_in"))
    for more in ("", f"{path}/log", f"{path}/items"):
        desk.says("GET", more or "/sources")
    desk.kill()
    doctor = homestretch(desk.env, "doctor", "--json")
    secrets |= secrets_of(fake)
    assert {"ticket 0", "access 1", "refresh 1", "browser session 0"} <= set(secrets)
    log = desk.log.read_bytes()
    assert b'"level": "debug"' in log and b"garmin" in log
    assert seen_in(log, secrets) == []
    assert seen_in("\n".join(desk.answers).encode(), secrets) == []
    assert seen_in((doctor.stdout + doctor.stderr).encode(), secrets) == [] and doctor.stdout
    files = [place for place in desk.folder.rglob("*") if place.is_file() and place != desk.log]
    assert {"homestretch.db", "jobs.db", "secret.key"} <= {place.name for place in files}
    for place in files:
        assert seen_in(place.read_bytes(), secrets) == [], place.name
        if place.name == "secret.key":
            assert place.stat().st_mode & 0o077 == 0
    keys = (desk.folder / "data" / "secret.key").read_text().split()
    known = dict(zip(("key",), keys, strict=True))
    others = [place for place in files if place.name != "secret.key"]
    assert [place.name for place in others if seen_in(place.read_bytes(), known)] == [] == seen_in(log, known)
    assert os.environ.get("GARMIN_PASSWORD") is None
