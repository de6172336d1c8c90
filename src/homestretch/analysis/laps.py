"""What each lap comes to: the device's figures, and what samples tell where it gave none."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from homestretch.analysis.elevation import AltitudeSource, altitude_source, gain_and_loss
from homestretch.analysis.gaps import Mask
from homestretch.analysis.means import READ, device_figure, stats
from homestretch.analysis.samples import Samples
from homestretch.analysis.samples import samples as samples_of
from homestretch.analysis.totals import device_total
from homestretch.model.channel import Floats
from homestretch.model.recording import Lap, Recording

type Figures = dict[str, float | None]

#: What a lap comes to that the device may state and samples may tell.
_FIGURES = (
    "ascent_m", "descent_m", "avg_heart_rate_bpm", "max_heart_rate_bpm", "avg_power_w", "max_power_w", "avg_cadence",
    "max_cadence", "avg_speed_mps", "max_speed_mps",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class LapSummary:
    """What a lap comes to, SI; `start_s` is since the recording's first sample. None is not known."""

    start_s: float
    elapsed_s: float
    timer_s: float
    moving_s: float | None
    distance_m: float | None
    ascent_m: float | None
    descent_m: float | None
    avg_heart_rate_bpm: float | None
    max_heart_rate_bpm: float | None
    avg_power_w: float | None
    max_power_w: float | None
    avg_cadence: float | None
    max_cadence: float | None
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


def lap_summaries(recording: Recording, samples: Samples | None = None) -> tuple[LapSummary, ...]:
    """Return what each of the device's laps comes to, in its order."""
    if not recording.laps:
        return ()
    cleaned = samples_of(recording) if samples is None else samples
    read = {figure: reader(cleaned) for figure, reader in READ.items() if figure != "temperature_c"}
    channels = {figure: values for figure, values in read.items() if values is not None}
    whole = _Whole(cleaned, channels, cleaned.values("altitude_m"), altitude_source(recording.devices))
    return tuple(_lap(whole, lap) for lap in recording.laps)


def _lap(whole: _Whole, lap: Lap) -> LapSummary:
    axis, weight, sport = whole.samples.axis, whole.samples.steps.weight, whole.samples.recording.sport
    begin, end = axis.seconds(lap.start_ms), axis.seconds(lap.end_ms)
    within = slice(*np.searchsorted(axis.t, (begin, end)).tolist())
    elapsed = _first(lap.elapsed_s, device_total(lap.totals, "elapsed_s"), max(end - begin, 0.0))
    timer = _first(lap.timer_s, device_total(lap.totals, "timer_s"), float(weight[within].sum()) or elapsed)
    moving = _moving(whole, lap, within, timer)
    distance = _first(lap.distance_m, device_total(lap.totals, "distance_m"), _distance(whole.samples, begin, end))
    mean = distance / moving if distance is not None and moving else None
    stated = {figure: device_figure(lap.totals, figure, sport) for figure in _FIGURES}
    own = _unstated(whole, within, stated) | {"avg_speed_mps": mean}
    return LapSummary(
        start_s=begin,
        elapsed_s=elapsed or 0.0,
        timer_s=timer or 0.0,
        moving_s=moving,
        distance_m=distance,
        calories_kcal=device_total(lap.totals, "calories_kcal"),
        trigger=lap.trigger,
        **{figure: _first(value, own.get(figure)) for figure, value in stated.items()},
    )


def _first(*values: float | None) -> float | None:
    return next((v for v in values if v is not None), None)


def _moving(whole: _Whole, lap: Lap, within: slice, timer_s: float | None) -> float | None:
    stated = device_total(lap.totals, "moving_s")
    if stated is not None or within.start == within.stop:
        return stated if stated is not None else timer_s
    moving = float(whole.samples.steps.weight[within][whole.samples.moving[within]].sum())
    return moving if timer_s is None else min(moving, timer_s)


def _distance(samples: Samples, begin: float, end: float) -> float | None:
    if samples.distance_m is None:
        return None
    first, last = np.interp((begin, end), samples.axis.t, samples.distance_m)
    return float(last - first)


def _unstated(whole: _Whole, within: slice, stated: Figures) -> Figures:
    """Return, of the figures that the device did not state, what the samples of a lap tell."""
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
