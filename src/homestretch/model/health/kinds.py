"""The kinds of measurements: what can be measured of a person, in which unit, and how several values make one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

type KindFold = Literal["sum", "mean", "max", "min", "first", "last"]
type Group = Literal["heart", "sleep", "activity", "stress", "breathing", "body", "blood", "food", "felt", "training"]

#: What the values of several devices make of a day. `union`: what one device counted while another was not worn is
#: added. `baseline`: one source for the whole window of a baseline, never another each night. `spot`: every reading is
#: kept. `best`: the first source by priority that has a value.
type Combine = Literal["union", "baseline", "spot", "best"]


@dataclass(frozen=True, slots=True)
class Kind:
    """What can be measured of a person: its name, its unit, how several values make one, which way is better.

    `fold` is for the readings of a day without a value of its own and for the days of a week or month alike; `daily`
    is for the readings of a day where that differs. `of` names the series that a day's value is folded from where no
    source says one. `lower_is_better` is None where neither direction is better. A kind whose values are codes names
    them in `choices`, from 0 up. `above_zero`: a value of 0 was not measured. `private`: leaves Homestretch, or goes
    to a language model, only where the athlete named this very kind.
    """

    key: str
    name: str
    unit: str
    group: Group
    fold: KindFold = "mean"
    lower_is_better: bool | None = None
    combine: Combine = "best"
    of: str = ""
    daily: KindFold | None = None
    choices: tuple[str, ...] = ()
    above_zero: bool = False
    private: bool = False

    @property
    def day_fold(self) -> KindFold:
        """How the readings of a day make its value."""
        return self.daily or self.fold


#: Garmin's codes of the training status, in their order.
TRAINING_STATUS = (
    "no_status", "detraining", "unproductive", "overreaching", "maintaining", "recovery", "peaking", "productive",
    "strained",
)  # fmt: skip

#: How heavy, from none up; the last where the source does not say.
MENSTRUATION = ("none", "light", "medium", "heavy", "not_said")


def _by_key(kinds: Iterable[Kind]) -> Mapping[str, Kind]:
    return MappingProxyType({kind.key: kind for kind in kinds})


def _union(key: str, name: str, unit: str, lower: bool | None = None) -> Kind:
    return Kind(key, name, unit, "activity", "sum", lower, "union")


def _night(key: str, name: str, unit: str, group: Group, lower: bool | None = None, *, above: bool = True) -> Kind:
    return Kind(key, name, unit, group, "mean", lower, "baseline", above_zero=above)


def _series(key: str, name: str, unit: str, group: Group, lower: bool | None = None, *, above: bool = True) -> Kind:
    return Kind(key, name, unit, group, "mean", lower, above_zero=above)


def _extreme(key: str, name: str, unit: str, group: Group, fold: KindFold, of: str) -> Kind:
    return Kind(key, name, unit, group, fold, of=of, above_zero=True)


def _spot(key: str, name: str, unit: str, group: Group = "blood", *, private: bool = False) -> Kind:
    return Kind(key, name, unit, group, combine="spot", above_zero=True, private=private)


def _felt(key: str, name: str) -> Kind:
    return Kind(key, name, "", "felt", "mean", True, private=True)


def _body(key: str, name: str, unit: str, lower: bool | None = None) -> Kind:
    return Kind(key, name, unit, "body", "mean", lower, "spot", daily="first", above_zero=True)


def _last(key: str, name: str, unit: str, lower: bool | None = None, choices: tuple[str, ...] = ()) -> Kind:
    return Kind(key, name, unit, "training", "last", lower, choices=choices, above_zero=key.startswith("race"))


#: Every kind there is, by key: of daily values, of readings and of series alike.
KINDS = _by_key((
    _night("resting_heart_rate_bpm", "Resting heart rate", "bpm", "heart", True),
    _series("heart_rate_bpm", "Heart rate", "bpm", "heart"),
    _extreme("heart_rate_min_bpm", "Minimum heart rate", "bpm", "heart", "min", "heart_rate_bpm"),
    _extreme("heart_rate_max_bpm", "Maximum heart rate", "bpm", "heart", "max", "heart_rate_bpm"),
    _series("hrv_ms", "HRV", "ms", "heart"),
    _night("hrv_night_ms", "Overnight HRV", "ms", "heart", False),
    Kind("hrv_night_max_ms", "Maximum overnight HRV", "ms", "heart", "max", False, above_zero=True),
    Kind("hrv_week_ms", "7-day HRV (from the device)", "ms", "heart", "last", False, above_zero=True),
    Kind("hrv_baseline_low_ms", "HRV baseline, low (from the device)", "ms", "heart", "last", above_zero=True),
    Kind("hrv_baseline_high_ms", "HRV baseline, high (from the device)", "ms", "heart", "last", above_zero=True),
    _night("hrv_sdnn_ms", "HRV (SDNN)", "ms", "heart", False),
    _night("hrv_deep_ms", "HRV in deep sleep", "ms", "heart", False),
    _night("sleep_s", "Sleep duration", "s", "sleep", False),
    _night("sleep_score", "Sleep score", "", "sleep", False),
    Kind("sleep_need_s", "Sleep need (from the device)", "s", "sleep", "last", above_zero=True),
    _night("sleep_heart_rate_bpm", "Average sleeping heart rate", "bpm", "heart", True),
    _night("sleep_heart_rate_low_bpm", "Lowest sleeping heart rate", "bpm", "heart", True),
    _union("steps", "Steps", "", False),
    _union("distance_m", "Walking distance", "m", False),
    _union("floors_up", "Floors climbed", "", False),
    _union("floors_down", "Floors descended", ""),
    _union("ascent_m", "Ascent on foot", "m", False),
    _union("descent_m", "Descent on foot", "m"),
    Kind("calories_kcal", "Calories burned", "kcal", "activity", "sum", above_zero=True),
    _union("calories_active_kcal", "Active calories", "kcal"),
    Kind("calories_resting_kcal", "Resting calories", "kcal", "activity", "sum", above_zero=True),
    Kind("sedentary_s", "Sedentary time", "s", "activity", "sum", True),
    Kind("active_s", "Active time", "s", "activity", "sum", False),
    Kind("highly_active_s", "Highly active time", "s", "activity", "sum", False),
    _union("intensity_moderate_s", "Moderate intensity minutes", "s", False),
    _union("intensity_vigorous_s", "Vigorous intensity minutes", "s", False),
    _union("active_zone_s", "Active zone minutes", "s", False),
    _union("exercise_s", "Exercise time", "s", False),
    Kind("stand_s", "Standing time", "s", "activity", "sum", False),
    Kind("heart_rate_zone_light_s", "Time in light heart rate zone", "s", "activity", "sum"),
    Kind("heart_rate_zone_moderate_s", "Time in moderate heart rate zone", "s", "activity", "sum"),
    Kind("heart_rate_zone_vigorous_s", "Time in vigorous heart rate zone", "s", "activity", "sum"),
    Kind("heart_rate_zone_peak_s", "Time in peak heart rate zone", "s", "activity", "sum"),
    _series("stress", "Stress", "", "stress", True, above=False),
    Kind("stress_avg", "Average stress", "", "stress", "mean", True, of="stress"),
    Kind("stress_max", "Maximum stress", "", "stress", "max", True, of="stress"),
    Kind("stress_rest_s", "Rest time", "s", "stress", "sum", False),
    Kind("stress_low_s", "Low stress time", "s", "stress", "sum"),
    Kind("stress_medium_s", "Medium stress time", "s", "stress", "sum", True),
    Kind("stress_high_s", "High stress time", "s", "stress", "sum", True),
    _series("body_battery", "Body Battery", "", "stress", False),
    _series("body_battery_turns", "Body Battery, turning points", "", "stress", False),
    Kind("body_battery_max", "Maximum Body Battery", "", "stress", "max", False, of="body_battery", above_zero=True),
    Kind("body_battery_min", "Minimum Body Battery", "", "stress", "min", False, of="body_battery", above_zero=True),
    Kind("body_battery_waking", "Body Battery at waking", "", "stress", "mean", False, above_zero=True),
    Kind("body_battery_charged", "Body Battery charged", "", "stress", "mean", False),
    Kind("body_battery_drained", "Body Battery drained", "", "stress", "mean"),
    _series("spo2_pct", "SpO₂", "%", "breathing", False),
    Kind("spo2_avg_pct", "Average SpO₂", "%", "breathing", "mean", False, "baseline", "spo2_pct", above_zero=True),
    Kind("spo2_min_pct", "Minimum SpO₂", "%", "breathing", "min", False, of="spo2_pct", above_zero=True),
    Kind("spo2_low_pct", "SpO₂, lower bound", "%", "breathing", "mean", False, above_zero=True),
    Kind("spo2_high_pct", "SpO₂, upper bound", "%", "breathing", "mean", False, above_zero=True),
    _night("spo2_sleep_avg_pct", "Average sleeping SpO₂", "%", "breathing", False),
    _series("respiration_brpm", "Respiration rate", "brpm", "breathing"),
    Kind("respiration_avg_brpm", "Average waking respiration rate", "brpm", "breathing", above_zero=True),
    _night("respiration_sleep_avg_brpm", "Average sleeping respiration rate", "brpm", "breathing"),
    _extreme("respiration_min_brpm", "Minimum respiration rate", "brpm", "breathing", "min", "respiration_brpm"),
    _extreme("respiration_max_brpm", "Maximum respiration rate", "brpm", "breathing", "max", "respiration_brpm"),
    _night("skin_temperature_change_c", "Skin temperature change during sleep", "°C", "body", above=False),
    _night("skin_temperature_c", "Skin temperature during sleep", "°C", "body"),
    _body("weight_kg", "Weight", "kg"),
    _body("bmi", "Body mass index", "kg/m²"),
    _body("body_fat_pct", "Body fat", "%"),
    _body("body_water_pct", "Body water", "%"),
    _body("bone_mass_kg", "Bone mass", "kg"),
    _body("muscle_mass_kg", "Muscle mass", "kg", False),
    _body("lean_mass_kg", "Lean body mass", "kg", False),
    _body("waist_cm", "Waist", "cm"),
    _spot("body_temperature_c", "Body temperature", "°C", "body"),
    _spot("blood_pressure_systolic_mmhg", "Blood pressure, systolic", "mmHg"),
    _spot("blood_pressure_diastolic_mmhg", "Blood pressure, diastolic", "mmHg"),
    _spot("blood_glucose_mmol_l", "Blood glucose", "mmol/l", private=True),
    _spot("lactate_mmol_l", "Lactate", "mmol/l"),
    Kind("hydration_ml", "Drunk", "ml", "food", "sum"),
    Kind("calories_eaten_kcal", "Calories eaten", "kcal", "food", "sum"),
    Kind("vo2max", "VO₂max", "ml/kg/min", "training", "last", False, above_zero=True),
    Kind("vo2max_running", "VO₂max, running", "ml/kg/min", "training", "last", False, above_zero=True),
    Kind("vo2max_cycling", "VO₂max, cycling", "ml/kg/min", "training", "last", False, above_zero=True),
    # What somebody says of a day, on intervals.icu's scale: 1 is best, 4 is worst.
    _felt("felt_soreness", "Soreness (self-rated)"),
    _felt("felt_fatigue", "Fatigue (self-rated)"),
    _felt("felt_stress", "Stress (self-rated)"),
    _felt("felt_mood", "Mood (self-rated)"),
    _felt("felt_motivation", "Motivation (self-rated)"),
    _felt("felt_injury", "Injury (self-rated)"),
    _felt("felt_sleep", "Sleep (self-rated)"),
    Kind("menstruation", "Menstruation", "", "body", "max", private=True, choices=MENSTRUATION),
    Kind("training_readiness", "Training readiness", "", "training", "mean", False),
    Kind("oura_readiness", "Oura readiness", "", "training", "mean", False),
    Kind("whoop_recovery", "WHOOP recovery", "%", "training", "mean", False),
    Kind("polar_ans_charge", "Polar ANS charge", "", "training", "mean", False),
    _last("recovery_time_s", "Recovery time", "s", True),
    _last("training_status", "Training status", "", None, TRAINING_STATUS),
    _last("training_load_acute", "Acute training load", ""),
    _last("training_load_chronic", "Chronic training load", ""),
    _last("training_load_ratio", "Acute:chronic training load ratio", ""),
    _last("race_5k_s", "Predicted 5 km time", "s", True),
    _last("race_10k_s", "Predicted 10 km time", "s", True),
    _last("race_half_marathon_s", "Predicted half marathon time", "s", True),
    _last("race_marathon_s", "Predicted marathon time", "s", True),
))  # fmt: skip
