"""What was told of days: put, overwritten by what is put later, read to the last bit, forgotten, part of the digest."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sqlalchemy import func, select

from homestretch.flow.derive.rederive import clear
from homestretch.flow.runtime.context import Context
from homestretch.model.channel import Channel, Floats
from homestretch.model.health.measurement import Measurement, Series, Wellness
from homestretch.model.health.night import Night, Stage
from homestretch.store.codecs.streams import contents, pack, unpack
from homestretch.store.queries.wellness import (
    VALUE,
    _integers,
    forget_wellness,
    put_wellness,
    read_measurements,
    read_nights,
    read_series,
)
from homestretch.store.tables.derived_days import intraday, measurements, nights
from tests.taking import digest

DAY, NEXT = "2026-03-01", "2026-03-02"
START = 1_772_400_000_000
ANNA, BERT = 1, 2


def course(*values: float, kind: str = "heart_rate_bpm", day: str = DAY) -> Series:
    return Series(kind, day, START + 120_000 * np.arange(len(values), dtype=np.int64), np.array(values, np.float64))


def night(**told: float) -> Night:
    stages = (Stage(START, START + 60_000, "light"), Stage(START + 60_000, START + 90_000, "deep"))
    return Night(
        day=DAY, start_ms=START, end_ms=START + 90_000, offset_s=-21_600, nap=False, device="", stages=stages, **told
    )


def told(resting: float = 50.0) -> Wellness:
    return Wellness(
        measurements=(
            Measurement("resting_heart_rate_bpm", DAY, resting),
            Measurement("weight_kg", DAY, 59.13, START),
            Measurement("weight_kg", DAY, 59.5, START + 1),
        ),
        series=(course(60.0, np.nan, 62.0),),
        nights=(night(asleep_s=85.0, score=83.0),),
    )


def put(context: Context, one: Wellness, payload: str = "p1", athlete: int = ANNA, source: str = "garmin") -> None:
    with context.database.write() as session:
        put_wellness(session, athlete, source, payload, one)


def forget(context: Context, *payloads: str, athlete: int = ANNA) -> list[str]:
    with context.database.write() as session:
        return forget_wellness(session, athlete, payloads)


def values(
    context: Context, kind: str, athlete: int = ANNA, source: str = "garmin"
) -> list[tuple[str, float, int | None]]:
    with context.database.read() as reader:
        found = read_measurements(reader, athlete, source, kind, DAY, NEXT)
    return [(one.day, one.value, one.at_ms) for one in found]


def rows(context: Context) -> list[int]:
    with context.database.read() as reader:
        return [reader.scalar(select(func.count()).select_from(table)) for table in (measurements, nights, intraday)]


def test_what_is_put_is_read_as_it_was(context: Context) -> None:
    put(context, told())
    assert values(context, "resting_heart_rate_bpm") == [(DAY, 50.0, None)]
    assert values(context, "weight_kg") == [(DAY, 59.13, START), (DAY, 59.5, START + 1)]
    with context.database.read() as reader:
        assert read_nights(reader, ANNA, "garmin", DAY, NEXT) == [night(asleep_s=85.0, score=83.0)]
        series = read_series(reader, ANNA, "garmin", "heart_rate_bpm", DAY)
        assert read_series(reader, ANNA, "garmin", "heart_rate_bpm", NEXT) is None
        assert read_series(reader, ANNA, "garmin", "stress", DAY) is None
    assert series is not None and (series.kind, series.day) == ("heart_rate_bpm", DAY)
    assert series.time_ms.tolist() == [START, START + 120_000, START + 240_000]
    np.testing.assert_array_equal(series.values, [60.0, np.nan, 62.0])


def test_what_is_put_later_holds(context: Context) -> None:
    put(context, told(50.0), "p1")
    put(context, Wellness(measurements=told(48.0).measurements[:1], series=(course(70.0),)), "p2")
    assert values(context, "resting_heart_rate_bpm") == [(DAY, 48.0, None)]
    assert rows(context) == [3, 1, 1]
    with context.database.read() as reader:
        series = read_series(reader, ANNA, "garmin", "heart_rate_bpm", DAY)
    assert series is not None and series.values.tolist() == [70.0]
    assert forget(context, "p1") == [DAY], "what p2 overwrote is p2's"
    assert values(context, "resting_heart_rate_bpm") == [(DAY, 48.0, None)]
    assert rows(context) == [1, 0, 1]


def test_of_two_values_with_one_key_the_last_holds(context: Context) -> None:
    put(context, Wellness(measurements=(Measurement("steps", DAY, 1.0), Measurement("steps", DAY, 2.0))))
    assert values(context, "steps") == [(DAY, 2.0, None)]


def test_athletes_and_sources_are_apart(context: Context) -> None:
    put(context, told(50.0))
    put(context, told(60.0), athlete=BERT)
    put(context, told(70.0), source="fitbit", payload="p2")
    assert values(context, "resting_heart_rate_bpm") == [(DAY, 50.0, None)]
    assert values(context, "resting_heart_rate_bpm", source="fitbit") == [(DAY, 70.0, None)]
    assert forget(context, "p1") == [DAY]
    assert values(context, "resting_heart_rate_bpm") == []
    assert values(context, "resting_heart_rate_bpm", BERT) == [(DAY, 60.0, None)]
    assert values(context, "resting_heart_rate_bpm", source="fitbit") == [(DAY, 70.0, None)]
    assert forget(context, "p1", "unknown") == [], "what is not there loses nothing"


def test_forgetting_names_the_days_of_every_table(context: Context) -> None:
    put(context, Wellness(series=(course(1.0, day=NEXT),), measurements=told().measurements))
    put(context, Wellness(nights=(dataclasses.replace(night(), day="2026-03-05"),)), "p2")
    assert forget(context, *(f"none{k}" for k in range(1200)), "p2", "p1") == [DAY, NEXT, "2026-03-05"]
    assert rows(context) == [0, 0, 0]


def test_the_digest_is_of_keys_and_values(context: Context) -> None:
    empty = digest(context)
    put(context, told(), "p1")
    full = digest(context)
    assert full != empty
    put(context, told(), "p2")
    assert digest(context) == full, "who told it last says nothing of what is so"
    seen = {full, empty}
    for other in (
        Wellness(measurements=(Measurement("resting_heart_rate_bpm", DAY, 51.0),)),
        Wellness(measurements=(Measurement("resting_heart_rate_bpm", DAY, 51.0, START),)),
        Wellness(series=(course(60.0, np.nan, 63.0),)),
        Wellness(series=(course(60.0, 61.0, np.nan),)),
        Wellness(nights=(night(asleep_s=85.0, score=84.0),)),
        Wellness(nights=(dataclasses.replace(night(asleep_s=85.0, score=84.0), stages=()),)),
    ):
        put(context, other, "p3")
        seen.add(digest(context))
    assert len(seen) == 8
    clear(context)
    assert digest(context) == empty
    put(context, told(), "p1")
    assert digest(context) == full


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


def test_a_day_of_heart_rate_is_small(context: Context) -> None:
    chance = np.random.default_rng(3)
    beats = np.rint(60 + np.cumsum(chance.normal(0, 1, 720)) % 60)
    put(context, Wellness(series=(course(*beats),)))
    with context.database.read() as reader:
        blob = reader.scalar(select(intraday.c.blob))
    assert contents(blob) == (720, {VALUE: "bpm"})
    assert len(blob) < 1500
