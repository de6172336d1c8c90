"""The device's own totals: under which keys formats write what we ask for."""

from collections.abc import Mapping

#: For each of our figures the keys that are tried, in this order.
KEYS: Mapping[str, tuple[str, ...]] = {
    "elapsed_s": ("total_elapsed_time_s", "elapsed_s"),
    "timer_s": ("total_timer_time_s", "timer_s"),
    "moving_s": ("total_moving_time_s", "moving_s"),
    "distance_m": ("total_distance_m", "distance_m"),
    "ascent_m": ("total_ascent_m", "ascent_m"),
    "descent_m": ("total_descent_m", "descent_m"),
    "calories_kcal": ("total_calories_kcal", "calories_kcal"),
    "avg_heart_rate_bpm": ("avg_heart_rate_bpm",),
    "max_heart_rate_bpm": ("max_heart_rate_bpm",),
    "avg_power_w": ("avg_power_w",),
    "max_power_w": ("max_power_w",),
    "avg_cadence": ("avg_cadence_rpm", "avg_running_cadence_rpm"),
    "max_cadence": ("max_cadence_rpm", "max_running_cadence_rpm"),
    "avg_speed_mps": ("enhanced_avg_speed_mps", "avg_speed_mps"),
    "max_speed_mps": ("enhanced_max_speed_mps", "max_speed_mps"),
}

#: Figures that are never zero where anything was recorded: there zero says that the device did not count.
_NEVER_ZERO = frozenset({"elapsed_s", "timer_s", "distance_m", "avg_speed_mps", "max_speed_mps"})


def device_total(totals: Mapping[str, float], figure: str) -> float | None:
    """Return the device's figure, or None where it gave none or nonsense: all are zero or more, times and ways more."""
    for key in KEYS.get(figure, ()):
        value = totals.get(key)
        if value is not None and 0.0 <= value < float("inf"):
            return None if value == 0.0 and figure in _NEVER_ZERO else float(value)
    return None
