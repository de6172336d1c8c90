"""Reads the lists of days in Garmin's export. Their names are no guide, so each row's keys show its kind.

So are the answers of Connect about single days, as other programs keep them in files.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from homestretch.model.health.kinds import TRAINING_STATUS
from homestretch.model.health.measurement import Wellness
from homestretch.model.health.night import Night
from homestretch.vendors.garmin.days import hydration, resting_heart_rate, weight
from homestretch.vendors.garmin.intraday import hrv
from homestretch.vendors.garmin.rows import LOAD, readiness, summaries, weighings
from homestretch.vendors.garmin.sleep import sleep
from homestretch.vendors.wellness_builder import WellnessBuilder

type Rows = Sequence[Mapping[str, Any]]

#: A floor is 10 feet; the export has metres.
_FLOORS_PER_M = 1 / 3.048
_DAY = (
    ("averageSpo2Value", "spo2_avg_pct", 1.0),
    ("lowestSpo2Value", "spo2_min_pct", 1.0),
    ("floorsAscendedInMeters", "floors_up", _FLOORS_PER_M),
    ("floorsDescendedInMeters", "floors_down", _FLOORS_PER_M),
)
#: What the names above have more than those of an answer, which may hold both: its own value is the exact one.
_ENDING = re.compile(r"(?:Value|InMeters)$")
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
#: The kinds of a night's health, by type; skin temperature is given as a change from the usual.
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
    """Return what a list of the export says about days; rows of other kinds say nothing. Notes as Garmin's."""
    builder = WellnessBuilder()
    kinds: dict[str, list[Mapping[str, Any]]] = {}
    for row in builder.rows(found, "list"):
        kind = next((kind for kind, (marks, _) in _KINDS.items() if any(mark in row for mark in marks)), None)
        if kind is not None:
            kinds.setdefault(kind, []).append(row)
    for kind, rows in kinds.items():
        _KINDS[kind][1](builder, rows)
    return builder.wellness()


def claims(head: str, name: str) -> float:
    """Return 1 for such a list or answer, by what its beginning holds or by its name in the export; `head` is JSON.

    The name that GarminDB gives an answer counts for less: what an answer is may stand far from its beginning.
    """
    marked = _ANSWER.search(head) or ('"calendarDate"' in head and _MARKED.search(head))
    return 1.0 if marked or _NAMED.search(name) else 0.3 if _NAMED_BY_GARMINDB.search(name) else 0.0


def _days(builder: WellnessBuilder, rows: Rows) -> None:
    """Read the summaries of days; what the answers give flat lies in parts here."""
    summaries(builder, rows)
    for row in rows:
        if row.get("includesWellnessData") is False:
            continue
        day = builder.day(row.get("calendarDate"), "calendarDate")
        if row.get("restingHeartRate") is None:
            builder.fields(row, day, (("currentDayRestingHeartRate", "resting_heart_rate_bpm", 1.0),))
        builder.fields(row, day, [one for one in _DAY if row.get(_ENDING.sub("", one[0])) is None])
        builder.fields(builder.mapping(row.get("respiration"), "respiration"), day, _RESPIRATION)
        for part in _parts(builder, row.get("allDayStress"), "aggregatorList"):
            if part.get("type") == "TOTAL":
                builder.fields(part, day, _STRESS)
        builder.fields(builder.mapping(row.get("bodyBattery"), "bodyBattery"), day, _BATTERY)
        for part in _parts(builder, row.get("bodyBattery"), "bodyBatteryStatList"):
            kind = _BATTERY_STATS.get(str(part.get("bodyBatteryStatType")))
            builder.fields(part, day, () if kind is None else (("statsValue", kind, 1.0),))


def _parts(builder: WellnessBuilder, value: Any, name: str) -> Iterator[Mapping[str, Any]]:
    for part in builder.items(builder.mapping(value, name).get(name), name):
        yield builder.mapping(part, name)


def _nights(builder: WellnessBuilder, rows: Rows) -> None:
    """Read nights; a window in which nothing was measured is where somebody might have slept, and no night."""
    for row in rows:
        start_ms = builder.time_ms(row.get("sleepStartTimestampGMT"), "sleepStartTimestampGMT")
        end_ms = builder.time_ms(row.get("sleepEndTimestampGMT"), "sleepEndTimestampGMT")
        stages = {ours: builder.measured(ours, row.get(name), name) for ours, name in _STAGES.items()}
        if not _sum(stages[name] for name in _ASLEEP):
            continue
        day = builder.day(row.get("calendarDate"), "calendarDate")
        if start_ms is None or end_ms is None or end_ms <= start_ms:
            builder.note("night_without_times")
        elif day is None:
            builder.note("no_day")
        else:
            builder.night(_night(builder, row, day, (start_ms, end_ms), stages))


def _night(
    builder: WellnessBuilder,
    row: Mapping[str, Any],
    day: str,
    span: tuple[int, int],
    stages: Mapping[str, float | None],
) -> Night:
    """Return a night, whose times are in UTC only; a missing stage of sleep was not measured."""
    oxygen = builder.mapping(row.get("spo2SleepSummary"), "spo2SleepSummary")
    scores = builder.mapping(row.get("sleepScores"), "sleepScores")
    naps = [builder.mapping(one, "napList") for one in builder.items(row.get("napList"), "napList")]
    return Night(
        day=day,
        start_ms=span[0],
        end_ms=span[1],
        offset_s=None,
        asleep_s=_sum(stages[name] for name in _ASLEEP),
        **stages,
        **{ours: builder.measured(ours, row.get(name), name) for ours, name in _NIGHT.items()},
        **{ours: builder.measured(kind, oxygen.get(name), name) for ours, (name, kind) in _OXYGEN.items()},
        avg_respiration_brpm=builder.measured("respiration_brpm", row.get("averageRespiration"), "averageRespiration"),
        score=builder.measured("score", scores.get("overallScore"), "overallScore"),
        naps_s=_sum(builder.measured("naps_s", nap.get("napTimeSec"), "napTimeSec") for nap in naps),
        nap=False,
        device="",
        stages=(),
    )


