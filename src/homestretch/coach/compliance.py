"""Scores a done session against its plan: length, load, and each work step, from 0 to 100.

What was not measured is not counted; an interval that was left out counts as 0. Beside it stands the colour that
TrainingPeaks gives by length alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

type Side = Literal["over", "under", "in"]
type Label = Literal["as planned", "close", "different"]
type Colour = Literal["green", "yellow", "red"]
#: lo and hi of a band in which the score is full, and where it is nothing below and above.
type Band = tuple[float, float, float, float]

DURATION: Band = (0.9, 1.1, 0.5, 1.6)
LOAD: Band = (0.85, 1.15, 0.4, 1.8)
STEP_TIME: Band = (0.95, 1.10, 0.5, 2.0)
#: A step's target is met from 3 % below to 3 % above, and is nothing 20 % away.
NEAR, FAR = 0.03, 0.20
VALUE_WEIGHT, TIME_WEIGHT = 0.7, 0.3
DURATION_WEIGHT, LOAD_WEIGHT, WORK_WEIGHT = 0.25, 0.25, 0.5
#: `as planned` needs these, `close` only its total.
PLANNED_TOTAL, PLANNED_WORK, PLANNED_STEP, PLANNED_LOAD, CLOSE_TOTAL = 85.0, 80.0, 60.0, 60.0, 60.0
#: Load a minute so far from the plan's is harder or easier.
HARDER = 0.15


@dataclass(frozen=True, slots=True)
class WorkStep:
    """A planned work step: its number among the work steps, its target in W or m/s, and seconds."""

    i: int
    low: float
    high: float
    seconds: float


@dataclass(frozen=True, slots=True)
class DoneStep:
    """What was done of a work step: the mean in W or m/s, and seconds."""

    i: int
    value: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Planned:
    """What was planned."""

    minutes: float
    load: float | None
    work: tuple[WorkStep, ...] = ()


@dataclass(frozen=True, slots=True)
class DoneSession:
    """What was done; `work` is empty where nothing measures it."""

    minutes: float
    load: float | None
    work: tuple[DoneStep, ...] = ()


@dataclass(frozen=True, slots=True)
class StepScore:
    """The score of a work step; None where it was not measured. `side` is None where it was left out."""

    i: int
    score: float | None
    side: Side | None = None


@dataclass(frozen=True, slots=True)
class Compliance:
    """Scores from 0 to 100, one decimal; None where there is nothing to compare. `basis` names what there was."""

    duration: float | None
    load: float | None
    work: float | None
    steps: tuple[StepScore, ...]
    total: float | None
    label: Label | None
    notes: tuple[str, ...]
    basis: tuple[str, ...]
    colour: Colour | None


def band(x: float, limits: Band) -> float:
    """Return 100 from lo to hi, falling evenly to 0 at the limits beyond."""
    low, high, nothing_below, nothing_above = limits
    if low <= x <= high:
        return 100.0
    part = (x - nothing_below) / (low - nothing_below) if x < low else (nothing_above - x) / (nothing_above - high)
    return 100.0 * min(1.0, max(0.0, part))


def compliance(planned: Planned, done: DoneSession) -> Compliance:
    """Return how a done session agrees with its plan."""
    ratio = done.minutes / planned.minutes if planned.minutes > 0 else None
    loads = done.load / planned.load if planned.load and done.load is not None else None
    duration = None if ratio is None else band(ratio, DURATION)
    load = None if loads is None else band(loads, LOAD)
    steps = _steps(planned.work, done.work)
    scored = [one.score for one in steps if one.score is not None]
    work = sum(scored) / len(scored) if scored else None
    parts = [
        (name, weight, value)
        for name, weight, value in (
            ("duration", DURATION_WEIGHT, duration), ("load", LOAD_WEIGHT, load), ("work", WORK_WEIGHT, work),
        )
        if value is not None
    ]  # fmt: skip
    total = sum(weight * value for _, weight, value in parts) / sum(one[1] for one in parts) if parts else None
    return Compliance(
        _rounded(duration), _rounded(load), _rounded(work),
        tuple(StepScore(one.i, _rounded(one.score), one.side) for one in steps), _rounded(total),
        _label(total, work, load, scored), _notes(planned, done, ratio, steps), tuple(name for name, _, _ in parts),
        None if ratio is None else colour(ratio),
    )  # fmt: skip


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def _steps(planned: Sequence[WorkStep], done: Sequence[DoneStep]) -> list[StepScore]:
    by_number = {one.i: one for one in done}
    return [
        StepScore(step.i, None if not done else 0.0) if step.i not in by_number else _step(step, by_number[step.i])
        for step in planned
    ]


def _step(planned: WorkStep, done: DoneStep) -> StepScore:
    low, high = planned.low * (1 - NEAR), planned.high * (1 + NEAR)
    value = band(done.value, (low, high, planned.low * (1 - FAR), planned.high * (1 + FAR)))
    time = band(done.seconds / planned.seconds, STEP_TIME) if planned.seconds > 0 else 100.0
    side: Side = "over" if done.value > high else "under" if done.value < low else "in"
    return StepScore(planned.i, VALUE_WEIGHT * value + TIME_WEIGHT * time, side)


def _label(total: float | None, work: float | None, load: float | None, steps: Sequence[float]) -> Label | None:
    if total is None:
        return None
    is_planned = (
        total >= PLANNED_TOTAL
        and (work is None or work >= PLANNED_WORK)
        and all(step >= PLANNED_STEP for step in steps)
        and (load is None or load >= PLANNED_LOAD)
    )
    return "as planned" if is_planned else "close" if total >= CLOSE_TOTAL else "different"


def _notes(planned: Planned, done: DoneSession, ratio: float | None, steps: Sequence[StepScore]) -> tuple[str, ...]:
    notes = []
    if ratio is not None and not DURATION[0] <= ratio <= DURATION[1]:
        notes.append("longer" if ratio > 1 else "shorter")
    if planned.load and done.load is not None and planned.minutes > 0 and done.minutes > 0:
        intensity = (done.load / done.minutes) / (planned.load / planned.minutes)
        if abs(intensity - 1) > HARDER:
            notes.append("harder" if intensity > 1 else "easier")
    if any(one.side == "over" for one in steps):
        notes.append("intervals over target")
    if any(one.side == "under" for one in steps):
        notes.append("intervals under target")
    if any(one.score == 0.0 and one.side is None for one in steps):
        notes.append("intervals missing")
    return tuple(notes)


def colour(ratio: float) -> Colour:
    """Return TrainingPeaks' colour of a done over a planned length: by whole per cent."""
    percent = round(100 * ratio)
    if 80 <= percent <= 120:
        return "green"
    return "yellow" if 50 <= percent <= 150 else "red"
