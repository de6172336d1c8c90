"""A spreadsheet as a source: rows are activities, followed as they change, on the server or at Google."""

import json
import shlex
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.payloads import decode_stale
from homestretch.flow.derive.rederive import rederive
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.schedule import BadSchedule
from homestretch.flow.sync import connections as flow
from homestretch.flow.sync.sync import sync
from homestretch.net import budget as _calls
from homestretch.net.budget import Limits, RateLimited, RateLimitedClient, UnexpectedResponse
from homestretch.net.secret import Secret
from homestretch.sources.base import RemoteAccount, Source
from homestretch.sources.registry import sources
from homestretch.sources.spreadsheet import client as sheets
from homestretch.sources.spreadsheet.client import Link
from homestretch.store.queries.payloads import read_payloads
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import titles
from homestretch.store.tables.kept import arrivals, payloads
from tests.fakes.google import FakeGoogle
from tests.sources.spreadsheet.sheets import ROWS, csv_text, put, workbook
from tests.sources.watched import Watched
from tests.taking import listed, shown

ID = "1aBcDeFgHiJkLmNoPqRsTuVwXyZ"
LINK = f"https://docs.google.com/spreadsheets/d/{ID}/edit#gid=7"


@pytest.fixture
def google(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeGoogle]:
    """Google with one sheet."""
    monkeypatch.setattr(_calls, "FIRST_WAIT_S", 0.0)
    with FakeGoogle({(ID, "7"): csv_text().encode()}) as fake:
        yield fake
        assert fake.problems == []


def source() -> Source:
    """The source."""
    return sources()["spreadsheet"]


def by_google(context: Context, fake: FakeGoogle) -> Context:
    """Return a context whose Google is the fake."""
    return replace(context, settings=context.settings.model_copy(update={"provider_urls": {"spreadsheet": fake.url}}))


def seen(watched: Watched, decoders: Decoders) -> dict[str, dict[str, object]]:
    """Derive what there is to be derived and return the activities by name."""
    rederive(watched.context, watched.scope.athlete_id, decoders)
    decode_stale(watched.context, watched.scope.athlete_id)
    return {str(one["name"]): one for one in listed(watched.context, watched.scope)}


@pytest.mark.parametrize("name", ["training.csv", "training.xlsx"])
def test_rows_are_activities(context: Context, scope: Scope, decoders: Decoders, tmp_path: Path, name: str) -> None:
    data = workbook() if name.endswith("x") else csv_text().encode()
    place = put(tmp_path / "sheets" / name, data)
    watched = Watched.to(context, scope, "spreadsheet", str(place))
    watched.run()
    assert {row.state for row in watched.items().values()} == {"have"} and len(watched.items()) == 3
    with context.database.read() as reader:
        [whole] = watched.rows(payloads, payloads.c.key == f"sheet.{name[9:]}")
        assert read_payloads(reader, [whole.id])[whole.id] == data, "the sheet is kept as it was"
    found = seen(watched, decoders)
    assert set(found) == {"Round the lake", 'Easy, "slow"', "Second of the day"}
    lake = shown(watched.context, scope, str(found["Round the lake"]["id"]))
    assert lake["distance_m"] == pytest.approx(32_991.552)
    with context.database.read() as reader:
        [gear] = reader.rows(select(titles.c.gear).where(titles.c.name == "Round the lake"))
    assert gear == ("Old Steel",)
    assert place.read_bytes() == data and [one.name for one in place.parent.iterdir()] == [name]


def test_a_change_there_takes_the_place_of_what_was(
    context: Context, scope: Scope, decoders: Decoders, tmp_path: Path
) -> None:
    place = put(tmp_path / "sheets" / "training.csv", csv_text())
    watched = Watched.to(context, scope, "spreadsheet", str(place))
    watched.run()
    before = seen(watched, decoders)
    new = ("2026-05-02", "Hike", *ROWS[2][2:-1], "Put in above")
    put(place, csv_text([new, ROWS[0], (*ROWS[1][:-1], "Renamed"), ROWS[2]]))
    watched.again()
    after = seen(watched, decoders)
    assert set(after) == {"Put in above", "Round the lake", "Renamed", "Second of the day"}
    assert after["Renamed"]["id"] == before['Easy, "slow"']["id"]
    assert after["Round the lake"]["id"] == before["Round the lake"]["id"]
    assert [line["name"] for line in watched.said("changed_there")] == ["Renamed"]
    arrived = len(watched.rows(arrivals))
    watched.again()
    assert len(watched.rows(arrivals)) == arrived == 5, "what did not change is not fetched again"


