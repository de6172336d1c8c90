"""The CSV tables of the export: UTC, several devices in one file, what came back from other services."""

import pytest

from homestretch import formats
from homestretch.model.health.measurement import Wellness

PHYSICAL = "Takeout/Google Health/Physical Activity_GoogleData"
DAY = "2026-06-10"
#: 2026-06-10 00:00 UTC.
MIDNIGHT = 1_781_049_600_000
MINUTE = 60_000


def read(name: str, *lines: str) -> Wellness:
    """Return what a table says, by its name in the export."""
    decoded = formats.decode("\n".join(lines).encode(), f"{PHYSICAL}/{name}")
    assert (decoded.format, decoded.kind) == ("fitbit_export", "wellness")
    return decoded.wellness


def values(made: Wellness) -> dict[str, float]:
    """Return the day's own values by kind."""
    assert all((one.day, one.at_ms) == (DAY, None) for one in made.measurements)
    return {one.kind: one.value for one in made.measurements}


def test_steps_by_device_without_what_came_back() -> None:
    made = read(
        "steps_2026-06-01.csv",
        "timestamp,steps,data source",
        f"{DAY}T06:14:03.552356Z,51,MobileTrack",
        f"{DAY}T06:14:00Z,80,Google Fitbit Air",
        f"{DAY}T06:16:00Z,9,Google Fitbit Air",
        f"{DAY}T06:14:00Z,77,Garmin Connect Health Connect",
    )
    assert made.clock == "utc" and not made.measurements
    assert {(one.device, one.day): one.values.tolist() for one in made.spans} == {
        ("mobiletrack", DAY): [51], ("google_fitbit_air", DAY): [80, 9],
    }  # fmt: skip
    assert [(one.key, one.name) for one in made.devices] == [
        ("mobiletrack", "MobileTrack"), ("google_fitbit_air", "Google Fitbit Air"),
    ]  # fmt: skip


def test_heart_rate_is_the_mean_of_each_minute() -> None:
    made = read(
        "heart_rate_2026-06-10.csv",
        "timestamp,beats per minute",
        f"{DAY}T00:00:04Z,65.0",
        f"{DAY}T00:00:09Z,62.0",
        f"{DAY}T00:01:00Z,0.0",
    )
    [one] = made.series
    assert (one.kind, one.time_ms.tolist(), one.values.tolist()) == ("heart_rate_bpm", [MIDNIGHT], [63.5])


@pytest.mark.parametrize(
    ("name", "header", "line", "measured"),
    [
        ("daily_resting_heart_rate.csv", "timestamp,beats per minute,data source", "{day}T00:00:00Z,57.2,Air",
         {"resting_heart_rate_bpm": 57.2}),
        ("daily_resting_heart_rate_2026-06.csv", "timestamp,beats per minute,data source", "{day}T00:00:00,0,Air", {}),
        ("daily_heart_rate_variability.csv",
         "timestamp,average heart rate variability milliseconds,non rem heart rate beats per minute,entropy,"
         "deep sleep root mean square of successive differences milliseconds",
         "{day}T00:00:00Z,41.5,58,2.9,45.0", {"hrv_night_ms": 41.5, "hrv_deep_ms": 45}),
        ("daily_oxygen_saturation.csv",
         "timestamp,average percentage,lower bound percentage,upper bound percentage,baseline percentage",
         "{day}T00:00:00,96.3,93.8,98.9,NaN", {"spo2_avg_pct": 96.3, "spo2_low_pct": 93.8, "spo2_high_pct": 98.9}),
        ("Daily SpO2 - 2026-06-01-2026-06-30.csv", "timestamp,average_value,lower_bound,upper_bound",
         "{day}T00:00:00Z,96.5,93.0,99.9", {"spo2_avg_pct": 96.5, "spo2_low_pct": 93, "spo2_high_pct": 99.9}),
        ("daily_respiratory_rate.csv", "timestamp,breaths per minute,data source", "{day}T00:00:00Z,15.4,Air",
         {"respiration_sleep_avg_brpm": 15.4}),
        ("Daily Heart Rate Variability Summary - 2026-06-(10).csv", "timestamp,rmssd,nremhr,entropy",
         "{day}T00:00:00,38.2,55.0,3.0", {"hrv_night_ms": 38.2}),
        ("sleep_score.csv", "sleep_log_entry_id,timestamp,overall_score,resting_heart_rate",
         "9,{day}T05:11:30Z,81,57", {"sleep_score": 81}),
        ("Computed Temperature - 2026-06-01.csv",
         "type,sleep_start,sleep_end,temperature_samples,nightly_temperature,baseline_relative_sample_sum",
         "IDT,2026-06-09T23:14:30,{day}T06:11:30,404,34.07,189.768",
         {"skin_temperature_c": 34.07, "skin_temperature_change_c": 0.47}),
        ("Computed Temperature - 2026-06-01.csv",
         "type,sleep_start,sleep_end,temperature_samples,nightly_temperature,baseline_relative_sample_sum",
         "IDT,2026-06-09T23:14,{day}T06:11,404,34.07,NaN", {"skin_temperature_c": 34.07}),
    ],
)  # fmt: skip
def test_values_of_days(name: str, header: str, line: str, measured: dict[str, float]) -> None:
    made = read(name, header, line.format(day=DAY))
    assert values(made) == measured and made.clock == "own"


