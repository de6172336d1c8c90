"""Strava's archive from zip to activities: names find their files, whatever came first, and survive everything."""

import gzip
import io
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from sqlalchemy import insert, select

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.derive_pending import derive_pending
from homestretch.flow.derive.payloads import forget_decoded
from homestretch.flow.derive.rederive import clear, rederive
from homestretch.flow.imports import batches
from homestretch.flow.runtime.context import Context
from homestretch.formats.fit.encode import encode
from homestretch.store.queries.gear import known_there
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import arrivals, athletes
from tests.flow.edit.test_merging import of_device, questions
from tests.formats import golden
from tests.formats.strava_csv import GERMAN, hike, listing
from tests.taking import digest, listed, shown, take_in

FILE = "activities/1679862077.fit.gz"


def ride(**more: str) -> dict[str, str]:
    """Return the row of an activity whose file is beside the list."""
    return {
        "id": "154504250376823", "date": "Jul 14, 2025, 6:30:00 AM", "name": "Round the lake", "type": "Run",
        "elapsed": "900.0", "distance": "2500.0", "file": FILE, "gear": "Blue shoes", "description": "With Ada",
    } | more  # fmt: skip


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return a zip of the files, in this order."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return whole.getvalue()


def run() -> bytes:
    """Return a run's file, packed."""
    return gzip.compress(encode(golden.run(30)), mtime=0)


def export(*, first: str = "list", header: tuple[str, ...] | None = None, **more: str) -> dict[str, bytes]:
    """Return the archive as one zip to import."""
    rows = (
        [ride(**more), hike()]
        if header is None
        else [ride(**more, date="14.07.2025, 06:30:00"), hike(date="17.11.2013, 16:00:00")]
    )
    table = ("activities.csv", listing(rows) if header is None else listing(rows, header))
    parts = [table, (FILE, run()), ("bikes.csv", b"Bike Name,Bike Brand\nx,y\n"),
             ("shoes.csv", b"Shoe Name,Shoe Brand\nBlue shoes,Ours\n"), ("clubs.csv", b"Club Name\nz\n")]  # fmt: skip
    return {"export_1.zip": zipped(dict(parts if first == "list" else reversed(parts)))}


def names(context: Context, scope: Scope) -> set[str]:
    """Return what the activities are called."""
    return {one["name"] for one in listed(context, scope)}


@pytest.mark.parametrize("first", ["list", "file"])
def test_an_archive_names_its_files(context: Context, scope: Scope, decoders: Decoders, first: str) -> None:
    items = take_in(context, scope, decoders, export(first=first))
    assert items["export_1.zip/activities.csv"]["status"] == "imported"
    assert names(context, scope) == {"Round the lake", "Summit Sunday"}
    with context.database.read() as reader:
        rows = {row.path.rsplit("/", 1)[-1]: row for row in reader.rows(select(arrivals))}
    assert (rows["1679862077.fit"].provider, rows["1679862077.fit"].provider_key) == (
        "strava_archive",
        "154504250376823",
    )
    assert rows["activities.csv"].provider == "file" and "clubs.csv" in rows, "what nobody reads is kept too"
    before = digest(context)
    clear(context)
    rederive(context, scope.athlete_id, decoders)
    assert digest(context) == before and names(context, scope) == {"Round the lake", "Summit Sunday"}


def test_in_another_language(sqlite_context: Context, scope: Scope, decoders: Decoders) -> None:
    take_in(sqlite_context, scope, decoders, export(header=GERMAN))
    assert names(sqlite_context, scope) == {"Round the lake", "Summit Sunday"}


def test_a_sport_that_the_file_does_not_name_is_the_lists(
    sqlite_context: Context, scope: Scope, decoders: Decoders
) -> None:
    path = "activities/1679862078.gpx"
    points = "".join(
        f'<trkpt lat="60.{n:04}" lon="25"><time>2026-05-01T06:00:{n:02}Z</time></trkpt>' for n in range(30)
    )
    gpx = f'<gpx version="1.1"><trk><trkseg>{points}</trkseg></trk></gpx>'.encode()
    take_in(
        sqlite_context, scope, decoders, {path: gpx, "activities.csv": listing([ride(file=path, type="Trail Run")])}
    )
    [made] = listed(sqlite_context, scope)
    assert (made["sport"], made["sub_sport"], made["name"]) == ("running", "trail", "Round the lake")


def test_a_folder_is_as_good_as_a_zip(sqlite_context: Context, scope: Scope, decoders: Decoders) -> None:
    take_in(sqlite_context, scope, decoders, {f"export_1/{FILE}": run(), "export_1/activities.csv": listing([ride()])})
    assert names(sqlite_context, scope) == {"Round the lake"}


@pytest.mark.parametrize("later", ["list", "file"])
def test_list_and_file_may_come_one_by_one(context: Context, scope: Scope, decoders: Decoders, later: str) -> None:
    parts = [{"activities.csv": listing([ride()])}, {FILE: run()}]
    for part in parts if later == "file" else reversed(parts):
        take_in(context, scope, decoders, part)
    assert names(context, scope) == {"Round the lake"}


