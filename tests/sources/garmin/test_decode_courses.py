"""What Garmin tells through a day: gaps, columns in any order, days that are not named."""

import numpy as np
import pytest

from tests.sources.garmin.days import (
    DAY,
    HOUR,
    MIDNIGHT,
    MINUTE,
    only,
    read,
    same,
    told,
)


def test_heart_rate_with_gaps_in_any_order_of_columns() -> None:
    values = [[64, MIDNIGHT + 4 * MINUTE], [None, MIDNIGHT + 2 * MINUTE], [63, MIDNIGHT], [0, MIDNIGHT + 6 * MINUTE]]
    body = {
        "calendarDate": DAY, "restingHeartRate": 52, "minHeartRate": None, "heartRateValues": values,
        "heartRateValueDescriptors": [{"key": "heartrate", "index": 0}, {"key": "timestamp", "index": 1}],
    }  # fmt: skip
    found = read("heart_rate", body)
    assert told(found) == {"resting_heart_rate_bpm": 52.0}
    series = only(found, "heart_rate_bpm")
    assert series.day == DAY and series.time_ms.tolist() == [MIDNIGHT + k * MINUTE for k in (0, 2, 4, 6)]
    same(series, [63, np.nan, 64, np.nan])


def test_heart_rate_of_a_day_that_was_taken_away() -> None:
    body = {"calendarDate": DAY, "restingHeartRate": None, "heartRateValues": None, "heartRateValueDescriptors": None}
    found = read("heart_rate", body)
    assert told(found) == {} and found.series == ()


def test_stress_below_nought_is_not_measured() -> None:
    values = [[MIDNIGHT, -1], [MIDNIGHT + 3 * MINUTE, -2], [MIDNIGHT + 6 * MINUTE, 0], [MIDNIGHT + 9 * MINUTE, 25]]
    battery = [[MIDNIGHT, None, None, 2.0], [MIDNIGHT + 3 * MINUTE, "MEASURED", 31, 2.0]]
    body = {"calendarDate": DAY, "avgStressLevel": -1, "maxStressLevel": 97, "stressValuesArray": values}
    found = read("stress", {**body, "bodyBatteryValuesArray": battery})
    assert told(found) == {"stress_max": 97.0}
    same(only(found, "stress"), [np.nan, np.nan, 0, 25])
    same(only(found, "body_battery"), [np.nan, 31])


def test_body_battery_by_its_descriptors() -> None:
    names = ["timestamp", "bodyBatteryVersion", "bodyBatteryLevel", "bodyBatteryStatus"]
    told_of = [
        {"bodyBatteryValueDescriptorIndex": k, "bodyBatteryValueDescriptorKey": name} for k, name in enumerate(names)
    ]
    body = {
        "calendarDate": DAY, "bodyBatteryValueDescriptorsDTOList": told_of,
        "bodyBatteryValuesArray": [[MIDNIGHT, 2.0, 44, "MEASURED"]],
    }  # fmt: skip
    same(only(read("stress", body), "body_battery"), [44])


def test_body_battery_reports_have_rows_of_two() -> None:
    body = [
        {"date": DAY, "charged": 23, "drained": None, "bodyBatteryValuesArray": [[MIDNIGHT, 30], [MIDNIGHT + 1, None]]}
    ]
    found = read("body_battery", body)
    assert told(found) == {"body_battery_charged": 23.0}
    same(only(found, "body_battery_turns"), [30, np.nan])
    assert "body_battery" not in {one.kind for one in found.series}, "the course comes with the stress"


def test_a_day_of_nothing_measured_is_no_series() -> None:
    body = {"calendarDate": DAY, "stressValuesArray": [[MIDNIGHT, -1]], "bodyBatteryValuesArray": [[MIDNIGHT, None]]}
    assert read("stress", body).series == ()


