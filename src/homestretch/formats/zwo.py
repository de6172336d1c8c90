"""ZWO, the workouts of Zwift: XML whose powers are shares of FTP (of threshold speed for runs).

Zwift's editor writes where a ramp starts as PowerLow and where it ends as PowerHigh, also going down; other programs
sort the two, so a Cooldown is read from the higher to the lower one. Steady steps have one power: the middle.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from homestretch.formats import CannotExport, Format, WorkoutFormat, Writing
from homestretch.formats._heads import claims_root
from homestretch.formats._steps import (
    LONGEST_M,
    LONGEST_S,
    MOST_TIMES,
    believable,
    easy,
    middle,
    no_workout,
    number,
    plain,
    too_long,
)
from homestretch.formats._tree import children, local, parsed, text
from homestretch.model.coach.workout import Quantity, Repeat, Step, StepKind, Steps, Target, Workout, flat
from homestretch.model.recording import Decoded

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_SPORTS = {"ride": "bike", "run": "run"}
_RAMPS: Mapping[str, StepKind] = {"warmup": "warmup", "cooldown": "cooldown", "ramp": "work"}
_STEADY = {"steadystate", "solidstate", "maxeffort"}
#: Shares of FTP above this are per cent that somebody forgot to divide.
_MOST_SHARE = 20.0

type Attributes = Mapping[str, str]


def decode(data: bytes) -> Decoded:
    """Return the workout of a ZWO file; what can't be read is left out, with a note."""
    root = parsed(data)
    if root is None or local(root).lower() != "workout_file":
        return no_workout("zwo", "xml_damaged")
    sport = "run" if (text(root, "sportType") or "").strip().lower() == "run" else "ride"
    by_distance = (text(root, "durationType") or "").strip().lower() == "distance"
    items: list[Step | Repeat] = []
    skipped = 0
    for element in (inner for workout in children(root, "workout") for inner in workout):
        if local(element).lower() in ("", "textevent", "textnotification"):
            continue
        read = _Reader(element, sport, by_distance).item()
        skipped += read is None
        items += [] if read is None else [read]
    if not items or too_long(items):
        return no_workout("zwo", "no_steps" if not items else "too_many_steps")
    tags = (plain(tag.get("name") or tag.text) for holder in children(root, "tags") for tag in children(holder, "tag"))
    workout = Workout(
        name=plain(text(root, "name")) or "Workout",
        sport=sport,
        steps=_as_placed(believable(items)),
        description=plain(text(root, "description")),
        tags=tuple(tag for tag in tags if tag),
    )
    notes = (f"steps_unreadable:{skipped}",) if skipped else ()
    return Decoded(format="zwo", kind="workout", notes=notes, workouts=(workout,))


def _as_placed(items: Steps) -> Steps:
    """Return items with easy steps between others named rests: ZWO has no word for them."""
    several = len(items) > 1
    return tuple(
        Step("rest", item.end, item.end_value, item.target, item.cadence, item.cue)
        if several and isinstance(item, Step) and item.kind == "work" and easy(item)
        else item
        for item in items
    )


