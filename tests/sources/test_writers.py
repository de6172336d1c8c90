"""The contract of writers: each looks at a field before it writes, and overwrites nothing that it was not to."""

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.runtime.context import Context
from homestretch.flow.sync import connections as flow
from homestretch.flow.writeback import proposals as proposing
from homestretch.flow.writeback.applying import apply_changes, due_changes
from homestretch.formats.fit.encode import encode
from homestretch.net import budget as calls
from homestretch.sources.base import CORRECTED
from homestretch.sources.registry import sources
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import proposals
from homestretch.store.tables.ops import connection_state, notifications, sync_lines
from homestretch.views.sources.proposals import proposal_list
from tests.fakes.garmin import FakeGarmin
from tests.fakes.garmin.profile import gear_uuid
from tests.fakes.intervals import FakeIntervals, activity
from tests.fakes.intervals.server import KEY as INTERVALS_KEY
from tests.fakes.ridewithgps import FakeRideWithGPS, trip
from tests.fakes.strava import FakeStrava
from tests.fakes.strava.account import BIKE, SHOES
from tests.formats import golden
from tests.sources.connected import Connected, small
from tests.sources.joined import joined
from tests.sources.ridewithgps.test_sync import KEY as RWGPS_KEY
from tests.sources.spreadsheet.sheets import csv_text, put
from tests.sources.strava.linked import Linked
from tests.taking import listed, take_in