def test_blood_oxygen_takes_readings_before_means() -> None:
    keys = ["timestamp", "spo2Reading", "singleReadingPlottable"]
    body = {
        "calendarDate": DAY, "averageSpO2": 95.0, "lowestSpO2": 88, "avgSleepSpO2": 94, "avgTomorrowSleepSpO2": 91.0,
        "spO2ValueDescriptorsDTOList": [
            {"spo2ValueDescriptorIndex": k, "spo2ValueDescriptorKey": key} for k, key in enumerate(keys)
        ],
        "spO2SingleValues": [[MIDNIGHT + HOUR, 97, True]],
        "spO2HourlyAverages": [[MIDNIGHT, 94], [MIDNIGHT + HOUR, 95]],
        "continuousReadingDTOList": [
            {"epochTimestamp": MIDNIGHT, "spo2Reading": 93}, {"epochTimestamp": MIDNIGHT + MINUTE, "spo2Reading": None},
        ],
    }  # fmt: skip
    found = read("spo2", body)
    assert told(found) == {"spo2_avg_pct": 95.0, "spo2_min_pct": 88.0, "spo2_sleep_avg_pct": 94.0}
    same(only(found, "spo2_pct"), [93, np.nan, 97])
    rest = {**body, "spO2SingleValues": None, "continuousReadingDTOList": None}
    same(only(read("spo2", rest), "spo2_pct"), [94, 95])


def test_breath_below_nought_is_not_measured() -> None:
    body = {
        "calendarDate": DAY, "avgWakingRespirationValue": 13.0, "avgSleepRespirationValue": None,
        "avgTomorrowSleepRespirationValue": 10.0, "lowestRespirationValue": -1.0,
        "respirationValuesArray": [[MIDNIGHT, 14.04], [MIDNIGHT + 2 * MINUTE, -1.0]],
    }  # fmt: skip
    found = read("respiration", body)
    assert told(found) == {"respiration_avg_brpm": 13.0}
    same(only(found, "respiration_brpm"), [14.04, np.nan])


@pytest.mark.parametrize(
    ("start", "day"),
    [
        ("2026-03-01T06:00:00.0", DAY),  # Chicago
        ("2026-03-01T00:00:00.000", DAY),  # Accra
        ("2026-02-28 23:00:00", DAY),  # Paris
        ("2026-02-28T11:00:00.0", DAY),  # Auckland, in summer
        ("2026-02-28T18:15:00.0", DAY),  # Kathmandu
        ("2026-03-01T10:00:00.0", DAY),  # Honolulu
    ],
)
def test_steps_belong_to_the_day_whose_midnight_they_begin_at(start: str, day: str) -> None:
    quarter = {"steps": 74, "primaryActivityLevel": "sedentary"}
    idle = {"startGMT": "2026-03-01T10:15:00.0", "steps": 0, "primaryActivityLevel": "sedentary"}
    unworn = {"startGMT": "2026-03-01T10:30:00.0", "steps": 0, "primaryActivityLevel": "none"}
    found = read("steps", [unworn, {"startGMT": start, **quarter}, idle])
    (spans,) = found.spans
    assert found.notes == () and (spans.kind, spans.day) == ("steps", day)
    assert spans.values.tolist() == [74, 0], "while no watch is worn there is no span"
    assert (spans.end_ms - spans.start_ms).tolist() == [15 * MINUTE] * 2


def test_a_day_of_an_unworn_watch_has_no_steps() -> None:
    row = {"startGMT": "2026-03-01T06:00:00.0", "steps": 0, "primaryActivityLevel": "none"}
    assert read("steps", [row, row]).spans == ()


def test_floors_through_a_day() -> None:
    body = {
        "startTimestampLocal": "2026-03-01T00:00:00.0",
        "floorValuesArray": [["2026-03-01T06:00:00.0", "2026-03-01T06:15:00.0", 3, 1],
                             ["2026-03-01T06:15:00.0", "2026-03-01T06:30:00.0", 0, None]],
        "floorsValueDescriptorDTOList": [
            {"key": "startTimeGMT", "index": 0}, {"key": "endTimeGMT", "index": 1},
            {"key": "floorsAscended", "index": 2}, {"key": "floorsDescended", "index": 3},
        ],
    }  # fmt: skip
    found = read("floors", body)
    up, down = (next(one for one in found.spans if one.kind == kind) for kind in ("floors_up", "floors_down"))
    assert found.notes == () and up.start_ms.tolist() == [MIDNIGHT, MIDNIGHT + 15 * MINUTE]
    assert (up.values.tolist(), down.values.tolist()) == ([3, 0], [1])
