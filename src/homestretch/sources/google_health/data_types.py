"""What Google Health has of days, in one table: how each type is asked for, and which permission it needs.

From the discovery document of API v4, revision 20261030.
"""

from dataclasses import dataclass
from typing import Literal

#: How a type is asked for: its totals by local day, its points of all devices merged, as the app shows them, or listed
#: as they were noted.
type Question = Literal["dailyRollUp", "reconcile", "list"]

PREFIX, SUFFIX = "https://www.googleapis.com/auth/googlehealth.", ".readonly"
ACTIVITY, METRICS, SLEEP = "activity_and_fitness", "health_metrics_and_measurements", "sleep"
SETTINGS, PROFILE, LOCATION = "settings", "profile", "location"
NUTRITION, CYCLE = "nutrition", "reproductive_health"
#: The kinds that are no data type: workouts, and the devices with their last sync.
WORKOUTS, DEVICES = "activity", "devices"
#: The most points of a page: for sessions the interface allows no more.
SESSION_PAGE, PAGE, ROLL_UP_PAGE = 25, 10_000, 90


@dataclass(frozen=True, slots=True)
class DataType:
    """A type of data, by the key of our kind; `name` is Google's (kebab-case), `time` the member that filters compare.

    `switch` is the setting that it is asked for by; a type that is `whole` fills a request by a single day.
    """

    kind: str
    title: str
    name: str
    question: Question
    scope: str
    time: str = ""
    switch: str = "days"
    page: int = PAGE
    whole: bool = False

    @property
    def filter_name(self) -> str:
        """The type's name in a filter (snake_case)."""
        return self.name.replace("-", "_")


def _total(kind: str, title: str, name: str, scope: str = ACTIVITY, switch: str = "days") -> DataType:
    return DataType(kind, title, name, "dailyRollUp", scope, switch=switch, page=ROLL_UP_PAGE)


def _daily(kind: str, title: str, name: str, switch: str = "days") -> DataType:
    return DataType(kind, title, name, "reconcile", METRICS, "date", switch)


def _sample(kind: str, title: str, name: str, switch: str = "days") -> DataType:
    return DataType(kind, title, name, "reconcile", METRICS, "sample_time.civil_time", switch)


TYPES: tuple[DataType, ...] = (
    _total("steps", "Steps", "steps"),
    _total("distance", "Distance", "distance"),
    _total("floors", "Floors", "floors"),
    _total("active_energy", "Active calories", "active-energy-burned"),
    _total("active_zone_minutes", "Active zone minutes", "active-zone-minutes"),
    _total("sedentary", "Sedentary time", "sedentary-period"),
    _total("heart_rate_zones", "Time in heart rate zones", "time-in-heart-rate-zone"),
    _total("heart_rate_range", "Heart rate of the day", "heart-rate", METRICS),
    _total("total_calories", "Calories", "total-calories"),
    _total("active_minutes", "Active minutes", "active-minutes"),
    _daily("resting_heart_rate", "Resting heart rate", "daily-resting-heart-rate"),
    _daily("hrv", "HRV", "daily-heart-rate-variability", "hrv"),
    _daily("spo2", "SpO₂", "daily-oxygen-saturation"),
    _daily("respiration", "Respiration", "daily-respiratory-rate", "respiration"),
    _daily("skin_temperature", "Skin temperature", "daily-sleep-temperature-derivations", "skin_temperature"),
    _daily("vo2max", "VO₂max", "daily-vo2-max", "vo2max"),
    DataType("sleep", "Sleep", "sleep", "reconcile", SLEEP, "interval.civil_end_time", "sleep", page=SESSION_PAGE),
    _sample("weight", "Weight", "weight"),
    _sample("body_fat", "Body fat", "body-fat"),
    _sample("blood_glucose", "Blood glucose", "blood-glucose", "more"),
    _sample("body_temperature", "Body temperature", "core-body-temperature", "more"),
    DataType("running_vo2max", "VO₂max of runs", "run-vo2-max", "reconcile", ACTIVITY, "sample_time.civil_time",
             "more"),
    _total("hydration", "Drinks", "hydration-log", NUTRITION, "food"),
    _total("calories_eaten", "Food", "nutrition-log", NUTRITION, "food"),
    DataType("menstruation", "Cycle", "menstrual-period", "list", CYCLE, "interval.civil_start_time", "cycle"),
    DataType("minute_steps", "Steps by minute", "steps", "reconcile", ACTIVITY, "interval.civil_start_time",
             "intraday"),
    _sample("hrv_samples", "HRV through the night", "heart-rate-variability", "intraday"),
    _sample("spo2_samples", "SpO₂ through the night", "oxygen-saturation", "intraday"),
    _sample("respiration_nights", "Respiration of each night", "respiratory-rate-sleep-summary", "intraday"),
    DataType("heart_rate", "Heart rate through the day", "heart-rate", "reconcile", METRICS, "sample_time.civil_time",
             "heart_rate", whole=True),
)  # fmt: skip
BY_KIND = {one.kind: one for one in TYPES}


def scope_url(scope: str) -> str:
    """Return the whole name of a permission."""
    return f"{PREFIX}{scope}{SUFFIX}"


def granted(scope: object) -> frozenset[str] | None:
    """Return the permissions that a token's `scope` names, or None where it names none of ours."""
    words = str(scope or "").split()
    named = frozenset(word.removeprefix(PREFIX).removesuffix(SUFFIX) for word in words if word.startswith(PREFIX))
    return named or None


def kinds_without(scopes: frozenset[str] | None) -> tuple[str, ...]:
    """Return the kinds that are not to be asked for with these permissions; None: all may be tried."""
    if scopes is None:
        return ()
    lacking = [one.kind for one in TYPES if one.scope not in scopes]
    return (*lacking, *([] if ACTIVITY in scopes else [WORKOUTS]), *([] if SETTINGS in scopes else [DEVICES]))
