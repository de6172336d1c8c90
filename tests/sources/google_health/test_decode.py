"""What Google's answers say, type by type: zeros that are left out, numbers in quotes, days on their own clock."""

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from homestretch.model.health.measurement import Wellness
from homestretch.model.health.night import Night, Stage
from homestretch.sources.google_health.decode import KINDS, decode, recording

DAY = {"year": 2026, "month": 11, "day": 1}
MIDNIGHT = {"civilStartTime": {"date": DAY}, "civilEndTime": {"date": {**DAY, "day": 2}}}


def read(kind: str, *points: dict[str, Any], name: str = "dataPoints") -> Wellness:
    """Return what a page of points says."""
    return decode(kind, json.dumps({name: list(points)}).encode())


def figures(wellness: Wellness) -> dict[str, float]:
    """Return the values of the one day that there is, by kind."""
    assert {one.day for one in wellness.measurements} <= {"2026-11-01"}
    return {one.kind: one.value for one in wellness.measurements}


def bucket(**sums: Any) -> dict[str, Any]:
    return {**MIDNIGHT, **sums}


@pytest.mark.parametrize(
    ("kind", "sums", "expected"),
    [
        ("steps", {"steps": {"countSum": "10432"}}, {"steps": 10432.0}),
        ("steps", {"steps": {}}, {"steps": 0.0}),
        ("steps", {}, {}),
        ("distance", {"distance": {"millimetersSum": "5012345"}}, {"distance_m": 5012.345}),
        ("floors", {"floors": {}}, {"floors_up": 0.0}),
        ("active_energy", {"activeEnergyBurned": {"kcalSum": 401.5}}, {"calories_active_kcal": 401.5}),
        ("total_calories", {"totalCalories": {"kcalSum": 2301}}, {"calories_kcal": 2301.0}),
        ("total_calories", {"totalCalories": {}}, {}),
        ("sedentary", {"sedentaryPeriod": {"durationSum": "36000.5s"}}, {"sedentary_s": 36000.5}),
        ("active_zone_minutes", {"activeZoneMinutes": {"sumInFatBurnHeartZone": "20", "sumInCardioHeartZone": "12"}},
         {"active_zone_s": 1920.0}),
        ("heart_rate_zones", {"timeInHeartRateZone": {"timeInHeartRateZones": [
            {"heartRateZone": "LIGHT", "duration": "3600s"}, {"heartRateZone": "PEAK", "duration": "0s"}]}},
         {"heart_rate_zone_light_s": 3600.0, "heart_rate_zone_peak_s": 0.0}),
        ("active_minutes", {"activeMinutes": {"activeMinutesRollupByActivityLevel": [
            {"activityLevel": "LIGHT", "activeMinutesSum": "90"}, {"activityLevel": "VIGOROUS"}]}},
         {"active_s": 5400.0, "intensity_vigorous_s": 0.0}),
        ("heart_rate_range",
         {"heartRate": {"beatsPerMinuteAvg": 64.2, "beatsPerMinuteMin": 46, "beatsPerMinuteMax": 171}},
         {"heart_rate_bpm": 64.2, "heart_rate_min_bpm": 46.0, "heart_rate_max_bpm": 171.0}),
    ],
)  # fmt: skip
def test_totals_of_days(kind: str, sums: dict[str, Any], expected: dict[str, float]) -> None:
    wellness = read(kind, bucket(**sums), name="rollupDataPoints")
    assert figures(wellness) == expected and wellness.notes == ()


