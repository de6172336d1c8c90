"""The lists of days in Garmin's export: each kind as Garmin's answers give it, and the traps of each."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homestretch import formats
from homestretch.formats import garmin_export
from homestretch.model.health.kinds import KINDS, TRAINING_STATUS
from homestretch.model.health.measurement import Wellness
from tests.formats import garmin_days as made
from tests.formats.garmin_days import DAY, DAY_MS, LISTS, day, health, metric, night, packed, readiness, weighing


def told(*rows: Any) -> Wellness:
    """Return what a list of these rows tells."""
    found = garmin_export.decode(packed(*rows))
    assert (found.format, found.kind, found.recordings) == ("garmin_export", "wellness", ())
    return found.wellness


def values(wellness: Wellness, at_ms: int | None = None) -> dict[str, float]:
    """Return the day's own values by kind, or those of an instant."""
    return {one.kind: one.value for one in wellness.measurements if one.at_ms == at_ms and one.day == DAY}


@pytest.mark.parametrize("path", sorted(LISTS))
def test_a_list_is_known_by_what_it_holds(path: str) -> None:
    for name in (path, "renamed.json"):
        found = formats.decode(LISTS[path], name)
        assert (found.format, found.kind, found.notes) == ("garmin_export", "wellness", ())
        assert found.wellness.days == {DAY} and sum(found.contents.values()) > 0
    assert all(one.kind in KINDS for one in found.wellness.measurements)


@pytest.mark.parametrize("path", sorted(LISTS))
def test_an_empty_list_is_known_by_its_name(path: str) -> None:
    found = formats.decode(b"[]", f"export.zip/{path}")
    assert (found.format, found.kind, found.wellness.days) == ("garmin_export", "wellness", set())


def test_other_lists_of_days_are_left_to_others() -> None:
    for data in (b'[{"calendarDate": "2026-05-03"}]', b'{"metrics": [1]}', b'[{"totalSteps": 3}]'):
        assert formats.sniff(data, "a.json") is None


def test_a_night() -> None:
    [one] = told(night()).nights
    at = [datetime(2026, 5, 2, 20, 11, tzinfo=UTC), datetime(2026, 5, 3, 3, 40, tzinfo=UTC)]
    assert (one.day, one.start_ms, one.end_ms) == (DAY, *(int(when.timestamp() * 1000) for when in at))
    assert one.offset_s is None, "its times are UTC, and nobody says where that was"
    assert (one.deep_s, one.light_s, one.rem_s, one.awake_s, one.asleep_s) == (5400, 14_400, 6000, 1140, 25_800)
    assert (one.unmeasured_s, one.naps_s, one.awakenings, one.avg_stress, one.score) == (0, 1200, 2, 14.5, 81)
    assert (one.avg_heart_rate_bpm, one.avg_spo2_pct, one.min_spo2_pct, one.avg_respiration_brpm) == (47, 95.5, 90, 13)


def test_what_a_night_leaves_out_was_not_measured() -> None:
    row = night(spo2SleepSummary=None, sleepScores=None, napList=None, averageRespiration=-1, avgSleepStress=-2)
    del row["remSleepSeconds"]
    [one] = told(row).nights
    assert one.rem_s is None and one.asleep_s == 19_800 and one.naps_s is None
    assert one.score is one.avg_spo2_pct is one.avg_respiration_brpm is one.avg_stress is None


@pytest.mark.parametrize(
    ("more", "notes"),
    [({"sleepWindowConfirmationType": "OFF_WRIST", "deepSleepSeconds": None, "lightSleepSeconds": None,
       "remSleepSeconds": None}, ()),
     ({"deepSleepSeconds": 0, "lightSleepSeconds": 0, "remSleepSeconds": 0}, ()),
     ({"sleepEndTimestampGMT": None}, ("night_without_times",)), ({"calendarDate": None}, ("no_day",)),
     ({"sleepStartTimestampGMT": "2026-05-03T03:40:00.0"}, ("night_without_times",))],
)  # fmt: skip
def test_what_is_no_night(more: dict[str, Any], notes: tuple[str, ...]) -> None:
    found = told(night(**more))
    assert found.nights == () and found.notes == notes


def test_a_day() -> None:
    assert values(told(day())) == pytest.approx({
        "steps": 9000, "distance_m": 7000, "calories_kcal": 2500, "calories_active_kcal": 600,
        "calories_resting_kcal": 1900, "resting_heart_rate_bpm": 44, "heart_rate_min_bpm": 41,
        "heart_rate_max_bpm": 171, "intensity_moderate_s": 1200, "intensity_vigorous_s": 2100, "floors_up": 10,
        "floors_down": 5, "spo2_avg_pct": 96, "spo2_min_pct": 88, "respiration_avg_brpm": 14,
        "respiration_min_brpm": 9, "respiration_max_brpm": 21, "stress_avg": 31, "stress_max": 92,
        "stress_rest_s": 24_000, "stress_low_s": 9000, "stress_medium_s": 3600, "stress_high_s": 600,
        "body_battery_charged": 67, "body_battery_drained": 58, "body_battery_max": 88, "body_battery_min": 21,
        "body_battery_waking": 85,
    })  # fmt: skip


def test_a_day_on_which_little_was_measured() -> None:
    stress = {"aggregatorList": [{"type": "TOTAL", "averageStressLevel": -1, "maxStressLevel": -2}]}
    row = day(allDayStress=stress, bodyBattery=None, respiration={"avgWakingRespirationValue": -1}, averageSpo2Value=0,
              restingHeartRate=None, maxHeartRate=None)  # fmt: skip
    found = values(told(row))
    assert found.keys().isdisjoint({"stress_avg", "stress_max", "body_battery_max", "respiration_avg_brpm"})
    assert found.keys().isdisjoint({"spo2_avg_pct", "heart_rate_max_bpm"}) and found["resting_heart_rate_bpm"] == 43


