"""What states no offset is placed on the clock of the zone that somebody lives in."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from homestretch.merge.local_days import placed, to_utc
from homestretch.model.channel import Times
from homestretch.model.health.measurement import Measurement, Series, Spans, Wellness
from homestretch.model.health.night import Night, Stage
from homestretch.model.moment import day_of

HELSINKI = "Europe/Helsinki"
HOUR = 3_600_000
#: 2026-05-03 00:00 UTC, which is 03:00 in Helsinki; 2026-03-29, when clocks go from 03:00 to 04:00; 2026-10-25, back.
MAY, MARCH, OCTOBER = 1_777_766_400_000, 1_774_742_400_000, 1_792_886_400_000


def times(*hours: float, of: int = MAY) -> Times:
    """Return instants at these hours after midnight."""
    return np.array([of + round(hour * HOUR) for hour in hours], np.int64)


def test_what_has_its_own_clock_stays() -> None:
    own = Wellness(series=(Series("stress", "2026-05-03", times(1), np.array([4.0])),))
    assert placed(own, HELSINKI).series == own.series


def test_times_of_the_wall_become_utc_and_days_stay() -> None:
    night = Night(
        day="2026-05-03", start_ms=MAY - HOUR, end_ms=MAY + 7 * HOUR, stages=(Stage(MAY - HOUR, MAY, "light"),)
    )
    wall = Wellness(
        clock="wall",
        measurements=(
            Measurement("weight_kg", "2026-05-03", 71.0, MAY + HOUR), Measurement("steps", "2026-05-03", 5.0)
        ),
        series=(Series("stress", "2026-05-03", times(0, 23.5), np.array([1.0, 2.0])),),
        spans=(Spans("steps", "2026-05-03", times(0), times(0.25), np.array([9.0])),),
        nights=(night,),
    )  # fmt: skip
    made = placed(wall, HELSINKI)
    assert (made.clock, made.days) == ("own", {"2026-05-03"})
    assert [one.at_ms for one in made.measurements] == [MAY - 2 * HOUR, None]
    assert made.series[0].time_ms.tolist() == times(-3, 20.5).tolist()
    assert (made.spans[0].start_ms[0], made.spans[0].end_ms[0]) == (MAY - 3 * HOUR, MAY - 2.75 * HOUR)
    [slept] = made.nights
    assert (slept.start_ms, slept.offset_s, slept.day) == (MAY - 4 * HOUR, 3 * 3600, "2026-05-03")
    assert slept.stages == (Stage(MAY - 4 * HOUR, MAY - 3 * HOUR, "light"),)


def test_days_of_utc_become_local() -> None:
    utc = Wellness(
        clock="utc",
        measurements=(
            Measurement("weight_kg", "2026-05-02", 71.0, MAY - HOUR), Measurement("steps", "2026-05-02", 5.0)
        ),
        series=(
            Series("stress", "2026-05-02", times(-4, -2), np.array([1.0, 2.0])),
            Series("stress", "2026-05-03", times(2), np.array([3.0])),
        ),
        spans=(Spans("steps", "2026-05-02", times(-3.5, -3), times(-3.25, -2.75), np.array([9.0, 8.0])),),
        nights=(Night(day="2026-05-02", start_ms=MAY - 9 * HOUR, end_ms=MAY - HOUR),),
    )  # fmt: skip
    made = placed(utc, HELSINKI)
    assert [(one.day, one.at_ms is None) for one in made.measurements] == [("2026-05-03", False), ("2026-05-02", True)]
    assert [(one.day, one.values.tolist()) for one in made.series] == [("2026-05-02", [1]), ("2026-05-03", [2, 3])]
    assert [(one.day, one.values.tolist()) for one in made.spans] == [("2026-05-02", [9]), ("2026-05-03", [8])]
    assert made.nights[0].day == "2026-05-03"


def test_without_a_zone_it_is_utc() -> None:
    made = placed(Wellness(clock="wall", series=(Series("stress", "2026-05-03", times(1), np.array([4.0])),)), None)
    assert made.clock == "own" and made.series[0].time_ms.tolist() == times(1).tolist()


@pytest.mark.parametrize(
    ("wall", "utc"),
    [
        (times(2.5, of=MARCH), times(0.5, of=MARCH)),
        (times(4.5, of=MARCH), times(1.5, of=MARCH)),
        (times(3.5, of=MARCH), times(0.5, of=MARCH)),
        (times(2.5, of=OCTOBER), times(-0.5, of=OCTOBER)),
        (times(3.5, of=OCTOBER), times(0.5, of=OCTOBER)),
        (times(4.5, of=OCTOBER), times(2.5, of=OCTOBER)),
    ],
)
def test_days_of_23_and_25_hours(wall: Times, utc: Times) -> None:
    assert to_utc(HELSINKI, wall).tolist() == utc.tolist()


@given(
    st.lists(
        st.integers(MARCH // 1000 - 40 * 86_400, OCTOBER // 1000 + 86_400 * 9), min_size=1, max_size=50, unique=True
    )
)
def test_points_are_neither_lost_nor_moved_to_another_day(seconds: list[int]) -> None:
    instants = np.array(sorted(seconds), np.int64) * 1000
    days = {day_of(ms): instants[[day_of(one) == day_of(ms) for one in instants.tolist()]] for ms in instants.tolist()}
    parts = tuple(Series("stress", day, rows, rows.astype(float)) for day, rows in days.items())
    made = placed(Wellness(clock="utc", series=parts), "America/Santiago")
    kept = np.concatenate([one.time_ms for one in made.series])
    assert sorted(kept.tolist()) == instants.tolist()
    assert all((one.time_ms == one.values).all() and (np.diff(one.time_ms) > 0).all() for one in made.series)
