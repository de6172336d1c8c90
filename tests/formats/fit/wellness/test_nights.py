"""Nights: stages, sleeps of their own, assessments, naps."""

import pytest

from tests.formats.fit.wellness.made import (
    DAY,
    HOUR,
    MIDNIGHT,
    NEXT_DAY,
    OFFSET_S,
    Message,
    local,
    ms,
    stage,
    values,
    wellness,
)

BED = MIDNIGHT - HOUR
AWAKE, LIGHT, DEEP, REM = 1, 2, 3, 4


def closing(at: int) -> Message:
    """Return the event that closes a sleep."""
    return 21, {253: ("uint32", at), 0: ("enum", 74), 1: ("enum", 1)}


def changes(*rows: tuple[int, int]) -> list[Message]:
    """Return changes of stage, each so many minutes after going to bed."""
    return [stage(BED + 60 * minute, level) for minute, level in rows]


def test_stages_hold_until_they_change() -> None:
    rows = changes((0, LIGHT), (40, DEEP), (100, REM), (130, AWAKE), (140, LIGHT))
    [night] = wellness(local(BED), *rows, closing(BED + 460 * 60), kind=49).nights
    assert (night.day, night.offset_s, night.start_ms, night.end_ms) == (DAY, OFFSET_S, ms(BED), ms(BED + 320 * 60))
    assert (night.light_s, night.deep_s, night.rem_s, night.awake_s) == (40 * 60 + 3 * HOUR, 3600, 1800, 600)
    assert night.asleep_s == 40 * 60 + 3 * HOUR + 3600 + 1800
    assert [one.stage for one in night.stages] == ["light", "deep", "rem", "awake", "light"]


def test_a_sleep_ends_where_it_is_closed() -> None:
    rows = changes((0, LIGHT), (60, DEEP), (200, LIGHT))
    [night] = wellness(local(BED), *rows, closing(BED + 300 * 60), kind=49).nights
    assert night.end_ms == ms(BED + 300 * 60) and night.light_s == 160 * 60


def test_a_stage_without_a_level_ends_the_one_before() -> None:
    rows = changes((0, LIGHT), (60, 255), (70, DEEP), (100, AWAKE))
    [night] = wellness(local(BED), *rows, kind=49).nights
    assert (night.light_s, night.deep_s, night.asleep_s) == (3600, 1800, 5400)


def test_stages_of_each_minute_become_stretches() -> None:
    rows = [stage(BED + 60 * k, LIGHT if k < 90 else DEEP) for k in range(200) if not 50 <= k < 55]
    [night] = wellness(local(BED), *rows, kind=49).nights
    assert [(one.stage, (one.end_ms - one.start_ms) // 60_000) for one in night.stages] == [
        ("light", 50), ("light", 35), ("deep", 110),
    ]  # fmt: skip
    assert night.asleep_s == 195 * 60


def test_awake_all_through_is_no_night() -> None:
    made = wellness(local(BED), *(stage(BED + 60 * k, AWAKE) for k in range(100)), kind=49)
    assert not made.days and made.notes == ("awake_only",)


def test_sleeps_an_hour_apart_are_two() -> None:
    minutes = [*range(300), *range(600, 640)]
    rows = [stage(BED + 60 * k, LIGHT) for k in minutes]
    nights = wellness(local(BED), *rows, kind=49).nights
    assert [night.asleep_s for night in nights] == [300 * 60, 40 * 60]
    assert not any(night.nap for night in nights)


def test_a_night_is_of_the_day_of_waking() -> None:
    start = MIDNIGHT + 23 * HOUR
    [night] = wellness(local(start), *(stage(start + 60 * k, DEEP) for k in range(120)), kind=49).nights
    assert night.day == NEXT_DAY


def test_what_the_device_makes_of_it_is_of_the_longest_sleep() -> None:
    rows = [stage(BED + 60 * k, LIGHT) for k in (*range(30), *range(120, 420))]
    assessment: Message = (346, {6: ("uint8", 84), 11: ("uint8", 3), 15: ("uint16", 1725)})
    short, long = wellness(local(BED), *rows, assessment, kind=49).nights
    assert (long.score, long.awakenings, long.avg_stress) == (84, 3, 17.25)
    assert (short.score, short.awakenings) == (None, None)


def test_a_score_without_stages_is_of_the_day() -> None:
    made = wellness(local(BED), (346, {6: ("uint8", 71)}), kind=49, created=MIDNIGHT + 8 * HOUR)
    assert values(made) == {("sleep_score", DAY): 71} and not made.nights


@pytest.mark.parametrize("deleted", [0, 1])
def test_naps(deleted: int) -> None:
    start = MIDNIGHT + 13 * HOUR
    nap: Message = (
        412,
        {
            253: ("uint32", start), 0: ("uint32", start), 1: ("sint16", 180), 2: ("uint32", start + 1500),
            3: ("sint16", 180), 5: ("enum", deleted),
        },
    )  # fmt: skip
    nights = wellness(nap, kind=49).nights
    assert [(one.day, one.nap, one.asleep_s, one.offset_s) for one in nights] == (
        [] if deleted else [(DAY, True, 1500, OFFSET_S)]
    )
