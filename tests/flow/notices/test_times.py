"""When a notice may go out."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from homestretch.flow.notices.times import GATHER_MS, REST_MS, due_ms
from homestretch.model.notices.kinds import KINDS
from homestretch.store.queries.notices import Wishes

ZONE = ZoneInfo("Europe/Berlin")
GEAR, SOURCE, DEVICE = KINDS["service_due"], KINDS["sign_in_needed"], KINDS["new_device"]
NIGHT = Wishes(quiet_from=22 * 60, quiet_until=7 * 60)
DAILY, WEEKLY = Wishes(digest="daily"), Wishes(digest="weekly")


def ms(local: str) -> int:
    return int(datetime.fromisoformat(local).replace(tzinfo=ZONE).timestamp() * 1000)


@pytest.mark.parametrize(
    ("at", "due"),
    [
        ("2026-11-28 21:00", "2026-11-28 21:00:30"),
        ("2026-11-28 22:00", "2026-11-29 07:00"),
        ("2026-11-29 06:58", "2026-11-29 07:00"),
        ("2026-11-29 07:00", "2026-11-29 07:00:30"),
        # Clocks go forward, and back, at night: the hours end at seven by the clock on the wall.
        ("2026-03-28 23:00", "2026-03-29 07:00"),
        ("2026-10-24 23:00", "2026-10-25 07:00"),
    ],
)
def test_quiet_hours_are_by_the_clock_on_the_wall(at: str, due: str) -> None:
    assert due_ms(ms(at), SOURCE, NIGHT, ZONE) == ms(due)


def test_a_night_across_the_change_is_an_hour_shorter_or_longer() -> None:
    spring = ms("2026-03-29 07:00") - ms("2026-03-28 22:00")
    autumn = ms("2026-10-25 07:00") - ms("2026-10-24 22:00")
    assert (spring, autumn) == (8 * 3_600_000, 10 * 3_600_000)


def test_quiet_hours_that_end_where_clocks_skip() -> None:
    wishes = Wishes(quiet_from=60, quiet_until=2 * 60 + 30)
    assert due_ms(ms("2026-03-29 01:30"), SOURCE, wishes, ZONE) == ms("2026-03-29 03:30")


def test_what_is_urgent_does_not_wait() -> None:
    at = ms("2026-11-28 23:00")
    assert due_ms(at, DEVICE, NIGHT, ZONE, at - 1) == at


@pytest.mark.parametrize(
    ("wishes", "at", "due"),
    [
        (DAILY, "2026-11-28 06:59", "2026-11-28 07:00"),
        (DAILY, "2026-11-28 07:00", "2026-11-29 07:00"),
        (WEEKLY, "2026-11-28 12:00", "2026-11-30 07:00"),
        (WEEKLY, "2026-11-30 06:00", "2026-11-30 07:00"),
        (WEEKLY, "2026-11-30 08:00", "2026-12-07 07:00"),
        (DAILY, "2026-03-28 12:00", "2026-03-29 07:00"),
    ],
)
def test_digests_go_out_at_seven(wishes: Wishes, at: str, due: str) -> None:
    assert due_ms(ms(at), GEAR, wishes, ZONE) == ms(due)


def test_no_digest_has_what_needs_somebody() -> None:
    at = ms("2026-11-28 12:00")
    assert due_ms(at, SOURCE, DAILY, ZONE) == at + GATHER_MS


def test_a_channel_rests_after_a_message() -> None:
    at = ms("2026-11-28 12:00")
    assert due_ms(at, GEAR, Wishes(), ZONE, at - 60_000) == at - 60_000 + REST_MS
    assert due_ms(at, GEAR, Wishes(), ZONE, at - 2 * REST_MS) == at + GATHER_MS
