"""Apple's types: which kind each is, in which units it comes, and whether it is counted, measured on or stated."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

type Use = Literal["counts", "series", "spot", "night"]

SLEEP, MENSTRUAL_FLOW = "HKCategoryTypeIdentifierSleepAnalysis", "HKCategoryTypeIdentifierMenstrualFlow"
_POUND_KG, _MILE_M, _KJ_KCAL = 0.45359237, 1609.344, 1 / 4.184


class Scale(NamedTuple):
    """What makes a unit ours: what it is multiplied by, and what is then added."""

    factor: float
    offset: float = 0.0


type Units = Mapping[str, Scale]


def _units(factors: Mapping[str, float]) -> Units:
    return {unit: Scale(factor) for unit, factor in factors.items()}


_MASS = _units({"kg": 1.0, "g": 0.001, "lb": _POUND_KG, "st": 14 * _POUND_KG})
LENGTH = _units({"m": 1.0, "km": 1000.0, "mi": _MILE_M, "ft": 0.3048, "yd": 0.9144, "cm": 0.01})
_WIDTH = _units({"cm": 1.0, "m": 100.0, "in": 2.54, "ft": 30.48})
ENERGY = _units({"kcal": 1.0, "Cal": 1.0, "cal": 0.001, "kJ": _KJ_KCAL, "J": _KJ_KCAL / 1000})
TIME = _units({"min": 60.0, "s": 1.0, "hr": 3600.0})
_BEATS = _units({"ms": 1.0, "s": 1000.0})
_TEMPERATURE = {"degC": Scale(1.0), "degF": Scale(5 / 9, -160 / 9)}
_VOLUME = _units({"mL": 1.0, "L": 1000.0, "fl_oz_us": 29.5735295625, "fl_oz_imp": 28.4130625, "cup_us": 236.5882365})
_OXYGEN = _units({"mL/min·kg": 1.0, "mL/kg/min": 1.0, "mL/kg*min": 1.0, "mL/(kg·min)": 1.0})
_GLUCOSE = _units({"mg/dL": 1 / 18.016, "mmol<180.1558800000541>/L": 1.0, "mmol/L": 1.0})
_COUNT, RATE, _FRACTION = _units({"count": 1.0}), _units({"count/min": 1.0}), _units({"%": 100.0})
_PRESSURE = _units({"mmHg": 1.0})
POWER, SPEED = _units({"W": 1.0}), _units({"m/s": 1.0, "km/hr": 1 / 3.6, "mi/hr": _MILE_M / 3600})


class Type(NamedTuple):
    """A type of quantity: its kind, how it is used, and its units with what makes them ours."""

    kind: str
    use: Use
    units: Units


_QUANTITIES: Mapping[str, tuple[str, Use, Units]] = {
    "StepCount": ("steps", "counts", _COUNT),
    "DistanceWalkingRunning": ("distance_m", "counts", LENGTH),
    "FlightsClimbed": ("floors_up", "counts", _COUNT),
    "ActiveEnergyBurned": ("calories_active_kcal", "counts", ENERGY),
    "BasalEnergyBurned": ("calories_resting_kcal", "counts", ENERGY),
    "AppleExerciseTime": ("exercise_s", "counts", TIME),
    "AppleStandTime": ("stand_s", "counts", TIME),
    "HeartRate": ("heart_rate_bpm", "series", RATE),
    "OxygenSaturation": ("spo2_pct", "series", _FRACTION),
    "RespiratoryRate": ("respiration_brpm", "series", RATE),
    "RestingHeartRate": ("resting_heart_rate_bpm", "spot", RATE),
    "HeartRateVariabilitySDNN": ("hrv_sdnn_ms", "spot", _BEATS),
    "AppleSleepingWristTemperature": ("skin_temperature_c", "night", _TEMPERATURE),
    "VO2Max": ("vo2max", "spot", _OXYGEN),
    "BodyMass": ("weight_kg", "spot", _MASS),
    "LeanBodyMass": ("lean_mass_kg", "spot", _MASS),
    "BodyFatPercentage": ("body_fat_pct", "spot", _FRACTION),
    "BodyMassIndex": ("bmi", "spot", _COUNT),
    "WaistCircumference": ("waist_cm", "spot", _WIDTH),
    "BodyTemperature": ("body_temperature_c", "spot", _TEMPERATURE),
    "BloodPressureSystolic": ("blood_pressure_systolic_mmhg", "spot", _PRESSURE),
    "BloodPressureDiastolic": ("blood_pressure_diastolic_mmhg", "spot", _PRESSURE),
    "BloodGlucose": ("blood_glucose_mmol_l", "spot", _GLUCOSE),
    "DietaryWater": ("hydration_ml", "spot", _VOLUME),
    "DietaryEnergyConsumed": ("calories_eaten_kcal", "spot", ENERGY),
}
#: Percentages are written as fractions of 1.
TYPES = {f"HKQuantityTypeIdentifier{name}": Type(*row) for name, row in _QUANTITIES.items()}
