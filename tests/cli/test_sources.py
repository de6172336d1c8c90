"""The commands about sources, as a person runs them, against a fake of Garmin Connect."""

import json
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from homestretch.flow.runtime.folder_lock import FolderNotWritable, make_folder
from tests.fakes.garmin import Account, FakeGarmin
from tests.served import environment, homestretch, inside

KNOWN = {"GARMIN_EMAIL": "runner@example.test", "GARMIN_PASSWORD": "correct horse"}


@pytest.fixture
def fake() -> Iterator[FakeGarmin]:
    with FakeGarmin(Account(activity_count=4, days=3)) as running:
        yield running


def env_of(fake: FakeGarmin, folder: Path, **more: str) -> dict[str, str]:
    return environment(folder / "data", PROVIDER_URLS=json.dumps({"garmin": fake.url})) | more


def said(env: dict[str, str], *arguments: str, code: int = 0) -> Any:
    answer = inside(env, *arguments)
    assert answer.returncode == code, (answer.stdout, answer.stderr)
    return json.loads(answer.stdout)


def test_garminsyncs_commands(fake: FakeGarmin, tmp_path: Path) -> None:
    env = env_of(fake, tmp_path, **KNOWN)
    missing = said(env, "list", "--missing", "--json")
    assert missing["total"] == 4 and {row["state"] for row in missing["items"]} == {"wanted"}
    assert fake.counts.document()["routes"]["GET /activitylist-service/activities/search/activities"] == 1
    assert not any("download" in route for route in fake.counts.document()["routes"])
    got = said(env, "download", "--missing", "--pause", "0", "--folder", str(tmp_path / "fit"), "--json")
    assert len(got["items"]) == 4 and got["missing"] == 0
    written = {path.name: path.read_bytes() for path in (tmp_path / "fit").iterdir()}
    assert len(written) == 4 and all(name.startswith("activity_") for name in written)
    assert all(data[8:12] == b".FIT" for data in written.values())
    assert said(env, "activities", "--json")["total"] == 4
    asked = fake.counts.document()["total"]
    assert said(env, "list", "--downloaded", "--offline", "--json")["total"] == 4
    assert said(env, "list", "--missing", "--offline", "--json")["total"] == 0
    assert said(env, "download", "--missing", "--json")["items"] == []
    assert fake.counts.document()["total"] == asked + 1  # the list alone


