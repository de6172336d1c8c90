"""Days by the clock of a zone."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homestretch.analysis.zone import day_bounds, offset_at


@pytest.mark.parametrize(
    ("day", "zone", "start_ms", "end_ms"),
    [("2026-10-25", "Europe/Berlin", 1792879200000, 1792969200000),
     ("2026-03-29", "Europe/Berlin", 1774738800000, 1774821600000),
     ("2026-04-05", "Australia/Lord_Howe", 1775307600000, 1775395800000),
     ("2026-09-06", "America/Santiago", 1788667200000, 1788750000000)],
)  # fmt: skip
def test_vector_day_bounds_dst(day: str, zone: str, start_ms: int, end_ms: int) -> None:
    """Days of 25, 23, 24.5 and 23 h; the last begins at 1:00."""
    assert day_bounds(date.fromisoformat(day), zone) == (start_ms, end_ms)


def test_a_midnight_that_comes_twice_begins_the_day_at_the_first() -> None:
    """In Havana the clock goes from 1:00 back to 0:00."""
    start_ms, end_ms = day_bounds(date(2026, 11, 1), "America/Havana") or (0, 0)
    assert offset_at("America/Havana", start_ms) == -4 * 3600 and end_ms - start_ms == 25 * 3_600_000


def test_a_day_that_a_zone_left_out_is_empty() -> None:
    """Samoa crossed the date line on 30 December 2011."""
    start_ms, end_ms = day_bounds(date(2011, 12, 30), "Pacific/Apia") or (0, 1)
    assert start_ms == end_ms


@pytest.mark.parametrize("zone", ["Mars/Base", "", "../etc/passwd"])
def test_a_zone_without_a_clock_has_no_days(zone: str) -> None:
    assert day_bounds(date(2026, 1, 1), zone) is None


def test_the_last_day_there_is_has_no_end() -> None:
    assert day_bounds(date.max, "UTC") is None


@given(
    st.dates(date(1980, 1, 1), date(2035, 1, 1)),
    st.sampled_from(["Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "Pacific/Apia", "America/Havana"]),
)
def test_days_follow_each_other_without_gap(day: date, zone: str) -> None:
    today, tomorrow = day_bounds(day, zone), day_bounds(day + timedelta(days=1), zone)
    assert today is not None and tomorrow is not None and today[1] == tomorrow[0]
    assert 0 <= today[1] - today[0] <= 25 * 3_600_000
