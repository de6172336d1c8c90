"""The figures of each lap: the device's, and those computed from samples where the device gave none."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from homestretch.analysis.activity.elevation import AltitudeSource, altitude_source, gain_and_loss
from homestretch.analysis.activity.means import READ, device_figure, stats
from homestretch.analysis.samples.moving import stop_rule
from homestretch.analysis.samples.samples import ELAPSED_SLACK, Samples
from homestretch.model.channel import Floats, Mask
from homestretch.model.figures import device_total
from homestretch.model.recording import Lap

#: What rounding does to a lap's times, in s; shorter distances, in m, contradict no device.
SLACK_S, LEAST_M = 10.0, 50.0

type Figures = dict[str, float | None]

#: The figures of a lap that a device may state and samples may give.
_FIGURES = (
    "ascent_m", "descent_m", "avg_hr_bpm", "max_hr_bpm", "avg_power_w", "max_power_w", "avg_cadence_rpm",
    "max_cadence_rpm", "avg_speed_mps", "max_speed_mps",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class LapSummary:
    """A lap's figures, SI; `start_s` is since the recording's start. None is not known."""

    start_s: float
    elapsed_s: float
    timer_s: float
    moving_s: float | None
    distance_m: float | None
    ascent_m: float | None
    descent_m: float | None
    avg_hr_bpm: float | None
    max_hr_bpm: float | None
    avg_power_w: float | None
    max_power_w: float | None
    avg_cadence_rpm: float | None
    max_cadence_rpm: float | None
    avg_speed_mps: float | None
    max_speed_mps: float | None
    calories_kcal: float | None
    trigger: str | None


@dataclass(frozen=True, slots=True, eq=False)
class _Whole:
    """What all laps are cut from."""

    samples: Samples
    channels: Mapping[str, Floats]
    altitude: Floats | None
    source: AltitudeSource
    until_s: float


def lap_summaries(cleaned: Samples, elapsed_s: float) -> tuple[LapSummary, ...]:
    """Return the figures of the device's laps, in its order, for a recording that took `elapsed_s`."""
    recording = cleaned.recording
    if not recording.laps:
        return ()
    read = {figure: reader(cleaned) for figure, reader in READ.items() if figure != "temperature_c"}
    channels = {figure: values for figure, values in read.items() if values is not None}
    altitude, until_s = cleaned.values("altitude_m"), elapsed_s - cleaned.lead_s
    whole = _Whole(cleaned, channels, altitude, altitude_source(recording.devices), until_s)
    return tuple(_lap(whole, lap) for lap in recording.laps)


def _lap(whole: _Whole, lap: Lap) -> LapSummary:
    samples, totals, sport = whole.samples, lap.totals, whole.samples.recording.sport
    axis, weight = samples.axis, samples.steps.weight
    begin, end = axis.seconds(lap.start_ms), axis.seconds(lap.end_ms)
    within = slice(*np.searchsorted(axis.t, (begin, end)).tolist())
    left = max(whole.until_s - begin, 0.0) if whole.until_s > begin else max(end - begin, 0.0)
    stated = lap.elapsed_s or device_total(totals, "elapsed_s"), lap.timer_s or device_total(totals, "timer_s")
    elapsed = _first(_within(stated[0], left), min(max(end - begin, 0.0), left))
    timer = _first(_within(stated[1], elapsed), float(weight[within].sum()) or elapsed)
    distance = _distance(whole, lap, begin, end)
    moving = _moving(whole, lap, within, timer) if begin > -SLACK_S else _moving_late(whole, within, begin, distance)
    mean = distance / moving if distance is not None and moving else None
    figures = {figure: device_figure(totals, figure, sport) for figure in _FIGURES}
    own = _unstated(whole, within, figures) | {"avg_speed_mps": mean}
    return LapSummary(
        start_s=begin + samples.lead_s,
        elapsed_s=elapsed or 0.0,
        timer_s=timer or 0.0,
        moving_s=moving,
        distance_m=distance,
        calories_kcal=device_total(totals, "calories_kcal"),
        trigger=lap.trigger,
        **{figure: _first(value, own.get(figure)) for figure, value in figures.items()},
    )


def _within(seconds: float | None, most: float | None) -> float | None:
    """Return a device's time, or None where it is zero or longer than possible."""
    if not seconds or (most is not None and seconds > ELAPSED_SLACK * most + SLACK_S):
        return None
    return seconds


def _first(*values: float | None) -> float | None:
    return next((v for v in values if v is not None), None)


def _moving(whole: _Whole, lap: Lap, within: slice, timer_s: float | None) -> float | None:
    stated = device_total(lap.totals, "moving_s")
    if stated is not None or within.start == within.stop:
        return stated if stated is not None else timer_s
    moving = float(whole.samples.steps.weight[within][whole.samples.moving[within]].sum())
    return moving if timer_s is None else min(moving, timer_s)


def _moving_late(whole: _Whole, within: slice, begin: float, distance: float | None) -> float:
    """Return how long a lap that began before the first sample was in motion, from the distance no sample covers."""
    samples = whole.samples
    moving = float(samples.steps.weight[within][samples.moving[within]].sum())
    seen, v_stop = 0.0, stop_rule(samples.recording.sport).v_stop
    if samples.distance_m is not None and within.stop > within.start:
        seen = float(samples.distance_m[within.stop - 1] - samples.distance_m[within.start])
    return moving - begin if distance is not None and distance - seen >= -begin * v_stop else moving


def _distance(whole: _Whole, lap: Lap, begin: float, end: float) -> float | None:
    """Return a lap's distance: the device's, unless the samples contradict it."""
    stated, counted = _first(lap.distance_m, device_total(lap.totals, "distance_m")), None
    if whole.samples.distance_m is not None:
        first, last = np.interp((begin, end), whole.samples.axis.t, whole.samples.distance_m)
        counted = float(last - first)
    if stated is None or counted is None:
        return counted if stated is None else stated or None
    seen = begin >= -SLACK_S and end <= whole.samples.axis.t[-1] + SLACK_S and not whole.samples.recording.lengths
    rested = stated == 0.0 and any(other.distance_m for other in whole.samples.recording.laps)
    if rested and counted <= LEAST_M:
        return stated
    return counted if not stated or (seen and counted > LEAST_M and not 1 / 3 <= stated / counted <= 3.0) else stated


def _unstated(whole: _Whole, within: slice, stated: Figures) -> Figures:
    """Return the figures of a lap that the device did not state, computed from its samples."""
    lacking = {figure for figure, value in stated.items() if value is None}
    own: Figures = {}
    if lacking & {"ascent_m", "descent_m"} and whole.altitude is not None:
        found = gain_and_loss(whole.samples.axis.t[within], whole.altitude[within], whole.source)
        own |= dict(zip(("ascent_m", "descent_m"), found or (None, None), strict=True))
    weight, moving = whole.samples.steps.weight[within], whole.samples.moving[within]
    for figure, values in whole.channels.items():
        if lacking & {f"avg_{figure}", f"max_{figure}"}:
            known = stats(values[within], weight, moving)
            own |= {f"avg_{figure}": known.mean, f"max_{figure}": known.high} if known else {}
    if "max_speed_mps" in lacking:
        own["max_speed_mps"] = _fastest(whole.samples.speed_mps, within)
    return own


def _fastest(speed: Floats | None, within: slice) -> float | None:
    known: Mask | Floats = np.zeros(0) if speed is None else speed[within]
    known = known[~np.isnan(known)]
    return float(known.max()) if len(known) else None