@pytest.mark.parametrize(
    ("kind", "point", "expected"),
    [
        ("resting_heart_rate", {"dailyRestingHeartRate": {"beatsPerMinute": "47"}}, {"resting_heart_rate_bpm": 47.0}),
        ("resting_heart_rate", {"dailyRestingHeartRate": {}}, {}),
        ("hrv", {"dailyHeartRateVariability": {"averageHeartRateVariabilityMilliseconds": 41.2}},
         {"hrv_night_ms": 41.2}),
        ("hrv", {"dailyHeartRateVariability": {"deepSleepRootMeanSquareOfSuccessiveDifferencesMilliseconds": 50}},
         {"hrv_deep_ms": 50.0}),
        ("spo2", {"dailyOxygenSaturation": {"averagePercentage": 96.1, "lowerBoundPercentage": 93,
                                           "upperBoundPercentage": 99.5}},
         {"spo2_avg_pct": 96.1, "spo2_low_pct": 93.0, "spo2_high_pct": 99.5}),
        ("respiration", {"dailyRespiratoryRate": {"breathsPerMinute": 14.2}}, {"respiration_sleep_avg_brpm": 14.2}),
        ("skin_temperature", {"dailySleepTemperatureDerivations": {"nightlyTemperatureCelsius": 34.1,
                                                                  "baselineTemperatureCelsius": 34.4}},
         {"skin_temperature_c": 34.1, "skin_temperature_change_c": -0.3}),
        ("skin_temperature", {"dailySleepTemperatureDerivations": {"nightlyTemperatureCelsius": 34.1}},
         {"skin_temperature_c": 34.1}),
        ("vo2max", {"dailyVo2Max": {"vo2Max": 48.3, "estimated": True}}, {"vo2max": 48.3}),
    ],
)  # fmt: skip
def test_figures_of_nights(kind: str, point: dict[str, dict[str, Any]], expected: dict[str, float]) -> None:
    [(name, inner)] = point.items()
    assert figures(read(kind, {name: {"date": DAY, **inner}})) == expected


def test_a_resting_heart_rate_of_waking_hours_is_another_statistic() -> None:
    metadata = {"calculationMethod": "ONLY_WITH_AWAKE_DATA"}
    point = {"date": DAY, "beatsPerMinute": "55", "dailyRestingHeartRateMetadata": metadata}
    [one] = read("resting_heart_rate", {"dailyRestingHeartRate": point}).measurements
    assert (one.value, one.device) == (55.0, "awake-only")


def sampled(at: str, offset: str, **civil: int) -> dict[str, Any]:
    return {"physicalTime": at, "utcOffset": offset, **({"civilTime": {"date": civil}} if civil else {})}


def test_weights_are_each_at_their_instant_and_day() -> None:
    """By the civil time where there is one, else by the offset of the sample itself: it may be a traveller's."""
    wellness = read(
        "weight",
        {"weight": {"weightGrams": 82_300, "sampleTime": sampled("2026-11-01T23:30:00Z", "3600s")},
         "dataSource": {"platform": "FITBIT", "device": {"displayName": "Aria  Air"}}},
        {"weight": {"weightGrams": 82_100, "sampleTime": sampled("2026-11-01T23:30:00Z", "-18000s")}},
        {"weight": {"sampleTime": sampled("2026-11-02T07:00:00Z", "3600s")}},
        {"weight": {"weightGrams": 82_000, "sampleTime": sampled("2026-11-02T07:00:00Z", "0s", **DAY)}},
    )  # fmt: skip
    assert [(one.day, one.value, one.device) for one in wellness.measurements] == [
        ("2026-11-02", 82.3, "aria-air"), ("2026-11-01", 82.1, ""), ("2026-11-01", 82.0, ""),
    ]  # fmt: skip
    assert wellness.measurements[0].at_ms == 1_793_575_800_000


def test_series_are_by_local_day_and_repeats_are_one() -> None:
    points = [
        {"heartRateVariability": {"rootMeanSquareOfSuccessiveDifferencesMilliseconds": value,
                                  "sampleTime": sampled(at, "7200s")}}
        for at, value in (("2026-11-01T22:05:00.123456789Z", 40.5), ("2026-11-01T21:55:00Z", 44),
                          ("2026-11-01T22:05:00.123456789Z", 40.5), ("2026-11-01T22:10:00Z", 0))
    ]  # fmt: skip
    pages = [{"dataPoints": points[:2], "nextPageToken": "x"}, {}, {"dataPoints": points[2:]}]
    wellness = decode("hrv_samples", json.dumps(pages).encode())
    assert {(one.kind, one.day): one.values.tolist() for one in wellness.series} == {
        ("hrv_ms", "2026-11-01"): [44.0], ("hrv_ms", "2026-11-02"): [40.5],
    }  # fmt: skip


def test_steps_by_minute_know_worn_zeros() -> None:
    interval = {"startTime": "2026-11-01T10:00:00Z", "endTime": "2026-11-01T10:01:00Z", "startUtcOffset": "3600s"}
    later = {"startTime": "2026-11-01T10:01:00Z", "endTime": "2026-11-01T10:02:00Z", "startUtcOffset": "3600s"}
    wellness = read("minute_steps", {"steps": {"interval": later, "count": "88"}}, {"steps": {"interval": interval}},
                    {"steps": {"count": "5"}})  # fmt: skip
    [spans] = wellness.spans
    assert spans.values.tolist() == [0.0, 88.0] and (spans.end_ms - spans.start_ms).tolist() == [60_000, 60_000]
    assert wellness.notes == ("no_time",)


