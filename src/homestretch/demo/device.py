"""The demo athlete's devices: what each measures, and samples written down as it would."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from homestretch.analysis.activity.elevation import gain_and_loss
from homestretch.formats.fit.part import EPOCH_S
from homestretch.formats.fit.wire import profile
from homestretch.model.channel import CHANNEL_UNITS, MISSING_32, SEMICIRCLES_PER_DEGREE, Channel, Floats
from homestretch.model.moment import Moment
from homestretch.model.recording import Device, Lap, Pause, Recording
from homestretch.model.sport import Sport

#: Scale and offset of the channels that have one other than 1 and 0.
_SCALES = {
    "latitude": (SEMICIRCLES_PER_DEGREE, 0.0), "longitude": (SEMICIRCLES_PER_DEGREE, 0.0), "altitude_m": (5.0, 500.0),
    "speed_mps": (1000.0, 0.0), "distance_m": (100.0, 0.0), "vertical_oscillation_mm": (10.0, 0.0),
    "stance_time_ms": (10.0, 0.0),
}  # fmt: skip
_UNITS = {**CHANNEL_UNITS, "vertical_oscillation_mm": "mm", "stance_time_ms": "ms"}
_MEASURED = ("heart_rate_bpm", "power_w", "cadence_rpm", "speed_mps")


@dataclass(frozen=True, slots=True)
class Recorder:
    """What writes a file: its product and serial number, the sensors paired with it, and channels that it lacks."""

    key: str
    product: str
    serial: int
    sensors: tuple[Device, ...] = ()
    lacks: frozenset[str] = frozenset()

    def file_key(self, start_ms: int) -> str:
        """Return the identity of a file that it began then."""
        return f"4:1:{profile.number_of('garmin_product', self.product)}:{self.serial}:{start_ms // 1000 - EPOCH_S}"

    @property
    def devices(self) -> tuple[Device, ...]:
        """The recorder itself, then its sensors."""
        own = Device(
            role="recorder", manufacturer="garmin", product=self.product, serial=str(self.serial), software="21.19"
        )
        return (own, *self.sensors)


_STRAP = Device(role="heart_rate", manufacturer="polar_electro", product="H10", serial="40121877", battery="80%")
_CRANK = Device(role="bike_power", manufacturer="favero_electronics", product="Assioma", serial="51877", battery="60%")
WATCH = Recorder("watch", "fr965", 3412005577, (_STRAP,))
BIKE = Recorder("bike", "edge_840", 3398110042, (_STRAP, _CRANK))
#: The watch worn beside the bike computer knows nothing of the pedals.
WRIST = Recorder("wrist", "fr965", 3412005577, (), frozenset({"power_w", "cadence_rpm", "temperature_c"}))
#: The watch that was set to a gym workout before the ride on rollers, and stopped long after it.
GYM = Recorder("gym", "fr965", 3412005577)
RECORDERS = {recorder.key: recorder for recorder in (WATCH, BIKE, WRIST, GYM)}


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Workout:
    """What happened, before a device wrote it down: samples at `time_s` (n,) after the start, values by channel."""

    sport: Sport
    time_s: Floats
    values: Mapping[str, Floats]
    pauses: Sequence[tuple[int, int]] = ()
    #: Where laps end, as sample numbers, and why they end.
    lap_ends: Sequence[int] = ()
    trigger: str = "manual"
    #: Energy spent, kcal; what else the device sums up.
    kcal: float = 0.0
    totals: Mapping[str, float] | None = None


def written(workout: Workout, recorder: Recorder, start: Moment, late_s: int = 0) -> Recording:
    """Return the workout as a device recorded it that was started at `start`, or `late_s` seconds after it."""
    keep = workout.time_s >= late_s
    time_s = workout.time_s[keep] - late_s
    values = {key: column[keep] for key, column in workout.values.items() if key not in recorder.lacks}
    if "distance_m" in values:
        values["distance_m"] = values["distance_m"] - values["distance_m"][0]
    begin = Moment(start.utc_ms + 1000 * late_s, start.offset_s, zone_source="file")
    pauses = [(a - late_s, b - late_s) for a, b in workout.pauses if a > late_s]
    end_s = float(time_s[-1]) + 1.0
    ends = [*(end - late_s for end in workout.lap_ends if end > late_s), len(time_s)]
    ends = [end for end in dict.fromkeys(ends) if 0 < end <= len(time_s)]
    laps = list(_laps(begin, time_s, values, pauses, ends, workout.trigger))
    share = len(time_s) / len(workout.time_s)
    timer = end_s - sum(b - a for a, b in pauses)
    return Recording(
        sport=workout.sport,
        start=begin,
        end_ms=begin.utc_ms + round(1000 * end_s),
        time_ms=begin.utc_ms + (1000 * time_s).astype(np.int64),
        channels={key: _channel(key, column) for key, column in values.items()},
        laps=tuple(laps),
        pauses=tuple(Pause(begin.utc_ms + 1000 * a, begin.utc_ms + 1000 * b) for a, b in pauses),
        devices=recorder.devices,
        totals={
            **_figures(values, end_s, timer),
            **_climb(time_s, values),
            "total_calories_kcal": round(workout.kcal * share),
            **(workout.totals or {}),
        },
        file_key=recorder.file_key(begin.utc_ms),
    )


def _channel(key: str, values: Floats) -> Channel:
    scale, offset = _SCALES.get(key, (1.0, 0.0))
    raw = np.where(np.isnan(values), MISSING_32, np.rint((np.nan_to_num(values) + offset) * scale))
    return Channel(key, raw.astype(np.int32), _UNITS[key], scale, offset)


def _laps(
    start: Moment,
    time_s: Floats,
    values: Mapping[str, Floats],
    pauses: Sequence[tuple[int, int]],
    ends: Sequence[int],
    trigger: str,
) -> Iterable[Lap]:
    begin = 0
    for end in ends:
        last = end == len(time_s)
        at, to = float(time_s[begin]), float(time_s[-1]) + 1.0 if last else float(time_s[end])
        timer = (to - at) - sum(b - a for a, b in pauses if at <= a < to)
        own = {key: column[begin : end + 1] for key, column in values.items()}
        totals = {**_figures(own, to - at, timer), **_climb(time_s[begin : end + 1], own)}
        yield Lap(
            start_ms=start.utc_ms + round(1000 * at),
            end_ms=start.utc_ms + round(1000 * to),
            elapsed_s=to - at,
            timer_s=timer,
            distance_m=totals.get("total_distance_m"),
            trigger="session_end" if last else trigger,
            totals=totals,
        )
        begin = end


def _figures(values: Mapping[str, Floats], elapsed_s: float, timer_s: float) -> dict[str, float]:
    """Return a device's figures of a stretch: times, distance, means and extremes."""
    found = {"total_elapsed_time_s": elapsed_s, "total_timer_time_s": timer_s}
    for key in _MEASURED:
        if key in values and len(values[key]):
            found[f"avg_{key}"], found[f"max_{key}"] = (round(float(f(values[key])), 3) for f in (np.mean, np.max))
    if "distance_m" in values and len(values["distance_m"]):
        found["total_distance_m"] = round(float(values["distance_m"][-1] - values["distance_m"][0]), 2)
        found["avg_speed_mps"] = round(found["total_distance_m"] / max(timer_s, 1.0), 3)
    return found


def _climb(time_s: Floats, values: Mapping[str, Floats]) -> dict[str, float]:
    climbed = gain_and_loss(time_s, values["altitude_m"]) if "altitude_m" in values else None
    return {} if climbed is None else {"total_ascent_m": round(climbed[0]), "total_descent_m": round(climbed[1])}