def test_a_sync_brings_days_too_and_sources_tell(fake: FakeGarmin, tmp_path: Path) -> None:
    env = env_of(fake, tmp_path)
    given = [f"--with=email={KNOWN['GARMIN_EMAIL']}", f"--with=password={KNOWN['GARMIN_PASSWORD']}"]
    assert "Signed in" in inside(env, "connect", "garmin", *given).stderr
    assert inside(env, "sources", "set", "garmin", "pause_s=0").returncode == 0
    ended = said(env, "sync", "--json")["items"][0]
    assert ended["last"]["state"] == "done" and ended["backlog"]["wanted"] == 0 and ended["last"]["failed"] == 0
    told = said(env, "sources", "--json")["items"][0]
    assert told["label"] == "Fake Runner" and told["state"] == "ready" and told["requests_today"] > 30
    assert "Done:" in inside(env, "sources", "log", "garmin").stdout
    assert len(inside(env, "sources", "schedule", "garmin", "every 4h").stdout.splitlines()) == 5
    assert said(env, "verify", "--json")["derived_digest"] == said(env, "rebuild", "--json")["derived_digest"]
    assert inside(env, "keys", "rotate").stdout.startswith("1 sign-ins")
    assert said(env, "sync", "garmin", "--json")["items"][0]["last"]["state"] == "done"
    asked = inside(env, "sources", "disconnect", "garmin", "--yes")
    assert "4 of 4 activities" in asked.stdout and "stay here" in asked.stdout
    assert said(env, "activities", "--json")["total"] == 4


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["list"], 2, "Choose one of"),
        (["list", "--all", "--missing"], 2, "Choose one of"),
        (["download"], 2, "--missing"),
        (["sync"], 3, "homestretch connect garmin"),
        (["list", "--missing"], 3, "homestretch connect garmin"),
        (["connect", "nowhere"], 2, "Unknown source nowhere"),
        (["connect", "garmin", "--method", "magic"], 2, "no sign-in method magic"),
        (["connect", "garmin", "--with", "email"], 2, "is not field=value"),
        (["connect", "garmin"], 2, "E-mail is missing"),
        (["connect", "garmin", "--method", "tokens", "--with", "tokens=@/nowhere"], 2, "can't be read"),
        (["connect", "garmin", "--method", "tokens", "--with", "tokens={}"], 3, "garmin_tokens.json"),
        (["daemon"], 2, "Choose one of"),
        (["daemon", "--stop", "--port", "1"], 2, "goes with --start"),
        (["daemon", "--start", "--stop"], 2, "Choose one of"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(
    fake: FakeGarmin, tmp_path: Path, arguments: list[str], code: int, says: str
) -> None:
    answer = inside(env_of(fake, tmp_path), *arguments)
    assert (answer.returncode, says in answer.stderr) == (code, True), answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize(("fault", "code"), [("429", 4), ("cut", 5), ("cloudflare", 4)])
def test_a_provider_out_of_order_says_so_by_its_exit_code(
    fake: FakeGarmin, tmp_path: Path, fault: str, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for rest in ("FAULT_REST_S", "REFUSAL_REST_S"):
        monkeypatch.setattr(f"homestretch.flow.sync.back_off.{rest}", 60.0)  # which no command waits for
    env = env_of(fake, tmp_path, **KNOWN)
    assert inside(env, "list", "--missing").returncode == 0
    assert inside(env, "sources", "set", "garmin", "pause_s=0").returncode == 0
    retry = {"retry_after": "7200"} if fault == "429" else {}
    fake.fault("/activitylist-service/*", fault, **retry)
    answer = inside(env, "sync")
    assert answer.returncode == code and "Next try after" in answer.stderr, answer.stderr
    assert inside(env, "list", "--missing", "--offline").returncode == 0


def test_offline_asks_nobody(fake: FakeGarmin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    env = env_of(fake, tmp_path, **KNOWN)
    assert inside(env, "list", "--all").returncode == 0

    def fail(*_: object) -> None:
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket.socket, "connect", fail)
    monkeypatch.setattr("curl_cffi.requests.Session.request", fail)
    for which in ("--all", "--missing", "--downloaded"):
        assert inside(env, "list", which, "--offline").returncode == 0
    assert inside(env, "sources").returncode == 0


def test_the_daemon_from_start_to_stop(fake: FakeGarmin, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    env = env_of(fake, tmp_path, **KNOWN)
    assert inside(env, "daemon", "status").returncode == 1
    (tmp_path / "data").mkdir(exist_ok=True)
    (tmp_path / "data" / "daemon.pid").write_text(json.dumps({"pid": os.getpid(), "url": "http://stale"}))
    assert inside(env, "daemon", "--status").returncode == 1  # another process has that number by now
    log = tmp_path / "own.log"
    assert "--log-level is one of" in inside(env, "daemon", "start", "--log-level", "loud").stderr
    assert "can't be written" in inside(env, "daemon", "start", "--log-file", str(tmp_path)).stderr
    began = homestretch(env, "daemon", "start", "--port", port, "--log-file", str(log), "--log-level", "debug")
    assert began.returncode == 0, began.stderr
    assert str(log) in began.stdout and '"level": "debug"' in log.read_text()
    try:
        state = json.loads(inside(env, "daemon", "status", "--json").stdout)
        assert state["running"] and state["url"].endswith(port)
        assert "is already running" in inside(env, "daemon", "--start").stderr
        assert inside(env, "list", "--missing", "--json").returncode == 0  # beside it, and by it
    finally:
        ended = inside(env, "daemon", "stop")
    assert "Homestretch stopped" in ended.stdout
    assert "not running" in inside(env, "daemon", "--stop").stdout
    assert not (tmp_path / "data" / "daemon.pid").exists()


def test_a_daemon_that_cannot_start_says_why(fake: FakeGarmin, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        answer = homestretch(env_of(fake, tmp_path), "daemon", "start", "--port", str(taken.getsockname()[1]))
    assert answer.returncode == 1 and "Can't listen" in answer.stderr, answer.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_a_folder_that_cannot_be_written_says_whose_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o755)
    tmp_path.chmod(0o755)
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.seteuid(65_534)
        try:
            make_folder(folder)
        except FolderNotWritable as error:
            os.write(write, str(error).encode())
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    os.close(write)
    told = os.read(read, 4096).decode()
    os.close(read)
    assert "belongs to root" in told and "sudo chown" in told and str(folder) in told, told