def test_weighings_in_grams() -> None:
    made = read("weight.csv", "timestamp,weight grams,data source", f"{DAY}T05:00:00Z,70500,Aria Air")
    assert [(one.kind, one.value, one.at_ms, one.device) for one in made.measurements] == [
        ("weight_kg", 70.5, MIDNIGHT + 300 * MINUTE, "aria_air"),
    ]  # fmt: skip
    assert made.clock == "utc"


def test_zone_minutes_of_the_wall() -> None:
    made = read(
        "Active Zone Minutes - 2026-06-01.csv",
        "date_time,heart_zone_id,total_minutes",
        f"{DAY}T18:05,FAT_BURN,1",
        f"{DAY}T18:06,CARDIO,2",
    )
    assert [(one.kind, one.values.tolist()) for one in made.spans] == [("active_zone_s", [180])]
    assert made.clock == "wall"


def test_stages_become_nights_of_the_day_of_waking() -> None:
    made = read(
        "UserSleepStages_2026-06-01.csv",
        "sleep_id,sleep_stage_id,sleep_stage_type,start_utc_offset,sleep_stage_start,end_utc_offset,sleep_stage_end",
        f"111,2,DEEP,+02:00,2026-06-09 22:52:00+0000,+02:00,{DAY} 00:12:00+0000",
        "111,1,LIGHT,+02:00,2026-06-09 20:42:00+0000,+02:00,2026-06-09 22:52:00+0000",
        f"112,1,REM,+02:00,{DAY} 22:00:00+0000,+02:00,{DAY} 22:30:00+0000",
    )
    first, second = made.nights
    assert (first.day, first.start_ms, first.offset_s) == (DAY, MIDNIGHT - 198 * MINUTE, 7200)
    assert (first.light_s, first.deep_s, first.asleep_s, len(first.stages)) == (7800, 4800, 12_600, 2)
    assert (second.day, second.rem_s, made.clock) == ("2026-06-11", 1800, "own")


def test_other_tables_are_left_to_others() -> None:
    for name, text in (
        ("UserActivityProbabilities_2026-06-01.csv", "timestamp,probability"), ("steps_2026-06-01.csv", "no data"),
        ("weight.csv", "date,kg"), ("runs.csv", "timestamp,steps"),
    ):  # fmt: skip
        assert formats.sniff(text.encode(), f"{PHYSICAL}/{name}") is None


def test_unreadable_rows_are_counted() -> None:
    made = read(
        "weight.csv", "timestamp,weight grams", "yesterday,70500", f"{DAY}T05:00:00Z,", f"{DAY}T06:00:00Z,71000"
    )
    assert [one.value for one in made.measurements] == [71.0] and made.notes == ("row_unreadable:1",)