def test_a_file_that_came_otherwise_before_is_named_too(
    sqlite_context: Context, scope: Scope, decoders: Decoders
) -> None:
    take_in(sqlite_context, scope, decoders, {"watch/run.fit": encode(golden.run(30))})
    assert "Round the lake" not in names(sqlite_context, scope)
    take_in(sqlite_context, scope, decoders, export())
    assert names(sqlite_context, scope) == {"Round the lake", "Summit Sunday"}


def test_imported_again_nothing_is_twice(context: Context, scope: Scope, decoders: Decoders) -> None:
    take_in(context, scope, decoders, export())
    before, ids = digest(context), {one["id"] for one in listed(context, scope)}
    take_in(context, scope, decoders, export())
    assert digest(context) == before and {one["id"] for one in listed(context, scope)} == ids


def test_a_newer_archive_has_the_word(context: Context, scope: Scope, decoders: Decoders) -> None:
    take_in(context, scope, decoders, export())
    ids = {one["id"] for one in listed(context, scope)}
    newer = take_in(context, scope, decoders, export(name="Round the other lake", first="file"))
    assert names(context, scope) == {"Round the other lake", "Summit Sunday"}
    assert {one["id"] for one in listed(context, scope)} == ids, "what was typed in is no other activity either"
    before = digest(context)
    clear(context)
    rederive(context, scope.athlete_id, decoders)
    assert digest(context) == before
    batches.undo(context, scope, next(iter(newer.values()))["batch"])
    assert names(context, scope) == {"Round the lake", "Summit Sunday"}
    batches.redo(context, scope, next(iter(newer.values()))["batch"])
    rederive(context, scope.athlete_id, decoders)
    assert names(context, scope) == {"Round the other lake", "Summit Sunday"}


def test_an_import_that_is_undone_takes_its_names_along(context: Context, scope: Scope, decoders: Decoders) -> None:
    take_in(context, scope, decoders, {FILE: run()})
    before = names(context, scope)
    came = take_in(context, scope, decoders, {"activities.csv": listing([ride(), hike()])})
    assert names(context, scope) == {"Round the lake", "Summit Sunday"}
    batches.undo(context, scope, next(iter(came.values()))["batch"])
    assert names(context, scope) == before


def test_an_edit_has_the_last_word(sqlite_context: Context, scope: Scope, decoders: Decoders) -> None:
    from homestretch.flow.edit.edits import change
    from tests.taking import row_id

    take_in(sqlite_context, scope, decoders, export())
    mine = next(one["id"] for one in listed(sqlite_context, scope) if one["name"] == "Round the lake")
    change(sqlite_context, scope, row_id(sqlite_context, scope, mine), {"name": "Mine"})
    take_in(sqlite_context, scope, decoders, export(name="Another"))
    assert names(sqlite_context, scope) == {"Mine", "Summit Sunday"}


def test_what_payloads_told_may_be_forgotten_and_the_names_stay(
    sqlite_context: Context, scope: Scope, decoders: Decoders
) -> None:
    take_in(sqlite_context, scope, decoders, export())
    with sqlite_context.database.write() as session:
        forget_decoded(session, scope.athlete_id)
    take_in(sqlite_context, scope, decoders, {f"again/{FILE}": run()})
    assert names(sqlite_context, scope) == {"Round the lake", "Summit Sunday"}


def test_of_two_athletes_neither_names_the_others(sqlite_context: Context, scope: Scope, decoders: Decoders) -> None:
    with sqlite_context.database.write() as session:
        other = Scope(session.add(insert(athletes), {"name": "Ben", "created_ms": 1}))
    take_in(sqlite_context, scope, decoders, {"activities.csv": listing([ride()])})
    take_in(sqlite_context, other, decoders, {FILE: run()})
    assert names(sqlite_context, other) == {"Morning Trail Run"} and names(sqlite_context, scope) == {"Round the lake"}
    assert len(shown(sqlite_context, scope, listed(sqlite_context, scope)[0]["id"])["recordings"]) == 1


def gear(context: Context, scope: Scope) -> dict[str, tuple[str, int]]:
    """Return the kind of each item of gear in archives, and how many activities used it."""
    with context.database.read() as reader:
        return {one["key"]: (one["kind"], one["activities"]) for one in known_there(reader, scope.athlete_id)}


def test_gear_has_its_kind_from_the_lists_beside(context: Context, scope: Scope, decoders: Decoders) -> None:
    items = take_in(context, scope, decoders, export())
    assert items["export_1.zip/shoes.csv"]["status"] == items["export_1.zip/bikes.csv"]["status"] == "imported"
    found = gear(context, scope)
    assert found == {"Blue shoes": ("shoes", 1), "Boots": ("other", 1), "x": ("bike", 0)}
    before = digest(context)
    clear(context)
    rederive(context, scope.athlete_id, decoders)
    assert digest(context) == before and gear(context, scope) == found
    with context.database.write() as session:
        forget_decoded(session, scope.athlete_id)
    assert gear(context, scope) == found, "no payload told it"
    batches.undo(context, scope, next(iter(items.values()))["batch"])
    assert gear(context, scope) == {}


