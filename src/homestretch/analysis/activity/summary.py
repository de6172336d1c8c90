"""A recording's summary: times, distance, climbing, means and extremes, and its line on the map."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from homestretch.analysis.activity.elevation import AltitudeSource, altitude_source, gain_and_loss
from homestretch.analysis.activity.gates import LONGEST_S, fewest_s
from homestretch.analysis.activity.means import ENOUGH, READ, device_figure, stats
from homestretch.analysis.geometry import polyline
from homestretch.analysis.geometry.simplify import local_metres, most_significant, significance
from homestretch.analysis.samples.bounds import KCAL, KCAL_PER_H, fastest_mps
from homestretch.analysis.samples.moving import stop_rule
from homestretch.analysis.samples.places import Places
from homestretch.analysis.samples.samples import ELAPSED_SLACK, Samples
from homestretch.analysis.samples.samples import samples as samples_of
from homestretch.analysis.samples.speed import best_mean
from homestretch.model.channel import Floats
from homestretch.model.figures import CHANNEL_OF, device_total
from homestretch.model.recording import Recording
from homestretch.model.sport import Sport

#: Goes up with every change of what `summarise` returns.
VERSION = 7
TRACK_TOLERANCE_M = 10.0
TRACK_POINTS = 1000
THUMB_POINTS = 64
#: Maximum speed is the best mean over this many seconds.
MAX_SPEED_S = {"device": 3.0, "gps": 5.0}
IDLE_TAIL_S = 600.0
#: What the device counts beyond the last sample, in s: a timer that stands still so long was forgotten, one that
#: runs so long was not recording.
FORGOTTEN_S, UNSEEN_S = 3600.0, 86_400.0
#: The longest time, in s, of a recording that has a distance but no duration: a day.
UNTIMED_S = 86_400.0
#: A total of the device's agrees with what was recorded within these factors and metres.
LEAST, MOST, NEAR_M = 0.5, 1.5, 200.0
#: With samples for less than this share of the timer's time, the device's own figures are the better ones.
THIN = 0.5

#: Families that a machine, the air or a slope carries; all others are done by legs and arms.
CARRIED = frozenset(
    {
        "flying",
        "driving",
        "motorcycling",
        "boating",
        "sailing",
        "snowmobiling",
        "sky_diving",
        "hang_gliding",
        "wingsuit_flying",
        "jumpmaster",
        "paragliding",
        "auto_racing",
        "ski",
        "multisport",
    }
)

type Point = tuple[float, float]
type Reason = Literal["no_data", "too_short"]
type Figures = dict[str, float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A recording's summary, SI; None is not known, and `reasons` says why by field.

    Points are (latitude, longitude) in degrees; `bbox` is (south, west, north, east), with west > east over the
    date line. `track` (within 10 m, at most 1000 points) and `thumb` (at most 64) are encoded polylines.
    Cadence counts turns, on foot steps, a minute and leaves zeros out; power counts them in.
    Flags: what the axis mended, `power_dead`, `idle_tail`, and `partial:<figure>` for channels with gaps.
    """

    start_ms: int
    elapsed_s: float
    timer_s: float
    moving_s: float
    distance_m: float | None
    distance_source: str | None
    ascent_m: float | None
    descent_m: float | None
    altitude_source: AltitudeSource | Literal["device"] | None
    min_altitude_m: float | None
    max_altitude_m: float | None
    avg_hr_bpm: float | None
    max_hr_bpm: float | None
    avg_power_w: float | None
    max_power_w: float | None
    avg_cadence_rpm: float | None
    max_cadence_rpm: float | None
    avg_speed_mps: float | None
    max_speed_mps: float | None
    avg_temperature_c: float | None
    calories_kcal: float | None
    bbox: tuple[float, float, float, float] | None
    start_point: Point | None
    end_point: Point | None
    track: str | None
    thumb: str | None
    flags: tuple[str, ...] = ()
    reasons: Mapping[str, Reason] = field(default_factory=dict)


