"""Measurements: what a body was found to be on a day or at an instant, and the kinds of them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from homestretch.model.channel import Floats
from homestretch.model.health.night import Night
from homestretch.model.texts import LONGEST_TEXT, shorten

type KindFold = Literal["sum", "mean", "max", "min", "last"]


@dataclass(frozen=True, slots=True)
class Kind:
    """What can be measured of a person: its name, its unit, how several values make one, which way is better.

    `fold` is for the readings of a day without a value of its own and for the days of a week or month alike;
    `lower_is_better` is None where neither direction is better. A kind whose values are codes names them in
    `choices`, from 0 up.
    """

    key: str
    name: str
    unit: str
    fold: KindFold = "mean"
    lower_is_better: bool | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Measurement:
    """A value of a local day (YYYY-MM-DD): the day's own (`at_ms` None), or one of several, each at an instant (UTC).

    What was not measured is no measurement: it is not there, and never 0.
    """

    kind: str
    day: str
    value: float
    at_ms: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """What was measured through a local day: `time_ms` (n,) UTC, rising; `values` (n,), NaN for not measured."""

    kind: str
    day: str
    time_ms: NDArray[np.int64]
    values: Floats


@dataclass(frozen=True, slots=True)
class Title:
    """What a provider calls an activity, which it knows by `key`, its key of the gear that was used, and the sport."""

    key: str
    name: str | None
    description: str | None = None
    gear: str | None = None
    sport: str | None = None
    sub_sport: str | None = None

    def __post_init__(self) -> None:
        shorten(self, "name")
        shorten(self, "description", longest=LONGEST_TEXT)


@dataclass(frozen=True, slots=True)
class RemoteGear:
    """An item of gear that a provider knows, by its key; `kind` is bike, shoes or other, `distance_m` its own total."""

    key: str
    name: str | None
    kind: str = "other"
    distance_m: float | None = None
    retired: bool = False

    def __post_init__(self) -> None:
        shorten(self, "name")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Wellness:
    """What one payload says of somebody's days, what it calls activities, and which gear there is.

    A note is a code, with a colon and a detail where one helps.
    """

    measurements: tuple[Measurement, ...] = ()
    series: tuple[Series, ...] = ()
    nights: tuple[Night, ...] = ()
    titles: tuple[Title, ...] = ()
    gear: tuple[RemoteGear, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def days(self) -> set[str]:
        """The days that it says something of."""
        return {one.day for part in (self.measurements, self.series, self.nights) for one in part}

    def within(self, days: Collection[str]) -> "Wellness":
        """Return the same with no other days than these."""
        return replace(
            self,
            measurements=tuple(one for one in self.measurements if one.day in days),
            series=tuple(one for one in self.series if one.day in days),
            nights=tuple(one for one in self.nights if one.day in days),
        )


#: Garmin's codes of the training status, in their order.
TRAINING_STATUS = (
    "no_status", "detraining", "unproductive", "overreaching", "maintaining", "recovery", "peaking", "productive",
    "strained",
)  # fmt: skip


def _by_key(kinds: Iterable[Kind]) -> Mapping[str, Kind]:
    return MappingProxyType({kind.key: kind for kind in kinds})


#: Every kind there is, by key: of daily values, of readings and of series alike.
KINDS = _by_key((
    Kind("resting_heart_rate_bpm", "Resting heart rate", "bpm", "mean", True),
    Kind("heart_rate_bpm", "Heart rate", "bpm"),
    Kind("heart_rate_min_bpm", "Minimum heart rate", "bpm", "min"),
    Kind("heart_rate_max_bpm", "Maximum heart rate", "bpm", "max"),
    Kind("hrv_ms", "HRV", "ms"),
    Kind("hrv_night_ms", "Overnight HRV", "ms", "mean", False),
    Kind("hrv_night_max_ms", "Maximum overnight HRV", "ms", "max", False),
    Kind("hrv_week_ms", "7-day HRV", "ms", "last", False),
    Kind("hrv_baseline_low_ms", "HRV baseline, low", "ms", "last"),
    Kind("hrv_baseline_high_ms", "HRV baseline, high", "ms", "last"),
    Kind("hrv_sdnn_ms", "HRV (SDNN)", "ms", "mean", False),
    Kind("sleep_s", "Sleep duration", "s", "mean", False),
    Kind("sleep_score", "Sleep score", "", "mean", False),
    Kind("sleep_heart_rate_bpm", "Average sleeping heart rate", "bpm", "mean", True),
    Kind("steps", "Steps", "", "sum", False),
    Kind("distance_m", "Walking distance", "m", "sum", False),
    Kind("floors_up", "Floors climbed", "", "sum", False),
    Kind("floors_down", "Floors descended", "", "sum"),
    Kind("calories_kcal", "Calories burned", "kcal", "sum"),
    Kind("calories_active_kcal", "Active calories", "kcal", "sum"),
    Kind("calories_resting_kcal", "Resting calories", "kcal", "sum"),
    Kind("sedentary_s", "Sedentary time", "s", "sum", True),
    Kind("active_s", "Active time", "s", "sum", False),
    Kind("highly_active_s", "Highly active time", "s", "sum", False),
    Kind("intensity_moderate_s", "Moderate intensity minutes", "s", "sum", False),
    Kind("intensity_vigorous_s", "Vigorous intensity minutes", "s", "sum", False),
    Kind("stress", "Stress", "", "mean", True),
    Kind("stress_avg", "Average stress", "", "mean", True),
    Kind("stress_max", "Maximum stress", "", "max", True),
    Kind("stress_rest_s", "Rest time", "s", "sum", False),
    Kind("stress_low_s", "Low stress time", "s", "sum"),
    Kind("stress_medium_s", "Medium stress time", "s", "sum", True),
    Kind("stress_high_s", "High stress time", "s", "sum", True),
    Kind("body_battery", "Body Battery", "", "mean", False),
    Kind("body_battery_turns", "Body Battery, turning points", "", "mean", False),
    Kind("body_battery_max", "Maximum Body Battery", "", "max", False),
    Kind("body_battery_min", "Minimum Body Battery", "", "min", False),
    Kind("body_battery_waking", "Body Battery at waking", "", "mean", False),
    Kind("body_battery_charged", "Body Battery charged", "", "mean", False),
    Kind("body_battery_drained", "Body Battery drained", "", "mean"),
    Kind("spo2_pct", "SpO₂", "%", "mean", False),
    Kind("spo2_avg_pct", "Average SpO₂", "%", "mean", False),
    Kind("spo2_min_pct", "Minimum SpO₂", "%", "min", False),
    Kind("spo2_sleep_avg_pct", "Average sleeping SpO₂", "%", "mean", False),
    Kind("respiration_brpm", "Respiration rate", "brpm"),
    Kind("respiration_avg_brpm", "Average waking respiration rate", "brpm"),
    Kind("respiration_sleep_avg_brpm", "Average sleeping respiration rate", "brpm"),
    Kind("respiration_min_brpm", "Minimum respiration rate", "brpm", "min"),
    Kind("respiration_max_brpm", "Maximum respiration rate", "brpm", "max"),
    Kind("skin_temperature_change_c", "Skin temperature change during sleep", "°C"),
    Kind("weight_kg", "Weight", "kg"),
    Kind("bmi", "Body mass index", "kg/m²"),
    Kind("body_fat_pct", "Body fat", "%"),
    Kind("body_water_pct", "Body water", "%"),
    Kind("bone_mass_kg", "Bone mass", "kg"),
    Kind("muscle_mass_kg", "Muscle mass", "kg", "mean", False),
    Kind("waist_cm", "Waist", "cm"),
    Kind("blood_pressure_systolic_mmhg", "Blood pressure, systolic", "mmHg"),
    Kind("blood_pressure_diastolic_mmhg", "Blood pressure, diastolic", "mmHg"),
    Kind("blood_glucose_mmol_l", "Blood glucose", "mmol/l"),
    Kind("lactate_mmol_l", "Lactate", "mmol/l"),
    Kind("hydration_ml", "Drunk", "ml", "sum"),
    Kind("calories_eaten_kcal", "Calories eaten", "kcal", "sum"),
    Kind("vo2max", "VO₂max", "ml/kg/min", "last", False),
    Kind("vo2max_running", "VO₂max, running", "ml/kg/min", "last", False),
    Kind("vo2max_cycling", "VO₂max, cycling", "ml/kg/min", "last", False),
    # What somebody says of a day, on intervals.icu's scale: 1 is best, 4 is worst.
    Kind("felt_soreness", "Soreness (self-rated)", "", "mean", True),
    Kind("felt_fatigue", "Fatigue (self-rated)", "", "mean", True),
    Kind("felt_stress", "Stress (self-rated)", "", "mean", True),
    Kind("felt_mood", "Mood (self-rated)", "", "mean", True),
    Kind("felt_motivation", "Motivation (self-rated)", "", "mean", True),
    Kind("felt_injury", "Injury (self-rated)", "", "mean", True),
    Kind("felt_sleep", "Sleep (self-rated)", "", "mean", True),
    Kind("training_readiness", "Training readiness", "", "mean", False),
    Kind("recovery_time_s", "Recovery time", "s", "last", True),
    Kind("training_status", "Training status", "", "last", None, TRAINING_STATUS),
    Kind("training_load_acute", "Acute training load", "", "last"),
    Kind("training_load_chronic", "Chronic training load", "", "last"),
    Kind("training_load_ratio", "Acute:chronic training load ratio", "", "last"),
    Kind("race_5k_s", "Predicted 5 km time", "s", "last", True),
    Kind("race_10k_s", "Predicted 10 km time", "s", "last", True),
    Kind("race_half_marathon_s", "Predicted half marathon time", "s", "last", True),
    Kind("race_marathon_s", "Predicted marathon time", "s", "last", True),
))  # fmt: skip