def test_a_file_that_was_unpacked_is_still_the_lists(sqlite_context: Context, scope: Scope, decoders: Decoders) -> None:
    parts = {"activities.csv": listing([ride()]), FILE.removesuffix(".gz"): gzip.decompress(run())}
    take_in(sqlite_context, scope, decoders, {"export.zip": zipped(parts)})
    assert [item["name"] for item in listed(sqlite_context, scope)] == ["Round the lake"]


def test_titles_that_are_sports_stay_as_they_were_written(
    sqlite_context: Context, scope: Scope, decoders: Decoders
) -> None:
    rows = [hike(str(9100 + at), date=f"Jun {1 + at}, 2024, 8:00:00 AM", name=name, type="Ride")
            for at, name in enumerate(("MTB", "Yoga", "Run", "Morning Ride"))]  # fmt: skip
    titled = listing([*rows, ride(name="Ski")])
    take_in(sqlite_context, scope, decoders, {"export.zip": zipped({"activities.csv": titled, FILE: run()})})
    names = sorted(item["name"] for item in listed(sqlite_context, scope))
    assert names == ["MTB", "Morning Ride", "Run", "Ski", "Yoga"]


def settled(context: Context, scope: Scope, decoders: Decoders) -> str:
    """Return the digest once all is derived, which a rebuild gives too."""
    derive_pending(context, scope.athlete_id, decoders)
    before = digest(context)
    clear(context)
    rederive(context, scope.athlete_id, decoders)
    derive_pending(context, scope.athlete_id, decoders)
    assert digest(context) == before
    return before


NO_POINTS = b'<gpx version="1.1"><trk><trkseg></trkseg></trk></gpx>'


def _codes(activity: dict[str, Any]) -> list[list[str]]:
    return [[note["code"] for note in one["notes"]] for one in activity["recordings"]]


@pytest.mark.parametrize("there", [{}, {FILE: b""}, {FILE: gzip.compress(NO_POINTS, mtime=0)}])
def test_a_row_whose_file_tells_nothing_is_an_activity_until_the_file_comes(
    context: Context, scope: Scope, decoders: Decoders, there: dict[str, bytes]
) -> None:
    items = take_in(context, scope, decoders, {"activities.csv": listing([ride(), hike()]), **there})
    assert [note["code"] for note in items["activities.csv"]["notes"]] == ["files_missing:1"]
    typed, alone = listed(context, scope)
    assert (alone["name"], alone["distance_m"], alone["elapsed_s"]) == ("Round the lake", 2500.0, 900.0)
    assert _codes(shown(context, scope, alone["id"])) == [["file_missing"]]
    assert _codes(shown(context, scope, typed["id"])) == [[]], "it never had one"
    before = settled(context, scope, decoders)
    later = take_in(context, scope, decoders, {f"later/{FILE}": run()})
    both = settled(context, scope, decoders)
    typed, whole = listed(context, scope)
    assert (whole["id"], whole["name"]) == (alone["id"], "Round the lake"), "it has the address that it had"
    found = shown(context, scope, whole["id"])
    assert {one["format"]: one["notes"] for one in found["recordings"]} == {"strava_archive": [], "fit": []}
    assert found["track"] and found["elapsed_s"] < 100 and questions(context, scope) == []
    batches.undo(context, scope, next(iter(later.values()))["batch"])
    assert settled(context, scope, decoders) == before
    assert [one["id"] for one in listed(context, scope)] == [typed["id"], alone["id"]]
    batches.redo(context, scope, next(iter(later.values()))["batch"])
    rederive(context, scope.athlete_id, decoders)
    assert settled(context, scope, decoders) == both


def test_a_row_is_of_its_file_and_decides_nothing_about_others(
    sqlite_context: Context, scope: Scope, decoders: Decoders
) -> None:
    """Its time and sport alone would join what a person is to be asked about."""
    context = sqlite_context
    run_at_home = golden.run(600)
    elsewhere = of_device(replace(run_at_home, totals={}, laps=()), "2", distance_m=np.arange(600) * 4.5)
    row = ride(elapsed="600.0", distance="1800.0", date="May 3, 2026, 6:00:00 AM")
    files = {FILE: encode(of_device(run_at_home, "1")), "elsewhere.fit": encode(elsewhere)}
    take_in(context, scope, decoders, files)
    asked = len(questions(context, scope))
    assert (asked, len(listed(context, scope))) == (1, 2)
    take_in(context, scope, decoders, {"activities.csv": listing([row])})
    settled(context, scope, decoders)
    assert (len(questions(context, scope)), len(listed(context, scope))) == (asked, 2)
