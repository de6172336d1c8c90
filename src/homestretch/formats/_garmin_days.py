"""What the lists of days in Garmin's export tell: each row is known by what it holds, for its names agree with none."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from homestretch.model.measurement import TRAINING_STATUS, Wellness
from homestretch.model.night import Night
from homestretch.vendors.garmin_rows import LOAD, readiness, summaries, weighings
from homestretch.vendors.wellness_builder import WellnessBuilder

type Rows = Sequence[Mapping[str, Any]]

#: A floor is 10 feet; the export tells metres.
_FLOORS_PER_M = 1 / 3.048
_DAY = (
    ("averageSpo2Value", "spo2_avg_pct", 1.0),
    ("lowestSpo2Value", "spo2_min_pct", 1.0),
    ("floorsAscendedInMeters", "floors_up", _FLOORS_PER_M),
    ("floorsDescendedInMeters", "floors_down", _FLOORS_PER_M),
)
_STRESS = (
    ("averageStressLevel", "stress_avg", 1.0),
    ("maxStressLevel", "stress_max", 1.0),
    ("restDuration", "stress_rest_s", 1.0),
    ("lowDuration", "stress_low_s", 1.0),
    ("mediumDuration", "stress_medium_s", 1.0),
    ("highDuration", "stress_high_s", 1.0),
)
_BATTERY = (("chargedValue", "body_battery_charged", 1.0), ("drainedValue", "body_battery_drained", 1.0))
_BATTERY_STATS = {"HIGHEST": "body_battery_max", "LOWEST": "body_battery_min", "SLEEPEND": "body_battery_waking"}
_RESPIRATION = (
    ("avgWakingRespirationValue", "respiration_avg_brpm", 1.0),
    ("lowestRespirationValue", "respiration_min_brpm", 1.0),
    ("highestRespirationValue", "respiration_max_brpm", 1.0),
)
#: What was found of a night's health, by its type; the temperature of the skin is told as a change from the usual.
_HEALTH = {
    "HRV": "hrv_night_ms", "HR": "sleep_heart_rate_bpm", "SPO2": "spo2_sleep_avg_pct",
    "RESPIRATION": "respiration_sleep_avg_brpm", "SKIN_TEMP_C": "skin_temperature_change_c",
}  # fmt: skip
_STAGES = {
    "deep_s": "deepSleepSeconds", "light_s": "lightSleepSeconds", "rem_s": "remSleepSeconds",
    "awake_s": "awakeSleepSeconds",
}  # fmt: skip
_ASLEEP = ("deep_s", "light_s", "rem_s")
_NIGHT = {"unmeasured_s": "unmeasurableSeconds", "awakenings": "awakeCount", "avg_stress": "avgSleepStress"}
_OXYGEN = {
    "avg_spo2_pct": ("averageSPO2", "spo2_pct"), "min_spo2_pct": ("lowestSPO2", "spo2_pct"),
    "avg_heart_rate_bpm": ("averageHR", "heart_rate_bpm"),
}  # fmt: skip
_RACES = (
    ("raceTime5K", "race_5k_s", 1.0), ("raceTime10K", "race_10k_s", 1.0), ("raceTimeHalf", "race_half_marathon_s", 1.0),
    ("raceTimeMarathon", "race_marathon_s", 1.0),
)  # fmt: skip
_VO2MAX = {"RUNNING": "vo2max_running", "GENERIC": "vo2max_running", "CYCLING": "vo2max_cycling"}


def wellness(found: Any) -> Wellness:
    """Return what a list of the export tells of days; rows of none of the kinds say nothing. Notes as Garmin's."""
    told = WellnessBuilder()
    kinds: dict[str, list[Mapping[str, Any]]] = {}
    for row in told.rows(found, "list"):
        kind = next((kind for kind, (marks, _) in _KINDS.items() if any(mark in row for mark in marks)), None)
        if kind is not None:
            kinds.setdefault(kind, []).append(row)
    for kind, rows in kinds.items():
        _KINDS[kind][1](told, rows)
    return told.wellness()