class _Reader:
    """Reads one element of a workout; names of attributes are compared in lower case."""

    def __init__(self, element: "Element", sport: str, by_distance: bool) -> None:
        self.element = element
        self.name = local(element).lower()
        self.has = {str(key).lower(): str(value) for key, value in element.attrib.items()}
        self.of: Quantity = "speed" if sport == "run" else "power"
        self.by_distance = by_distance

    def item(self) -> Step | Repeat | None:
        """Return the step or repeat that the element is, or None."""
        if self.name == "intervalst":
            return self._intervals()
        if self.name in _RAMPS:
            return self._step(_RAMPS[self.name], "duration", self._ramp(), self._cue())
        if self.name in _STEADY:
            return self._step("work", "duration", self._steady("power", "powerlow", "powerhigh"), self._cue())
        if self.name == "freeride":
            return self._step("free", "duration", None, self._cue())
        return None

    def _intervals(self) -> Repeat | None:
        times = number(self.has.get("repeat")) or 1.0
        on_target = self._steady("onpower", "poweronlow", "poweronhigh")
        off_target = self._steady("offpower", "powerofflow", "poweroffhigh")
        on_s = number(self.has.get("onduration")) or 0.0
        on = self._step("work", "onduration", on_target, self._cue(until=on_s))
        off = self._step("rest", "offduration", off_target, self._cue(since=on_s), "cadenceresting")
        steps = tuple(step for step in (on, off) if step is not None)
        if not steps or not 1 <= times <= MOST_TIMES:
            return None
        return Repeat(int(times), steps)

    def _step(
        self, kind: StepKind, length: str, target: Target | None, cue: str | None, cadence: str = "cadence"
    ) -> Step | None:
        value = number(self.has.get(length))
        if value is None or not 0 < value <= (LONGEST_M if self.by_distance else LONGEST_S):
            return None
        return Step(kind, "m" if self.by_distance else "s", value, target, self._cadence(cadence), cue)

    def _ramp(self) -> Target | None:
        low, high = self._share("powerlow"), self._share("powerhigh")
        low, high = (high, high) if low is None else (low, low if high is None else high)
        if low is None or high is None:
            return self._steady("power", "powerlow", "powerhigh")
        if self.name == "cooldown":
            low, high = max(low, high), min(low, high)
        return Target("pct", low, high, self.of, ramp=low != high)

    def _steady(self, one: str, low: str, high: str) -> Target | None:
        power = self._share(one)
        ends = (power, power) if power is not None else (self._share(low), self._share(high))
        known = [end for end in ends if end is not None]
        return Target("pct", min(known), max(known), self.of) if known else None

    def _share(self, name: str) -> float | None:
        """Return a share of threshold in per cent."""
        value = number(self.has.get(name))
        if value is None or value < 0:
            return None
        return round(value if value > _MOST_SHARE else 100 * value, 4)

    def _cadence(self, name: str) -> tuple[float, float] | None:
        if name == "cadence" and (low := number(self.has.get("cadencelow"))) is not None:
            high = number(self.has.get("cadencehigh"))
            return (low, low if high is None else high)
        value = number(self.has.get(name))
        return None if not value or value < 0 else (value, value)

    def _cue(self, since: float = 0.0, until: float = float("inf")) -> str | None:
        said = []
        for event in self.element:
            if local(event).lower() in ("textevent", "textnotification"):
                has = {str(key).lower(): str(value) for key, value in event.attrib.items()}
                at = number(has.get("timeoffset") or has.get("distoffset")) or 0.0
                if since <= at < until and (message := plain(has.get("message") or has.get("text"))):
                    said.append(message)
        return plain("; ".join(said))


def encode(workout: Workout, writing: Writing) -> bytes:
    """Return a workout as ZWO. Raises CannotExport where it is no ride and no run."""
    kind = _SPORTS.get(workout.sport)
    if kind is None:
        raise CannotExport(reason="Zwift has only rides and runs. Export this workout as FIT, or for intervals.icu.")
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<workout_file>", "    <author>Homestretch</author>"]
    lines.append(f"    <name>{_escaped(workout.name)}</name>")
    if workout.description:
        lines.append(f"    <description>{_escaped(workout.description)}</description>")
    lines.append(f"    <sportType>{kind}</sportType>")
    if any(step.end == "m" for step in flat(workout.steps)):
        lines.append("    <durationType>distance</durationType>")
    if workout.tags:
        lines.append("    <tags>")
        lines += [f'        <tag name="{_escaped(tag)}"/>' for tag in workout.tags]
        lines.append("    </tags>")
    lines += ["    <workout>", *(f"        {line}" for line in _lines(workout.steps, writing)), "    </workout>"]
    return "\n".join([*lines, "</workout_file>", ""]).encode()


def _lines(steps: Steps, writing: Writing) -> Iterator[str]:
    for item in steps:
        if isinstance(item, Step):
            yield from _step_lines(item, writing)
        elif (pair := _pair(item, writing)) is not None:
            yield from _element("IntervalsT", {"Repeat": str(item.times), **pair}, _events(item))
        else:
            for _ in range(item.times):
                yield from _lines(item.steps, writing)