def session(*stages: tuple[str, str, str], start: str = "22:00", end: str = "05:00", **more: Any) -> dict[str, Any]:
    """Return a sleep from the evening of November 1st; a stage is from, to and its word."""

    def at(clock: str) -> str:
        return f"2026-11-{'01' if clock > '12' else '02'}T{clock}:00Z"

    interval = {"startTime": at(start), "startUtcOffset": "3600s", "endTime": at(end), "endUtcOffset": "3600s"}
    rows = [{"startTime": at(a), "endTime": at(z), "type": word} for a, z, word in stages]
    return {"sleep": {"interval": interval, **({"stages": rows} if rows else {}), **more}}


def one_night(point: dict[str, Any]) -> Night:
    [found] = read("sleep", point).nights
    return found


def test_a_night_with_stages() -> None:
    stages = [("22:00", "23:00", "LIGHT"), ("23:00", "23:45", "DEEP"), ("23:45", "00:05", "AWAKE"),
              ("00:05", "01:35", "REM"), ("01:35", "05:00", "LIGHT")]  # fmt: skip
    found = one_night(session(*stages, summary={"minutesAsleep": "400"}, metadata={"mainSleep": True}))
    assert (found.day, found.offset_s, found.nap) == ("2026-11-02", 3600, False)
    assert (found.light_s, found.deep_s, found.rem_s, found.awake_s) == (15_900.0, 2700.0, 5400.0, 1200.0)
    assert found.asleep_s == 24_000.0 and found.awakenings == 1.0
    assert found.stages[1] == Stage(found.start_ms + 3_600_000, found.start_ms + 6_300_000, "deep")


def test_a_night_before_and_after_its_stages() -> None:
    summary = {"minutesAsleep": "400", "minutesAwake": "20", "stagesSummary": [{"type": "DEEP", "minutes": "61"}]}
    found = one_night(session(summary=summary))
    assert (found.asleep_s, found.awake_s, found.deep_s, found.stages) == (24_000.0, 1200.0, 3660.0, ())
    assert found.light_s is None and found.awakenings is None


def test_a_classic_night_has_no_measured_stages() -> None:
    stages = [("22:00", "04:00", "ASLEEP"), ("04:00", "04:20", "RESTLESS"), ("04:20", "05:00", "ASLEEP")]
    found = one_night(session(*stages, type="CLASSIC", summary={"minutesAsleep": "400"}))
    assert (found.asleep_s, found.awake_s, found.light_s) == (24_000.0, 1200.0, None)
    assert {stage.stage for stage in found.stages} == {"unmeasured", "awake"}


def test_a_nap_and_a_new_word() -> None:
    wellness = read(
        "sleep", session(("13:00", "13:40", "DREAMING"), start="13:00", end="13:40", metadata={"nap": True})
    )
    [found] = wellness.nights
    assert (found.nap, found.day, found.stages, found.asleep_s) == (True, "2026-11-01", (), None)
    assert wellness.notes == ("unknown:stage:DREAMING",)


def test_a_night_on_a_journey_is_of_the_day_of_waking_there() -> None:
    point = session()
    point["sleep"]["interval"] |= {"endTime": "2026-11-02T03:00:00Z", "endUtcOffset": "-14400s"}
    assert (one_night(point).day, one_night(point).offset_s) == ("2026-11-01", -14_400)


def test_devices() -> None:
    payload = {"pairedDevices": [
        {"name": "users/1/pairedDevices/77", "deviceVersion": "Charge 6", "batteryLevel": 71,
         "lastSyncTime": "2026-11-01T10:00:00Z"}, {"name": "users/1/pairedDevices/78"}]}  # fmt: skip
    found = decode("devices", json.dumps(payload).encode()).devices
    assert [(one.key, one.name, one.battery_pct) for one in found] == [("77", "Charge 6", 71.0), ("78", None, None)]
    assert found[0].synced_ms == 1_793_527_200_000


