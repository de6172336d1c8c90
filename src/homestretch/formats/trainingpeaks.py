"""TrainingPeaks' web JSON of a workout: read only, for its own interface is open to partners alone.

`structure` lists blocks, each a step or a repetition of steps; what per cent are of is said once for all of them.
"""

from collections.abc import Mapping, Sequence

from homestretch.formats import Format
from homestretch.formats._json import (
    BadJson,
    Json,
    Object,
    as_list,
    as_number,
    as_object,
    as_text,
    parse_json,
    read_json,
)
from homestretch.formats._steps import (
    LONGEST_M,
    LONGEST_S,
    MOST_TIMES,
    believable,
    no_workout,
    plain,
    too_long,
)
from homestretch.model.coach.workout import EndUnit, Quantity, Repeat, Step, StepKind, Steps, Target, Workout
from homestretch.model.recording import Decoded

KEY = "trainingpeaks"

_KINDS: dict[str, StepKind] = {"warmup": "warmup", "cooldown": "cooldown", "rest": "rest", "active": "work"}
_OF: dict[str, Quantity] = {
    "percentofftp": "power", "percentofthresholdpace": "speed", "percentofthresholdhr": "lthr",
    "percentofmaxhr": "hr_max",
}  # fmt: skip
_UNITS: dict[str, tuple[EndUnit, float]] = {
    "second": ("s", 1.0), "minute": ("s", 60.0), "hour": ("s", 3600.0), "meter": ("m", 1.0), "kilometer": ("m", 1000.0),
    "mile": ("m", 1609.344), "yard": ("m", 0.9144),
}  # fmt: skip
#: TrainingPeaks' numbers of sports.
_SPORTS = {1: "swim", 2: "ride", 3: "run", 4: "brick", 8: "ride", 9: "strength", 11: "ski", 12: "row", 13: "walk"}
_CADENCE = "roundorstrideperminute"
#: So many workouts may stand in one file.
MOST_WORKOUTS = 200


def decode(data: bytes) -> Decoded:
    """Return the workouts of a file: one, or a list of them."""
    try:
        found = read_json(data)
    except BadJson:
        return no_workout(KEY, "json_damaged")
    documents = found if isinstance(found, list) else [found]
    read = [_Reader(as_object(document)) for document in documents[:MOST_WORKOUTS]]
    workouts = tuple(workout for reader in read if (workout := reader.workout()) is not None)
    if not workouts:
        return no_workout(KEY, "no_steps")
    skipped = sum(reader.skipped for reader in read)
    notes = (f"steps_unreadable:{skipped}",) if skipped else ()
    return Decoded(format=KEY, kind="workout", notes=notes, workouts=workouts)


class _Reader:
    """Reads one workout, and counts the steps that it can't read."""

    def __init__(self, document: Object) -> None:
        self.document, self.skipped = document, 0
        inner = _parsed(document.get("structure"))
        self.structure = inner if isinstance(inner, Mapping) else document
        self.blocks = as_list(inner) or as_list(_parsed(self.structure.get("structure")))
        metric = as_text(self.structure.get("primaryIntensityMetric")) or ""
        self.rpe = metric.lower() == "rpe"
        self.of: Quantity = _OF.get(metric.lower(), "power")
        self.sport = self._sport()
        if self.sport == "swim" and self.of == "speed":
            self.of = "css"

    def _sport(self) -> str:
        number = as_number(self.document.get("workoutTypeValueId"))
        if number is not None and int(number) in _SPORTS:
            return _SPORTS[int(number)]
        return "run" if self.of == "speed" else "ride" if self.of == "power" else "other"

    def workout(self) -> Workout | None:
        """Return the workout, or None where it has no steps."""
        steps = self._items(self.blocks)
        if not steps or too_long(steps):
            return None
        name = plain(as_text(self.document.get("title")) or as_text(self.document.get("workoutName")))
        return Workout(
            name or "Workout", self.sport, believable(steps), plain(as_text(self.document.get("description")))
        )

    def _items(self, blocks: Sequence[Json]) -> Steps:
        made: list[Step | Repeat] = []
        for block in map(as_object, blocks):
            inner = as_list(block.get("steps"))
            kind = (as_text(block.get("type")) or "").lower()
            steps = [
                step for step in (self._step(as_object(one), kind) for one in inner or [block]) if step is not None
            ]
            times = as_number(as_object(block.get("length")).get("value")) or 1.0
            if kind == "repetition" and steps and 1 < times <= MOST_TIMES:
                made.append(Repeat(int(times), tuple(steps)))
            else:
                made += steps
        return tuple(made)

    def _step(self, document: Object, block: str) -> Step | None:
        length = as_object(document.get("length"))
        unit = _UNITS.get((as_text(length.get("unit")) or "second").lower().removesuffix("s"))
        value = as_number(length.get("value"))
        if unit is None or value is None or not 0 < value * unit[1] <= (LONGEST_S if unit[0] == "s" else LONGEST_M):
            self.skipped += 1
            return None
        kind = _KINDS.get((as_text(document.get("intensityClass")) or "active").lower(), "work")
        targets = [as_object(one) for one in as_list(document.get("targets"))]
        target, cadence = None, None
        for one in targets:
            ends = _ends(one)
            if ends is None:
                continue
            if (as_text(one.get("unit")) or "").lower() == _CADENCE:
                cadence = (min(ends), max(ends))
            elif target is None:
                target = self._target(*ends, block)
        name = plain(as_text(document.get("notes")) or as_text(document.get("name")))
        cue = None if name is None or name.lower().replace(" ", "") in _NAMES else name
        return Step(kind, unit[0], round(value * unit[1], 3), target, cadence, cue)

    def _target(self, low: float, high: float, block: str) -> Target:
        if self.rpe:
            return Target("rpe", min(low, high), max(low, high))
        if block == "rampdown":
            return Target("pct", max(low, high), min(low, high), self.of, ramp=low != high)
        if block == "rampup":
            return Target("pct", min(low, high), max(low, high), self.of, ramp=low != high)
        return Target("pct", min(low, high), max(low, high), self.of)


#: What steps are called when nobody names them.
_NAMES = {*_KINDS, "hard", "easy", "work", "recovery", "active"}


def _parsed(found: Json) -> Json:
    """Return JSON that may stand in a string."""
    if not isinstance(found, str):
        return found
    try:
        return parse_json(found)
    except BadJson:
        return None


def _ends(target: Object) -> tuple[float, float] | None:
    low, high = as_number(target.get("minValue")), as_number(target.get("maxValue"))
    one = as_number(target.get("value"))
    ends = [end for end in (low, high, one) if end is not None]
    if not ends or min(ends) < 0:
        return None
    return (ends[0] if low is None else low), (ends[-1] if high is None else high)


def _claims(head: bytes, name: str) -> float:
    if head.lstrip()[:1] not in (b"{", b"["):
        return 0.0
    return 0.9 if b"primaryIntensityMetric" in head else 0.6 if b"intensityClass" in head else 0.0


FORMAT = Format(
    key=KEY,
    name="TrainingPeaks workout",
    suffixes=(".json",),
    version=1,
    claims=_claims,
    decode=decode,
    workouts=True,
)
