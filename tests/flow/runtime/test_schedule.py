"""Schedules: intervals and cron lines, on the clock of a zone, never too often."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homestretch.flow.runtime.schedule import LEAST_MS, MOST_MS, BadSchedule, interval_ms, next_times

HELSINKI = ZoneInfo("Europe/Helsinki")


def ms(text: str, zone: ZoneInfo = HELSINKI) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=zone).timestamp() * 1000)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("every 15m", 15), ("every 6h", 360), ("Every 2 days", 2880), ("every 30 minutes", 30), (" every 1 hour ", 60)],
)
def test_intervals(text: str, minutes: int) -> None:
    assert interval_ms(text) == minutes * 60_000
    assert next_times(text, None, 1000, 3) == [1000 + n * minutes * 60_000 for n in (1, 2, 3)]


@pytest.mark.parametrize("text", ["every 14m", "every 0h", "every 32 days", "every 9999 d"])
def test_intervals_have_bounds(text: str) -> None:
    with pytest.raises(BadSchedule, match="15 minutes"):
        next_times(text, None, 0)


def test_a_place_on_this_server_may_be_looked_at_every_minute() -> None:
    minute = 60_000
    assert next_times("every 1m", None, 0, 2, minute) == [minute, 2 * minute]
    assert next_times("*/5 * * * *", None, 0, 2, minute) == [5 * minute, 10 * minute]
    with pytest.raises(BadSchedule, match="1 minute to 31 days"):
        next_times("every 0m", None, 0, 1, minute)
    with pytest.raises(BadSchedule, match="every 5 minutes"):
        next_times("*/4 * * * *", None, 0, 1, 5 * minute)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "* * * *", "0 0 * * * *", "61 * * * *", "0 0 31 2 *", "* * * * *", "*/5 * * * *", "0,10 3 * * *"],
)
def test_what_is_no_schedule_or_too_often(text: str) -> None:
    with pytest.raises(BadSchedule) as refused:
        next_times(text, "Europe/Helsinki", ms("2026-11-20"), 2)
    assert "every 6h" in str(refused.value)


def test_cron_tells_the_hours_of_the_zone_through_the_change_of_clocks() -> None:
    """In Helsinki the clock goes from 4 to 3 on 25 October 2026."""
    found = next_times("30 6 * * *", "Europe/Helsinki", ms("2026-10-24T12:00"), 2)
    assert found == [ms("2026-10-25T06:30"), ms("2026-10-26T06:30")]
    assert found[0] - ms("2026-10-24T06:30") == 25 * 3_600_000
    assert next_times("0 0 * * 1", None, ms("2026-11-20", ZoneInfo("UTC")))[0] == ms("2026-11-23", ZoneInfo("UTC"))


@given(
    hours=st.integers(1, 23), minute=st.integers(0, 59),
    after=st.integers(ms("2020-01-01"), ms("2035-01-01")), zone=st.sampled_from(["Europe/Helsinki", "America/Denver"]),
)  # fmt: skip
def test_times_lie_ahead_and_apart(hours: int, minute: int, after: int, zone: str) -> None:
    for text in (f"{minute} */{hours} * * *", f"every {hours}h"):
        first, second = next_times(text, zone, after, 2)
        assert after < first < second <= after + 2 * MOST_MS and second - first >= LEAST_MS
        if not text.startswith("every"):
            local = datetime.fromtimestamp(first / 1000, UTC).astimezone(ZoneInfo(zone))
            assert (local.minute, local.second) == (minute, 0)
