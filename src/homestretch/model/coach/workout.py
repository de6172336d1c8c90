"""A structured workout: steps and repeats, with targets in per cent of a threshold, as figures, or by feel."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NotRequired, TypedDict

type StepKind = Literal["warmup", "work", "rest", "recovery", "cooldown", "free"]
#: When a step ends: after seconds, metres or kilojoules, at the lap button, or below a heart rate (bpm).
type EndUnit = Literal["s", "m", "kj", "lap", "hr_below"]
#: What a target is of. Of `power` the absolute unit is W, of `speed` and `css` m/s, of heart rates bpm.
type Quantity = Literal["power", "speed", "css", "hr_max", "lthr"]
#: How a target is given: per cent of the threshold, the quantity's own unit, or RPE from 1 to 10.
type TargetKind = Literal["pct", "abs", "rpe"]


@dataclass(frozen=True, slots=True)
class Target:
    """What to hold during a step, from `low` to `high`; a `ramp` goes evenly from `low` to `high`, up or down.

    `of` is None only for RPE.
    """

    kind: TargetKind
    low: float
    high: float
    of: Quantity | None = None
    ramp: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One step; `end_value` is None only at the lap button. `cadence` is in revolutions or steps a minute."""

    kind: StepKind
    end: EndUnit
    end_value: float | None = None
    target: Target | None = None
    cadence: tuple[float, float] | None = None
    cue: str | None = None
    sport: str | None = None


@dataclass(frozen=True, slots=True)
class Repeat:
    """Steps that are done several times."""

    times: int
    steps: "tuple[Step | Repeat, ...]"


type Steps = tuple[Step | Repeat, ...]


@dataclass(frozen=True, slots=True)
class Workout:
    """A workout with a name: of a session, of the library, or read from a file. `sport` is the coach's word."""

    name: str
    sport: str
    steps: Steps
    description: str | None = None
    tags: tuple[str, ...] = ()


class TargetDocument(TypedDict):
    """A target, as `Target` has it."""

    kind: TargetKind
    low: float
    high: float
    of: NotRequired[Quantity]
    ramp: NotRequired[bool]


class EndDocument(TypedDict):
    """When a step ends."""

    unit: EndUnit
    value: float | None


class StepDocument(TypedDict):
    """A step; or, with `repeat`, steps that are done so many times."""

    kind: NotRequired[StepKind]
    end: NotRequired[EndDocument]
    target: NotRequired[TargetDocument]
    cadence: NotRequired[list[float]]
    cue: NotRequired[str]
    sport: NotRequired[str]
    repeat: NotRequired[int]
    steps: NotRequired[list["StepDocument"]]


def flat(steps: Steps) -> Iterator[Step]:
    """Yield every step in the order in which it is done, repeats written out."""
    for item in steps:
        if isinstance(item, Step):
            yield item
        else:
            for _ in range(item.times):
                yield from flat(item.steps)


def step_documents(steps: Steps) -> list[StepDocument]:
    """Return steps as JSON has them; `read_steps` reads them back."""
    return [
        _document(item) if isinstance(item, Step) else StepDocument(repeat=item.times, steps=step_documents(item.steps))
        for item in steps
    ]


def read_steps(documents: list[StepDocument]) -> Steps:
    """Return steps from JSON. Raises KeyError where something is missing."""
    return tuple(_read(document) for document in documents)


def _document(step: Step) -> StepDocument:
    made = StepDocument(kind=step.kind, end={"unit": step.end, "value": step.end_value})
    if step.target is not None:
        made["target"] = _target_document(step.target)
    if step.cadence is not None:
        made["cadence"] = [*step.cadence]
    if step.cue is not None:
        made["cue"] = step.cue
    if step.sport is not None:
        made["sport"] = step.sport
    return made


def _target_document(target: Target) -> TargetDocument:
    made = TargetDocument(kind=target.kind, low=target.low, high=target.high)
    if target.of is not None:
        made["of"] = target.of
    if target.ramp:
        made["ramp"] = True
    return made


def _read(document: StepDocument) -> Step | Repeat:
    if "repeat" in document:
        return Repeat(document["repeat"], read_steps(document["steps"]))
    target = document.get("target")
    cadence = document.get("cadence")
    return Step(
        kind=document["kind"],
        end=document["end"]["unit"],
        end_value=document["end"]["value"],
        target=None
        if target is None
        else Target(target["kind"], target["low"], target["high"], target.get("of"), target.get("ramp", False)),
        cadence=None if cadence is None else (cadence[0], cadence[1]),
        cue=document.get("cue"),
        sport=document.get("sport"),
    )
