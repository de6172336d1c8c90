"""An account: what devices measured each day, the same whenever it is asked for, until a test changes it."""

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

type Point = dict[str, Any]

SAMPLE_S = 30
#: On which day of each four weeks a period begins.
PERIOD = 7


@dataclass(eq=False)
class Account:
    """Days from `first` to `last`; every `rest`-th day nothing was worn, and every `every`-th has a workout.

    `zones` are the zones of days on a journey. `changes` holds what a test changed: by data type and day, the points
    instead of those that would be there.
    """

    first: date
    last: date
    zone: str = "Europe/Helsinki"
    rest: int = 17
    every: int = 3
    zones: dict[date, str] = field(default_factory=dict)
    changes: dict[tuple[str, date], list[Point]] = field(default_factory=dict)

    @property
    def days(self) -> list[date]:
        """All days, the newest first."""
        return [self.last - timedelta(days=n) for n in range((self.last - self.first).days + 1)]

    def is_worn(self, day: date) -> bool:
        """Return whether anything was worn on a day."""
        return self.first <= day <= self.last and day.toordinal() % self.rest != 0

    def at(self, day: date, hour: float) -> datetime:
        """Return an instant by the clock of a day's zone."""
        zone = ZoneInfo(self.zones.get(day, self.zone))
        begun = datetime(day.year, day.month, day.day, tzinfo=zone)
        return (begun.astimezone(UTC) + timedelta(hours=hour)).astimezone(zone)

    def points(self, name: str, day: date) -> list[Point]:
        """Return the points of a type of a local day, the newest first."""
        changed = self.changes.get((name, day))
        if changed is not None:
            return changed
        maker = _MAKERS.get(name)
        return maker(self, day) if maker is not None and self.is_worn(day) else []

    def totals(self, name: str, day: date) -> Point | None:
        """Return what a roll-up says of a day, or None where there is nothing."""
        changed = self.changes.get((f"{name}:dailyRollUp", day))
        if changed is not None:
            return changed[0] if changed else None
        return _TOTALS[name](day.toordinal()) if self.is_worn(day) else None

    def change(self, name: str, day: date, edit: Callable[[Point], None]) -> None:
        """Change the first point of a type of a day."""
        points = copy.deepcopy(self.points(name, day))
        edit(points[0])
        self.changes[name, day] = points

    def workouts(self) -> dict[str, Point]:
        """Return all workouts by their id."""
        found = (point for day in self.days for point in self.points("exercise", day))
        return {point["dataPointName"].rpartition("/")[2]: point for point in found}


def parts_of(day: date) -> dict[str, int]:
    """Return a date in parts."""
    return {"year": day.year, "month": day.month, "day": day.day}


def civil(at: datetime) -> dict[str, Any]:
    """Return an instant on its own clock; midnight has no time."""
    time = {
        name: value for name, value in (("hours", at.hour), ("minutes", at.minute), ("seconds", at.second)) if value
    }
    return {"date": parts_of(at.date()), **({"time": time} if time else {})}


def utc(at: datetime) -> str:
    """Return an instant as Google writes it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def offset(at: datetime) -> str:
    """Return an instant's offset from UTC as a duration."""
    return f"{int((at.utcoffset() or timedelta()).total_seconds())}s"


def interval(start: datetime, end: datetime) -> dict[str, Any]:
    """Return an interval."""
    return {
        "startTime": utc(start), "startUtcOffset": offset(start), "civilStartTime": civil(start),
        "endTime": utc(end), "endUtcOffset": offset(end), "civilEndTime": civil(end),
    }  # fmt: skip


def sampled(at: datetime) -> dict[str, Any]:
    """Return the time of a sample."""
    return {"physicalTime": utc(at), "utcOffset": offset(at), "civilTime": civil(at)}