def test_a_row_that_is_deleted_there_stays_here(sqlite_context: Context, scope: Scope, tmp_path: Path) -> None:
    recent = [(f"2026-11-0{at}", *row[1:]) for at, row in enumerate(ROWS, 1)]
    place = put(tmp_path / "sheets" / "training.csv", csv_text(recent))
    watched = Watched.to(sqlite_context, scope, "spreadsheet", str(place))
    watched.run()
    put(place, csv_text(recent[:2]))
    watched.again()
    assert sorted(row.state for row in watched.items().values()) == ["gone", "have", "have"]
    assert [line["name"] for line in watched.said("deleted_there")] == ["Second of the day"]
    assert len(watched.rows(arrivals, arrivals.c.purged_ms.is_(None))) == 3


def test_a_sheet_that_is_away_or_spoilt_takes_nothing_with_it(
    sqlite_context: Context, scope: Scope, tmp_path: Path
) -> None:
    place = put(tmp_path / "sheets" / "training.csv", csv_text())
    watched = Watched.to(sqlite_context, scope, "spreadsheet", str(place))
    watched.run()
    for spoilt, reason in (
        (None, "No such file"),
        (b"<html>", "not a workbook"),
        (b"a,b\n1,2\n", "no date column"),
    ):
        place.unlink(missing_ok=True)
        if spoilt is not None:
            put(place, spoilt)
        watched.again()
        assert watched.row.state == "backed_off" and reason in watched.row.reason
        assert {row.state for row in watched.items().values()} == {"have"}
    flow.change(watched.context, scope, watched.id, settings={"columns": '{"start": "a"}'})
    assert watched.row.retry_at_ms is None, "what was mended is tried at once"
    put(place, csv_text())
    flow.change(watched.context, scope, watched.id, settings={"columns": None})
    watched.run()
    assert watched.row.state == "ready" and not watched.said("deleted_there")


def test_a_mapping_that_is_set_reads_every_row_anew(
    context: Context, scope: Scope, decoders: Decoders, tmp_path: Path
) -> None:
    text = "day,words,far\n2026-05-03,Lake,20\n2026-05-04,Park,5\n"
    place = put(tmp_path / "sheets" / "own.csv", text)
    watched = Watched.to(context, scope, "spreadsheet", str(place))
    watched.run()
    columns = json.dumps({"name": "words", "distance": "far"})
    flow.change(
        watched.context, scope, watched.id, settings={"columns": columns, "distance": "km", "zone": "Asia/Tokyo"}
    )
    watched.again()
    found = seen(watched, decoders)
    assert set(found) == {"Lake", "Park"}


def test_many_rows_come_in_pages_and_survive_kills(context: Context, scope: Scope, tmp_path: Path) -> None:
    rows = [(f"2026-{1 + at // 28:02}-{1 + at % 28:02}", "Run", f"Run {at}") for at in range(60)]
    place = put(tmp_path / "sheets" / "long.csv", csv_text(rows, ("date", "type", "name")))
    watched = Watched.to(context, scope, "spreadsheet", str(place))
    for _ in range(60):
        sync(replace(watched.context), watched.row.id, slice_s=0.02)
    watched.run()
    assert len(watched.rows(arrivals)) == len(watched.items()) == 60
    held = flow.UnsavedSecret({"path": str(place)})
    one = sheets.Sheet(held, RemoteAccount(""), RateLimitedClient("x", Limits()))
    pages = [one.activities(at, 25, None) for at in (0, 1, 26, 51)]
    assert [(len(each.items), each.next) for each in pages] == [(0, 1), (25, 26), (25, 51), (10, None)]
    first = one.activities(1, 25, None).items
    assert first[0].since > first[-1].since


def test_a_row_becomes_a_recording() -> None:
    held = flow.UnsavedSecret({"path": "/nowhere"})
    one = sheets.Sheet(held, RemoteAccount(""), RateLimitedClient("x", Limits(), settings={"zone": "Europe/Helsinki"}))
    one._data = workbook([*ROWS, (datetime(2026, 5, 5, 7, 30), *ROWS[0][1:-1], "Timed")])
    listed_ = one.activities(1, 10, None)
    newest = listed_.items[0]
    assert newest.details["start"] == "2026-05-05T07:30:00" and newest.details["gear"] == "Old Steel"
    assert listed_.items[1].details["start"] == "2026-05-04", "a date alone says no time of day"
    [file] = one.fetch(newest)
    assert (file.file, file.form) == (True, "json")
    [timed] = source().recording(file.data).recordings
    assert timed.start.local().isoformat() == "2026-05-05T07:30:00+03:00" and not timed.date_only
    assert timed.links == {"strava": "9001", "ridewithgps": "77"} and timed.name == "Timed"
    assert timed.end_ms - timed.start.utc_ms == 5_400_000
    assert timed.totals["total_distance_m"] == pytest.approx(32_991.552)
    [dated] = source().recording(one.fetch(listed_.items[1])[0].data).recordings
    assert dated.date_only and dated.start.local().isoformat() == "2026-05-04T12:00:00+03:00"
    assert len(dated.time_ms) == 0 and dated.sport.key == "cycling"
    title = source().decode("activities", listed_.answer.data).titles[0]
    assert (title.key, title.gear, title.name) == (newest.key, "Old Steel", "Timed")