def _pair(repeat: Repeat, writing: Writing) -> dict[str, str] | None:
    """Return the attributes of a repeat of a harder step and an easier one, or None for any other."""
    match repeat.steps:
        case (Step(kind="work") as on, Step(kind="rest" | "recovery") as off):
            on_target, off_target = _share_of(on, writing), _share_of(off, writing)
        case _:
            return None
    if on_target is None or off_target is None or on_target.ramp or off_target.ramp:
        return None
    made = {
        "OnDuration": _figure(on.end_value or 0.0),
        "OffDuration": _figure(off.end_value or 0.0),
        "OnPower": _figure(middle(on_target) / 100),
        "OffPower": _figure(middle(off_target) / 100),
    }
    return {**made, **_cadence_of(on, "Cadence"), **_cadence_of(off, "CadenceResting")}


def _events(repeat: Repeat) -> list[tuple[float, str]]:
    """Return the texts of a repeat, with their seconds since it begins."""
    at, said = 0.0, []
    for step in repeat.steps:
        if isinstance(step, Step):
            said += [(at, step.cue)] if step.cue else []
            at += step.end_value or 0.0
    return said


def _step_lines(step: Step, writing: Writing) -> Iterator[str]:
    length = {"Duration": _figure(step.end_value or 0.0)}
    events = [(0.0, step.cue)] if step.cue else []
    target = _share_of(step, writing)
    if target is None:
        yield from _element("FreeRide", {**length, "FlatRoad": "0"}, events)
        return
    place = {"warmup": "Warmup", "cooldown": "Cooldown"}.get(step.kind, "Ramp" if target.ramp else "")
    if place == "Cooldown" and target.ramp and target.low < target.high:
        place = "Ramp"  # a Cooldown is read as going down, whichever way its values stand
    if place:
        low, high = (target.low, target.high) if target.ramp else (middle(target), middle(target))
        power = {"PowerLow": _figure(low / 100), "PowerHigh": _figure(high / 100)}
    else:
        place, power = "SteadyState", {"Power": _figure(middle(target) / 100)}
    yield from _element(place, {**length, **power, **_cadence_of(step, "Cadence")}, events)


def _share_of(step: Step, writing: Writing) -> Target | None:
    """Return a step's target in per cent; None where it has none, or one that Zwift does not know."""
    target = writing.thresholds.percent(step.target)
    return None if target is None or target.of in ("lthr", "hr_max") else target


def _element(name: str, attributes: Attributes, events: list[tuple[float, str]]) -> Iterator[str]:
    opening = " ".join([name, *(f'{key}="{value}"' for key, value in attributes.items())])
    if not events:
        yield f"<{opening}/>"
        return
    yield f"<{opening}>"
    for at, message in events:
        yield f'    <textevent timeoffset="{_figure(at)}" message="{_escaped(message)}"/>'
    yield f"</{name}>"


def _cadence_of(step: Step, name: str) -> dict[str, str]:
    return {} if step.cadence is None else {name: _figure(sum(step.cadence) / 2)}


def _figure(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")


def _escaped(words: str) -> str:
    return escape(plain(words) or "", {'"': "&quot;"})


def _needs_time(workout: Workout) -> bool:
    """Zwift has either seconds or metres in a workout, and no RPE."""
    every = list(flat(workout.steps))
    feel = any(step.target is not None and step.target.kind == "rpe" for step in every)
    return feel or any(step.end != "m" for step in every)


def _claims(head: bytes, name: str) -> float:
    return claims_root(head, name, "workout_file", ".zwo")


FORMAT = Format(
    key="zwo", name="Zwift workout (ZWO)", suffixes=(".zwo",), version=1, claims=_claims, decode=decode, workouts=True
)
WRITES = WorkoutFormat("zwo", "Zwift (ZWO)", "zwo", "application/xml", encode, _needs_time)