def night(start: datetime, end: datetime, key: str, **metadata: Any) -> Point:
    """Return a night with a stage each quarter of an hour."""
    words, at = ("LIGHT", "DEEP", "REM", "LIGHT", "AWAKE"), start
    stages: list[dict[str, Any]] = []
    while at < end:
        after = min(at + timedelta(minutes=15), end)
        stages.append({**interval(at, after), "type": words[len(stages) % len(words)]})
        at = after
    asleep = 15 * sum(stage["type"] != "AWAKE" for stage in stages)
    found = {"processed": True, "mainSleep": True, "stagesStatus": "SUCCEEDED", **metadata}
    sleep = {
        "interval": interval(start, end), "type": "STAGES", "stages": stages, "updateTime": utc(end),
        "metadata": {name: value for name, value in found.items() if value not in (False, None)},
        "summary": {"minutesAsleep": str(asleep)},
    }  # fmt: skip
    return {"dataPointName": f"users/1/dataTypes/sleep/dataPoints/{key}", "sleep": sleep}


def _sleep(account: Account, day: date) -> list[Point]:
    before = account.at(day - timedelta(days=1), 23.0)
    return [night(before, account.at(day, 6.5), f"n{day.toordinal()}")]


def _exercise(account: Account, day: date) -> list[Point]:
    n = day.toordinal()
    if n % account.every:
        return []
    start = account.at(day, 17.0)
    end = start + timedelta(minutes=40)
    workout = {
        "exerciseType": "RUNNING", "displayName": f"Run {n}", "interval": interval(start, end),
        "activeDuration": "2340s", "updateTime": utc(end), "exerciseMetadata": {"hasGps": True},
        "metricsSummary": {
            "distanceMillimeters": 8_000_000, "caloriesKcal": 500, "averageHeartRateBeatsPerMinute": "148",
            "averageSpeedMillimetersPerSecond": 3333,
        },
    }  # fmt: skip
    return [{"dataPointName": f"users/1/dataTypes/exercise/dataPoints/{9_000_000_000 + n}", "exercise": workout}]


def _period(account: Account, day: date) -> list[Point]:
    """Return what began on a day: a period of four days in each four weeks."""
    if day.toordinal() % 28 != PERIOD:
        return []
    start, end = account.at(day, 9.0), account.at(day + timedelta(days=3), 9.0)
    key = f"users/1/dataTypes/menstrual-period/dataPoints/{day.toordinal()}"
    return [{"name": key, "menstrualPeriod": {"interval": interval(start, end)}}]


def _steps(account: Account, day: date) -> list[Point]:
    """Return a count for each quarter of an hour; at night there are none, which is not written."""
    found = []
    for quarter in reversed(range(96)):
        start = account.at(day, quarter / 4)
        count = {} if quarter < 28 else {"count": str(quarter)}
        found.append({"steps": {"interval": interval(start, start + timedelta(minutes=15)), **count}})
    return found


def _daily(member: str, **values: Callable[[int], Any]) -> Callable[[Account, date], list[Point]]:
    def made(_: Account, day: date) -> list[Point]:
        return [{member: {"date": parts_of(day), **{name: of(day.toordinal()) for name, of in values.items()}}}]

    return made


def _sample(member: str, hours: list[float], **values: Callable[[int], Any]) -> Callable[[Account, date], list[Point]]:
    def made(account: Account, day: date) -> list[Point]:
        return [
            {
                member: {
                    "sampleTime": sampled(account.at(day, hour)),
                    **{k: of(day.toordinal()) for k, of in values.items()},
                }
            }
            for hour in hours
        ]

    return made


_SECONDS = [second / 3600 for second in reversed(range(0, 86_400, SAMPLE_S))]
_AT_NIGHT = [hour / 12 for hour in reversed(range(12, 72))]

