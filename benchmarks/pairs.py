"""Labelled pairs of recordings, made of real files: the same workout as other services and devices would tell it,
and other workouts that look alike.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from benchmarks.corpus import real_files
from homestretch import formats
from homestretch.analysis.activity.summary import summarise
from homestretch.analysis.geometry.distance import haversine
from homestretch.analysis.samples.samples import samples
from homestretch.analysis.zone import offset_at, zone_at
from homestretch.formats import gpx
from homestretch.formats.fit.encode import encode as fit_encode
from homestretch.merge.evidence import overlap_s
from homestretch.merge.features import Features, features
from homestretch.model.channel import Channel
from homestretch.model.moment import Moment
from homestretch.model.recording import Device, Recording
from homestretch.model.sport import Sport

#: What is shorter, in s, or has fewer samples tells too little to be told otherwise.
LEAST_S, LEAST_SAMPLES = 900.0, 100
_OTHER_SPORT = {"ride": Sport("running"), "run": Sport("walking"), "walk": Sport("cycling")}

type Telling = Callable[[Recording, np.random.Generator], Recording | None]


@dataclass(frozen=True, slots=True)
class Labelled:
    """Two recordings, how the second was made of the first, and whether they are one workout."""

    how: str
    same: bool
    a: Features
    b: Features


def labelled() -> Iterator[Labelled]:
    """Yield the pairs, the same ones each time; nothing where the real files are absent."""
    for number, (form, recording) in enumerate(_workouts()):
        chance = np.random.default_rng(number)
        first = _features(recording, form, f"a{number}")
        for same, tellings in ((True, SAME), (False, OTHER)):
            for how, (shape, telling) in tellings.items():
                told = telling(recording, chance)
                if told is None or len(told.time_ms) == 1:
                    continue
                second = _features(told, shape or form, f"b{number}")
                if same or not overlap_s(first, second):  # nobody does two workouts at once
                    yield Labelled(how, same, first, second)


def _workouts() -> Iterator[tuple[str, Recording]]:
    seen = set()
    for path in real_files("fit", "gpx", "tcx"):
        decoded = formats.decode(path.read_bytes(), path.name)
        for recording in decoded.recordings:
            key = recording.start.utc_ms // 60_000
            long = recording.end_ms - recording.start.utc_ms >= LEAST_S * 1000
            if len(decoded.recordings) == 1 and long and len(recording.time_ms) >= LEAST_SAMPLES and key not in seen:
                seen.add(key)
                yield decoded.format, recording


def _features(recording: Recording, form: str, key: str) -> Features:
    cleaned = samples(recording)
    summary = summarise(recording, cleaned)
    start = recording.start
    if start.offset_s is None and summary.start_point is not None and not recording.sport.indoor:
        zone = zone_at(*summary.start_point)
        start = replace(start, offset_s=None if zone is None else offset_at(zone, start.utc_ms), zone=zone)
    return features(recording, cleaned, summary, start, key=key, digest=key, form=form)


def _kept(recording: Recording, keep: NDArray[np.bool_]) -> Recording:
    """Return a recording of some of the samples, without the figures of the whole."""
    rows = np.flatnonzero(keep)
    if len(rows) < 2:
        return replace(recording, time_ms=recording.time_ms[:0], channels={})
    times = recording.time_ms[rows]
    cut = {key: channel.take(rows) for key, channel in recording.channels.items()}
    return replace(
        recording, time_ms=times, channels=cut, start=replace(recording.start, utc_ms=int(times[0])),
        end_ms=int(times[-1]), totals={}, laps=(), pauses=(), lengths=(), file_key=None,
    )  # fmt: skip


def _moved(recording: Recording, by_ms: int) -> Recording:
    return replace(
        recording, time_ms=recording.time_ms + by_ms, end_ms=recording.end_ms + by_ms, file_key=None, pauses=(),
        start=replace(recording.start, utc_ms=recording.start.utc_ms + by_ms),
    )  # fmt: skip


def _since(recording: Recording) -> NDArray[np.float64]:
    return np.asarray((recording.time_ms - recording.time_ms[0]) / 1000.0)


def _as_gpx(recording: Recording, _: np.random.Generator) -> Recording | None:
    if recording.values("latitude") is None:
        return None
    found = formats.decode(gpx.encode(recording), "x.gpx").recordings
    return found[0] if found else None


def _as_fit(recording: Recording, _: np.random.Generator) -> Recording | None:
    found = formats.decode(fit_encode(recording), "x.fit").recordings
    return replace(found[0], file_key=None) if len(found) == 1 else None


def _trimmed(recording: Recording, chance: np.random.Generator) -> Recording:
    t = _since(recording)
    return _kept(recording, (t >= chance.uniform(0, 0.06) * t[-1]) & (t <= (1 - chance.uniform(0, 0.06)) * t[-1]))


def _hidden(recording: Recording, chance: np.random.Generator) -> Recording | None:
    """Cut what lies near the start and the end, as services do to hide a home."""
    lat, lon = recording.values("latitude"), recording.values("longitude")
    if lat is None or lon is None or recording.sport.indoor:
        return None
    known = np.flatnonzero(np.isfinite(lat) & np.isfinite(lon))
    if len(known) < LEAST_SAMPLES:
        return None
    radius = chance.choice([200.0, 400.0, 800.0])
    ends = [haversine(lat, lon, lat[at], lon[at]) > radius for at in (known[0], known[-1])]
    far = np.flatnonzero(ends[0] & ends[1])
    if not len(far):
        return None
    keep = np.zeros(len(lat), dtype=bool)
    keep[far[0] : far[-1] + 1] = True
    t = _since(recording)
    return _kept(recording, keep) if t[far[-1]] - t[far[0]] > 0.5 * t[-1] else None


def _thinned(recording: Recording, chance: np.random.Generator) -> Recording:
    t = _since(recording)
    step = float(chance.choice([5.0, 10.0]))
    keep = np.zeros(len(t), dtype=bool)
    keep[np.unique(t // step, return_index=True)[1]] = True
    keep[-1] = True
    return _kept(recording, keep)


def _half(recording: Recording, chance: np.random.Generator) -> Recording:
    t = _since(recording)
    return _kept(recording, t <= chance.uniform(0.55, 0.8) * t[-1])


def _other_sport(recording: Recording, _: np.random.Generator) -> Recording | None:
    sport = _OTHER_SPORT.get(recording.sport.family)
    placed = recording.values("latitude") is not None
    return replace(recording, sport=sport, file_key=None) if sport and placed and not recording.sport.indoor else None


def _other_device(recording: Recording, chance: np.random.Generator) -> Recording:
    """Tell it as a second device would: begun a little later, with errors of its own, and another distance."""
    t = _since(recording)
    cut = _kept(recording, (t >= min(40.0, 0.03 * t[-1])) & (t <= t[-1] - min(20.0, 0.02 * t[-1])))
    noise = {"latitude": 3e-5, "longitude": 4e-5, "heart_rate_bpm": 1.5, "power_w": 6.0, "altitude_m": 2.0}
    channels = dict(cut.channels)
    for key in noise.keys() & channels.keys():
        values = channels[key].values() + chance.normal(0, noise[key], len(cut.time_ms))
        channels[key] = Channel(key, values, channels[key].unit)
    if "distance_m" in channels:
        channels["distance_m"] = Channel(
            "distance_m", channels["distance_m"].values() * chance.uniform(0.98, 1.02), "m"
        )
    own = Device(role="recorder", manufacturer="another", product="device", serial="1")
    return replace(cut, channels=channels, devices=(own,))


def _bare(recording: Recording, _: np.random.Generator) -> Recording:
    """Tell only what was typed: times and distance, no samples."""
    return replace(
        recording, time_ms=recording.time_ms[:0], channels={}, laps=(), pauses=(), file_key=None,
        totals={
            "total_elapsed_time_s": (recording.end_ms - recording.start.utc_ms) / 1000,
            **{k: v for k, v in recording.totals.items() if k == "total_distance_m"},
        },
    )  # fmt: skip


def _wrong_zone(hours: float) -> Telling:
    return lambda recording, _: _placed_or_felt(_moved(recording, round(hours * 3_600_000)))


def _placed_or_felt(recording: Recording) -> Recording | None:
    """Return what can be told from a repeat: it has places or a course of the body, and a writer without a zone."""
    felt = any(recording.values(key) is not None for key in ("latitude", "heart_rate_bpm", "power_w"))
    return replace(recording, start=Moment(recording.start.utc_ms)) if felt else None


def _repeated(recording: Recording, chance: np.random.Generator, by_ms: int) -> Recording:
    """Do the same course again: at another pace, with another heart."""
    pace = float(chance.choice([-1, 1])) * chance.uniform(0.012, 0.06) + 1.0
    begun = int(recording.time_ms[0])
    times = begun + np.round((recording.time_ms - begun) * pace).astype(np.int64)
    channels = dict(recording.channels)
    knots = np.arange(0, len(times) + 60, 60)
    for key, spread in (("heart_rate_bpm", 12.0), ("power_w", 60.0), ("cadence_rpm", 8.0)):
        if key in channels:
            other = np.interp(np.arange(len(times)), knots, chance.normal(0, spread, len(knots)))
            channels[key] = Channel(key, np.clip(channels[key].values() + other, 1, None), channels[key].unit)
    length = round((recording.end_ms - begun) * pace)
    again = replace(
        recording, time_ms=times, channels=channels, end_ms=begun + length, file_key=None, pauses=(), laps=(),
        totals={},
    )  # fmt: skip
    return _moved(again, by_ms)


def _later_that_day(recording: Recording, chance: np.random.Generator) -> Recording:
    longest = recording.end_ms - recording.start.utc_ms
    return _repeated(recording, chance, longest + round(chance.uniform(0.3, 5) * 3_600_000))


def _at_a_whole_hour(recording: Recording, chance: np.random.Generator) -> Recording | None:
    longest = recording.end_ms - recording.start.utc_ms
    hours = -(-longest * 1.1 // 3_600_000)
    return _repeated(recording, chance, int(hours * 3_600_000)) if hours <= 13 else None


def _next_day(recording: Recording, chance: np.random.Generator) -> Recording:
    return _repeated(recording, chance, 86_400_000 + round(chance.normal(0, 200_000)))


def _straight_after(recording: Recording, chance: np.random.Generator) -> Recording:
    return _repeated(recording, chance, recording.end_ms - recording.start.utc_ms + 60_000)


def _elsewhere(recording: Recording, chance: np.random.Generator) -> Recording | None:
    """Do as much at the same time of day hours apart, in another place."""
    lat = recording.values("latitude")
    if lat is None or recording.sport.indoor:
        return None
    moved = {**recording.channels, "latitude": Channel("latitude", lat + 0.2, "deg")}
    return _repeated(replace(recording, channels=moved), chance, 2 * 3_600_000)


#: The same workout, by how it is told: the format that it comes in (None: the original's), and what makes it so.
SAME: dict[str, tuple[str | None, Telling]] = {
    "re-encoded as GPX": ("gpx", _as_gpx),
    "re-encoded as FIT": ("fit", _as_fit),
    "trimmed": (None, _trimmed),
    "home hidden": ("gpx", _hidden),
    "re-sampled": ("tcx", _thinned),
    "a part of it": (None, _half),
    "another sport": ("gpx", _other_sport),
    "a second device": ("fit", _other_device),
    "typed in": ("manual", _bare),
    "an hour off": ("gpx", _wrong_zone(1)),
    "five and a half hours off": ("gpx", _wrong_zone(-5.5)),
    "eleven hours off": ("tcx", _wrong_zone(11)),
}
#: Another workout.
OTHER: dict[str, tuple[str | None, Telling]] = {
    "again later that day": (None, _later_that_day),
    "again at a whole hour": (None, _at_a_whole_hour),
    "again at a whole hour, as GPX": ("gpx", _at_a_whole_hour),
    "again the next day": (None, _next_day),
    "again straight after": ("gpx", _straight_after),
    "as much elsewhere": ("gpx", _elsewhere),
}
