"""Totals of days: the last running totals, not a sum over files; spans say what was added."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.formats.fit.wellness.made import (
    DAY,
    DAY_BEFORE,
    HOUR,
    MIDNIGHT,
    NEXT_DAY,
    OFFSET_S,
    Message,
    heart,
    info,
    ms,
    spans,
    total,
    values,
    wellness,
)

NOON = MIDNIGHT + 12 * HOUR


def test_totals_are_the_last_of_each_type() -> None:
    made = wellness(
        info(),
        total(MIDNIGHT + 8 * HOUR, 900, distance=70_000, kcal=30, active=600_000),
        total(NOON, 400, kind=1, distance=52_000, kcal=41, active=200_000),
        total(NOON + 60, 1500, distance=117_000, kcal=52, active=950_000),
        total(NOON + 90, 0, kind=2, distance=900_000, kcal=300, active=1_800_000),
    )
    assert values(made) == {
        ("steps", DAY): 1900,
        ("distance_m", DAY): 1690,
        ("calories_active_kcal", DAY): 393,
        ("active_s", DAY): 2950,
        ("calories_resting_kcal", DAY): 1800,
        ("calories_kcal", DAY): 2193,
    }
    assert made.said_ms == ms(NOON + 90) and {one.device for one in made.measurements} == {"3900000001"}
    assert made.devices[0].name == "Garmin fēnix 7"


def test_a_later_file_opens_with_the_totals_so_far() -> None:
    made = wellness(info(NOON), total(NOON, 5000), total(NOON, 800, kind=1), total(NOON + HOUR, 5600), created=NOON)
    assert values(made)["steps", DAY] == 6400
    counted = spans(made, "steps")[DAY]
    assert counted.values.sum() == 600 and counted.start_ms[0] == ms(NOON)


def test_a_type_that_the_opening_does_not_list_began_after_it() -> None:
    made = wellness(info(NOON), total(NOON, 5000), total(NOON + HOUR, 300, kind=1), created=NOON)
    assert spans(made, "steps")[DAY].values.sum() == 300
    bare = wellness(info(NOON), heart(NOON, 60), total(NOON + HOUR, 300, kind=1), created=NOON)
    assert values(bare)["steps", DAY] == 300 and spans(bare, "steps")[DAY].values.sum() == 0


def test_a_stamp_of_midnight_closes_the_day_before() -> None:
    closing = MIDNIGHT + 24 * HOUR
    made = wellness(info(), total(NOON, 4000), total(closing, 9000), heart(closing, 55), total(closing + HOUR, 20))
    assert {key: value for key, value in values(made).items() if key[0] == "steps"} == {
        ("steps", DAY): 9000,
        ("steps", NEXT_DAY): 20,
    }
    assert spans(made, "steps")[DAY].values.sum() == 9000 and spans(made, "steps")[NEXT_DAY].values.sum() == 20
    assert spans(made, "steps")[DAY].end_ms[-1] == ms(closing)


def test_a_count_that_begins_again_at_midnight_is_of_the_new_day() -> None:
    made = wellness(info(), total(MIDNIGHT, 0), total(NOON, 700))
    assert {day for kind, day in values(made) if kind == "steps"} == {DAY}
    closing = MIDNIGHT + 24 * HOUR
    again = wellness(info(), total(NOON, 700), total(closing, 700), total(closing, 0), total(closing + HOUR, 30))
    assert (values(again)["steps", DAY], values(again)["steps", NEXT_DAY]) == (700, 30)
    carried = wellness(info(), total(MIDNIGHT, 8000), total(NOON, 700))
    assert (values(carried)["steps", DAY_BEFORE], values(carried)["steps", DAY]) == (8000, 700)


def test_zero_is_a_total() -> None:
    made = wellness(info(), total(NOON, 0), heart(NOON + 60, 48))
    assert values(made)["steps", DAY] == 0
    assert spans(made, "steps")[DAY].values.tolist() == [0.0]


def test_spans_are_there_while_the_watch_was_worn() -> None:
    worn = [heart(MIDNIGHT + k * 60, 50) for k in (*range(1, 60), *range(180, 240))]
    made = wellness(info(), *worn, total(MIDNIGHT + 200 * 60, 40))
    counted = spans(made, "steps")[DAY]
    assert counted.start_ms.tolist() == [ms(MIDNIGHT + k * 900) for k in (0, 1, 2, 3, 11, 12, 13, 14, 15)]
    assert counted.values.tolist() == [0, 0, 0, 0, 0, 0, 40, 0, 0]


def test_what_rows_leave_out_is_worth_its_steps() -> None:
    worth: Message = (
        103,
        {
            253: ("uint32", MIDNIGHT), 0: ("uint32", MIDNIGHT + OFFSET_S), 1: ("enum", (6, 1)),
            3: ("uint16", (7500, 10000)), 4: ("uint16", (200, 600)),
        },
    )  # fmt: skip
    made = wellness(worth, total(NOON, 1000), total(NOON + HOUR, 1500), total(NOON + 2 * HOUR, 2000, distance=149_990))
    assert values(made)["distance_m", DAY] == pytest.approx(1499.9)
    assert values(made)["calories_active_kcal", DAY] == pytest.approx(40)
    counted = spans(made, "distance_m")[DAY]
    assert counted.values[counted.values > 0] == pytest.approx([750, 375, 374.9])


def test_climbs_and_minutes() -> None:
    climb: Message = (55, {253: ("uint32", NOON), 35: ("uint32", 30_480), 36: ("uint32", 9144)})
    minutes: Message = (55, {253: ("uint32", NOON), 37: ("uint16", 18), 38: ("uint16", 91), 33: ("uint16", 2)})
    made = values(wellness(info(), climb, minutes))
    assert (made["ascent_m", DAY], made["floors_up", DAY], made["descent_m", DAY]) == (30.48, 10, 9.144)
    assert made["floors_down", DAY] == pytest.approx(3)
    assert (made["intensity_moderate_s", DAY], made["intensity_vigorous_s", DAY]) == (1080, 5460)


def test_increments_count_where_there_is_no_running_total() -> None:
    rows: list[Message] = [(55, {253: ("uint32", NOON + k * 60), 33: ("uint16", 1)}) for k in range(5)]
    whole = wellness(info(), *rows)
    assert values(whole)["intensity_moderate_s", DAY] == 300
    part = wellness(info(NOON - 60), *rows, created=NOON - 60)
    assert ("intensity_moderate_s", DAY) not in values(part)
    assert spans(part, "intensity_moderate_s")[DAY].values.sum() == 300


def test_the_type_is_in_the_low_bits_where_it_has_no_field() -> None:
    row: Message = (55, {26: ("uint16", NOON & 0xFFFF), 24: ("byte", 6 | 2 << 5), 3: ("uint32", 812)})
    assert values(wellness(info(NOON - HOUR), row, created=NOON - HOUR))["steps", DAY] == 812


def test_without_a_local_time_days_are_of_utc() -> None:
    made = wellness(total(NOON, 100), total(NOON + HOUR, 400))
    assert made.notes == ("no_offset",) and values(made)["steps", DAY] == 400


def test_times_without_a_date_are_left_out() -> None:
    assert not wellness(total(1000, 100), total(1060, 400), created=900).days


@given(
    rises=st.lists(st.tuples(st.integers(1, 5000), st.sampled_from([1, 6]), st.integers(0, 300)), max_size=40),
    opening=st.integers(0, 20 * HOUR),
    before=st.integers(0, 5000),
)
def test_spans_add_up_to_what_the_totals_rose_by(rises: list[tuple[int, int, int]], opening: int, before: int) -> None:
    before = before if opening else 0
    at, counts = MIDNIGHT + opening, {6: before, 1: before // 3}
    rows = [total(at, counts[kind], kind=kind) for kind in counts]
    for wait, kind, count in rises:
        at += wait
        if at >= MIDNIGHT + 24 * HOUR:
            break
        counts[kind] += count
        rows.append(total(at, counts[kind], kind=kind))
    made = wellness(info(MIDNIGHT + opening), *rows, created=MIDNIGHT + opening)
    counted = spans(made, "steps").get(DAY)
    assert values(made)["steps", DAY] == sum(counts.values())
    assert (0 if counted is None else counted.values.sum()) == sum(counts.values()) - before - before // 3
    if counted is not None:
        assert (counted.end_ms > counted.start_ms).all() and (counted.start_ms[1:] >= counted.end_ms[:-1]).all()
        assert np.isfinite(counted.values).all() and (counted.values >= 0).all()