def claims(head: bytes, name: str) -> bool:
    """Return whether a file is such a list, by what its first rows hold or by its name in the export."""
    if head.lstrip()[:1] not in (b"[", b"{"):
        return False
    return _NAMED.search(name) is not None or (b'"calendarDate"' in head and _MARKED.search(head) is not None)


def _days(told: WellnessBuilder, rows: Rows) -> None:
    """Read the summaries of days; what the answers tell flat lies in parts here."""
    summaries(told, rows)
    for row in rows:
        if row.get("includesWellnessData") is False:
            continue
        day = told.day(row.get("calendarDate"), "calendarDate")
        if row.get("restingHeartRate") is None:
            told.fields(row, day, (("currentDayRestingHeartRate", "resting_heart_rate_bpm", 1.0),))
        told.fields(row, day, _DAY)
        told.fields(told.mapping(row.get("respiration"), "respiration"), day, _RESPIRATION)
        for part in _parts(told, row.get("allDayStress"), "aggregatorList"):
            if part.get("type") == "TOTAL":
                told.fields(part, day, _STRESS)
        told.fields(told.mapping(row.get("bodyBattery"), "bodyBattery"), day, _BATTERY)
        for part in _parts(told, row.get("bodyBattery"), "bodyBatteryStatList"):
            kind = _BATTERY_STATS.get(str(part.get("bodyBatteryStatType")))
            told.fields(part, day, () if kind is None else (("statsValue", kind, 1.0),))


def _parts(told: WellnessBuilder, value: Any, name: str) -> Iterator[Mapping[str, Any]]:
    for part in told.items(told.mapping(value, name).get(name), name):
        yield told.mapping(part, name)


def _nights(told: WellnessBuilder, rows: Rows) -> None:
    """Read nights; a window in which nothing was measured is where somebody might have slept, and no night."""
    for row in rows:
        start_ms = told.time_ms(row.get("sleepStartTimestampGMT"), "sleepStartTimestampGMT")
        end_ms = told.time_ms(row.get("sleepEndTimestampGMT"), "sleepEndTimestampGMT")
        stages = {ours: told.measured(ours, row.get(name), name) for ours, name in _STAGES.items()}
        if not _sum(stages[name] for name in _ASLEEP):
            continue
        day = told.day(row.get("calendarDate"), "calendarDate")
        if start_ms is None or end_ms is None or end_ms <= start_ms:
            told.note("night_without_times")
        elif day is None:
            told.note("no_day")
        else:
            told.night(_night(told, row, day, (start_ms, end_ms), stages))


def _night(
    told: WellnessBuilder, row: Mapping[str, Any], day: str, span: tuple[int, int], stages: Mapping[str, float | None]
) -> Night:
    """Return a night, which is told in UTC alone; sleep of a stage that is left out was not told apart."""
    oxygen = told.mapping(row.get("spo2SleepSummary"), "spo2SleepSummary")
    scores = told.mapping(row.get("sleepScores"), "sleepScores")
    naps = [told.mapping(one, "napList") for one in told.items(row.get("napList"), "napList")]
    return Night(
        day=day,
        start_ms=span[0],
        end_ms=span[1],
        offset_s=None,
        asleep_s=_sum(stages[name] for name in _ASLEEP),
        **stages,
        **{ours: told.measured(ours, row.get(name), name) for ours, name in _NIGHT.items()},
        **{ours: told.measured(kind, oxygen.get(name), name) for ours, (name, kind) in _OXYGEN.items()},
        avg_respiration_brpm=told.measured("respiration_brpm", row.get("averageRespiration"), "averageRespiration"),
        score=told.measured("score", scores.get("overallScore"), "overallScore"),
        naps_s=_sum(told.measured("naps_s", nap.get("napTimeSec"), "napTimeSec") for nap in naps),
        stages=(),
    )


def _sum(parts: Iterable[float | None]) -> float | None:
    known = [part for part in parts if part is not None]
    return sum(known) if known else None


