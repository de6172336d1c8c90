"""Split: what was recorded from an instant on becomes an activity of its own."""

from dataclasses import replace

import numpy as np

from homestretch.analysis.corrections import Correction, Field, Values
from homestretch.analysis.corrections._parts import has, within
from homestretch.analysis.corrections.crop import LEAST, crop
from homestretch.model.channel import Floats
from homestretch.model.recording import Recording
from homestretch.model.sport import Sport

#: Shorter breaks are no place to split, in s.
BREAK_S = 120
#: So many breaks are suggested, the longest first.
MOST = 4
#: Means of so many seconds say where speed changes.
MEAN_S = 30
#: A change of speed is one where one side is so many times as fast as the other.
FASTER = 1.6
#: Faster than this, in m/s, is by these sports; those on foot are never faster than the first that is not.
_BY_SPEED = ((14.0, "driving"), (5.0, "cycling"), (1.9, "running"), (0.0, "walking"))
_SPORTS = (
    "alpine_skiing", "cross_country_skiing", "cycling", "driving", "e_biking", "generic", "hiking",
    "inline_skating", "kayaking", "motorcycling", "mountaineering", "rock_climbing", "rowing", "running",
    "sailing", "snowboarding", "snowshoeing", "stand_up_paddleboarding", "swimming", "training", "transition",
    "walking",
)  # fmt: skip
_NAMES = {key: "Other" if key == "generic" else key.replace("_", " ").capitalize() for key in _SPORTS}


def first(recording: Recording, values: Values) -> Recording:
    """Return what was recorded before the instant; the recording itself where either side has too few samples."""
    before = within(recording, -np.inf, values["at"] - 1).sum()
    if min(before, len(recording.time_ms) - before) < LEAST:
        return recording
    return _of_sport(crop(recording, {"start": -np.inf, "end": values["at"] - 1}), values.get("sport"))


def rest(recording: Recording, values: Values) -> Recording:
    """Return what was recorded from the instant on."""
    return _of_sport(crop(recording, {"start": values["at"], "end": np.inf}), values.get("rest_sport"))


def _of_sport(recording: Recording, sport: str | None) -> Recording:
    return recording if sport in (None, recording.sport.key) else replace(recording, sport=Sport(str(sport)))


def _lacks(recording: Recording) -> str | None:
    return "There are too few samples to split." if len(recording.time_ms) < 2 * LEAST else None


def _suggest(recording: Recording) -> Values:
    places = {**_breaks(recording), **_change(recording)}
    at = next(iter(places.values()), [[int(recording.time_ms[len(recording.time_ms) // 2])] * 2])[0][0]
    found = {"at": at, "instants": places}
    if first(recording, {"at": at}) is recording:
        return found
    sides = first(recording, {"at": at}), rest(recording, {"at": at})
    guessed = [_guessed(side) for side in sides]
    return found | {key: sport for key, sport in zip(("sport", "rest_sport"), guessed, strict=True) if sport in _NAMES}


def _breaks(recording: Recording) -> dict[str, list[list[int]]]:
    """Return where the recording goes on after its longest breaks, each with its name."""
    gaps = np.diff(recording.time_ms)
    ends = {int(recording.time_ms[at + 1]): float(gaps[at]) / 1000 for at in np.flatnonzero(gaps >= 1000 * BREAK_S)}
    ends |= {one.end_ms: (one.end_ms - one.start_ms) / 1000 for one in recording.pauses}
    inner = {at: long for at, long in ends.items() if long >= BREAK_S and recording.time_ms[0] < at}
    longest = sorted(inner, key=lambda at: -inner[at])[:MOST]
    return {f"Pause of {inner[at] / 60:.0f} min": [[at, at]] for at in longest if at <= recording.time_ms[-1]}


def _change(recording: Recording) -> dict[str, list[list[int]]]:
    """Return where the speed changes most, if one side is clearly faster: two means that fit best."""
    speed = recording.values("speed_mps")
    if speed is None or not has(recording, "speed_mps"):
        return {}
    bins = ((recording.time_ms - recording.time_ms[0]) // (1000 * MEAN_S)).astype(int)
    known = np.isfinite(speed)
    counts = np.bincount(bins[known], minlength=bins[-1] + 1)
    sums = np.bincount(bins[known], weights=speed[known], minlength=bins[-1] + 1)
    filled = np.flatnonzero(counts)
    if len(filled) < 4 * LEAST:
        return {}
    means = sums[filled] / counts[filled]
    at = _best_cut(means)
    slow, fast = sorted((float(means[:at].mean()), float(means[at:].mean())))
    if fast < FASTER * max(slow, 0.1):
        return {}
    instant = int(recording.time_ms[np.searchsorted(bins, filled[at])])
    return {"Change of speed": [[instant, instant]]}


def _best_cut(means: Floats) -> int:
    """Return the index that parts values (n,) into two with the least squares around their means."""
    cuts = np.arange(1, len(means))
    left = np.cumsum(means)[:-1]
    return int(cuts[np.argmax(left**2 / cuts + (means.sum() - left) ** 2 / (len(means) - cuts))])


def _guessed(recording: Recording) -> str:
    """Return the sport that fits a part's speed: the recording's own unless it is out of its reach."""
    speed = recording.values("speed_mps")
    moving = None if speed is None else speed[np.isfinite(speed) & (speed > 0.5)]
    if moving is None or not len(moving):
        return recording.sport.key
    typical = float(np.median(moving))
    by_speed = next(sport for least, sport in _BY_SPEED if typical >= least)
    own = recording.sport
    if own.family not in ("run", "walk", "ride"):
        return own.key
    fits = {"ride": ("cycling",), "run": ("running", "walking"), "walk": ("walking", "running")}[own.family]
    return own.key if by_speed in fits or Sport(by_speed).family == own.family else by_speed


CORRECTION = Correction(
    key="split",
    version=1,
    title="Split",
    help="Makes two activities of one, such as a ride and a run that were recorded without stopping the watch. "
    "Each has its own sport, title and notes. To join them again, undo this.",
    fields=(
        Field(key="at", kind="instant", label="Second activity starts at", unit="s"),
        Field(key="sport", kind="choice", label="Sport of the first", choices=_NAMES, required=False),
        Field(key="rest_sport", kind="choice", label="Sport of the second", choices=_NAMES, required=False),
    ),
    apply=first,
    rest=rest,
    lacks=_lacks,
    suggest=_suggest,
    place=1,
)
