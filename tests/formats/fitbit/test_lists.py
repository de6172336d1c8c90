"""The JSON lists of Fitbit's export: American dates of the wall, pounds, confidence, short wakings."""

import json
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homestretch import formats
from homestretch.formats.fitbit_export.sleeps import overlaid
from homestretch.model.health.measurement import Wellness
from homestretch.model.health.night import Stage

FOLDER = "Takeout/Fitbit/Global Export Data"
DAY = "2026-06-10"


def read(kind: str, *rows: Any, name: str = "{kind}-2026-06-01.json") -> Wellness:
    """Return what a list says, by its name in the export."""
    path = f"{FOLDER}/{name.format(kind=kind)}"
    decoded = formats.decode(json.dumps(list(rows)).encode(), path)
    assert (decoded.format, decoded.kind) == ("fitbit_export", "wellness")
    assert decoded.wellness.clock == "wall"
    return decoded.wellness


def row(time: str, value: Any) -> dict[str, Any]:
    """Return a row of 10 June."""
    return {"dateTime": f"06/10/26 {time}", "value": value}


def wall(time: str) -> int:
    """Return ms of a time of 10 June, as if it was UTC."""
    return int(datetime.fromisoformat(f"{DAY}T{time}").replace(tzinfo=UTC).timestamp() * 1000)


def test_steps_are_counted_in_quarters_of_an_hour() -> None:
    made = read("steps", row("08:01:00", "10"), row("08:14:00", "32"), row("08:15:00", "7"), row("09:00:00", "0"))
    [one] = made.spans
    assert (one.kind, one.day, one.values.tolist()) == ("steps", DAY, [42, 7])
    assert one.start_ms.tolist() == [wall("08:00"), wall("08:15")]
    assert made.measurements == ()


def test_heart_rates_without_confidence_are_dropped() -> None:
    rows = [(10, 60, 3), (20, 64, 1), (30, 200, 0)]
    made = read("heart_rate", *(row(f"08:01:{s}", {"bpm": bpm, "confidence": c}) for s, bpm, c in rows))
    [one] = made.series
    assert (one.day, one.time_ms.tolist(), one.values.tolist()) == (DAY, [wall("08:01")], [62])


def test_weights_are_pounds() -> None:
    made = read("weight", {"logId": 1, "weight": 165.0, "bmi": 23.1, "date": "06/10/26", "time": "06:30:05"})
    values = {one.kind: (one.day, one.at_ms, round(one.value, 3)) for one in made.measurements}
    assert values == {"weight_kg": (DAY, wall("06:30:05"), 74.843), "bmi": (DAY, wall("06:30:05"), 23.1)}


@pytest.mark.parametrize(
    ("kind", "value", "measured"),
    [
        ("sedentary_minutes", "700", {"sedentary_s": 42_000}),
        ("very_active_minutes", "31", {"intensity_vigorous_s": 1860}),
        ("moderately_active_minutes", "0", {"intensity_moderate_s": 0}),
        ("resting_heart_rate", {"date": "06/10/26", "value": 57.25, "error": 6.7}, {"resting_heart_rate_bpm": 57.25}),
        ("resting_heart_rate", {"date": None, "value": 0.0, "error": 0.0}, {}),
        ("demographic_vo2_max", {"demographicVO2Max": 46.1, "filteredDemographicVO2Max": 46.4}, {"vo2max": 46.1}),
        (
            "time_in_heart_rate_zones",
            {"valuesInZones": {"IN_DEFAULT_ZONE_1": 30.0, "IN_DEFAULT_ZONE_3": 2.0}},
            {"heart_rate_zone_moderate_s": 1800, "heart_rate_zone_peak_s": 120},
        ),
    ],
)
def test_values_of_days(kind: str, value: Any, measured: dict[str, float]) -> None:
    made = read(kind, row("00:00:00", value))
    assert {one.kind: one.value for one in made.measurements} == measured
    assert all((one.day, one.at_ms) == (DAY, None) for one in made.measurements)


def test_energy_is_added_up_by_days() -> None:
    made = read(
        "calories", row("00:00:00", "1.2"), row("23:59:00", "2.3"), {"dateTime": "06/11/26 00:00:00", "value": "5"}
    )
    assert [(one.kind, one.day, one.value) for one in made.measurements] == [
        ("calories_kcal", DAY, 3.5), ("calories_kcal", "2026-06-11", 5),
    ]  # fmt: skip


