"""Changes at sources by command, against a fake of Ride with GPS: followed to their end, whoever makes them."""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from homestretch.cli._runtime import callback
from homestretch.cli._runtime.changes import follow_changes
from homestretch.cli._runtime.opened import Beside
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.edit import edits
from homestretch.flow.runtime.context import Context
from homestretch.flow.writeback import proposals
from homestretch.flow.writeback.applying import apply_changes, due_changes
from homestretch.net import budget as calls
from homestretch.store.scope import Scope
from tests.fakes.garmin import Account, FakeGarmin
from tests.fakes.ridewithgps import FakeRideWithGPS, trip
from tests.flow.writeback.test_changes import come
from tests.served import environment, inside
from tests.sources.joined import joined
from tests.sources.ridewithgps.test_sync import KEY
from tests.taking import listed, row_id

#: A month that is past whenever this runs.
LAST = datetime.now(UTC).replace(day=1, hour=7, minute=0, second=0, microsecond=0) - timedelta(days=3)


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeRideWithGPS]:
    monkeypatch.setattr(calls, "FIRST_WAIT_S", 0.0)
    with FakeRideWithGPS(trip(1, LAST), trip(2, LAST + timedelta(days=1))) as made:
        yield made
        assert made.problems == []


def connected(env: dict[str, str], source: str, way: str, answers: dict[str, str], *settings: str) -> None:
    given = [f"--with={name}={value}" for name, value in answers.items()]
    answer = inside(env, "connect", source, "--method", way, *given)
    assert answer.returncode == 0, answer.stderr
    assert inside(env, "sources", "set", source, "pause_s=0", *settings).returncode == 0


def test_what_became_of_each_is_said_and_told_by_the_exit_code(fake: FakeRideWithGPS, tmp_path: Path) -> None:
    env = environment(tmp_path / "data", PROVIDER_URLS=json.dumps({"ridewithgps": fake.url}))
    connected(env, "ridewithgps", "key", dict(KEY))
    assert inside(env, "sync").returncode == 0
    ids = [one["id"] for one in json.loads(inside(env, "activities", "--json").stdout)["items"]]
    for number, one in enumerate(ids):
        assert inside(env, "edit", one, "--name", f"By hand {number}").returncode == 0
    month = f"{LAST:%Y-%m}"
    made = json.loads(inside(env, "changes", "propose", "--month", month, "--json").stdout)["items"]
    mine = [one for one in made if one["field"] == "name"]
    assert len(mine) == 2
    fake.edit(2, name="By the rider")
    answer = inside(env, "changes", "approve", "all")
    assert answer.returncode == 1 and "applied  name of By hand" in answer.stdout, (answer.stdout, answer.stderr)
    assert "failed  name of By hand" in answer.stdout and "now “By the rider”" in answer.stdout
    [done] = json.loads(inside(env, "changes", "list", "--state", "applied", "--json").stdout)["items"]
    answer = inside(env, "changes", "undo", done["id"])
    assert answer.returncode == 0 and "applied" in answer.stdout
    assert {one["name"] for one in fake.trips.values()} == {"Ride 1", "By the rider"}
    assert "Change not applied" in inside(env, "sources", "log", "ridewithgps").stdout
    said = inside(env, "sources", "log", "ridewithgps").stdout
    assert "name of By hand" in said and "name of 2" not in said, "an activity is named, not its key"


def test_beside_a_server_it_is_followed_to_the_end(
    sqlite_context: Context, scope: Scope, fake: FakeRideWithGPS, decoders: Decoders, capsys: pytest.CaptureFixture[str]
) -> None:
    """The server that was woken makes the change; the command says what became of it."""
    made = joined(sqlite_context, scope, fake, "ridewithgps", "key", KEY)
    made.run()
    come(made, decoders)
    first = listed(made.context, scope)[0]["id"]
    edits.change(made.context, scope, row_id(made.context, scope, first), {"name": "Ours"})
    wish = proposals.ProposedChange(made.id, first, "name", "1", "Ride 1", "Ours")
    [number] = proposals.propose(made.context, scope, [wish])
    proposals.approve(made.context, scope, [number])
    server = threading.Thread(target=lambda: [apply_changes(made.context, one) for one in due_changes(made.context)])
    app = SimpleNamespace(context=made.context, database=made.context.database, wake=server.start)
    assert follow_changes(cast(Any, app), scope, [number], cast(Beside, True)) == 0
    server.join()
    assert "applied  name of Ours at Ride with GPS" in capsys.readouterr().out and fake.trips[1]["name"] == "Ours"


def test_files_are_downloaded_of_several_sources_at_once(fake: FakeRideWithGPS, tmp_path: Path) -> None:
    """A folder is for those that have one; where none has, that is said."""
    with FakeGarmin(Account(activity_count=2, days=1)) as garmin:
        urls = json.dumps({"ridewithgps": fake.url, "garmin": garmin.url})
        env = environment(tmp_path / "data", PROVIDER_URLS=urls)
        connected(env, "garmin", "ticket", {"ticket": garmin.browser_ticket()}, "days=no")
        connected(env, "ridewithgps", "key", dict(KEY))
        answer = inside(env, "download", "--missing", "--folder", str(tmp_path / "fit"), "--json")
        assert answer.returncode == 0, answer.stderr
        assert len(json.loads(answer.stdout)["items"]) == 4 and len(list((tmp_path / "fit").iterdir())) == 2
        assert "Ride with GPS does not support --folder" in answer.stderr
        answer = inside(env, "download", "ridewithgps", "--missing", "--folder", str(tmp_path / "fit"))
        assert answer.returncode == 2 and "Leave it out" in answer.stderr


def test_a_sign_in_that_nobody_finishes_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(callback, "PATIENCE_S", 0.0)
    env = environment(tmp_path / "data")
    given = ("--with", "client_id=me", "--with", "client_secret=hush")
    answer = inside(env, "connect", "strava", *given, "--listen", "127.0.0.1:0")
    assert answer.returncode == 1 and "did not return" in answer.stderr, answer.stderr
    assert json.loads(inside(env, "sources", "--json").stdout)["items"] == []
