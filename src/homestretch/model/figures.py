"""The figures of an activity: the one table from which columns, answers, totals of legs and device totals follow."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of an activity, by its key in tables and answers; SI, with the unit in the key.

    `legs` is how those of a multisport activity make one (None: not from theirs), `channel` the channel that it is a
    figure of. `stated` are the keys under which files state the device's own, tried in this order.
    """

    key: str
    legs: Literal["sum", "max"] | None = None
    channel: str | None = None
    stated: tuple[str, ...] = ()


FIGURES = (
    Figure("elapsed_s", stated=("total_elapsed_time_s", "elapsed_s")),
    Figure("timer_s", "sum", stated=("total_timer_time_s", "timer_s")),
    Figure("moving_s", "sum", stated=("total_moving_time_s", "moving_s")),
    Figure("distance_m", "sum", stated=("total_distance_m", "distance_m")),
    Figure("ascent_m", "sum", stated=("total_ascent_m", "ascent_m")),
    Figure("descent_m", "sum", stated=("total_descent_m", "descent_m")),
    Figure("avg_hr_bpm", channel="heart_rate_bpm", stated=("avg_heart_rate_bpm",)),
    Figure("max_hr_bpm", "max", "heart_rate_bpm", ("max_heart_rate_bpm",)),
    Figure("avg_power_w", channel="power_w", stated=("avg_power_w",)),
    Figure("max_power_w", "max", "power_w", ("max_power_w",)),
    Figure("avg_cadence_rpm", channel="cadence_rpm", stated=("avg_cadence_rpm", "avg_running_cadence_rpm")),
    Figure("max_cadence_rpm", "max", "cadence_rpm", ("max_cadence_rpm", "max_running_cadence_rpm")),
    Figure("avg_speed_mps", stated=("enhanced_avg_speed_mps", "avg_speed_mps")),
    Figure("max_speed_mps", "max", stated=("enhanced_max_speed_mps", "max_speed_mps")),
    Figure("avg_temperature_c"),
    Figure("calories_kcal", "sum", stated=("total_calories_kcal", "calories_kcal")),
)
KEYS = tuple(figure.key for figure in FIGURES)
SUMMED = tuple(figure.key for figure in FIGURES if figure.legs == "sum")
HIGHEST = tuple(figure.key for figure in FIGURES if figure.legs == "max")
#: The channel that a figure is of; other figures come with the recording that is shown.
CHANNEL_OF: Mapping[str, str] = {figure.key: figure.channel for figure in FIGURES if figure.channel is not None}

_STATED = {figure.key: figure.stated for figure in FIGURES}
#: Figures that are never zero where anything was recorded: there zero says that the device did not count.
_NEVER_ZERO = frozenset({"elapsed_s", "timer_s", "distance_m", "avg_speed_mps", "max_speed_mps"})


def stated_keys(figure: str) -> tuple[str, ...]:
    """Return the keys under which files state the device's own figure."""
    return _STATED.get(figure, ())


def device_total(totals: Mapping[str, float], figure: str) -> float | None:
    """Return the device's own figure, or None where it gave none, a negative one, or a zero that can't be."""
    for key in _STATED.get(figure, ()):
        value = totals.get(key)
        if value is not None and 0.0 <= value < float("inf"):
            return None if value == 0.0 and figure in _NEVER_ZERO else float(value)
    return None
