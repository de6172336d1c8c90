"""How long planned steps take, and the load that they cost.

Targets are taken at their middle, ramps evenly. Of rides and runs the load is 100 · hours · IF², IF the fourth-power
mean of a 30 s rolling mean (as weighted power); of swims the mean cube of speed over CSS; of RPE alone RPE · minutes ·
100 / 420 (one hour at 7 is 100). Where RPE stands beside per cent it counts as the intensity of `RPE_INTENSITY`.
"""

from collections.abc import Mapping
from math import ceil

import numpy as np

from homestretch.model.coach.session import LoadBasis
from homestretch.model.coach.workout import Step, Steps, Target, flat

#: The intensity factor of RPE 1 to 10, where other steps of the workout are in per cent.
RPE_INTENSITY = (0.40, 0.50, 0.58, 0.65, 0.72, 0.80, 0.88, 0.95, 1.02, 1.10)
#: The speed at threshold where the athlete's is unknown, in m/s: 4:00 a kilometre, and 1:40 a hundred metres of water.
DEFAULT_SPEED: Mapping[str, float] = {"swim": 1.0}
OTHER_SPEED = 1000.0 / 240.0
#: Seconds that a step takes which the lap button, energy or a heart rate ends.
OPEN_S = 300.0
#: Speed, in per cent of threshold, of a distance without a target in per cent, and at a rest.
PLAIN_PCT = 75.0
ROLLING_S = 30

type Series = np.ndarray[tuple[int], np.dtype[np.float64]]


def step_seconds(step: Step, sport: str, speeds: Mapping[str, float] | None = None) -> float:
    """Return how long a step takes; `speeds` are threshold speeds by sport in m/s."""
    if step.end == "s":
        return step.end_value or 0.0
    if step.end != "m":
        return OPEN_S
    sport = step.sport or sport
    speed = (speeds or {}).get(sport) or DEFAULT_SPEED.get(sport, OTHER_SPEED)
    if step.target is not None and step.target.kind == "abs" and step.target.of in ("speed", "css"):
        middle = (step.target.low + step.target.high) / 2
        return (step.end_value or 0.0) / middle if middle > 0 else OPEN_S
    return (step.end_value or 0.0) / (speed * max(_middle_pct(step.target), 1.0) / 100)


def total_seconds(steps: Steps, sport: str, speeds: Mapping[str, float] | None = None) -> float:
    """Return how long steps take altogether."""
    return sum(step_seconds(step, sport, speeds) for step in flat(steps))


def whole_minutes(seconds: float) -> int:
    """Return a duration as sessions have it: in whole minutes, rounded up."""
    return ceil(round(seconds) / 60)


def planned_load(steps: Steps, sport: str, speeds: Mapping[str, float] | None = None) -> tuple[float, LoadBasis]:
    """Return the load of steps, and what it rests on."""
    every = list(flat(steps))
    if not any(step.target is not None and step.target.kind == "pct" for step in every):
        return _rpe_load(every, sport), "rpe"
    total = 0.0
    for part in dict.fromkeys(step.sport or sport for step in every):
        series = _series([step for step in every if (step.sport or sport) == part], part, speeds)
        total += float(np.sum(series**3)) / 36 if part == "swim" else _weighted(series)
    return total, _basis(sport)


def _basis(sport: str) -> LoadBasis:
    if sport == "swim":
        return "css"
    return "power" if sport in ("ride", "brick") else "pace"


def _rpe_load(steps: list[Step], sport: str) -> float:
    return sum(_rpe(step.target) * step_seconds(step, sport) / 60 * 100 / 420 for step in steps)


def _rpe(target: Target | None) -> float:
    return (target.low + target.high) / 2 if target is not None and target.kind == "rpe" else 3.0


def _series(steps: list[Step], sport: str, speeds: Mapping[str, float] | None) -> Series:
    """Return the intensity (1 is threshold) at each second; a step has whole seconds."""
    parts = [_intensity(step.target, round(step_seconds(step, sport, speeds))) for step in steps]
    return np.concatenate(parts) if parts else np.zeros(0)


def _intensity(target: Target | None, count: int) -> Series:
    if target is None:
        return np.full(count, PLAIN_PCT / 100)
    if target.kind == "rpe":
        return np.full(count, RPE_INTENSITY[min(max(round(_rpe(target)), 1), 10) - 1])
    if target.kind == "abs":
        return np.full(count, PLAIN_PCT / 100)
    if target.ramp:
        middles = (np.arange(count) + 0.5) / max(count, 1)
        return (target.low + (target.high - target.low) * middles) / 100
    return np.full(count, _middle_pct(target) / 100)


def _middle_pct(target: Target | None) -> float:
    if target is None or target.kind == "abs":
        return PLAIN_PCT
    if target.kind == "rpe":
        return 100 * RPE_INTENSITY[min(max(round(_rpe(target)), 1), 10) - 1]
    return (target.low + target.high) / 2


def _weighted(series: Series) -> float:
    """Return 100 · h · IF² of a series of seconds; the rolling mean begins once its 30 s are full."""
    width = min(ROLLING_S, len(series))
    if not width:
        return 0.0
    sums = np.concatenate(([0.0], np.cumsum(series)))
    rolling = (sums[width:] - sums[:-width]) / width
    return float(100 * len(series) / 3600 * np.sqrt(np.mean(rolling**4)))