def sleep(**more: Any) -> dict[str, Any]:
    """Return a night of stages: 2 h light, of which 1 min awake, 1 h deep."""
    return {
        "logId": 7, "dateOfSleep": DAY, "startTime": "2026-06-09T23:00:00.000", "endTime": "2026-06-10T02:00:00.000",
        "minutesAsleep": 179, "minutesAwake": 1, "type": "stages", "mainSleep": True,
        "levels": {
            "data": [
                {"dateTime": "2026-06-09T23:00:00.000", "level": "light", "seconds": 7200},
                {"dateTime": "2026-06-10T01:00:00.000", "level": "deep", "seconds": 3600},
            ],
            "shortData": [{"dateTime": "2026-06-10T00:00:00.000", "level": "wake", "seconds": 60}],
        },
    } | more  # fmt: skip


def test_short_wakings_lie_over_the_stages() -> None:
    [night] = read("sleep", sleep()).nights
    assert (night.day, night.start_ms, night.end_ms, night.nap) == (
        DAY,
        wall("00:00") - 3_600_000,
        wall("02:00"),
        False,
    )
    assert [one.stage for one in night.stages] == ["light", "awake", "light", "deep"]
    assert (night.asleep_s, night.light_s, night.deep_s, night.rem_s, night.awake_s) == (10_740, 7140, 3600, 0, 60)


def test_older_devices_know_only_how_long() -> None:
    levels = {"data": [{"dateTime": "2026-06-09T23:00:00.000", "level": "asleep", "seconds": 10_800}]}
    [night] = read("sleep", sleep(type="classic", levels=levels, minutesAsleep=170, minutesAwake=10)).nights
    assert (night.asleep_s, night.awake_s, night.deep_s, night.stages) == (10_200, 600, None, ())


def test_what_is_not_the_main_sleep_is_a_nap() -> None:
    assert [night.nap for night in read("sleep", sleep(), sleep(mainSleep=False)).nights] == [False, True]


@pytest.mark.parametrize(
    ("more", "note"), [({"endTime": None}, "night_without_times"), ({"dateOfSleep": None}, "no_day")]
)
def test_a_sleep_without_a_time_is_left_out(more: dict[str, Any], note: str) -> None:
    made = read("sleep", sleep(**more))
    assert not made.nights and made.notes == (note,)


def test_lists_look_alike_and_are_known_by_name() -> None:
    rows = json.dumps([row("00:00:00", "5")]).encode()
    assert formats.sniff(rows, "a.json") is None
    assert formats.sniff(rows, f"x.zip/{FOLDER}/distance-2026-06-01.json") is None
    named = formats.decode(rows, "a.json", "steps-2026-06-01.json")
    assert [one.kind for one in named.wellness.spans] == ["steps"]


def test_unreadable_rows_are_noted() -> None:
    made = read("steps", {"dateTime": "2026-06-10", "value": "5"}, row("08:00:00", "many"), row("08:00:00", "3"))
    assert set(made.notes) == {"unexpected:dateTime", "unexpected:value"} and made.spans[0].values.tolist() == [3]


def test_a_damaged_list_is_kept_and_says_nothing() -> None:
    decoded = formats.decode(b'[{"dateTime": "06/10/26 08:00:00", "val', f"{FOLDER}/steps-2026-06-01.json")
    assert (decoded.kind, decoded.notes) == ("unknown", ("json_damaged",))


@given(
    st.lists(st.integers(1, 90), min_size=1, max_size=8),
    st.lists(st.tuples(st.integers(0, 400), st.integers(1, 3)), max_size=6),
)
def test_stages_with_others_laid_over_them_cover_the_same_time_once(
    lengths: list[int], wakings: list[tuple[int, int]]
) -> None:
    edges = [sum(lengths[:k]) for k in range(len(lengths) + 1)]
    stages = [Stage(a, b, "light" if k % 2 else "deep") for k, (a, b) in enumerate(pairwise(edges))]
    over: list[Stage] = []
    for start, length in sorted(wakings):
        if (not over or over[-1].end_ms <= start) and start + length <= edges[-1]:
            over.append(Stage(start, start + length, "awake"))
    made = overlaid(stages, over)
    assert [made[0].start_ms, made[-1].end_ms] == [0, edges[-1]]
    assert all(before.end_ms == after.start_ms for before, after in pairwise(made))
    assert [one for one in made if one.stage == "awake"] == over
