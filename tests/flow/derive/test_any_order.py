"""What is derived follows from what there is: never from the order, the portions or the workers by which it came."""

import os
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from homestretch.flow.sync import connections
from homestretch.flow.sync.purge import purge_connection
from homestretch.flow.writeback import source_priority
from homestretch.formats import gpx, manual
from homestretch.formats.fit.encode import encode
from homestretch.model.recording import Device, Recording
from homestretch.model.sport import Sport
from homestretch.sources.registry import sources
from homestretch.store.scope import Scope
from homestretch.store.tables import kept
from homestretch.store.tables.derived import titles
from tests.formats import garmin_days, golden
from tests.formats.fit.wellness import made as wellness
from tests.formats.strava_csv import hike, listing
from tests.formats.test_garmin_export import export, item
from tests.inline import Came, Worlds
from tests.taking import listed

FULL = os.environ.get("HOMESTRETCH_TORTURE") == "full"
HOUR_MS, DAY_MS = 3_600_000, 86_400_000
REAL = (
    "corrupt/dtcooper__strava-android-app-201.10-b1218918.fit", "corrupt/dtcooper__activity-filecrc.fit",
    "fit/dtcooper__Activity.fit", "fit/dtcooper__2013-02-06-12-11-14.fit", "fit/dtcooper__garmin-edge-820-bike.fit",
    "fit/muktihari__activity_truncated.fit", "fit/muktihari__activity_multisport.fit",
    "gpx/tkrajina__cerknicko-jezero.gpx", "gpx/tkrajina__cerknicko-jezero-no-creator.gpx",
    "gpx/tkrajina__cerknicko-without-times.gpx",
)  # fmt: skip


def by(serial: str, recording: Recording, key: str | None = None) -> Recording:
    """Return a recording as the device of a serial number wrote it."""
    recorder = Device(role="recorder", manufacturer="garmin", product="edge_1040", serial=serial)
    return replace(recording, devices=(recorder,), file_key=key)


def at(recording: Recording, ms: int) -> Recording:
    """Return a recording as it would be so many ms later."""
    start = replace(recording.start, utc_ms=recording.start.utc_ms + ms)
    return replace(recording, start=start, end_ms=recording.end_ms + ms, time_ms=recording.time_ms + ms)


def part(recording: Recording, first: int, last: int) -> Recording:
    """Return the samples from one to another as a recording of its own."""
    channels = {key: replace(c, raw=c.raw[first:last]) for key, c in recording.channels.items()}
    time_ms = recording.time_ms[first:last]
    start = replace(recording.start, utc_ms=int(time_ms[0]))
    return replace(
        recording, start=start, end_ms=int(time_ms[-1]) + 1000, time_ms=time_ms, channels=channels, totals={},
        laps=(), pauses=(), events=(), file_key=None,
    )  # fmt: skip


def journey(days: int, start_ms: int) -> Recording:
    """Return a recording of many days with a sample an hour, as a tracker on a journey or a wrong clock leaves it."""
    count = 24 * days
    made = golden.run(count, start_ms)
    time_ms = start_ms + HOUR_MS * np.arange(count, dtype=np.int64)
    return replace(
        made, sport=Sport("generic"), time_ms=time_ms, end_ms=int(time_ms[-1]), totals={}, laps=(), pauses=(),
        events=(), file_key=None,
    )  # fmt: skip