@pytest.mark.parametrize(
    "data", [
        b"", b"[]", b"{}", b'{"sheet_row":1}', b'{"sheet_row":1,"start":"soon"}',
        b'{"sheet_row":2,"start":"2026-05-03"}',
    ],
)  # fmt: skip
def test_what_is_no_row_gives_notes(data: bytes) -> None:
    found = source().recording(data)
    assert found.recordings == () and found.notes


def test_a_sheet_without_a_zone_has_no_offset() -> None:
    [one] = source().recording(b'{"sheet_row":1,"start":"2026-05-03T07:30:00"}').recordings
    assert one.start.offset_s is None and one.start.zone_source == "none"


def test_google_sends_on_once(context: Context, scope: Scope, google: FakeGoogle, decoders: Decoders) -> None:
    here = by_google(context, google)
    watched = Watched.to(here, scope, "spreadsheet", LINK, "link")
    watched.run()
    assert google.asked[0] == f"/spreadsheets/d/{ID}/export?format=csv&gid=7"
    assert google.asked[1] == f"/export/cells/{ID}/7"
    assert len(watched.items()) == 3 and watched.row.label.startswith("Google sheet")
    google.sheets[ID, "7"] = csv_text(ROWS[:2]).encode()
    watched.again()
    assert len(watched.rows(arrivals)) == 3


def test_only_a_file_of_this_server_is_looked_at_every_minute(
    context: Context, scope: Scope, google: FakeGoogle, tmp_path: Path
) -> None:
    near = Watched.to(context, scope, "spreadsheet", str(put(tmp_path / "sheet.csv", csv_text())))
    far = Watched.to(by_google(context, google), scope, "spreadsheet", LINK, "link")
    assert (near.row.schedule, far.row.schedule) == ("every 5m", "0 * * * *")
    flow.change(near.context, scope, near.id, schedule="every 1m")
    near.run()
    before = near.row
    near.again()
    assert 59_000 < near.row.next_ms - before.next_ms < 61_000 and near.row.good_ms >= before.next_ms
    with pytest.raises(BadSchedule, match="15 minutes"):
        flow.change(far.context, scope, far.id, schedule="every 5m")


@pytest.mark.parametrize("manner", ["page", "sign_in", "denied", "evil"])
def test_a_sheet_that_is_not_shared(context: Context, scope: Scope, google: FakeGoogle, manner: str) -> None:
    """Whichever way Google says it, and wherever it sends on to, it is one sentence."""
    here = by_google(context, google)
    google.manner = manner
    with pytest.raises(sheets.NotShared, match="is not shared"):
        flow.sign_in(here, scope, "spreadsheet", "link", {"link": LINK})


def test_a_sheet_that_is_shared_no_more_asks_for_a_person(context: Context, scope: Scope, google: FakeGoogle) -> None:
    here = by_google(context, google)
    watched = Watched.to(here, scope, "spreadsheet", LINK, "link")
    google.manner = "sign_in"
    watched.run()
    assert watched.row.state == "sign_in" and "no longer shared" in watched.row.reason


def test_google_may_be_busy(google: FakeGoogle) -> None:
    for manner, error in (("busy", UnexpectedResponse), ("slow_down", RateLimited)):
        google.manner = manner
        calls = RateLimitedClient("The spreadsheet", Limits(), pause_s=0, base=google.url)
        with pytest.raises(error):
            sheets.downloaded(calls, Link.of(LINK), sheets.NotShared(name="x"))


@pytest.mark.parametrize(
    ("text", "url"),
    [
        (LINK, f"https://docs.google.com/spreadsheets/d/{ID}/export?format=csv&gid=7"),
        (f"https://docs.google.com/spreadsheets/d/{ID}/edit?usp=sharing", f"https://docs.google.com/spreadsheets/d/{ID}/export?format=csv"),
        (f" https://docs.google.com/spreadsheets/u/1/d/{ID}/edit?gid=3#gid=3 ", f"https://docs.google.com/spreadsheets/d/{ID}/export?format=csv&gid=3"),
        (f"https://docs.google.com/spreadsheets/d/e/2PACX-{ID}/pubhtml?gid=1&single=true",
         f"https://docs.google.com/spreadsheets/d/e/2PACX-{ID}/pub?output=csv&single=true&gid=1"),
    ],
)  # fmt: skip
def test_links_as_people_copy_them(text: str, url: str) -> None:
    assert Link.of(text).url == url