def _health(told: WellnessBuilder, rows: Rows) -> None:
    """Read what was found of a night's health; a range of the usual that is not known yet is told as 0 or -1 to 1."""
    for row in rows:
        day = told.day(row.get("calendarDate"), "calendarDate")
        for part in (told.mapping(one, "metrics") for one in told.items(row.get("metrics"), "metrics")):
            kind = _HEALTH.get(str(part.get("type")))
            if kind == "skin_temperature_change_c":
                told.measure(kind, day, told.number(part.get("value"), "value"))
            elif kind is not None:
                told.fields(part, day, (("value", kind, 1.0),))
            low, high = (told.number(part.get(f"baseline{end}Limit"), "baseline") for end in ("Lower", "Upper"))
            if kind == "hrv_night_ms" and low is not None and high is not None and 0 < low < high:
                told.measure("hrv_baseline_low_ms", day, low)
                told.measure("hrv_baseline_high_ms", day, high)


def _body(told: WellnessBuilder, rows: Rows) -> None:
    """Read weighings, in g; what else of a body is told there are settings."""
    for row in rows:
        if isinstance(row.get("weight"), dict):
            date = told.mapping(row.get("metaData"), "metaData").get("calendarDate")
            weighings(told, [row["weight"]], date)


def _load(told: WellnessBuilder, rows: Rows) -> None:
    for row in _in_time(told, rows):
        told.fields(row, told.day(row.get("calendarDate"), "calendarDate"), LOAD)


def _races(told: WellnessBuilder, rows: Rows) -> None:
    for row in _in_time(told, rows):
        told.fields(row, told.day(row.get("calendarDate"), "calendarDate"), _RACES)


def _vo2max(told: WellnessBuilder, rows: Rows) -> None:
    for row in _in_time(told, rows):
        kind = _VO2MAX.get(str(row.get("sport")))
        if kind is None:
            told.note("strange:sport")
        else:
            told.fields(row, told.day(row.get("calendarDate"), "calendarDate"), (("vo2MaxValue", kind, 1.0),))


def _status(told: WellnessBuilder, rows: Rows) -> None:
    """Read the training status, which is told by its name here."""
    for row in _in_time(told, rows):
        said = row.get("trainingStatus")
        name = re.sub(r"_\d+$", "", said).lower() if isinstance(said, str) else None
        if name in TRAINING_STATUS[1:]:
            code = TRAINING_STATUS.index(name)
            told.measure("training_status", told.day(row.get("calendarDate"), "calendarDate"), float(code))
        elif said is not None and name != TRAINING_STATUS[0]:
            told.note("strange:trainingStatus")


def _in_time(told: WellnessBuilder, rows: Rows) -> Rows:
    """Return rows in the order in which they were computed: of several of a day the last one holds."""
    return sorted(
        rows, key=lambda row: told.time_ms(row.get("timestamp", row.get("updateTimestamp")), "timestamp") or 0
    )


#: What only rows of a kind hold, and what reads them; a row is of the first that fits.
_KINDS: Mapping[str, tuple[tuple[str, ...], Callable[[WellnessBuilder, Rows], None]]] = {
    "night": (("sleepStartTimestampGMT", "sleepWindowConfirmationType"), _nights),
    "health": (("metrics",), _health),
    "body": (("metaData",), _body),
    "load": (("dailyTrainingLoadAcute", "dailyTrainingLoadChronic"), _load),
    "races": (("raceTime5K", "raceTime10K", "raceTimeHalf", "raceTimeMarathon"), _races),
    "readiness": (("inputContext", "recoveryTime"), readiness),
    "vo2max": (("maxMet", "vo2MaxValue"), _vo2max),
    "status": (("trainingStatus",), _status),
    "day": (("totalSteps", "allDayStress", "includesWellnessData", "wellnessStartTimeGmt", "restingHeartRate"), _days),
}
_OURS = sorted({mark for marks, _ in _KINDS.values() for mark in marks} - {"metrics", "metaData"})
_MARKED = re.compile(
    rb'"(?:%b)"\s*:|"baselineUpperLimit"|"metaData"\s*:\s*\{[^{}]*"calendarDate"'
    % b"|".join(one.encode() for one in _OURS)
)
_NAMED = re.compile(
    r"(?:^|[_/])(?:sleepdata|healthstatusdata|userbiometrics)\.json$|(?:^|/)(?:udsfile|trainingreadinessdto"
    r"|metricsacutetrainingload|traininghistory|metricsmaxmetdata|runracepredictions)_[^/]*\.json$"
)