@cache
def pool() -> tuple[Came, ...]:
    """Originals of one week, as they came: most are something to some of the others, some come in two ways."""
    run = golden.run(400)
    morning = at(run, 5 * DAY_MS - 5 * HOUR_MS)  # 08:00 in Tokyo is the evening before at Greenwich
    tokyo = replace(morning, start=replace(morning.start, offset_s=9 * 3600), file_key=None)
    ride_too = encode(by("4", replace(part(run, 0, 300), sport=Sport("cycling", "road"))))
    thin: dict[str, Any] = {
        "start": "2026-05-03T06:00:00+00:00", "sport": "running", "elapsed_s": 400.0, "distance_m": 1200.0,
    }  # fmt: skip
    ride = {"id": "55", "date": "May 7, 2026, 5:38:31 AM", "type": "Ride", "file": "activities/55.fit.gz"}
    away = encode(replace(at(run, 3 * DAY_MS), file_key=None))
    hidden = b"<!--" + b"-" * 5000 + b"-->" + gpx.encode(replace(at(run, 2 * DAY_MS), file_key=None))
    days = [garmin_days.day(calendarDate=f"2026-05-0{n}", restingHeartRate=40 + n) for n in range(1, 4)]
    newer = [garmin_days.day(calendarDate=f"2026-05-0{n}", restingHeartRate=50 + n) for n in range(2, 5)]
    noon = wellness.MIDNIGHT + 12 * 3600
    steps = (wellness.total(noon - 7200, 100), wellness.total(noon, 4000))
    later_steps = (wellness.total(noon, 400), wellness.total(noon + 36_900, 700))
    return (
        Came("run.fit", encode(run)),
        Came("run.gpx", gpx.encode(run)),
        Came("beside.fit", encode(by("2", part(at(run, 10_000), 0, 380)))),
        Came("half.fit", encode(by("3", part(run, 20, 180)))),
        Came("rest.fit", encode(by("3", part(run, 180, 395)))),
        Came("an-hour-late.gpx", gpx.encode(at(run, HOUR_MS))),
        Came("same-start.fit", ride_too),
        Came("garmin/1.fit", encode(run), "garmin", "1"),
        Came("garmin/1-again.fit", ride_too, "garmin", "1"),
        Came("tri.fit", encode(*golden.multisport())),
        Came("tri-leg.fit", encode(by("5", golden.multisport()[0]))),
        Came("swim.fit", encode(golden.pool_swim())),
        Came("next-day.fit", encode(replace(at(run, DAY_MS), file_key=None))),
        Came("next-day.gpx", gpx.encode(part(at(run, DAY_MS), 0, 390))),
        Came("typed.json", manual.encode(**thin, nonce="a")),
        Came("journey.fit", encode(by("6", journey(12, golden.START_MS - 2 * DAY_MS)))),
        Came("journey.gpx", gpx.encode(journey(12, golden.START_MS - 2 * DAY_MS))),
        Came("older-journey.fit", encode(by("7", journey(20, golden.START_MS - 15 * DAY_MS)))),
        Came("newer-journey.fit", encode(by("8", journey(19, golden.START_MS - 7 * DAY_MS)))),
        Came("tokyo.fit", encode(tokyo)),
        Came("garmin-list.json", export(item(), item(988, name="Elsewhere"))),
        Came("garmin-list-later.json", export(item(), item(988, startTimeGmt=float(golden.START_MS + 4 * DAY_MS)))),
        Came("export/activities/55.fit.gz", away),
        Came("garmin/55.fit", away, "garmin", "987"),
        Came("export/activities.csv", listing([{**ride, "name": "As it was"}])),
        Came("later/activities.csv", listing([{**ride, "name": "As it is"}, hike("99")])),
        Came("days.json", garmin_days.packed(*days)),
        Came("newer-days.json", garmin_days.packed(*newer)),
        Came("watch-morning.fit", wellness.file(wellness.info(), *steps, wellness.heart(noon - 60, 61))),
        Came("watch-evening.fit", wellness.file(wellness.info(), *steps, wellness.total(noon + 9 * 3600, 9000))),
        Came("other-watch.fit", wellness.file(wellness.info(), *later_steps, serial=2)),
        Came("clockless-watch.fit", wellness.file(*later_steps, wellness.heart(noon + 9 * 3600, 70), serial=3)),
        Came("no-name-tells", hidden),
        Came("a-name-tells.gpx", hidden),
    )


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Worlds:
    return Worlds(tmp_path_factory.mktemp("worlds"))


def derived(worlds: Worlds, portions: Sequence[Sequence[Came]], *, anew: bool = False) -> set[str]:
    """Return the digest of what comes of originals in these portions, and (`anew`) of what a rebuild makes of them."""
    with worlds.fresh() as context:
        for portion in portions:
            worlds.bring(context, portion)
        return {worlds.settled(context), *([worlds.rebuilt(context)] if anew else [])}