def summarise(recording: Recording, samples: Samples | None = None) -> Summary:
    """Return a recording's summary; `samples` spares the cleaning if it has been done."""
    cleaned = samples_of(recording) if samples is None else samples
    figures: dict[str, object] = {"start_ms": cleaned.start_ms}
    recording = cleaned.recording
    flags = list(cleaned.notes)
    times = _times(cleaned)
    thin = cleaned.recorded_s < THIN * times["timer_s"]
    means, partial = _means(cleaned, thin)
    figures |= times | _distance(cleaned, times["timer_s"]) | _climbing(cleaned) | means | _line(cleaned.places)
    figures |= _speeds(cleaned, figures["distance_m"], times["moving_s"])
    figures["calories_kcal"] = _calories(recording.totals, times["timer_s"])
    flags += partial + [f"total_off:{key.split('_')[0]}" for key in _doubted(cleaned, figures)]
    if _idle_tail_s(cleaned) > IDLE_TAIL_S:
        flags.append("idle_tail")
    short: Reason = "too_short" if 0 < len(cleaned.axis) < 2 else "no_data"
    reasons = {key: short for key, value in figures.items() if value is None}
    return Summary(**figures, flags=tuple(flags), reasons=reasons)  # type: ignore[arg-type]


def _calories(totals: Mapping[str, float], timer_s: float) -> float | None:
    """Return the device's calories in kcal, or None where they are impossible for the time."""
    burnt = device_total(totals, "calories_kcal")
    return burnt if burnt is None or burnt <= KCAL + KCAL_PER_H * timer_s / 3600.0 else None


def _times(samples: Samples) -> dict[str, float]:
    """Return elapsed, timer and moving seconds; the device knows what lies before the first and after the last."""
    totals, n = samples.recording.totals, len(samples.axis)
    timer = device_total(totals, "timer_s")
    elapsed = _elapsed_s(samples, timer)
    if timer is None or timer > elapsed * ELAPSED_SLACK or (n and timer < LEAST * samples.moving_s):
        timer = min(samples.recorded_s + samples.lead_s, elapsed) if n else elapsed
    return {"elapsed_s": elapsed, "timer_s": timer, "moving_s": _moving_s(samples, timer)}


def _elapsed_s(samples: Samples, timer_s: float | None) -> float:
    """Return how long it took: the device's own time, unless it goes on longer than anything that was recorded.

    Who forgets to save a recording, or pauses it for weeks, was not out for as long.
    """
    recording, axis = samples.recording, samples.axis
    device = device_total(recording.totals, "elapsed_s") or (recording.end_ms - recording.start.utc_ms) / 1000.0
    if not len(axis):
        alone = timer_s if timer_s is not None and device > timer_s + UNSEEN_S else max(device, 0.0)
        return alone if alone <= LONGEST_S else 0.0
    span = float(axis.t[-1]) + samples.lead_s
    if device * ELAPSED_SLACK < span:
        return span
    unseen = (timer_s or 0.0) - samples.recorded_s - samples.lead_s
    unseen = unseen if 0.0 < unseen <= UNSEEN_S else 0.0
    return device if device <= span + unseen + FORGOTTEN_S else max(span + unseen, min(timer_s or 0.0, span + 1.0))


def _doubted(samples: Samples, figures: Mapping[str, object]) -> list[str]:
    """Return the device's totals that what was recorded, or what can be, contradicts."""
    doubted = []
    for key in ("elapsed_s", "timer_s", "distance_m"):
        stated, found = device_total(samples.recording.totals, key), figures[key]
        if stated is not None:
            held = found if isinstance(found, float) else 0.0
            off = abs(stated - held) > max(0.05 * max(stated, held), 60.0)
            doubted += [key] if off else []
    return doubted