_MAKERS: dict[str, Callable[[Account, date], list[Point]]] = {
    "sleep": _sleep,
    "exercise": _exercise,
    "menstrual-period": _period,
    "steps": _steps,
    "weight": _sample("weight", [7.0], weightGrams=lambda n: 70_000 + n % 900),
    "body-fat": _sample("bodyFat", [7.0], percentage=lambda n: 14.0 + n % 7 / 10),
    "blood-glucose": _sample("bloodGlucose", [8.0], bloodGlucoseMilligramsPerDeciliter=lambda n: 90.08),
    "core-body-temperature": _sample("coreBodyTemperature", [8.0], temperatureCelsius=lambda n: 36.6),
    "run-vo2-max": _sample("runVo2Max", [18.0], runVo2Max=lambda n: 51.5),
    "heart-rate": _sample("heartRate", _SECONDS, beatsPerMinute=lambda n: str(60 + n % 20)),
    "heart-rate-variability": _sample(
        "heartRateVariability", _AT_NIGHT, rootMeanSquareOfSuccessiveDifferencesMilliseconds=lambda n: 40.5 + n % 9,
        standardDeviationMilliseconds=lambda n: 60.0 + n % 9,
    ),
    "oxygen-saturation": _sample("oxygenSaturation", _AT_NIGHT, percentage=lambda n: 95.5 + n % 3),
    "respiratory-rate-sleep-summary": _sample(
        "respiratoryRateSleepSummary", [6.4], fullSleepStats=lambda n: {"breathsPerMinute": 14.0 + n % 3}
    ),
    "daily-resting-heart-rate": _daily(
        "dailyRestingHeartRate", beatsPerMinute=lambda n: str(48 + n % 5),
        dailyRestingHeartRateMetadata=lambda _: {"calculationMethod": "WITH_SLEEP"},
    ),
    "daily-heart-rate-variability": _daily(
        "dailyHeartRateVariability", averageHeartRateVariabilityMilliseconds=lambda n: 41.2 + n % 11,
        deepSleepRootMeanSquareOfSuccessiveDifferencesMilliseconds=lambda n: 50.1 + n % 11,
    ),
    "daily-oxygen-saturation": _daily(
        "dailyOxygenSaturation", averagePercentage=lambda n: 96.1 + n % 2, lowerBoundPercentage=lambda _: 93.0,
        upperBoundPercentage=lambda _: 99.0,
    ),
    "daily-respiratory-rate": _daily("dailyRespiratoryRate", breathsPerMinute=lambda n: 14.2 + n % 3),
    "daily-sleep-temperature-derivations": _daily(
        "dailySleepTemperatureDerivations", nightlyTemperatureCelsius=lambda n: 34.0 + n % 4 / 10,
        baselineTemperatureCelsius=lambda _: 34.1,
    ),
    "daily-vo2-max": _daily("dailyVo2Max", vo2Max=lambda _: 48.3, estimated=lambda _: True),
}  # fmt: skip

_TOTALS: dict[str, Callable[[int], Point]] = {
    "steps": lambda n: {"countSum": str(6000 + n % 5000)},
    "distance": lambda n: {"millimetersSum": str(4_500_000 + n % 9999)},
    "floors": lambda n: {"countSum": str(n % 12)} if n % 12 else {},
    "active-energy-burned": lambda n: {"kcalSum": 500.0 + n % 300},
    "active-zone-minutes": lambda n: {"sumInFatBurnHeartZone": "20", "sumInCardioHeartZone": str(2 + n % 10)},
    "hydration-log": lambda n: {"amountConsumed": {"millilitersSum": 1500.0 + n % 500}},
    "nutrition-log": lambda n: {"energy": {"kcalSum": 2100.0 + n % 400}},
    "sedentary-period": lambda _: {"durationSum": "36000s"},
    "time-in-heart-rate-zone": lambda _: {
        "timeInHeartRateZones": [{"heartRateZone": "LIGHT", "duration": "3600s"},
                                 {"heartRateZone": "PEAK", "duration": "60s"}]
    },
    "heart-rate": lambda n: {"beatsPerMinuteAvg": 64.5, "beatsPerMinuteMin": 46, "beatsPerMinuteMax": 150 + n % 30},
    "total-calories": lambda n: {"kcalSum": 2300.0 + n % 300},
    "active-minutes": lambda n: {
        "activeMinutesRollupByActivityLevel": [{"activityLevel": "LIGHT", "activeMinutesSum": str(100 + n % 90)},
                                               {"activityLevel": "VIGOROUS", "activeMinutesSum": "12"}]
    },
}  # fmt: skip