def cut(came: Sequence[Came], at: Sequence[int]) -> list[Sequence[Came]]:
    """Return the originals in portions that end at these numbers."""
    ends = sorted({0, len(came), *(end for end in at if end <= len(came))})
    return [came[first:last] for first, last in pairwise(ends)]


#: What once came out otherwise in another order, each with the originals that showed it.
CAUSES = {
    "journeys of weeks, one begun in the course of the other": ("older-journey.fit", "newer-journey.fit", "run.fit"),
    "an activity that a list gives another time": ("garmin-list.json", "garmin-list-later.json"),
    "a source that has one key for two files": ("run.fit", "same-start.fit", "garmin/1.fit", "garmin/1-again.fit"),
    "two lists of one archive": ("export/activities.csv", "later/activities.csv", "export/activities/55.fit.gz"),
    "two lists of the same days": ("newer-days.json", "days.json"),
    "a name that tells what it is": ("a-name-tells.gpx", "no-name-tells"),
}


@pytest.mark.parametrize("names", CAUSES.values(), ids=CAUSES)
def test_what_depended_on_the_order(worlds: Worlds, names: Sequence[str]) -> None:
    came = [one for one in pool() if one.name in names]
    one_by_one = [[one] for one in came]
    assert len(derived(worlds, one_by_one, anew=True) | derived(worlds, one_by_one[::-1], anew=True)) == 1


@settings(max_examples=300 if FULL else 8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.permutations(range(len(pool()))), st.lists(st.integers(1, 9), max_size=4), st.integers(2, 10))
def test_any_order_in_any_portions_gives_one_digest(
    worlds: Worlds, order: Sequence[int], ends: Sequence[int], count: int
) -> None:
    """Of some of the originals: those that came in this order and those portions, all at once, and derived anew."""
    came = [pool()[number] for number in order[:count]]
    there = sorted(came, key=lambda one: (one.name, one.data))
    assert len(derived(worlds, cut(came, ends), anew=True) | derived(worlds, [there])) == 1


def test_real_files_in_any_order_give_one_digest(worlds: Worlds, real_files: Path) -> None:
    """A clock that went wrong for five years, files of one morning, what is cut off, legs of one file."""
    came = [Came(name, (real_files / name).read_bytes()) for name in REAL]
    orders: list[Sequence[Sequence[Came]]] = [
        [came],
        [[one] for one in reversed(came)],
        cut(came[::2] + came[1::2], (3, 5)),
    ]
    digests = [derived(worlds, portions, anew=number == 1) for number, portions in enumerate(orders)]
    assert len(set().union(*digests)) == 1


def test_a_source_that_is_trusted_now_names_what_two_brought(worlds: Worlds) -> None:
    """Also where there is one recording alone; and once a source is purged, nothing of what it said is left."""
    data = encode(golden.run(60))
    with worlds.fresh() as context:
        worlds.bring(
            context, [Came("a.fit", data), Came("a.fit", data, "garmin", "1"), Came("a.fit", data, "ridewithgps", "2")]
        )
        plain = worlds.settled(context)
        with context.database.write() as session:
            for source, key in (("garmin", "1"), ("ridewithgps", "2")):
                session.put(titles, [{"athlete_id": 1, "source": source, "key": key, "name": f"By {source}"}])
        for source in ("ridewithgps", "garmin"):
            before = [listed(context, Scope(1)), worlds.settled(context)]
            would = source_priority.order_preview(context, Scope(1), [source])
            assert (would["activities"], would["names"]) == (1, 1)
            assert [listed(context, Scope(1)), worlds.settled(context)] == before, "nothing is changed by asking"
            source_priority.order_sources(context, Scope(1), [source])
            assert [one["name"] for one in listed(context, Scope(1))] == [f"By {source}"]
        source_priority.order_sources(context, Scope(1), [])
        with context.database.write() as session:
            _, number = connections.add_connection(context, session, Scope(1), sources()["garmin"])
            session.run(update(kept.connections).values(removed_ms=1))
        purge_connection(context, 1, number)
        assert worlds.settled(context) == plain
