"""Finds where in a recording each planned work step was done: by the device's laps, else by the shape of the effort."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from homestretch.coach.compliance import DoneStep, WorkStep
from homestretch.coach.workouts.load import step_seconds
from homestretch.model.channel import Floats
from homestretch.model.coach.workout import Quantity, Step, Steps, Target, flat

#: Laps are the steps if there are as many, give or take one, and each is as long, give or take a tenth.
LAPS_OFF, LAP_OFF = 1, 0.10
#: The plan is shifted by up to ten minutes, in steps of five seconds; then each step slides by up to half a minute.
SHIFT_S, SHIFT_BY_S, SLIDE_S = 600, 5, 30
SMOOTH_S = 10
#: A step is done where the effort is at least this part of its target; less than this part of its time is not done.
HELD, LEAST_DONE = 0.8, 0.2
#: The effort, in parts of the threshold, of a step without a target.
OPEN_EFFORT = 0.6


@dataclass(frozen=True, slots=True)
class Window:
    """Where a planned step lies in a recording, in seconds from its start; `i` is its number among the work steps."""

    i: int
    start: int
    end: int


def work_steps(steps: Steps, sport: str, thresholds: Mapping[Quantity, float]) -> tuple[WorkStep, ...]:
    """Return the work steps with a target that can be measured, in W or m/s; `thresholds` are by what they are of."""
    speeds = _speeds(sport, thresholds)
    found = []
    for number, step in enumerate(one for one in flat(steps) if one.kind == "work"):
        bounds = target_bounds(step.target, thresholds)
        if bounds is not None and step.target is not None and step.target.of in ("power", "speed", "css"):
            found.append(WorkStep(number, bounds[0], bounds[1], step_seconds(step, sport, speeds)))
    return tuple(found)


def target_bounds(target: Target | None, thresholds: Mapping[Quantity, float]) -> tuple[float, float] | None:
    """Return a target's bounds in its own unit, the lower first; None by feel or without a threshold."""
    if target is None or target.kind == "rpe" or target.of is None:
        return None
    low, high = sorted((target.low, target.high))
    if target.kind == "abs":
        return low, high
    threshold = thresholds.get(target.of)
    return None if threshold is None else (threshold * low / 100, threshold * high / 100)


def measured_steps(
    steps: Steps, sport: str, thresholds: Mapping[Quantity, float], effort: Floats,
    laps: Sequence[tuple[int, int]] = (),
) -> tuple[DoneStep, ...]:  # fmt: skip
    """Return what was done of each work step; empty where the effort was not measured.

    `effort` (n,) is power in W or speed in m/s at each second from the start, NaN where not measured; `laps` are the
    device's, as start and end in seconds.
    """
    planned = {one.i: one for one in work_steps(steps, sport, thresholds)}
    if not planned or not np.isfinite(effort).any():
        return ()
    found = windows(steps, sport, thresholds, effort, laps)
    by_laps = _lap_windows(steps, sport, thresholds, laps) is not None
    done = []
    for window in found:
        if window.i in planned:
            made = _done(planned[window.i], window, effort, whole=by_laps)
            if made is not None:
                done.append(made)
    return tuple(done)


def windows(
    steps: Steps, sport: str, thresholds: Mapping[Quantity, float], effort: Floats,
    laps: Sequence[tuple[int, int]] = (),
) -> list[Window]:  # fmt: skip
    """Return where each work step was done, as far as it lies within the recording."""
    by_laps = _lap_windows(steps, sport, thresholds, laps)
    if by_laps is not None:
        return by_laps
    speeds = _speeds(sport, thresholds)
    parts = [(step, round(step_seconds(step, sport, speeds))) for step in flat(steps)]
    smooth = _smooth(np.nan_to_num(effort))
    shift = _best_shift(_profile(parts, thresholds), smooth)
    return _slid(parts, shift, smooth)


def _speeds(sport: str, thresholds: Mapping[Quantity, float]) -> dict[str, float]:
    speed = thresholds.get("css" if sport == "swim" else "speed")
    return {} if speed is None else {sport: speed}