def test_a_day_without_a_watch_says_nothing() -> None:
    assert told(day(includesWellnessData=False, totalSteps=0)).measurements == ()


@pytest.mark.parametrize("date", [DAY, DAY_MS, f"{DAY}T00:00:00.0", float(DAY_MS)])
def test_a_day_in_every_spelling(date: Any) -> None:
    assert told(day(calendarDate=date)).days == {DAY}


@pytest.mark.parametrize("date", ["May", -5, 7, True, {}, "1970-01-01"])
def test_what_is_no_day_is_noted(date: Any) -> None:
    found = told(day(calendarDate=date))
    assert found.measurements == () and "no_day" in found.notes


def test_a_nights_health() -> None:
    assert values(told(health())) == {
        "hrv_night_ms": 62, "hrv_baseline_low_ms": 55, "hrv_baseline_high_ms": 71, "sleep_heart_rate_bpm": 47,
        "spo2_sleep_avg_pct": 95, "respiration_sleep_avg_brpm": 13.2, "skin_temperature_change_c": -0.3,
    }  # fmt: skip


@pytest.mark.parametrize("limits", [(0, 0), (-1, 1), (None, None), (5, None)])
def test_a_range_that_is_not_known_yet(limits: tuple[Any, Any]) -> None:
    found = told(health(metric("HRV", 62.0, *limits), metric("HR", 0, 0, 0), metric("SPO2", None, 0, 0)))
    assert values(found) == {"hrv_night_ms": 62} and found.notes == ()


def test_a_weighing_is_of_its_instant() -> None:
    found = told(weighing(), {"metaData": {"calendarDate": DAY}, "weight": None, "height": 181.0})
    at_ms = int(datetime(2026, 5, 3, 4, 5, 6, tzinfo=UTC).timestamp() * 1000)
    assert values(found, at_ms) == {"weight_kg": 71.3, "bmi": 22.1, "body_fat_pct": 12.5, "bone_mass_kg": 3.4}
    assert values(found) == {} and found.notes == ()


def test_the_readiness_of_the_morning_is_the_days() -> None:
    found = told(readiness(15, 40), readiness(4, 71, inputContext="AFTER_WAKEUP_RESET"), readiness(2, 66))
    assert values(found) == {"training_readiness": 71, "recovery_time_s": 36_000}
    assert len([one for one in found.measurements if one.kind == "training_readiness"]) == 4


def test_of_several_of_a_day_the_last_one_holds() -> None:
    def load(at: Any, acute: Any) -> dict[str, Any]:
        return {"calendarDate": DAY_MS, "timestamp": at, "dailyTrainingLoadAcute": acute}

    assert values(told(load(DAY_MS + 9, 500), load(DAY_MS + 3, 300))) == {"training_load_acute": 500}
    assert values(garmin_export.decode(LISTS[made.VO2MAX]).wellness) == {"vo2max_running": 55, "vo2max_cycling": 52}
    assert values(garmin_export.decode(LISTS[made.RACES]).wellness) == {
        "race_5k_s": 1210, "race_10k_s": 2540, "race_half_marathon_s": 5650,
    }, "a time of 0 is none"  # fmt: skip


@pytest.mark.parametrize(
    ("said", "code", "notes"),
    [("PRODUCTIVE", 7, ()), ("MAINTAINING_2", 4, ()), ("NO_STATUS", None, ()), (None, None, ()),
     ("FLYING", None, ("unexpected:trainingStatus",)), (7, None, ("unexpected:trainingStatus",))],
)  # fmt: skip
def test_the_training_status_is_told_by_its_name(said: Any, code: int | None, notes: tuple[str, ...]) -> None:
    found = told({"calendarDate": DAY, "trainingStatus": said})
    assert values(found) == ({} if code is None else {"training_status": code}) and found.notes == notes
    assert code is None or TRAINING_STATUS[code].upper() == said.removesuffix("_2")


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)
ROWS = [night(), day(), health(), weighing(), readiness(4, 71)]


@given(st.sampled_from(ROWS).flatmap(lambda row: st.dictionaries(st.sampled_from(sorted(row)), VALUES).map(row.__or__)))
def test_nothing_in_a_row_is_too_strange(row: dict[str, Any]) -> None:
    found = garmin_export.decode(packed(row))
    assert found.kind in ("wellness", "unknown") and all(one.kind in KINDS for one in found.wellness.measurements)


@pytest.mark.parametrize("path", [made.READINESS, made.LOAD, made.STATUS, made.VO2MAX, made.RACES])
def test_a_list_that_names_its_device(path: str) -> None:
    rows = [row | {"deviceId": 3_982_961_693} for row in json.loads(LISTS[path])]
    assert {one.device for one in told(*rows).measurements} == {"3982961693"}
    assert {one.device for one in told(*json.loads(LISTS[path])).measurements} == {""}


def test_two_devices_of_a_day_stand_beside_each_other() -> None:
    rows = [readiness(4, 71, deviceId=1), readiness(5, 64, deviceId=2), readiness(6, 50, deviceId=0)]
    own = {(one.device, one.value) for one in told(*rows).measurements if one.kind == "training_readiness"}
    assert own == {("1", 71), ("2", 64), ("", 50)}
