"""What SyncBit called its series, by our kinds: sinks continue them, and its exports are read."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class OldName:
    """A series of SyncBit's: its name after `fitbit_`, what a value is multiplied by, and a label."""

    name: str
    factor: float = 1.0
    label: tuple[str, str] | None = None


def _minutes(name: str, label: str, value: str) -> OldName:
    return OldName(name, 1 / 60, (label, value))


#: SyncBit's series by the kind, or by `kind/stage`.
OLD_NAMES: Mapping[str, OldName] = MappingProxyType({
    "steps": OldName("steps_total"),
    "distance_m": OldName("distance_km", 0.001),
    "calories_kcal": OldName("calories_total"),
    "sedentary_s": _minutes("active_minutes", "type", "sedentary"),
    "active_s": _minutes("active_minutes", "type", "lightly_active"),
    "intensity_moderate_s": _minutes("active_minutes", "type", "fairly_active"),
    "intensity_vigorous_s": _minutes("active_minutes", "type", "very_active"),
    "resting_heart_rate_bpm": OldName("resting_heart_rate_bpm"),
    "heart_rate_zone_light_s": _minutes("heart_rate_zone_minutes", "zone", "out_of_range"),
    "heart_rate_zone_moderate_s": _minutes("heart_rate_zone_minutes", "zone", "fat_burn"),
    "heart_rate_zone_vigorous_s": _minutes("heart_rate_zone_minutes", "zone", "cardio"),
    "heart_rate_zone_peak_s": _minutes("heart_rate_zone_minutes", "zone", "peak"),
    "sleep_s/asleep": OldName("sleep_minutes_total", 1 / 60),
    "sleep_s/deep": _minutes("sleep_stage_minutes", "stage", "deep"),
    "sleep_s/light": _minutes("sleep_stage_minutes", "stage", "light"),
    "sleep_s/rem": _minutes("sleep_stage_minutes", "stage", "rem"),
    "sleep_s/awake": _minutes("sleep_stage_minutes", "stage", "wake"),
    "spo2_avg_pct": OldName("spo2_avg_percent"),
    "spo2_low_pct": OldName("spo2_min_percent"),
    "spo2_high_pct": OldName("spo2_max_percent"),
    "respiration_sleep_avg_brpm": OldName("breathing_rate_bpm"),
    "hrv_night_ms": OldName("hrv_rmssd_ms"),
    "vo2max": OldName("vo2_max"),
    "skin_temperature_change_c": OldName("temp_skin_relative_celsius"),
})  # fmt: skip
#: SyncBit's series of values through a day.
OLD_INTRADAY: Mapping[str, OldName] = MappingProxyType(
    {
        "steps": OldName("steps_intraday"),
        "calories_kcal": OldName("calories_intraday"),
        "distance_m": OldName("distance_intraday", 0.001),
        "heart_rate_bpm": OldName("heart_intraday"),
    }
)