def _lap_windows(
    steps: Steps, sport: str, thresholds: Mapping[Quantity, float], laps: Sequence[tuple[int, int]]
) -> list[Window] | None:
    """Return the laps that are the work steps; None where laps are not the steps."""
    flat_steps = [*flat(steps)]
    if len(flat_steps) < 2 or abs(len(laps) - len(flat_steps)) > LAPS_OFF:
        return None
    speeds = _speeds(sport, thresholds)
    wanted = [step_seconds(step, sport, speeds) for step in flat_steps]
    for first in (0, 1, -1):
        pairs = [
            (at, laps[at + first]) for at in range(len(wanted)) if 0 <= at + first < len(laps)
        ]  # fmt: skip
        agree = all(abs((end - start) - wanted[at]) <= LAP_OFF * wanted[at] for at, (start, end) in pairs)
        if len(pairs) >= len(wanted) - LAPS_OFF and agree:
            numbers = _numbers(flat_steps)
            return [Window(numbers[at], start, end) for at, (start, end) in pairs if at in numbers]
    return None


def _numbers(steps: Sequence[Step]) -> dict[int, int]:
    """Return the number of each work step by its place among all steps."""
    places = [at for at, step in enumerate(steps) if step.kind == "work"]
    return {at: number for number, at in enumerate(places)}


def _profile(parts: Sequence[tuple[Step, int]], thresholds: Mapping[Quantity, float]) -> Floats:
    """Return the planned effort at each second, in parts of the threshold."""
    pieces = []
    for step, seconds in parts:
        target = step.target
        bounds = target_bounds(target, thresholds)
        threshold = None if target is None or target.of is None else thresholds.get(target.of)
        level = OPEN_EFFORT if bounds is None or not threshold else sum(bounds) / 2 / threshold
        pieces.append(np.full(seconds, level))
    return np.concatenate(pieces) if pieces else np.zeros(0)


def _smooth(effort: Floats) -> Floats:
    """Return the mean of ten seconds around each second."""
    if len(effort) == 0:
        return effort
    kernel = np.ones(min(SMOOTH_S, len(effort))) / min(SMOOTH_S, len(effort))
    return np.convolve(effort, kernel, mode="same")


def _best_shift(profile: Floats, effort: Floats) -> int:
    """Return by how many seconds the plan lies later in the recording, where the two agree best."""
    best, best_value = 0, -np.inf
    for shift in sorted(range(-SHIFT_S, SHIFT_S + 1, SHIFT_BY_S), key=lambda one: (abs(one), one)):
        start, end = max(0, shift), min(len(effort), shift + len(profile))
        if end - start < len(profile) / 2:
            continue
        value = _correlation(profile[start - shift : end - shift], effort[start:end]) * (end - start) / len(profile)
        if value > best_value + 1e-9:
            best, best_value = shift, value
    return best


def _correlation(a: Floats, b: Floats) -> float:
    a, b = a - a.mean(), b - b.mean()
    spread = float(np.sqrt((a * a).sum() * (b * b).sum()))
    return float((a * b).sum() / spread) if spread > 0 else 0.0


def _slid(parts: Sequence[tuple[Step, int]], shift: int, effort: Floats) -> list[Window]:
    """Return the work steps' windows, each slid to where its mean is highest, none over the one before."""
    sums = np.concatenate(([0.0], np.cumsum(effort)))
    found: list[Window] = []
    at, number, free = shift, 0, 0
    for step, seconds in parts:
        if step.kind == "work":
            options = [
                start for start in range(at - SLIDE_S, at + SLIDE_S + 1)
                if start >= free and start + seconds <= len(effort)
            ]  # fmt: skip
            if options and seconds:
                start = max(options, key=lambda one: (sums[one + seconds] - sums[one], -abs(one - at)))
                found.append(Window(number, start, start + seconds))
                free = start + seconds
            elif 0 <= at < len(effort):
                found.append(Window(number, max(at, free), len(effort)))
            number += 1
        at += seconds
    return found


def _done(planned: WorkStep, window: Window, effort: Floats, whole: bool) -> DoneStep | None:
    """Return the mean and time of a step within its window; None where it was not done.

    A lap counts `whole`; else what counts is where the effort reaches most of the target.
    """
    part = effort[window.start : window.end]
    known = part[np.isfinite(part)]
    if len(known) == 0:
        return None
    if whole:
        return DoneStep(planned.i, round(float(known.mean()), 2), float(window.end - window.start))
    held = known[_smooth(known) >= HELD * planned.low]
    if len(held) < LEAST_DONE * planned.seconds:
        return None
    return DoneStep(planned.i, round(float(held.mean()), 2), float(len(held)))