@pytest.mark.parametrize(
    "text",
    [
        "", "http://docs.google.com/spreadsheets/d/12345678901/", "https://docs.google.com.evil.org/spreadsheets/d/12345678901/",
        "https://user@docs.google.com/spreadsheets/d/12345678901/", "https://docs.google.com/document/d/12345678901/",
        "https://docs.google.com/spreadsheets/d/../../x", "file:///etc/passwd", "https://127.0.0.1/spreadsheets/d/12345678901/",
        "https://docs.google.com:8443/spreadsheets/d/12345678901/",
    ],
)  # fmt: skip
def test_nobody_but_google_is_asked(text: str) -> None:
    with pytest.raises(sheets.NoLink):
        Link.of(text)


def test_what_is_refused_at_the_sign_in_is_said(sqlite_context: Context, scope: Scope, tmp_path: Path) -> None:
    folder = tmp_path / "sheets"
    put(folder / "old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest")
    for path, reason in {
        "training.csv": "not a full path",
        str(folder / "none.csv"): "No such file",
        str(folder): "it is a folder",
        str(folder / "old.xls"): "save it as .xlsx",
    }.items():
        with pytest.raises(_calls.WrongCredentials, match=reason):
            Watched.to(sqlite_context, scope, "spreadsheet", path)


def test_a_secret_holds_nothing_but_the_place(tmp_path: Path) -> None:
    place = put(tmp_path / "a.csv", csv_text())
    secret: Secret = sheets.SheetSignIn(RateLimitedClient("x", Limits())).begin("path", {"path": str(place)})
    assert secret == {"path": str(place)}


def test_nothing_is_made_of_a_sheet_that_reads_in_more_ways_than_one(
    sqlite_context: Context, scope: Scope, decoders: Decoders, tmp_path: Path
) -> None:
    """It waits and says what to choose and how; what is chosen, or written into the sheet, is believed."""
    rows = [("03/04/2026", "Lake", 20, "1:00:00"), ("05/04/2026", "Park", 5, "0:30:00")]
    place = put(tmp_path / "my sheets" / "own.csv", csv_text(rows, ("date", "name", "distance", "duration")))
    watched = Watched.to(sqlite_context, scope, "spreadsheet", str(place))
    watched.run()
    told = watched.row.reason
    assert watched.row.state == "backed_off" and watched.items() == {} and watched.rows(arrivals) == []
    assert "whether days or months come first in its dates and whether its distances are in kilometres" in told
    command = shlex.split(told.split("`")[1])
    assert command == ["homestretch", "sources", "set", str(place), "order=dmy|mdy", "distance=km|miles|m"]
    flow.change(watched.context, scope, watched.id, settings={"order": "dmy"})
    watched.run()
    assert watched.items() == {} and "dates" not in watched.row.reason
    flow.change(watched.context, scope, watched.id, settings={"distance": "km"})
    watched.run()
    found = seen(watched, decoders)
    assert {name: (str(one["start_local"])[:10], one["distance_m"]) for name, one in found.items()} == {
        "Lake": ("2026-04-03", 20_000), "Park": ("2026-04-05", 5_000),
    }  # fmt: skip
    assert watched.row.state == "ready" and watched.row.reason is None
    flow.change(watched.context, scope, watched.id, settings={"order": None, "distance": None})
    put(place, csv_text([*rows, ("13/04/2026", "Hill", 7, "0:40:00")], ("date", "name", "km", "duration")))
    watched.again()
    assert set(seen(watched, decoders)) == {"Lake", "Park", "Hill"}


def test_what_is_here_stays_when_a_sheet_tells_no_more_how_it_is_read(
    sqlite_context: Context, scope: Scope, decoders: Decoders, tmp_path: Path
) -> None:
    head = ("date", "name", "distance (km)")
    place = put(
        tmp_path / "sheets" / "own.csv", csv_text([("03/04/2026", "Lake", 20), ("13/04/2026", "Hill", 7)], head)
    )
    watched = Watched.to(sqlite_context, scope, "spreadsheet", str(place))
    watched.run()
    assert set(seen(watched, decoders)) == {"Lake", "Hill"}
    put(place, csv_text([("03/04/2026", "Lake", 20)], head))
    watched.again()
    assert watched.row.state == "backed_off" and set(seen(watched, decoders)) == {"Lake", "Hill"}
