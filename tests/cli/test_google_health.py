"""Google Health on the command line, as somebody uses it who comes from SyncBit."""

import json
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from homestretch import settings
from homestretch.cli._runtime.syncbit import log_level, syncbit_settings
from homestretch.errors import BadRequest
from tests.fakes.google_health import CLIENT_ID, CLIENT_SECRET, Account, FakeGoogleHealth
from tests.served import environment, inside

TODAY = datetime.now(UTC).date()


@pytest.fixture
def fake() -> Iterator[FakeGoogleHealth]:
    with FakeGoogleHealth(Account(TODAY - timedelta(days=3), TODAY, zone="UTC", rest=10_000_000)) as made:
        yield made
        assert made.problems == []


def test_authorize_and_sync(fake: FakeGoogleHealth, tmp_path: Path, unused_port: int) -> None:
    """By SyncBit's names of variables; the browser is sent to this machine and comes back to the command."""
    env = environment(tmp_path / "data", PROVIDER_URLS=json.dumps({"google_health": fake.url})) | {
        "FITBIT_CLIENT_ID": CLIENT_ID, "FITBIT_CLIENT_SECRET": CLIENT_SECRET, "SYNC_INTERVAL_MINUTES": "5",
        "INCLUDE_TODAY_DATA": "false", "COLLECT_SLEEP": "false", "LOG_LEVEL": "INFO",
    }  # fmt: skip
    env.pop("HOMESTRETCH_LOG_LEVEL", None)
    log = tmp_path / "connect.log"
    command = [sys.executable, "-m", "homestretch", "connect", "google-health", "--authorize"]
    command += ["--listen", f"127.0.0.1:{unused_port}", "--log-file", str(log)]
    with subprocess.Popen(command, env=env, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        lines: list[str] = []
        for line in running.stderr:
            lines.append(line)
            if f"Waiting at 127.0.0.1:{unused_port}" in line:
                break
        [address] = re.findall(r"https://accounts\.google\.com\S+", "".join(lines))
        assert f"redirect_uri=http%3A%2F%2Flocalhost%3A{unused_port}%2Fsources%2Fcallback" in address
        with urllib.request.urlopen(fake.allow(address), timeout=10) as page:
            assert b"Thank you" in page.read()
        rest = running.stderr.read()
        assert running.wait(30) == 0
    assert "FITBIT_CLIENT_ID is used as GOOGLE_HEALTH_CLIENT_ID" in "".join(lines)
    assert "Signed in to Google Health as Google Health ABC123" in rest
    assert "set as SyncBit was by INCLUDE_TODAY_DATA, COLLECT_SLEEP, SYNC_INTERVAL_MINUTES" in rest
    assert "LOG_LEVEL is used as HOMESTRETCH_LOG_LEVEL" in "".join(lines)
    logged = [json.loads(line) for line in log.read_text().splitlines()]
    assert [line["message"] for line in logged if line["log"] == "homestretch.connect"] == ["connected"]
    assert CLIENT_SECRET not in log.read_text()
    told = json.loads(inside(env, "sources", "--json").stdout)["items"][0]
    assert (told["schedule"], told["settings"]["reread"]) == ("every 15m", "yesterday")
    assert told["settings"]["sleep"] is False and told["settings"]["hrv"] is True
    assert inside(env, "sources", "set", "google-health", "pause_s=0", "step_pause_s=0").returncode == 0
    done = inside(env, "sync", "google-health", "--json")
    assert done.returncode == 0, done.stderr
    assert not [hit for hit in fake.counts.hits if "/sleep/" in hit.url]
    assert json.loads(done.stdout)["items"][0]["last"]["failed"] == 0
    before = fake.counts.total
    assert inside(env, "sync", "google-health").returncode == 0
    assert fake.counts.total - before == 3, "with nothing new"


def test_secrets_of_containers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from homestretch.cli._runtime.connected import variables
    from homestretch.views.sources.sources import available

    [source] = [one for one in available() if one["key"] == "google_health"]
    monkeypatch.setattr(settings, "_SECRETS", (tmp_path,))
    (tmp_path / "google_health_client_id").write_text("id\n")
    assert variables(source["auth_methods"][0]["fields"]) == {}
    (tmp_path / "fitbit_client_secret").write_text("hush\n")
    assert variables(source["auth_methods"][0]["fields"]) == {"client_id": "id", "client_secret": "hush"}


def test_settings_of_syncbit() -> None:
    found = syncbit_settings(
        {"BACKFILL_START_DATE": "2024-02-01", "ENABLE_INTRADAY_COLLECTION": "True", "SYNC_INTERVAL_MINUTES": "90",
         "INTRADAY_HEART_RATE_DETAIL": "1sec", "LOG_LEVEL": "INFO"}
    )  # fmt: skip
    assert found.settings == {
        "since": "2024-02-01", "intraday": "true", "heart_rate": "true", "heart_rate_detail": "all",
    }  # fmt: skip
    assert found.schedule == "every 90m" and len(found.names) == 4
    assert syncbit_settings({"SYNC_INTERVAL_MINUTES": "often", "PATH": "/bin"}).names == ()
    state = syncbit_settings({}, '{"last_successful_date": "2026-10-30"}')
    assert state.settings == {"since": "2026-10-30"} and state.names == ("sync_state.json",)
    for wrong in ("", "[]", "{}", '{"last_successful_date": "soon"}', '{"last_successful_date": null}'):
        with pytest.raises(BadRequest, match="last_successful_date"):
            syncbit_settings({}, wrong)


@pytest.mark.parametrize(("given", "environment_", "level"), [
    ("WARN", {}, "warning"), (None, {"LOG_LEVEL": "Debug"}, "debug"), (None, {"LOG_LEVEL": "loud"}, None),
    (None, {"LOG_LEVEL": "DEBUG", "HOMESTRETCH_LOG_LEVEL": "error"}, None), (None, {}, None),
    ("error", {"LOG_LEVEL": "DEBUG"}, "error"),
])  # fmt: skip
def test_levels_of_the_log(given: str | None, environment_: dict[str, str | None], level: str | None) -> None:
    assert log_level(given, environment_) == level
    with pytest.raises(BadRequest, match="debug, info"):
        log_level("loud", environment_)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["connect", "google-health"], "Client ID is missing"),
        (["connect", "google-health", "--client-id", "x"], "Client secret is missing"),
        (["connect", "garmin", "--authorize"], "needs no browser"),
    ],
)
def test_what_is_missing_is_said(tmp_path: Path, arguments: list[str], says: str) -> None:
    answer = inside(environment(tmp_path / "data"), *arguments)
    assert answer.returncode == 2 and says in answer.stderr
