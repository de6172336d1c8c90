"""Day reports: put and read to the last bit, forgotten by their original, apart by athlete, source and device."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sqlalchemy import func, select

from homestretch.flow.derive.days.derive_days import derive_days
from homestretch.flow.derive.rederive import clear
from homestretch.flow.runtime.context import Context
from homestretch.model.channel import Channel, Floats
from homestretch.model.health.day_report import DayReport, day_reports
from homestretch.model.health.measurement import HealthDevice, Measurement, Series, Spans, Wellness
from homestretch.model.health.night import Night, Stage
from homestretch.store.codecs.day_reports import VALUE, _integers
from homestretch.store.codecs.streams import contents, pack, unpack
from homestretch.store.queries.day_reports import (
    forget_reports,
    originals_of_payloads,
    put_devices,
    put_reports,
    read_reports,
    supersede,
)
from homestretch.store.queries.measurements import days_since_revision, read_nights, read_values
from homestretch.store.tables import derived_days
from homestretch.store.tables.derived_days import intraday
from homestretch.store.tables.kept import athletes
from tests.taking import digest

DAY, NEXT = "2026-03-01", "2026-03-02"
START = 1_772_400_000_000
ANNA, BERT = 1, 2


def series(*values: float, kind: str = "heart_rate_bpm", day: str = DAY, device: str = "w") -> Series:
    times = START + 120_000 * np.arange(len(values), dtype=np.int64)
    return Series(kind, day, times, np.array(values, np.float64), device)


def night(day: str = DAY) -> Night:
    stages = (Stage(START, START + 60_000, "light"), Stage(START + 60_000, START + 90_000, "deep"))
    times = {"start_ms": START, "end_ms": START + 90_000, "offset_s": -21_600}
    return Night(day=day, device="w", stages=stages, asleep_s=85.0, score=83.0, **times)  # type: ignore[arg-type]


def words(resting: float = 50.0) -> Wellness:
    starts = np.array([START, START + 900_000])
    return Wellness(
        measurements=(
            Measurement("resting_heart_rate_bpm", DAY, resting, device="w"),
            Measurement("weight_kg", DAY, 59.13, START, "w"),
            Measurement("weight_kg", DAY, 59.5, START + 1, "w"),
        ),
        series=(series(60.0, np.nan, 62.0),),
        spans=(Spans("steps", DAY, starts, starts + 900_000, np.array([0.0, 31.0]), "w"),),
        nights=(night(),),
    )


@pytest.fixture
def store(context: Context) -> Context:
    """A store with two athletes."""
    with context.database.write() as session:
        session.put(athletes, [{"id": number, "name": str(number), "created_ms": 0} for number in (ANNA, BERT)])
    return context


def put(
    store: Context, said: Wellness, original: str = "p1", *, athlete: int = ANNA, source: str = "garmin", at: int = 1
) -> None:
    with store.database.write() as session:
        put_reports(session, athlete, list(day_reports(said, original, source, at)))
        derive_days(session, athlete, said.days)


def forget(store: Context, *originals: str, athlete: int = ANNA) -> list[str]:
    with store.database.write() as session:
        days = forget_reports(session, athlete, originals)
        derive_days(session, athlete, days)
    return sorted(days)


def values(store: Context, kind: str, athlete: int = ANNA) -> list[tuple[str, int, float]]:
    with store.database.read() as reader:
        rows = read_values(reader, athlete, [kind], DAY, NEXT)[kind]
    return [(row.source, row.at_ms, row.value) for row in rows]


def read(store: Context, day: str = DAY) -> list[DayReport]:
    with store.database.read() as reader:
        return read_reports(reader, ANNA, [day]).get(day, [])


def counts(store: Context) -> list[int]:
    tables = (derived_days.day_reports, intraday, derived_days.measurements, derived_days.nights)
    with store.database.read() as reader:
        return [reader.scalar(select(func.count()).select_from(table)) for table in tables]


def test_what_is_put_is_read_as_it_was(store: Context) -> None:
    put(store, words())
    [report] = read(store)
    assert (report.original, report.source, report.device, report.said_ms) == ("p1", "garmin", "w", 1)
    assert report.content.measurements == words().measurements and report.content.nights == words().nights
    [course] = report.content.series
    assert course.time_ms.tolist() == [START, START + 120_000, START + 240_000]
    np.testing.assert_array_equal(course.values, [60.0, np.nan, 62.0])
    [steps] = report.content.spans
    assert (steps.kind, steps.device, steps.values.tolist()) == ("steps", "w", [0.0, 31.0])
    assert (steps.end_ms - steps.start_ms).tolist() == [900_000, 900_000]
    assert values(store, "weight_kg") == [("garmin", START, 59.13), ("garmin", START + 1, 59.5)]
    assert values(store, "heart_rate_bpm") == [("garmin", 0, 61.0)]
    assert values(store, "sleep_s") == [("garmin", 0, 85.0)]
    with store.database.read() as reader:
        assert [one.night for one in read_nights(reader, ANNA, DAY, DAY)] == [night()]


def test_what_is_said_later_holds_and_leaves_the_rest(store: Context) -> None:
    put(store, words(48.0), "p2", at=2)
    put(store, words(50.0), "p1", at=1)
    put(store, Wellness(measurements=(Measurement("steps", DAY, 7.0, device="w"),)), "p3", at=3)
    assert values(store, "resting_heart_rate_bpm") == [("garmin", 0, 48.0)]
    assert values(store, "steps") == [("garmin", 0, 7.0)]
    assert forget(store, "p2") == [DAY]
    assert values(store, "resting_heart_rate_bpm") == [("garmin", 0, 50.0)]
    assert forget(store, "p1", "p3", "unknown") == [DAY] and counts(store) == [0, 0, 0, 0]


def test_superseded_words_only_fill_in(store: Context) -> None:
    put(store, words(50.0), "payload:1")
    put(store, Wellness(measurements=(Measurement("resting_heart_rate_bpm", DAY, 47.0, device="w"),)), "payload:2")
    with store.database.write() as session:
        derive_days(session, ANNA, supersede(session, ANNA, ["payload:1"]))
        assert originals_of_payloads(session, ANNA) == {"payload:1", "payload:2"}
    assert values(store, "resting_heart_rate_bpm") == [("garmin", 0, 47.0)], "though said at the same time"
    assert values(store, "steps") == [("garmin", 0, 31.0)]
    assert values(store, "weight_kg") == [], "a weighing that a later answer does not list was deleted there"


def test_athletes_and_sources_are_apart(store: Context) -> None:
    put(store, words(50.0))
    put(store, words(60.0), athlete=BERT)
    put(store, words(70.0), "p2", source="fitbit")
    assert values(store, "resting_heart_rate_bpm") == [("fitbit", 0, 70.0), ("garmin", 0, 50.0)]
    assert forget(store, "p1") == [DAY]
    assert values(store, "resting_heart_rate_bpm") == [("fitbit", 0, 70.0)]
    assert values(store, "resting_heart_rate_bpm", BERT) == [("garmin", 0, 60.0)]
    assert forget(store, "p1") == [], "what is not there loses nothing"


def test_a_day_that_changes_gets_a_revision_and_a_rebuild_gives_none(store: Context) -> None:
    def revisions(after: int = 0) -> list[tuple[str, int]]:
        with store.database.read() as reader:
            return days_since_revision(reader, ANNA, after)

    put(store, words())
    put(store, Wellness(nights=(night("2026-03-07"),)))
    assert [day for day, _ in revisions()] == [DAY, "2026-03-07"]
    last = revisions()[-1][1]
    put(store, words(), "p1")
    clear(store)
    put(store, words(), "p1")
    put(store, Wellness(nights=(night("2026-03-07"),)), "p2")
    assert revisions(last) == [], "the same again is no change"
    put(store, words(51.0), "p9", at=9)
    assert revisions(last) == [(DAY, last + 1)]
    forget(store, "p9", "p1", "p2")
    assert revisions(last) == [(DAY, last + 2), ("2026-03-07", last + 3)], "a day that lost everything changed too"


def test_the_digest_is_of_keys_and_values(store: Context) -> None:
    empty = digest(store)
    put(store, words(), "p1")
    full = digest(store)
    clear(store)
    put(store, words(), "p2", at=5)
    assert digest(store) == full, "which original said it says nothing of what is so"
    seen = {full, empty}
    for number, other in enumerate((
        Wellness(measurements=(Measurement("resting_heart_rate_bpm", DAY, 51.0, device="w"),)),
        Wellness(measurements=(Measurement("resting_heart_rate_bpm", DAY, 51.0, START, "w"),)),
        Wellness(series=(series(60.0, np.nan, 63.0),)),
        Wellness(nights=(dataclasses.replace(night(), score=84.0),)),
        Wellness(nights=(dataclasses.replace(night(), stages=()),)),
    )):  # fmt: skip
        put(store, other, f"q{number}", at=10 + number)
        seen.add(digest(store))
    with store.database.write() as session:
        put_devices(session, ANNA, "q1", "garmin", 1, [HealthDevice("w", "Watch")])
    seen.add(digest(store))
    assert len(seen) == 8
    clear(store)
    assert digest(store) == empty


@settings(max_examples=200, deadline=None)
@given(
    arrays(np.float64, st.integers(0, 30), elements=st.floats(allow_infinity=False)
           | st.integers(-10, 300).map(lambda n: n / 10) | st.integers(40, 200).map(float) | st.just(np.nan)),
)  # fmt: skip
def test_no_value_is_changed_by_the_way_it_is_packed(values: Floats) -> None:
    raw, scale = _integers(values)
    times = np.arange(len(values), dtype=np.int64)
    _, channels = unpack(pack(times, [Channel(VALUE, raw, "", scale)]))
    np.testing.assert_array_equal(channels[VALUE].values(), values)


@pytest.mark.parametrize(("values", "kind"), [([60.0, np.nan], "i4"), ([13.5, 14.04], "i4"), ([1 / 3], "f8")])
def test_plain_numbers_are_packed_as_integers(values: list[float], kind: str) -> None:
    raw, _ = _integers(np.array(values))
    assert raw.dtype == np.dtype(f"<{kind}")


def test_a_day_of_heart_rate_is_small(store: Context) -> None:
    chance = np.random.default_rng(3)
    beats = np.rint(60 + np.cumsum(chance.normal(0, 1, 720)) % 60)
    put(store, Wellness(series=(series(*beats),)))
    with store.database.read() as reader:
        blob = reader.scalar(select(intraday.c.blob))
    assert contents(blob) == (720, {VALUE: "bpm"})
    assert len(blob) < 1500