def _moving_s(samples: Samples, timer_s: float) -> float:
    """Return the time in motion in s: the lengths swum, the device's where samples are few, the timer's on the spot."""
    recording = samples.recording
    swum = sum(length.elapsed_s for length in recording.lengths if length.active)
    if swum > 0.0:
        return min(swum + _drilled_s(samples, timer_s), timer_s)
    stated = device_total(recording.totals, "moving_s")
    if samples.recorded_s < THIN * timer_s:
        return min(stated or timer_s, timer_s)
    distance = _distance(samples, timer_s)["distance_m"]
    if recording.sport.family != "ride" and distance is None:
        return timer_s
    return min(samples.moving_s + _moved_before_s(samples, distance), timer_s)


def _drilled_s(samples: Samples, timer_s: float) -> float:
    """Return the time in s of swimming that no length covers: drills, which are logged as a distance and a time."""
    lengths, stated = samples.recording.lengths, device_total(samples.recording.totals, "distance_m")
    pool = samples.recording.pool_length_m
    swum = sum(length.active for length in lengths)
    if pool is None or stated is None or stated < (swum + 1) * pool:
        return 0.0
    return max(timer_s - sum(length.elapsed_s for length in lengths), 0.0)


def _moved_before_s(samples: Samples, distance_m: object) -> float:
    """Return the time in motion before the first sample, in s: the whole lead if the missing distance needs it."""
    if samples.lead_s == 0.0 or not isinstance(distance_m, float) or samples.distance_m is None:
        return 0.0
    before_m = distance_m - float(samples.distance_m[-1] - samples.distance_m[0])
    return samples.lead_s if before_m >= stop_rule(samples.recording.sport).v_stop * samples.lead_s else 0.0


def _distance(samples: Samples, timer_s: float) -> dict[str, object]:
    """Return the distance: the device's total, what its channel counted, or the distance between places."""
    stated = device_total(samples.recording.totals, "distance_m")
    counted = samples.distance_m
    if stated and _may_be(samples, stated, timer_s):
        return {"distance_m": stated, "distance_source": "device"}
    if counted is None or not counted[-1] > 0.0:
        return {"distance_m": None, "distance_source": None}
    return {"distance_m": float(counted[-1]), "distance_source": samples.distance_source}


def _may_be(samples: Samples, stated_m: float, timer_s: float) -> bool:
    """Return whether a stated distance is one that can be: by what samples counted, else by the sport's records."""
    sport, counted = samples.recording.sport, samples.distance_m
    timed_s = timer_s if timer_s > 0.0 or len(samples.axis) else UNTIMED_S
    if sport.family not in CARRIED and stated_m > fastest_mps(sport) * max(timed_s, 1.0) + NEAR_M:
        return False
    if counted is None:
        return fewest_s(sport, stated_m) <= timed_s
    thin = samples.recorded_s < THIN * timer_s
    if thin or (samples.distance_source == "gps" and _hidden(samples)):
        return True
    least, most = LEAST * float(counted[-1] - counted[0]) - NEAR_M, MOST * float(counted[-1]) + NEAR_M
    unseen_s = max(timer_s - samples.recorded_s, 0.0)
    return least <= stated_m <= most + fastest_mps(sport) * unseen_s


def _hidden(samples: Samples) -> bool:
    """Return whether satellites may have seen too little of the track to contradict a distance."""
    sport, located = samples.recording.sport, samples.places
    return sport.indoor or sport.family == "swim" or located is None or len(located.at) < ENOUGH * len(samples.axis)


def _climbing(samples: Samples) -> dict[str, object]:
    """Return climbing from the altitudes, or the device's own where there are none."""
    keys = ("ascent_m", "descent_m", "altitude_source", "min_altitude_m", "max_altitude_m")
    altitude = samples.values("altitude_m")
    source = altitude_source(samples.recording.devices)
    found = None if altitude is None else gain_and_loss(samples.axis.t, altitude, source)
    if altitude is None or found is None:
        up, down = (device_total(samples.recording.totals, key) for key in keys[:2])
        return dict(zip(keys, (up, down, None if up is None else "device", None, None), strict=True))
    return dict(zip(keys, (*found, source, float(np.nanmin(altitude)), float(np.nanmax(altitude))), strict=True))