START = datetime(2026, 11, 12, 7, tzinfo=UTC)
TEXTS = {"name": ("Old one", "By us", "By the rider"), "description": ("Dry", "Wet", "Snow")}
#: A field's values: as it was proposed from, as it is to be, and as somebody sets it meanwhile.
type Values = Mapping[str, tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class There:
    """An activity at a provider: its key, the values to try, what a field says there, and a way to set one there."""

    connected: Connected
    key: str
    values: Values
    said: Callable[[str], str]
    put: Callable[[str, str], None]
    writes: Callable[[], int]
    forget: Callable[[], None]

    def change(self, field: str, before: str, after: str) -> int:
        """Propose a change and approve it; return its number."""
        context, scope = self.connected.context, self.connected.scope
        own = listed(context, scope)[0]["id"]
        wish = proposing.ProposedChange(self.connected.id, own, field, self.key, before, after)
        [number] = proposing.propose(context, scope, [wish])
        proposing.approve(context, scope, [number])
        return number

    def go(self, number: int) -> Any:
        """Do what the job does; return what became of a proposal."""
        for _ in range(3):
            for one in due_changes(self.connected.context):
                apply_changes(self.connected.context, one)
        with self.connected.context.database.read() as reader:
            found = proposal_list(reader, self.connected.scope, [], 500)["items"]
        return next(one for one in found if one["id"] == str(number))

    def kept(self) -> str:
        """Return what was written down anywhere of what was done."""
        with self.connected.context.database.read() as reader:
            return str(
                [tuple(row) for table in (proposals, notifications, sync_lines) for row in reader.rows(select(table))]
            )


def _counted(fake: Any) -> Callable[[], int]:
    return lambda: sum(not hit.url.startswith("GET ") for hit in fake.counts.hits)


def _garmin(context: Context, scope: Scope, stack: ExitStack, folder: Path) -> There:
    fake = stack.enter_context(FakeGarmin(small(1, 1)))
    account = fake.account
    number = account.newest()[0][2]
    gear = [gear_uuid(account, place) for place in range(3)]
    types = {"trail_running": "running/trail", "cycling": "cycling", "walking": "walking"}
    attribute = {"name": "name", "description": "description"}

    def said(field: str) -> str:
        details = account.facts(number)
        if field == "gear":
            return gear[details.gear] if details.gear >= 0 else ""
        return types[details.sport] if field == "sport" else str(getattr(details, attribute[field]))

    def put_there(field: str, value: str) -> None:
        how: dict[str, Any] = {field: value}
        if field == "gear":
            how = {"gear": gear.index(value)}
        if field == "sport":
            how = {"sport": next(word for word, ours in types.items() if ours == value)}
        account.edit_activity(number, **how)

    values = {**TEXTS, "gear": (gear[0], gear[1], gear[2]), "sport": ("walking", "running/trail", "cycling")}
    made = Connected.to(context, scope, fake)
    return There(made, str(number), values, said, put_there, _counted(fake), lambda: account.delete_activity(number))


def _ridewithgps(context: Context, scope: Scope, stack: ExitStack, folder: Path) -> There:
    fake = stack.enter_context(FakeRideWithGPS(trip(5, START)))

    def said(field: str) -> str:
        found = fake.trips[5][field]
        return "" if found is None else str(found["id"]) if field == "gear" else str(found)

    def put_there(field: str, value: str) -> None:
        fake.edit(5, **{field: value and {"id": int(value)} if field == "gear" else value})

    values = {**TEXTS, "gear": ("7", "3", "8")}
    made = joined(context, scope, fake, "ridewithgps", "key", RWGPS_KEY)
    return There(made, "5", values, said, put_there, _counted(fake), fake.trips.clear)


def _intervals(context: Context, scope: Scope, stack: ExitStack, folder: Path) -> There:
    fake = stack.enter_context(FakeIntervals(activity("i1", START)))
    words = {"TrailRun": "running/trail", "Ride": "cycling", "Walk": "walking"}

    def said(field: str) -> str:
        found = fake.activities["i1"]["type" if field == "sport" else field]
        return words[found] if field == "sport" else str(found["id"] if field == "gear" else found)

    def put_there(field: str, value: str) -> None:
        name = "type" if field == "sport" else field
        word = next((word for word, ours in words.items() if ours == value), value)
        fake.activities["i1"][name] = {"id": value} if field == "gear" else word

    values = {**TEXTS, "gear": ("g7", "g1", "g8"), "sport": ("walking", "running/trail", "cycling")}
    made = joined(context, scope, fake, "intervals", "key", {"api_key": INTERVALS_KEY})
    return There(made, "i1", values, said, put_there, _counted(fake), fake.activities.clear)


def _strava(context: Context, scope: Scope, stack: ExitStack, folder: Path) -> There:
    fake = stack.enter_context(FakeStrava())
    key = max(fake.account.activities)
    words = {"TrailRun": "running/trail", "Ride": "cycling", "Walk": "walking"}

    def said(field: str) -> str:
        found = getattr(fake.account.activities[key], "sport_type" if field == "sport" else field)
        return words[found] if field == "sport" else str(found)

    def put_there(field: str, value: str) -> None:
        word = next((word for word, ours in words.items() if ours == value), value)
        fake.account.change(key, **{"sport_type" if field == "sport" else field: word})

    values = {**TEXTS, "gear": (BIKE, SHOES, "b1"), "sport": ("walking", "running/trail", "cycling")}
    made = Linked.at(context, scope, fake)
    return There(made, str(key), values, said, put_there, _counted(fake), fake.account.activities.clear)


def _spreadsheet(context: Context, scope: Scope, stack: ExitStack, folder: Path) -> There:
    head = ("date", "name", "notes", "equipment", "sport", "garmin_id", "km", "duration_hms")
    columns = {
        "name": "name",
        "description": "notes",
        "gear": "equipment",
        "sport": "sport",
        "link_garmin": "garmin_id",
    }
    words = {"Walk": "walking", "Ride": "cycling", "Run": "running"}
    first = ("2026-11-12", "Old one", "Dry", "Old Steel", "Walk", "1", 5, "1:00:00")
    others = [(f"2026-11-1{at}", *first[1:4], word, *first[5:]) for at, word in enumerate(("Ride", "Run"), 3)]
    place = put(folder / "training.csv", csv_text([first, *others], head))
    path = place.resolve()

    def rows() -> list[dict[str, str]]:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def put_there(field: str, value: str) -> None:
        word = next((word for word, ours in words.items() if ours == value), value)
        changed = [{**rows()[0], columns[field]: word}, *rows()[1:]]
        put(path, csv_text([list(row.values()) for row in changed], head))

    name = flow.sign_in(context, scope, "spreadsheet", "path", {"path": str(path)})
    made = Connected(context, scope, None, context.clock, name)  # type: ignore[arg-type]
    sheet = sources()["spreadsheet"].client(_Place(str(path)), None, calls.RateLimitedClient("x", calls.Limits()))  # type: ignore[arg-type]
    key = next(item.key for item in sheet.activities(1, 10, None).items if item.since == "2026-11-12")
    values = {**TEXTS, "gear": ("Old Steel", "New Bike", "Shoes"), "sport": ("walking", "cycling", "running"),
              "link_garmin": ("1", "2", "3")}  # fmt: skip

    def said(field: str) -> str:
        cell = rows()[0][columns[field]]
        return words[cell] if field == "sport" and cell in words else cell

    def forget() -> None:
        put(path, csv_text(others, head))

    return There(
        made, key, values, said, put_there,
        lambda: len(list(folder.iterdir())) - 1, forget,
    )  # fmt: skip


class _Place:
    """Where a sheet lies."""

    def __init__(self, path: str) -> None:
        self.path = path

    def read(self) -> dict[str, Any]:
        """Return it."""
        return {"path": self.path}


MAKERS = {
    "garmin": _garmin, "intervals": _intervals, "ridewithgps": _ridewithgps, "spreadsheet": _spreadsheet,
    "strava": _strava,
}  # fmt: skip


@pytest.fixture(params=sorted(MAKERS))
def there(
    request: pytest.FixtureRequest, sqlite_context: Context, scope: Scope, decoders: Decoders, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[There]:  # fmt: skip
    """An activity at each provider in turn, and one here."""
    monkeypatch.setattr(calls, "FIRST_WAIT_S", 0.0)
    noon = round(START.timestamp() * 1000)
    take_in(sqlite_context, scope, decoders, {"run.fit": encode(golden.run(400, noon))})
    folder = tmp_path / "there"
    folder.mkdir()
    with ExitStack() as stack:
        made = MAKERS[request.param](sqlite_context, scope, stack, folder)
        for field, (before, _, _) in made.values.items():
            made.put(field, before)
        with made.connected.context.database.write() as session:
            session.run(update(connection_state).values(state="ready"))
        yield made


def test_every_writer_is_here_with_every_field_that_it_corrects() -> None:
    assert set(MAKERS) == {source.key for source in sources().values() if set(CORRECTED) & set(source.writes)}


def test_what_was_written_there_meanwhile_is_not_overwritten(there: There) -> None:
    source = sources()[there.connected.row.source]
    assert {proposing.kind_of(field) for field in there.values} == set(CORRECTED) & set(source.writes)
    lent = source.terms.keep_days is not None
    for field, (before, after, other) in there.values.items():
        number = there.change(field, before, after)
        there.put(field, other)
        writes = there.writes()
        found = there.go(number)
        assert (found["state"], there.said(field)) == ("failed", other), (field, found)
        assert "is now" in found["note"] and there.writes() == writes, field
        assert found["before"] == (None if lent else other), "what it would replace now is what is shown"
        proposing.approve(there.connected.context, there.connected.scope, [number])
        found = there.go(number)
        assert (found["state"], there.said(field)) == ("applied", after), (field, found)
        assert found["undoable"] is not lent
        if not lent:
            back = proposing.revert(there.connected.context, there.connected.scope, number)
            assert there.go(back)["state"] == "applied", field
            assert there.said(field) == other, "the rider's own word comes back"
        else:
            assert other not in there.kept().replace(after, ""), "what is lent is not kept"


def test_what_is_so_already_is_not_sent(there: There) -> None:
    for field, (before, after, _) in there.values.items():
        number = there.change(field, before, after)
        there.put(field, after)
        writes = there.writes()
        assert there.go(number)["state"] == "applied", field
        assert there.writes() == writes, field


def test_what_is_as_it_was_is_changed(there: There) -> None:
    for field, (before, after, _) in there.values.items():
        assert there.go(there.change(field, before, after))["state"] == "applied", field
        assert there.said(field) == after


def test_what_is_not_there_any_more_is_said(there: There) -> None:
    there.forget()
    for field, (before, after, _) in there.values.items():
        writes = there.writes()
        found = there.go(there.change(field, before, after))
        assert found["state"] == "failed" and there.writes() == writes, (field, json.dumps(found))