def workout(**more: Any) -> dict[str, Any]:
    exercise = {
        "exerciseType": "TRAIL_RUN", "displayName": "Trail run", "activeDuration": "3000s",
        "interval": {"startTime": "2026-11-01T10:00:00Z", "endTime": "2026-11-01T11:00:00Z", "startUtcOffset": "3600s"},
        "metricsSummary": {
            "distanceMillimeters": 9_000_000, "averageHeartRateBeatsPerMinute": "151", "caloriesKcal": 0,
        },
        **more,
    }  # fmt: skip
    return {"name": "users/1/dataTypes/exercise/dataPoints/55", "exercise": exercise,
            "dataSource": {"device": {"displayName": "Pixel Watch 4", "manufacturer": "Google"}}}  # fmt: skip


def test_a_workout_without_a_file() -> None:
    split = {"startTime": "2026-11-01T10:00:00Z", "endTime": "2026-11-01T10:06:00Z", "activeDuration": "350s",
             "metricsSummary": {"distanceMillimeters": 1_000_000}}  # fmt: skip
    events = [{"eventTime": "2026-11-01T10:20:00Z", "exerciseEventType": "PAUSE"},
              {"eventTime": "2026-11-01T10:30:00Z", "exerciseEventType": "RESUME"}]  # fmt: skip
    decoded = recording(json.dumps(workout(splitSummaries=[split], exerciseEvents=events)).encode())
    [found] = decoded.recordings
    assert (found.sport.key, found.sport.sub, found.name) == ("running", "trail", "Trail run")
    assert found.start.offset_s == 3600 and found.end_ms - found.start.utc_ms == 3_600_000
    assert found.totals == {
        "total_elapsed_time_s": 3600.0, "total_timer_time_s": 3000.0, "total_distance_m": 9000.0,
        "avg_heart_rate_bpm": 151.0,
    }  # fmt: skip
    assert [(lap.elapsed_s, lap.timer_s, lap.distance_m) for lap in found.laps] == [(360.0, 350.0, 1000.0)]
    assert [pause.end_ms - pause.start_ms for pause in found.pauses] == [600_000]
    assert found.devices[0].product == "Pixel Watch 4"


@pytest.mark.parametrize(
    ("data", "note"),
    [(b"{", "unreadable"), (b"[]", "unreadable"), (b'{"exercise": 3}', "unreadable"), (b'{"exercise": {}}', "no_time")],
)
def test_a_workout_that_is_none(data: bytes, note: str) -> None:
    decoded = recording(data)
    assert decoded.recordings == () and decoded.notes == (note,)


def test_unknown_words_and_fields_are_noted_or_passed_over() -> None:
    zones = [{"heartRateZone": "WARP", "duration": "60s"}, {"heartRateZone": "PEAK", "duration": "60s", "new": [1]}]
    point = bucket(timeInHeartRateZone={"timeInHeartRateZones": zones}, novelty={"a": 1})
    wellness = read("heart_rate_zones", point, name="rollupDataPoints")
    assert figures(wellness) == {"heart_rate_zone_peak_s": 60.0}
    assert wellness.notes == ("unknown:heartRateZone:WARP",)


def test_days_of_23_and_25_hours_keep_their_totals() -> None:
    for month, day in ((3, 29), (10, 25)):
        begun = {"civilStartTime": {"date": {"year": 2026, "month": month, "day": day}}, "steps": {"countSum": "7"}}
        [one] = read("steps", begun, name="rollupDataPoints").measurements
        assert (one.day, one.value) == (f"2026-{month:02}-{day}", 7.0)


_VALUES: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6) | st.just("2026-11-01T10:00:00Z"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["interval", "startTime", "endTime", "sampleTime", "physicalTime", "utcOffset", "date", "year",
                         "count", "stages", "type", "steps", "sleep", "weight", "heartRate", "exercise",
                         "civilStartTime", "metricsSummary", "splitSummaries", "exerciseEvents", "summary",
                         "stagesSummary"]),
        inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@given(value=_VALUES, kind=st.sampled_from(sorted(KINDS)))
def test_no_answer_breaks_the_reading(value: Any, kind: str) -> None:
    for whole in (value, {"dataPoints": [value]}, {"rollupDataPoints": [value]}, [{"dataPoints": [{"sleep": value}]}]):
        wellness = decode(kind, json.dumps(whole).encode())
        assert all(np.isfinite(one.value) for one in wellness.measurements)
    recording(json.dumps({"exercise": value}).encode())