def _means(samples: Samples, thin: bool) -> tuple[Figures, list[str]]:
    """Return means, extremes and flags for gaps; the device's figures where samples are none or `thin`."""
    totals, sport = samples.recording.totals, samples.recording.sport
    figures: Figures = {}
    flags: list[str] = []
    for of, read in READ.items():
        values = read(samples)
        dead = of == "power_w" and values is None and samples.values(of) is not None
        found = None if values is None else stats(values, samples.steps.weight, samples.moving)
        if found is not None and found.coverage < ENOUGH and of != "cadence_rpm":
            flags.append(f"partial:{CHANNEL_OF.get(f'avg_{of}', of)}")
        if dead:
            flags.append("power_dead")
        for kind, own in (("avg", found.mean if found else None), ("max", found.high if found else None)):
            stated = None if dead else device_figure(totals, f"{kind}_{of}", sport)
            figures[f"{kind}_{of}"] = stated if own is None or (thin and stated is not None) else own
    del figures["max_temperature_c"]
    return figures, flags


def _speeds(samples: Samples, distance_m: object, moving_s: float) -> Figures:
    """Return the mean speed in motion and the best over a few seconds (the device's where samples give none)."""
    mean = distance_m / moving_s if isinstance(distance_m, float) and moving_s > 0.0 else None
    totals, sport = samples.recording.totals, samples.recording.sport
    mean = _possible(device_total(totals, "avg_speed_mps") if mean is None else mean, sport)
    high = _max_speed(samples) or _possible(device_total(totals, "max_speed_mps"), sport)
    return {"avg_speed_mps": mean, "max_speed_mps": high if mean is None or high is None else max(high, mean)}


def _possible(speed_mps: float | None, sport: Sport) -> float | None:
    """Return a speed that the sport can have, None for any other; what a machine carries has no limit here."""
    over = speed_mps is not None and sport.family not in CARRIED and speed_mps > fastest_mps(sport)
    return None if over else speed_mps


def _max_speed(samples: Samples) -> float | None:
    speed, source, weight = samples.speed_mps, samples.speed_source, samples.steps.weight
    if speed is None or source is None or len(samples.axis) < 2:
        return None
    travelled = np.concatenate(([0.0], np.cumsum(np.nan_to_num(speed[:-1]) * weight[:-1])))
    return best_mean(samples.axis.t, travelled, MAX_SPEED_S[source])


def _line(places: Places | None) -> dict[str, object]:
    """Return where it was: the box, the ends, the line and its thumbnail."""
    if places is None:
        return dict.fromkeys(("bbox", "start_point", "end_point", "track", "thumb"))
    latitude, longitude = places.latitude, places.longitude
    weight = significance(*local_metres(latitude, longitude), TRACK_TOLERANCE_M)
    track, thumb = most_significant(weight, TRACK_POINTS), most_significant(weight, THUMB_POINTS)
    return {
        "bbox": bounding_box(latitude, longitude),
        "start_point": (float(latitude[0]), float(longitude[0])),
        "end_point": (float(latitude[-1]), float(longitude[-1])),
        "track": polyline.encode(latitude[track], longitude[track]),
        "thumb": polyline.encode(latitude[thumb], longitude[thumb]),
    }


def bounding_box(latitude: Floats, longitude: Floats) -> tuple[float, float, float, float]:
    """Return (south, west, north, east) in degrees of a line; west > east if it crosses the date line."""
    west, east = float(longitude.min()), float(longitude.max())
    if east - west > 180.0 and np.abs(np.diff(longitude)).max() > 180.0:
        west, east = float(longitude[longitude >= 0.0].min()), float(longitude[longitude < 0.0].max())
    return float(latitude.min()), west, float(latitude.max()), east


def _idle_tail_s(samples: Samples) -> float:
    """Return how long nothing had moved when the recording ended, in s."""
    active = np.flatnonzero(samples.moving)
    if len(active) == 0 or len(samples.axis) == 0:
        return 0.0
    return float(samples.axis.t[-1] - samples.axis.t[active[-1]])