def _sum(parts: Iterable[float | None]) -> float | None:
    known = [part for part in parts if part is not None]
    return sum(known) if known else None


def _health(builder: WellnessBuilder, rows: Rows) -> None:
    """Read a night's health values; a usual range that is not known yet is written as 0 or -1 to 1."""
    for row in rows:
        day = builder.day(row.get("calendarDate"), "calendarDate")
        for part in (builder.mapping(one, "metrics") for one in builder.items(row.get("metrics"), "metrics")):
            kind = _HEALTH.get(str(part.get("type")))
            if kind == "skin_temperature_change_c":
                builder.measure(kind, day, builder.number(part.get("value"), "value"))
            elif kind is not None:
                builder.fields(part, day, (("value", kind, 1.0),))
            low, high = (builder.number(part.get(f"baseline{end}Limit"), "baseline") for end in ("Lower", "Upper"))
            if kind == "hrv_night_ms" and low is not None and high is not None and 0 < low < high:
                builder.measure("hrv_baseline_low_ms", day, low)
                builder.measure("hrv_baseline_high_ms", day, high)


def _body(builder: WellnessBuilder, rows: Rows) -> None:
    """Read weighings, in g; the other values of a body there are settings."""
    for row in rows:
        if isinstance(row.get("weight"), dict):
            date = builder.mapping(row.get("metaData"), "metaData").get("calendarDate")
            weighings(builder, [row["weight"]], date)


def _load(builder: WellnessBuilder, rows: Rows) -> None:
    for row in _in_time(builder, rows):
        _computed(builder, row, LOAD)


def _races(builder: WellnessBuilder, rows: Rows) -> None:
    for row in _in_time(builder, rows):
        _computed(builder, row, _RACES)


def _computed(builder: WellnessBuilder, row: Mapping[str, object], table: Iterable[tuple[str, str, float]]) -> None:
    """Add the values that a device, by its number in the row, computed of a day."""
    day, device = builder.day(row.get("calendarDate"), "calendarDate"), builder.device(row.get("deviceId"), "deviceId")
    builder.fields(row, day, table, None, device)


def _vo2max(builder: WellnessBuilder, rows: Rows) -> None:
    for row in _in_time(builder, rows):
        kind = _VO2MAX.get(str(row.get("sport")))
        if kind is None:
            builder.note("unexpected:sport")
        else:
            _computed(builder, row, (("vo2MaxValue", kind, 1.0),))


def _status(builder: WellnessBuilder, rows: Rows) -> None:
    """Read the training status, which is written as a name here."""
    for row in _in_time(builder, rows):
        said = row.get("trainingStatus")
        name = re.sub(r"_\d+$", "", said).lower() if isinstance(said, str) else None
        if name in TRAINING_STATUS[1:]:
            code = TRAINING_STATUS.index(name)
            day = builder.day(row.get("calendarDate"), "calendarDate")
            device = builder.device(row.get("deviceId"), "deviceId")
            builder.measure("training_status", day, float(code), None, device)
        elif said is not None and name != TRAINING_STATUS[0]:
            builder.note("unexpected:trainingStatus")


def _in_time(builder: WellnessBuilder, rows: Rows) -> Rows:
    """Return rows in the order in which they were computed: of several of a day the last one holds."""
    return sorted(
        rows, key=lambda row: builder.time_ms(row.get("timestamp", row.get("updateTimestamp")), "timestamp") or 0
    )


#: What only rows of a kind hold, and what reads them; a row is of the first that fits. An answer of HRV says when its
#: night was, too.
_KINDS: Mapping[str, tuple[tuple[str, ...], Callable[[WellnessBuilder, Rows], None]]] = {
    "answer of a night": (("dailySleepDTO",), sleep),
    "answer of HRV": (("hrvSummary", "hrvSummaries", "hrvReadings"), hrv),
    "answer of resting heart rate": (("allMetrics",), resting_heart_rate),
    "answer of weight": (("dateWeightList", "dailyWeightSummaries"), weight),
    "answer of hydration": (("dailyAverageinML",), hydration),
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
_MARKED = re.compile(rf'"(?:{"|".join(_OURS)})"\s*:|"baselineUpperLimit"|"metaData"\s*:\s*\{{[^{{}}]*"calendarDate"')
#: What only these answers hold, whose days may stand far behind it.
_ANSWER = re.compile(r'"(?:dailySleepDTO|hrvSummary|hrvSummaries|hrvReadings|dateWeightList|dailyWeightSummaries)"\s*:')
_NAMED = re.compile(
    r"(?:^|[_/])(?:sleepdata|healthstatusdata|userbiometrics)\.json$|(?:^|/)(?:udsfile|trainingreadinessdto"
    r"|metricsacutetrainingload|traininghistory|metricsmaxmetdata|runracepredictions)_[^/]*\.json$"
)
_NAMED_BY_GARMINDB = re.compile(
    r"(?:^|/)(?:sleep|rhr|weight|hrv|daily_summary|hydration)_[0-9]{4}-[0-9]{2}-[0-9]{2}\.json$"
)
